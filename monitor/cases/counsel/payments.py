"""Money that was paid for a mandate: entered, and taken back by a counter entry."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.cases.counsel.currencies import is_whole
from monitor.cases.counsel.offers import CannotError
from monitor.cases.models import Payment, SubsidyPayment

P = TypeVar("P", Payment, SubsidyPayment)


@dataclass(frozen=True)
class Paid:
    day: date
    amount: Decimal
    currency: str
    note: str = ""


def entered(row: P, paid: Paid, actor: Actor, now: datetime) -> P:
    """`row`: not saved yet, with whose payment it is. That the actor may was asked. Raises
    CannotError."""
    check_amount(paid.amount, paid.currency)
    with opened():
        return _saved(row, paid, actor, now)


def taken_back(payment: P, counter: P, why: str, actor: Actor, now: datetime) -> P:
    """`counter`: not saved yet, with whose payment it was. That the actor may was asked. Raises
    CannotError where it was taken back before."""
    with opened(), transaction.atomic():
        type(payment).objects.select_for_update(of=("self",)).get(pk=payment.pk)
        if payment.reverses_id or type(payment).objects.filter(reverses=payment).exists():
            raise CannotError(_("It is reversed already."))
        counter.reverses = payment
        paid = Paid(payment.day, -payment.amount, payment.currency, why)
        return _saved(counter, paid, actor, now)


def check_amount(amount: Decimal, currency: str) -> None:
    """Raises CannotError."""
    if amount <= 0:
        raise CannotError(_("An amount is more than nothing; what was entered is reversed."))
    if not is_whole(amount, currency):
        raise CannotError(_("The currency has not so many decimals."))


def _saved(row: P, paid: Paid, actor: Actor, now: datetime) -> P:
    row.day, row.amount, row.currency, row.note = paid.day, paid.amount, paid.currency, paid.note
    row.entered_at, row.entered_by = now, actor.user
    row.save()
    return row
