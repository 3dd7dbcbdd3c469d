"""Who did what to the rows of one's organisation, and who looked at its figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import (
    HttpRequest,
    HttpResponse,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.gates import actor_of, needs, signed_in
from monitor.accounts.walls.policy import Action
from monitor.trail.models import Entry
from monitor.web.clock import today
from monitor.web.filters import page_number
from monitor.web.means import own_means
from monitor.web.tables import csv_lines
from monitor.web.trail import OF_PEOPLE, VERBS, Shown, in_batches, lines, shown

A_PAGE = 50


@dataclass(frozen=True)
class Asked:
    """From the beginning of one day to the end of another, in the reader's zone; one verb."""

    since: date | None = None
    until: date | None = None
    verb: str = ""

    @classmethod
    def of(cls, given: QueryDict) -> Self:
        """What cannot be understood is left out of the question."""
        verb = given.get("verb", "")
        return cls(_day(given, "since"), _day(given, "until"), verb if verb in VERBS else "")

    def of_rows(self, rows: "QuerySet[Entry]") -> "QuerySet[Entry]":
        if self.since:
            rows = rows.filter(at__gte=_begins(self.since))
        if self.until:
            rows = rows.filter(at__lt=_begins(self.until + timedelta(days=1)))
        return rows.filter(verb=self.verb) if self.verb else rows


@needs(Action.READ_TRAIL)
def trail(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    context = _context(request, _ours(actor), actor)
    context["verbs"] = [(verb, word) for verb, word in VERBS.items() if verb not in OF_PEOPLE]
    context["organisation"] = actor.organisation
    return render(request, "web/trail.html", context)


@needs(Action.READ_TRAIL)
def trail_export(request: HttpRequest) -> StreamingHttpResponse:
    """All that was asked for, not only the page that is shown."""
    actor = actor_of(request)
    rows = lines(Asked.of(request.GET).of_rows(_ours(actor)))
    table = csv_lines(_columns(), (_cells(line) for line in in_batches(rows, actor)))
    response = StreamingHttpResponse(table, content_type="text/csv; charset=utf-8")
    name = f"fenghuo-trail-{today():%Y%m%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@signed_in
@own_means
def my_trail(request: HttpRequest) -> HttpResponse:
    """What is recorded of the reader themselves."""
    actor = actor_of(request)
    mine = Entry.objects.for_actor(actor).filter(
        Q(person__user=actor.user) | Q(about__user=actor.user)
    )
    context = _context(request, mine, actor)
    context["verbs"] = list(VERBS.items())
    return render(request, "web/my_trail.html", context)


def _ours(actor: Actor) -> "QuerySet[Entry]":
    """What concerns the organisation, or one that was merged into it."""
    own = actor.organisation
    return Entry.objects.for_actor(actor).filter(
        Q(concerned=own) | Q(concerned__merged_into=own), concerned__isnull=False
    )


def _context(request: HttpRequest, rows: "QuerySet[Entry]", actor: Actor) -> dict[str, object]:
    asked = Asked.of(request.GET)
    paginator = Paginator(lines(asked.of_rows(rows)), A_PAGE)
    page = paginator.get_page(page_number(request.GET))
    return {
        "asked": asked,
        "page": page,
        "pages": paginator.get_elided_page_range(page.number),
        "lines": shown(page.object_list, actor),
        "query_string": _question(asked),
    }


def _question(asked: Asked) -> str:
    question = QueryDict(mutable=True)
    given: Mapping[str, date | str | None] = vars(asked)
    question.update({name: str(value) for name, value in given.items() if value})
    return question.urlencode()


def _day(given: QueryDict, name: str) -> date | None:
    try:
        return parse_date(given.get(name, ""))
    except ValueError:  # written like a day, but 30 February
        return None


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())


def _columns() -> list[str]:
    return [
        pgettext("trail", "Line"),
        pgettext("trail", "When"),
        pgettext("trail", "Who"),
        pgettext("trail", "Acting for"),
        pgettext("trail", "Did what"),
        pgettext("trail", "To what"),
        pgettext("trail", "About whom"),
        pgettext("trail", "Before"),
        pgettext("trail", "After"),
        pgettext("trail", "From where"),
        pgettext("trail", "Hash of the line"),
    ]


def _cells(line: Shown) -> list[str]:
    return [
        str(line.number),
        timezone.localtime(line.at).isoformat(timespec="seconds"),
        line.who,
        line.acting_for,
        line.verb,
        line.page or line.what,
        line.about,
        "; ".join(_said((change.name, change.before) for change in line.changes)),
        "; ".join(_said((change.name, change.after) for change in line.changes)),
        line.address,
        line.hash,
    ]


def _said(values: Iterator[tuple[str, str]]) -> Iterator[str]:
    for name, value in values:
        if value:
            yield _("%(name)s: %(value)s") % {"name": name, "value": value}
