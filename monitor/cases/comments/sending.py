"""What a person did with the comment and says so: sent it, got a reply, saw what became of it. The
house itself sends nothing to an authority."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.cases.comments.drafting import all_approved, standing
from monitor.cases.comments.holding import finish_play, held
from monitor.cases.models import (
    CommentFate,
    CommentParagraph,
    CommentReply,
    CommentRound,
    CommentSent,
    Document,
    TradeConcern,
)
from monitor.cases.permission import MayNotError
from monitor.cases.words import Fate
from monitor.cases.work.changing import day_of
from monitor.notices.models import Notice

POINT = "国家 TBT/SPS 通报咨询中心"
"""Through which comments of China's firms go."""
Record = CommentSent | CommentReply | TradeConcern


class CannotSayError(Exception):
    """It cannot have been so; `why` tells the reader."""

    def __init__(self, why: str | Promise) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True)
class Became:
    """Of a paragraph in the adopted text, as `CommentFate`."""

    fate: Fate
    provision: str = ""
    notice: Notice | None = None
    transition_months: int | None = None
    note: str = ""


def sent(  # noqa: PLR0913, PLR0917 - who, to whom, when, with what to show for it
    actor: Actor,
    round_: CommentRound,
    sender: str,
    to: str,
    day: date,
    receipt: str,
    document: Document | None,
    now: datetime,
) -> CommentSent:
    """Raises MayNotError; CannotSayError where not all of the text is approved, it was sent
    already, or the day is to come."""
    with held(actor, round_) as row:
        _check_day(day, row, now)
        wordings = standing(row)
        if not all_approved(wordings):
            raise CannotSayError(_("A second person has to approve the text first."))
        if CommentSent.objects.filter(round=row, withdrawn_at=None).exists():
            raise CannotSayError(_("That it was sent is written down already."))
        out = [each.pk for each in wordings if not each.gone]
        made = CommentSent.objects.create(
            round=row, day=day, document=_of_case(row, document), said_by=actor.user,
            acting_for=_own(actor), at=now, sender=sender, to=to, receipt=receipt, wordings=out,
        )  # fmt: skip
        for play in ("send", "draft"):
            finish_play(row.case, play, actor.user, now)
        return made


def reply(  # noqa: PLR0913, PLR0917 - who, what, when, with what to show for it
    actor: Actor,
    round_: CommentRound,
    sender: str,
    text: str,
    day: date,
    document: Document | None,
    now: datetime,
) -> CommentReply:
    """Raises MayNotError; CannotSayError where nothing was sent, or it would have come before."""
    with held(actor, round_) as row:
        _check_day(day, row, now)
        was = CommentSent.objects.filter(round=row, withdrawn_at=None).first()
        if was is None or day < was.day:
            raise CannotSayError(_("A reply comes after the comment was sent."))
        made = CommentReply.objects.create(
            round=row, day=day, document=_of_case(row, document), said_by=actor.user,
            acting_for=_own(actor), at=now, sender=sender, text=text,
        )  # fmt: skip
        finish_play(row.case, "reply", actor.user, now)
        return made


def became(actor: Actor, paragraph: CommentParagraph, what: Became, now: datetime) -> CommentFate:
    """What the adopted text made of a paragraph; a former word is kept, replaced. Raises
    MayNotError; CannotSayError where the comment was not sent."""
    with held(actor, paragraph.round) as row:
        was = CommentSent.objects.filter(round=row, withdrawn_at=None).first()
        if was is None:
            raise CannotSayError(_("The comment was not sent yet."))
        CommentFate.objects.filter(paragraph=paragraph, replaced_at=None).update(replaced_at=now)
        return CommentFate.objects.create(
            paragraph=paragraph,
            fate=what.fate,
            provision=what.provision,
            notice=what.notice,
            transition_months=what.transition_months,
            note=what.note,
            said_by=actor.user,
            at=now,
        )


def raised(
    actor: Actor, round_: CommentRound, concern: TradeConcern, now: datetime
) -> TradeConcern:
    """`concern`: with its committee, day, number and by whom. Raises MayNotError, CannotSayError
    where the day is to come."""
    with held(actor, round_) as row:
        if concern.day > day_of(now):
            raise CannotSayError(_("This day is still to come."))
        concern.round, concern.said_by, concern.acting_for = row, actor.user, _own(actor)
        concern.document, concern.at = _of_case(row, concern.document), now
        concern.save()
        return concern


def take_back(actor: Actor, record: Record, now: datetime) -> None:
    """It was a mistake; it stays in the record. Raises MayNotError, CannotSayError where more hangs
    on it."""
    with held(actor, record.round) as row:
        hangs = CommentReply.objects.filter(round=row, withdrawn_at=None)
        if isinstance(record, CommentSent) and hangs.exists():
            raise CannotSayError(_("Take back the reply first."))
        rows = type(record).objects.filter(pk=record.pk, withdrawn_at=None)
        rows.update(withdrawn_at=now, withdrawn_by=actor.user)


def _check_day(day: date, round_: CommentRound, now: datetime) -> None:
    if day > day_of(now):
        raise CannotSayError(_("This day is still to come."))
    if day < day_of(round_.called_at):
        raise CannotSayError(_("This day was before the call."))


def _own(actor: Actor) -> Organisation:
    if actor.organisation is None:
        raise MayNotError
    return actor.organisation


def _of_case(round_: CommentRound, document: Document | None) -> Document | None:
    if document is not None and document.case_id != round_.case_id:
        raise CannotSayError(_("The document is of another case."))
    return document
