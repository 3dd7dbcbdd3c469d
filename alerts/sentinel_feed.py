"""One Atom feed per sentinel, at an address that only its recipient is given.

What somebody looks for is not public, nor how loudly it touches a base. The address holds a random
token, and no search engine is to keep it; it says what the recipient may know.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from alerts import facts, links, plain, sighted
from alerts.feeds import MOST, answered, asked_language, tag
from alerts.models import Sentinel, Sighting
from alerts.sighted import Seen


@require_safe
@cache_control(private=True)
def sentinel_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """`?lang=zh|en`, default zh. What it saw last, newest first; 404 once it is removed."""
    sentinels = Sentinel.objects.for_bearer(token=token).filter(active=True)
    sentinel = get_object_or_404(sentinels.select_related("recipient__organisation"))
    lang = asked_language(request)
    rows = Sighting.objects.for_bearer(sentinel__token=token).order_by("-seen_at", "-pk")
    shown = rows.select_related("sentinel", "measure")[:MOST]
    seen = sighted.gathered(shown, sentinel.recipient.actor)
    seen.sort(key=lambda each: each.sightings[0].pk, reverse=True)
    changed = max([sentinel.changed_at, *(moment for each in seen for moment in _moments(each))])
    states = [f"{each.sightings[0].pk} {each.level} {_updated(each).isoformat()}" for each in seen]
    said = [lang, sentinel.changed_at.isoformat(), *states]
    response = answered(request, said, changed, lambda: _atom(sentinel, lang, seen))
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _moments(seen: Seen) -> Iterator[datetime]:
    yield from (sighting.seen_at for sighting in seen.sightings)
    yield from (impact.assessed_at for impact in seen.impacts)


def _updated(seen: Seen) -> datetime:
    return max(_moments(seen)).astimezone(UTC)


def _atom(sentinel: Sentinel, lang: str, seen: Sequence[Seen]) -> str:
    feed = Atom1Feed(
        title=_("烽火 Fenghuo, sentinel: %(name)s") % {"name": plain.line(sentinel.name)},
        link=links.site("/"),
        description="",
        subtitle=plain.line(sentinel.query),
        language=lang,
        author_name=_("烽火 Fenghuo, trade-friction early warning"),
        feed_url=links.sentinel_feed(sentinel.token, lang),
        feed_guid=tag(f"sentinels/{sentinel.pk}"),
    )
    for each in seen:
        _add(feed, sentinel, each)
    return feed.writeString("utf-8")


def _add(feed: Atom1Feed, sentinel: Sentinel, seen: Seen) -> None:
    notice = seen.notice
    context = {
        "measure_facts": (sighted.happened(notice), *sighted.of_notice(seen, None)),
        "original": plain.web_address(notice.url),
        "sample": seen.sample,
    }
    feed.add_item(
        title=_title(seen),
        link=links.notice(notice.pk),
        description=plain.line(render_to_string("alerts/feed_entry.html", context)),
        unique_id=tag(f"sentinels/{sentinel.pk}", notice),
        pubdate=datetime.combine(notice.published, time(), tzinfo=UTC),
        updateddate=_updated(seen),
        categories=[*notice.kinds, *([seen.level] if seen.level else [])],
    )


def _title(seen: Seen) -> str:
    mark = _("[Sample data] ") if seen.sample else ""
    level = _("[%(level)s] ") % {"level": facts.level_label(seen.level)} if seen.level else ""
    return f"{mark}{level}{seen.title}"
