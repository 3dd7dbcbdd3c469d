"""What the pages of a round of comments are made of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from monitor.accounts.models import User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.policy import Action
from monitor.cases.comments.bank import Family
from monitor.cases.comments.drafting import all_approved, standing
from monitor.cases.comments.steps import Reached, is_late, steps
from monitor.cases.comments.subject import FAMILIES, Days, days_of, family_of
from monitor.cases.comments.summing import Summary, summary
from monitor.cases.models import (
    Case,
    CaseMeasure,
    CommentAsked,
    CommentFate,
    CommentReply,
    CommentRound,
    CommentSent,
    CommentSheet,
    CommentWording,
    Document,
    TradeConcern,
)
from monitor.cases.models.comments import desk_rounds
from monitor.cases.walls import cases
from monitor.notices.models import Measure, Notice

NEWEST = 30
"""Notices that are offered to say in which the adopted text stands."""


def family(actor: Actor, case: Case) -> Family | None:
    return family_of(measures(actor, case))


def measures(actor: Actor, case: Case) -> list[Measure]:
    """Of the case, those that are drafts on which comments are made."""
    rows = CaseMeasure.objects.for_actor(actor).filter(case=case, measure__kind__in=FAMILIES)
    return [row.measure for row in rows.select_related("measure").order_by("pk")]


def is_open_to(actor: Actor, case: Case) -> bool:
    return may_call(actor, case) or rounds_of(actor, case).exists()


def may_call(actor: Actor, case: Case) -> bool:
    """Whether the reader answers a case on a draft."""
    return may_edit(actor, case) and family(actor, case) is not None


def may_edit(actor: Actor, case: Case) -> bool:
    mine = cases(actor, Action.EDIT_CASES)
    if mine is None or case.closed_at is not None:
        return False
    return Case.objects.for_actor(actor).filter(mine, pk=case.pk).exists()


def rounds_of(actor: Actor, case: Case) -> "QuerySet[CommentRound]":
    """The newest first."""
    rows = CommentRound.objects.for_actor(actor).filter(case=case)
    return rows.select_related("case", "organisation", "called_by").order_by("-number")


def is_desk(actor: Actor, round_: CommentRound) -> bool:
    """Whether the reader is of a chamber that answers the case, and reads every sheet."""
    desk = desk_rounds(actor)
    if desk is None:
        return False
    return CommentRound.objects.for_actor(actor).filter(desk, pk=round_.pk).exists()


def days(case: Case) -> Days:
    with opened():  # public days of a case that the reader sees
        return days_of(case)


def own_asked(actor: Actor, round_: CommentRound) -> CommentAsked | None:
    """That the reader's own firm was asked."""
    own = actor.organisation
    rows = CommentAsked.objects.for_actor(actor).filter(round=round_)
    dressed = rows.select_related("organisation", "round__case", "task")
    mine = [row for row in dressed if own and own.pk in _of(row)]
    return mine[0] if mine else None


def _of(row: CommentAsked) -> tuple[int, int | None]:
    return row.organisation_id, row.organisation.merged_into_id


@dataclass(frozen=True)
class Firm:
    """One that was asked, and its newest sheet that the reader sees."""

    asked: CommentAsked
    sheet: CommentSheet | None
    handed_in: bool


@dataclass(frozen=True)
class Point:
    """A paragraph as it stands. `theirs`: others than the reader wrote it, who may approve it."""

    wording: CommentWording
    number: int
    approved_by: Sequence[User | None]
    theirs: bool
    fate: CommentFate | None
    versions: Sequence[CommentWording]


@dataclass(frozen=True)
class Sheet:
    """All that the page of a round shows."""

    round: CommentRound
    steps: Sequence[Reached]
    days: Days
    late: bool
    desk: bool
    firms: Sequence[Firm]
    summary: Summary
    points: Sequence[Point]
    approved: bool
    sent: CommentSent | None
    replies: Sequence[CommentReply]
    concerns: Sequence[TradeConcern]


