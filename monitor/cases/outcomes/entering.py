"""Writing down what a proceeding came to: by the chamber, or by the firm for itself."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitor.accounts.walls.door import opened
from monitor.cases.models import Outcome, Proceeding, Respondent
from monitor.cases.outcomes.words import ENDING, OWN_ONLY, RATED, Force, Result
from monitor.cases.permission import By, ask_answer, ask_case, person
from monitor.notices.models import Notice

LITTLE = Decimal(3)
"""Percent. No law in force lets a higher rate pass as too little to count: two percent for dumping,
one to three for subsidies (Agreement on Anti-Dumping, Article 5.8; Agreement on Subsidies, Articles
11.9 and 27.10)."""


class CannotStandError(Exception):
    """The outcome contradicts itself; `field` is where, `why` tells the reader."""

    def __init__(self, field: str, why: str | Promise) -> None:
        super().__init__(f"{field}: {why}")
        self.field, self.why = field, why


@dataclass(frozen=True)
class Said:
    """An outcome as somebody says it; fields as in `Outcome`."""

    result: Result
    force: Force
    day: date
    rate: Decimal | None = None
    deposit_rate: Decimal | None = None
    amount: Decimal | None = None
    currency: str = ""
    unit: str = ""
    deposit_from: date | None = None
    notice: Notice | None = None
    source: str = ""


def enter(
    proceeding: Proceeding, respondent: Respondent | None, said: Said, by: By, now: datetime
) -> Outcome:
    """A former word on the same thing is kept, replaced. `respondent`: None, for everybody who has
    none of their own.

    Raises MayNotError, CannotStandError; ValueError where the respondent is one of another case.
    """
    if respondent is None or respondent.organisation_id is None:
        ask_case(by, proceeding.case)
    else:
        ask_answer(by, respondent)
    if respondent is not None and respondent.case_id != proceeding.case_id:
        raise ValueError("the respondent is one of another case")
    check(said, for_all=respondent is None)
    with opened(), transaction.atomic():
        row = Proceeding.objects.select_for_update(of=("self",)).get(pk=proceeding.pk)
        _check_case(row)
        _former(row, respondent, said).update(replaced_at=now)
        return Outcome.objects.create(
            proceeding=row,
            respondent=respondent,
            said_by=person(by),
            acting_for=by.organisation if by else None,
            at=now,
            **vars(said),
        )


def check(said: Said, *, for_all: bool) -> None:
    """Raises CannotStandError."""
    if for_all and said.result in OWN_ONLY:
        raise CannotStandError("result", _("Only one firm has such a result: say which."))
    if said.result in RATED and said.rate is None and said.amount is None:
        raise CannotStandError("rate", _("To this belongs a rate or an amount."))
    if said.result in ENDING and (said.rate is not None or said.amount is not None):
        raise CannotStandError("rate", _("Where no measure is taken, there is no rate."))
    if said.result == Result.ZERO and (said.rate or 0) > LITTLE:
        raise CannotStandError("rate", _("That is too much to pass as nothing."))
    if said.amount is not None and not (said.currency and said.unit):
        raise CannotStandError("amount", _("To an amount belong its currency and its unit."))
    if said.deposit_rate is not None and said.rate is None:
        raise CannotStandError("deposit_rate", _("Give the rate as it was determined as well."))
    if said.notice is None and not said.source.strip():
        raise CannotStandError("source", _("Say where it is from: a notice or a document."))


def _check_case(row: Proceeding) -> None:
    if row.case.closed_at is not None:
        raise CannotStandError("result", _("The case is closed."))
    if row.expected_on is not None:
        raise CannotStandError("result", _("No notice has told of this proceeding yet."))


def _former(row: Proceeding, respondent: Respondent | None, said: Said) -> "QuerySet[Outcome]":
    same = Outcome.objects.filter(
        proceeding=row, respondent=respondent, force=said.force, replaced_at=None
    )
    return same.filter(result=said.result) if respondent is None else same
