"""What a firm answers: saved half, handed in, and handed in again until the round closes."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.policy import Action, Whose
from monitor.cases.models import CommentAsked, CommentQuestion, CommentSheet, Respondent
from monitor.cases.overtaking import merged
from monitor.cases.permission import MayNotError, person
from monitor.cases.respondents import Reply, say
from monitor.cases.words import Answer, Asks
from monitor.cases.work.changing import What, change, locked

Content = Mapping[str, str]
"""As `CommentSheet.content`."""
LONGEST = 4000
BIGGEST = Decimal(10) ** 12
SILENT = (Answer.LISTED, Answer.INFORMED, Answer.CONSIDERING)


class CannotAnswerError(Exception):
    """The sheet is not taken; `why` tells the reader."""

    def __init__(self, why: str | Promise) -> None:
        super().__init__(str(why))
        self.why = why


def newest(asked: CommentAsked) -> CommentSheet | None:
    """What the firm goes on with. Within the door."""
    rows = CommentSheet.objects.filter(asked=asked).select_related("saved_by")
    return rows.order_by("-number").first()


def save(
    actor: Actor,
    asked: CommentAsked,
    content: Content,
    seen: int,
    now: datetime,
    *,
    hand_in: bool = False,
) -> CommentSheet:
    """`content`: all that the form holds; `seen`: the number of the sheet that the form was filled
    with, 0: of none. Whoever hands in has answered: its task is done.

    Raises MayNotError, CannotAnswerError, and `Overtaken` where somebody else of the firm has
    answered the same question otherwise since.
    """
    _ask(actor, asked.organisation)
    with opened(), transaction.atomic():
        row = CommentAsked.objects.select_for_update(of=("self",)).select_related(
            "round__case", "task", "respondent__case", "respondent__organisation"
        ).get(pk=asked.pk)  # fmt: skip
        if not row.round.takes_answers:
            raise CannotAnswerError(_("The round is closed: no answer is taken any more."))
        given = checked(row.round.questions.all(), content)
        last = newest(row)
        if last is not None:
            given = merged(last, _at(row, seen), given, last.content, last.saved_by)
        if hand_in and not given:
            raise CannotAnswerError(_("Answer at least one question."))
        sheet = CommentSheet.objects.create(
            asked=row,
            number=last.number + 1 if last else 1,
            content=given,
            saved_at=now,
            saved_by=person(actor),
            handed_in_at=now if hand_in else None,
        )
        if hand_in:
            _answered(row, actor, now)
        return sheet


def checked(questions: Iterable[CommentQuestion], content: Content) -> dict[str, str]:
    """Without what is empty. Raises CannotAnswerError for what no question of the round takes."""
    by_key = {str(question.pk): question for question in questions}
    given = {key: value.strip() for key, value in content.items() if value.strip()}
    if given.keys() - by_key.keys():
        raise CannotAnswerError(_("A question of another round was answered."))
    return {key: _checked(by_key[key], value) for key, value in given.items()}


def _checked(question: CommentQuestion, value: str) -> str:
    match Asks(question.asks):
        case Asks.YES_NO:
            fits = value in ("yes", "no")
        case Asks.NUMBER:
            fits = number(value) is not None
        case Asks.CHOICE:
            fits = value in {choice["id"] for choice in question.choices}
        case Asks.TEXT:
            fits = len(value) <= LONGEST
    if not fits:
        raise CannotAnswerError(
            _("Question %(n)s takes another answer.") % {"n": question.position}
        )
    return value


def number(text: str) -> Decimal | None:
    """Not below zero, and nothing astronomic; None: it is none."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and 0 <= found < BIGGEST else None


def _ask(actor: Actor, firm: Organisation) -> None:
    """A chamber has its own ways to write down what a firm says: this sheet is the firm's."""
    own = actor.organisation
    mine = own is not None and own.pk in (firm.pk, firm.merged_into_id)
    if not mine or not actor.may(Action.EDIT_ANSWERS, Whose.OWN):
        raise MayNotError


def _at(asked: CommentAsked, seen: int) -> Content:
    found = CommentSheet.objects.filter(asked=asked, number=seen).first()
    content: Content = found.content if found else {}
    return content


def _answered(asked: CommentAsked, actor: Actor, now: datetime) -> None:
    if asked.task.is_open:
        fields = {"done_at": now, "done_by": actor.user}
        change(locked(asked.task_id), What.DONE, fields, actor.user, now)
    respondent: Respondent = asked.respondent
    if respondent.answer in SILENT:
        say(respondent, Reply(Answer.ANSWERS), actor, now)
