"""One Atom feed (RFC 4287) per base, read-only, for whoever may read the bases.

An entry keeps its `tag:` URI however often the impact is assessed again. Days left are not in it:
they would change daily, and every reader would fetch the same news again.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, time
from hashlib import sha256
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from alerts import facts, links, plain
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, by_key, for_programs, needs
from monitor.accounts.walls.policy import Action
from monitor.bases.models import Base
from monitor.impact.headline import of_impact
from monitor.impact.models import LOUDNESS, Impact, Level
from monitor.impact.money import usd
from monitor.impact.told import Told, told
from monitor.notices.models import Notice

MOST = 50
LANGUAGES = {"zh": "zh-hans", "en": "en"}
SINCE = "2026"
"""A `tag:` URI names a year in which its host was the site's (RFC 4151)."""


@for_programs
@require_safe
@by_key
@needs(Action.READ_BASES)
@cache_control(private=True)
def base_feed(request: HttpRequest, code: str) -> HttpResponseBase:
    """`?lang=zh|en`, default zh. Answers `If-None-Match` and `If-Modified-Since`."""
    base = get_object_or_404(Base, code=code)
    lang, actor = asked_language(request), actor_of(request)
    impacts = list(_impacts(base, actor))
    firms = told(impacts, actor)
    changed = max((i.assessed_at for i in impacts), default=None)
    seen = [f"{i.pk} {i.level} {i.assessed_at.isoformat()} {_told(i, firms)}" for i in impacts]
    return answered(request, [lang, *seen], changed, lambda: _atom(base, lang, impacts, firms))


def _told(impact: Impact, firms: Mapping[int, Told]) -> str:
    """What differs from reader to reader, and when a firm begins or ceases to share."""
    return f"{impact.exposure_usd!r} {firms[impact.pk]!r}"


def asked_language(request: HttpRequest) -> str:
    lang = request.GET.get("lang", "zh")
    if lang not in LANGUAGES:
        raise Http404("lang: zh or en")
    return lang


def answered(
    request: HttpRequest, said: Iterable[str], changed: datetime | None, atom: Callable[[], str]
) -> HttpResponseBase:
    """The feed, or that nothing has changed. `said`: the language, and what tells this state of
    the feed from any other."""
    lang, *_ = said = list(said)
    etag = quote_etag(sha256("\n".join(said).encode()).hexdigest()[:32])
    response = HttpResponse(content_type=Atom1Feed.content_type, headers={"ETag": etag})
    moment = int(changed.timestamp()) if changed else None
    if moment:
        response.headers["Last-Modified"] = http_date(moment)
    unchanged = get_conditional_response(request, etag, moment, response)
    if unchanged is not None and unchanged is not response:
        return unchanged
    with translation.override(LANGUAGES[lang]):
        response.write(atom())
    return response


def _impacts(base: Base, actor: Actor) -> Iterable[Impact]:
    """The newest that changed something people act on, from blue up."""
    return (
        Impact.objects.for_actor(actor)
        .filter(base=base, loudness__gte=LOUDNESS[Level.BLUE])
        .exclude(entry__change=[])
        .select_related("base", "entry__notice", "entry__measure")
        .defer("entry__notice__abstract", "entry__notice__body")
        .order_by("-entry__notice__published", "-pk")[:MOST]
    )


def _atom(base: Base, lang: str, impacts: Iterable[Impact], firms: Mapping[int, Told]) -> str:
    feed = Atom1Feed(
        title=_("烽火 Fenghuo: %(base)s") % {"base": facts.base_name(base)},
        link=links.base(base.code),
        description="",
        subtitle=_("Foreign measures that touch what this base exports"),
        language=lang,
        author_name=_("烽火 Fenghuo, trade-friction early warning"),
        feed_url=links.feed(base.code, lang),
        feed_guid=tag(f"bases/{base.code}"),
    )
    for impact in impacts:
        _add(feed, impact, firms[impact.pk])
    return feed.writeString("utf-8")


def _add(feed: Atom1Feed, impact: Impact, firms: Told) -> None:
    notice = impact.entry.notice
    context = {
        "impact": impact,
        "measure_facts": facts.of_measure(impact, today=None),
        "base": facts.touched(impact, firms, None),
        "original": plain.web_address(notice.url),
        "sample": _sample(impact),
    }
    feed.add_item(
        title=_title(impact),
        link=links.impact(impact.pk),
        description=plain.line(render_to_string("alerts/feed_entry.html", context)),
        unique_id=_tag(impact),
        pubdate=datetime.combine(notice.published, time(), tzinfo=UTC),
        updateddate=impact.assessed_at.astimezone(UTC),
        categories=[impact.level, impact.entry.measure.kind],
    )


def _title(impact: Impact) -> str:
    mark = _("[Sample data] ") if _sample(impact) else ""
    return _("%(mark)s[%(level)s] %(money)s: %(title)s") % {
        "mark": mark,
        "level": facts.level_label(impact.level),
        "money": usd(impact.exposure_usd),
        "title": plain.line(of_impact(impact), 200),
    }


def _sample(impact: Impact) -> bool:
    return impact.sample or impact.base.sample or impact.entry.notice.sample


def _tag(impact: Impact) -> str:
    return f"{tag(f'bases/{impact.base.code}', impact.entry.notice)}/{impact.entry.measure_id}"


def tag(of: str, notice: Notice | None = None) -> str:
    """By the publisher's own number, not by a key of ours: that one is new after a re-build."""
    number = quote(f"/{notice.source}/{notice.number}", safe="/") if notice else ""
    return f"tag:{links.host()},{SINCE}:{of}{number}"
