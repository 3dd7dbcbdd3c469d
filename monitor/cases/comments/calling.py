"""The call to members: which questions, to which firms, until when."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.cases.comments.bank import Question
from monitor.cases.comments.holding import finish_play, held
from monitor.cases.models import (
    Case,
    CommentAsked,
    CommentQuestion,
    CommentRound,
    Respondent,
    Task,
)
from monitor.cases.permission import MayNotError, ask_case
from monitor.cases.words import Asks, Who
from monitor.cases.work.changing import What, change, locked, tell
from monitor.cases.work.doing import last_position
from monitor.cases.work.telling import Rung, tell_of

TITLE = ("回答商会的评议问题", "Answer the chamber's questions on the draft")
CLOSED = "the round is closed"


class CannotCallError(Exception):
    """The call does not fit; `why` tells the reader."""

    def __init__(self, why: str | Promise) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True)
class Wish:
    """A question as the chamber wants it asked. `bank`: the id of the one that it came from."""

    asks: Asks
    zh: str
    en: str = ""
    unit_zh: str = ""
    unit_en: str = ""
    choices: tuple[dict[str, str], ...] = ()
    bank: str = ""

    @classmethod
    def of(cls, question: Question, zh: str = "", en: str = "") -> "Wish":
        """As the bank has it, in other words where some are given."""
        return cls(
            question.kind,
            zh or question.zh,
            en or question.en,
            question.unit_zh,
            question.unit_en,
            tuple(each.model_dump() for each in question.choices),
            question.id,
        )


def call(  # noqa: PLR0913, PLR0917 - what, whom, until when, in which words, who, when
    actor: Actor,
    case: Case,
    questions: Sequence[Wish],
    firms: Iterable[Respondent],
    answer_by: date,
    letter: str,
    now: datetime,
) -> CommentRound:
    """Each firm gets a task, is told of it, and is reminded of it. Raises MayNotError,
    CannotCallError."""
    ask_case(actor, case)
    own = actor.organisation
    if own is None:
        raise MayNotError
    with opened(), transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        asked = list(firms)
        _check(held, questions, asked)
        last = held.comment_rounds.aggregate(last=Max("number"))["last"] or 0
        round_ = CommentRound.objects.create(
            case=held, number=last + 1, organisation=own, letter=letter, answer_by=answer_by,
            called_at=now, called_by=actor.user,
        )  # fmt: skip
        CommentQuestion.objects.bulk_create(
            _question(round_, number, wish) for number, wish in enumerate(questions, start=1)
        )
        for respondent in asked:
            _ask(round_, respondent, actor, now)
        finish_play(held, "call", actor.user, now)
        return round_


def extend(actor: Actor, round_: CommentRound, answer_by: date, now: datetime) -> None:
    """Another day for answers: the firms' tasks move with it, and who has one is told. Raises
    MayNotError, CannotCallError where the round is closed."""
    with _held(actor, round_) as row:
        CommentRound.objects.filter(pk=row.pk).update(answer_by=answer_by)
        for task in _open_tasks(row):
            moved = change(task, What.MOVED, {"due": answer_by}, actor.user, now)
            tell_of(moved, task, (Rung.OWNER,), now, but=actor.user)


def close(actor: Actor, round_: CommentRound, now: datetime) -> None:
    """No answer is taken any more. Raises as `extend`."""
    with _held(actor, round_) as row:
        CommentRound.objects.filter(pk=row.pk).update(closed_at=now, closed_by=actor.user)
        _drop_tasks(row, actor, now, CLOSED)


def call_off(actor: Actor, round_: CommentRound, because: str, now: datetime) -> None:
    """There will be no comment. Raises as `extend`."""
    if not because.strip():
        raise CannotCallError(_("A round is called off for a reason."))
    with _held(actor, round_, closed_too=True) as row:
        CommentRound.objects.filter(pk=row.pk).update(
            called_off_at=now, called_off_by=actor.user, called_off_because=because.strip()
        )
        _drop_tasks(row, actor, now, because.strip())


@contextmanager
def _held(
    actor: Actor, round_: CommentRound, *, closed_too: bool = False
) -> Iterator[CommentRound]:
    with held(actor, round_) as row:
        if row.called_off_at or (row.closed_at and not closed_too):
            raise CannotCallError(_("The round is closed."))
        yield row


def _check(case: Case, questions: Sequence[Wish], firms: Sequence[Respondent]) -> None:
    if not questions:
        raise CannotCallError(_("Choose at least one question."))
    if not firms:
        raise CannotCallError(_("Choose at least one firm."))
    if any(firm.case_id != case.pk or firm.organisation_id is None for firm in firms):
        raise CannotCallError(_("Only firms of ours that are on the list of the case are asked."))
    if case.closed_at is not None:
        raise CannotCallError(_("The case is closed."))
    if case.comment_rounds.filter(closed_at=None, called_off_at=None).exists():
        raise CannotCallError(_("A round is open already."))


def _question(round_: CommentRound, position: int, wish: Wish) -> CommentQuestion:
    return CommentQuestion(
        round=round_,
        position=position,
        bank=wish.bank,
        asks=wish.asks,
        zh=wish.zh,
        en=wish.en,
        unit_zh=wish.unit_zh,
        unit_en=wish.unit_en,
        choices=list(wish.choices),
    )


def _ask(round_: CommentRound, respondent: Respondent, actor: Actor, now: datetime) -> None:
    firm = respondent.organisation
    assert firm is not None  # noqa: S101 - `_check` has seen to it
    zh, en = TITLE
    task = Task.objects.create(
        case=round_.case,
        respondent=respondent,
        title_zh=zh,
        title_en=en,
        note=round_.letter,
        who=Who.FIRM,
        organisation=firm,
        due=round_.answer_by,
        position=last_position(round_.case_id) + 1,
        created_at=now,
    )
    CommentAsked.objects.create(
        round=round_, organisation=firm, respondent=respondent, task=task, at=now
    )
    added = tell(task, What.ADDED, {}, {"title_zh": zh}, actor.user, now)
    tell_of(added, task, (Rung.OWNER,), now, but=actor.user)


def _open_tasks(round_: CommentRound) -> list[Task]:
    rows = CommentAsked.objects.filter(round=round_, task__done_at=None, task__dropped_at=None)
    return [locked(pk) for pk in rows.order_by("pk").values_list("task", flat=True)]


def _drop_tasks(round_: CommentRound, actor: Actor, now: datetime, because: str) -> None:
    for task in _open_tasks(round_):
        fields = {"dropped_at": now, "dropped_by": actor.user, "dropped_because": because}
        change(task, What.DROPPED, fields, actor.user, now)
