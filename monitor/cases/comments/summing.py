"""The answers together: counts, figures, and the texts side by side.

Whoever answers the case reads every sheet that was handed in. Others who see the round (the office)
get counts, and figures only where enough firms make them up
(`monitor.bases.confidential.LEAST`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.bases.confidential import LEAST
from monitor.cases.models import CommentAsked, CommentQuestion, CommentRound, CommentSheet
from monitor.cases.words import Asks


@dataclass(frozen=True)
class Said:
    firm: CommentAsked
    value: str


@dataclass(frozen=True)
class Sum:
    """Of one question. `n`: how many have answered it; `counts`: of yes and no, or of choices, by
    their id; `closed`: there is more than the reader may know."""

    question: CommentQuestion
    n: int
    counts: Mapping[str, int] = field(default_factory=dict)
    median: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    said: Sequence[Said] = ()
    closed: bool = False


@dataclass(frozen=True)
class Summary:
    """`asked`, `answered`: firms."""

    asked: int
    answered: int
    sums: Sequence[Sum]


def summary(actor: Actor, round_: CommentRound, *, whole: bool) -> Summary:
    """`round_`: as the door gave it to the actor. `whole`: they answer the case
    (`models.comments.desk_rounds`) and read every sheet."""
    questions = list(CommentQuestion.objects.for_actor(actor).filter(round=round_))
    with opened():  # read by the house, to know what to keep from the reader
        rows = CommentAsked.objects.filter(round=round_).select_related("organisation")
        firms = {each.pk: each for each in rows}
        sheets = answers(round_)
    return Summary(len(firms), len(sheets), [_sum(q, firms, sheets, whole) for q in questions])


def answers(round_: CommentRound) -> dict[int, CommentSheet]:
    """By `CommentAsked`, what each firm handed in last. Within the door."""
    rows = CommentSheet.objects.filter(asked__round=round_, handed_in_at__isnull=False)
    return {sheet.asked_id: sheet for sheet in rows.order_by("asked", "number")}


def _sum(
    question: CommentQuestion,
    firms: Mapping[int, CommentAsked],
    sheets: Mapping[int, CommentSheet],
    whole: bool,  # noqa: FBT001
) -> Sum:
    key = str(question.pk)
    said = [Said(firms[pk], s.content[key]) for pk, s in sheets.items() if key in s.content]
    n = len(said)
    if not whole and (n < LEAST or question.asks == Asks.TEXT):
        return Sum(question, n, closed=n > 0)
    shown = said if whole else ()
    if question.asks == Asks.NUMBER and said:
        values = sorted(Decimal(each.value) for each in said)
        return Sum(question, n, {}, median(values), values[0], values[-1], shown)
    if question.asks in (Asks.YES_NO, Asks.CHOICE):
        return Sum(question, n, Counter(each.value for each in said), said=shown)
    return Sum(question, n, said=shown)
