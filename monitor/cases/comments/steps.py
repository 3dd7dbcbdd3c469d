"""Where a round stands, and what rounds came to."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bundles.words import Event
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.cases.comments.drafting import all_approved, standing
from monitor.cases.comments.subject import Days, days_of, end_of
from monitor.cases.comments.summing import answers
from monitor.cases.models import (
    CommentAsked,
    CommentFate,
    CommentReply,
    CommentRound,
    CommentSent,
)
from monitor.cases.words import Fate
from monitor.cases.work.changing import day_of


class Step(StrEnum):
    """In order. The end is one of the last three."""

    CALLED = "called"
    COLLECTING = "collecting"
    DRAFTING = "drafting"
    APPROVED = "approved"
    SENT = "sent"
    REPLIED = "replied"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"
    CALLED_OFF = "called_off"


ENDS = (Step.ADOPTED, Step.WITHDRAWN, Step.CALLED_OFF)


@dataclass(frozen=True)
class Reached:
    """`day`: when; None: not yet, or nobody knows when. `is_now`: the round stands there."""

    step: Step
    day: date | None
    is_now: bool

    @property
    def is_reached(self) -> bool:
        return self.day is not None or self.is_now


def steps(round_: CommentRound) -> list[Reached]:
    """Within the door."""
    days = _days(round_)
    end = next((step for step in ENDS if step in days), Step.ADOPTED)
    way = [step for step in Step if step not in ENDS] + [end]
    now = next(step for step in reversed(way) if step in days)
    return [Reached(step, days.get(step), step is now) for step in way]


def _days(round_: CommentRound) -> dict[Step, date]:
    called = day_of(round_.called_at)
    days = {Step.CALLED: called}
    handed = [sheet.handed_in_at for sheet in answers(round_).values() if sheet.handed_in_at]
    if handed:
        days[Step.COLLECTING] = day_of(min(handed))
    wordings = standing(round_)
    if wordings:
        days[Step.DRAFTING] = day_of(min(each.paragraph.created_at for each in wordings))
    if all_approved(wordings):
        approvals = [given.at for each in wordings for given in each.approvals.all()]
        days[Step.APPROVED] = day_of(max(approvals))
    for step, model in ((Step.SENT, CommentSent), (Step.REPLIED, CommentReply)):
        row = model.objects.filter(round=round_, withdrawn_at=None).order_by("day").first()
        if row:
            days[step] = row.day
    return days | _end(round_)


def _end(round_: CommentRound) -> dict[Step, date]:
    if round_.called_off_at:
        return {Step.CALLED_OFF: day_of(round_.called_off_at)}
    entry = end_of(round_)
    if entry is None:
        return {}
    gone = entry.notice.event == Event.WITHDRAWN
    return {Step.WITHDRAWN if gone else Step.ADOPTED: entry.notice.published}


# --- What rounds came to -------------------------------------------------------------------------


@dataclass(frozen=True)
class Figures:
    """Of a round. `in_time`: None where it was not sent or no last day is known; `points`: the
    paragraphs that were sent; `fates`: how many of them came to what."""

    round: CommentRound
    asked: int
    answered: int
    sent: date | None
    in_time: bool | None
    points: int
    fates: Mapping[Fate, int]


def rounds(actor: Actor) -> list[Figures]:
    """Of every round that the actor sees and that was not called off, the newest first."""
    rows = CommentRound.objects.for_actor(actor).filter(called_off_at=None)
    found = list(rows.select_related("case", "organisation").order_by("-called_at", "-pk"))
    with opened():  # counts, of rounds that the reader sees
        return [_figures(each) for each in found]


def _figures(round_: CommentRound) -> Figures:
    row = CommentSent.objects.filter(round=round_, withdrawn_at=None).first()
    final = days_of(round_.case).final
    fates = CommentFate.objects.filter(paragraph__round=round_, replaced_at=None)
    return Figures(
        round=round_,
        asked=CommentAsked.objects.filter(round=round_).count(),
        answered=len(answers(round_)),
        sent=row.day if row else None,
        in_time=row.day <= final if row and final else None,
        points=len(row.wordings) if row else 0,
        fates=_counted(fates.values_list("fate", flat=True)),
    )


def _counted(fates: Iterable[str]) -> Mapping[Fate, int]:
    return Counter(Fate(each) for each in fates)


def is_late(round_: CommentRound, days: Days, today: date) -> bool:
    """The chamber's own last day is over and nothing was sent. Within the door."""
    if days.reserve is None or today <= days.reserve or round_.called_off_at:
        return False
    return not CommentSent.objects.filter(round=round_, withdrawn_at=None).exists()