def sheet(actor: Actor, round_: CommentRound, today: date) -> Sheet:
    """`round_`: as the door gave it to the actor."""
    desk = is_desk(actor, round_)
    with opened():  # what of it is the reader's follows below
        reached, known = steps(round_), days_of(round_.case)
        late = is_late(round_, known, today)
        approved = all_approved(standing(round_))
    sent = CommentSent.objects.for_actor(actor).filter(round=round_, withdrawn_at=None)
    replies = CommentReply.objects.for_actor(actor).filter(round=round_, withdrawn_at=None)
    concerns = TradeConcern.objects.for_actor(actor).filter(round=round_, withdrawn_at=None)
    return Sheet(
        round=round_,
        steps=reached,
        days=known,
        late=late and desk,
        desk=desk,
        firms=_firms(actor, round_),
        summary=summary(actor, round_, whole=desk),
        points=points(actor, round_, desk=desk),
        approved=approved,
        sent=sent.select_related("said_by").first(),
        replies=list(replies.select_related("said_by")),
        concerns=list(concerns.select_related("said_by")),
    )


def points(actor: Actor, round_: CommentRound, *, desk: bool) -> list[Point]:
    """Those that the reader sees. `desk`: whether they answer the case, and see what was left out
    and older versions too."""
    rows = CommentWording.objects.for_actor(actor).filter(paragraph__round=round_)
    seen = list(rows.select_related("paragraph__round__case", "written_by"))
    fates = CommentFate.objects.for_actor(actor).filter(paragraph__round=round_, replaced_at=None)
    became = {row.paragraph_id: row for row in fates.select_related("notice", "said_by")}
    by_paragraph: dict[int, list[CommentWording]] = {}
    for each in seen:
        by_paragraph.setdefault(each.paragraph_id, []).append(each)
    approvals = _approvals(round_) if desk else {}
    kept = [every for every in by_paragraph.values() if desk or not every[-1].gone]
    return [
        Point(
            wording=every[-1],
            number=every[-1].paragraph.position,
            approved_by=approvals.get(every[-1].pk, ()),
            theirs=actor.user is not None and every[-1].written_by_id != actor.user.pk,
            fate=became.get(every[-1].paragraph_id),
            versions=every[-2::-1] if desk else (),
        )
        for every in kept
    ]


def _approvals(round_: CommentRound) -> Mapping[int, Sequence[User | None]]:
    with opened():  # for the chamber, whose they are
        return {each.pk: [given.by for given in each.approvals.all()] for each in standing(round_)}


def _firms(actor: Actor, round_: CommentRound) -> list[Firm]:
    """Whoever has not answered yet first."""
    rows = CommentAsked.objects.for_actor(actor).filter(round=round_)
    asked = list(rows.select_related("organisation", "task"))
    seen = CommentSheet.objects.for_actor(actor).filter(asked__in=asked).order_by("number")
    newest = {row.asked_id: row for row in seen.select_related("saved_by")}
    with opened():  # that something was handed in, of firms that the reader sees
        handed = CommentSheet.objects.filter(asked__in=asked, handed_in_at__isnull=False)
        done = set(handed.values_list("asked", flat=True))
    found = [Firm(row, newest.get(row.pk), row.pk in done) for row in asked]
    return sorted(found, key=lambda firm: (firm.handed_in, firm.asked.pk))


def documents(actor: Actor, case: Case) -> "QuerySet[Document]":
    rows = Document.objects.for_actor(actor).filter(case=case, withdrawn_at=None)
    return rows.order_by("-created_at", "-pk")


def notices(found: Iterable[Measure]) -> "QuerySet[Notice]":
    """Of the drafts, the newest first."""
    rows = Notice.objects.filter(entries__measure__in=list(found)).distinct()
    light = rows.defer("body", "abstract", "item").order_by("-published", "-pk")
    return light[:NEWEST]
