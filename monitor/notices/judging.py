"""A person's word on the products of a notice: confirmed, rejected, or added where it was missed.

What a person judged no machine changes: a rejected code does not come back when the notice is
classified again. Every judgement is an example to learn from (`monitor.notices.examples`).
"""

from datetime import datetime

from django.db import transaction

from models.nomenclature import hs
from monitor.accounts.models import User
from monitor.notices import inherit
from monitor.notices.models import Notice, ProductClaim
from monitor.notices.waking import wake

BY_HAND = "person"
"""The `model` of a claim that a person added, and the kind of its evidence."""


class WrongJudgementError(ValueError):
    """What cannot be judged so, and why."""


@transaction.atomic
def judge(
    notice: Notice, code: str, verdict: ProductClaim.Verdict, by: User, now: datetime
) -> ProductClaim:
    """Confirm or reject what is claimed; a second judgement replaces the first.

    Raises `WrongJudgementError` where the notice has no claim of this code.
    """
    _lock(notice)
    claim = ProductClaim.objects.filter(notice=notice, code=code).first()
    if claim is None:
        raise WrongJudgementError(f"{notice} has no claim {code}; `add` names a code it misses")
    return _judged(claim, verdict, by, now)


@transaction.atomic
def add(notice: Notice, code: str, by: User, now: datetime) -> ProductClaim:
    """A code that the notice is about and nobody claimed, confirmed at once; where it is claimed
    already, that claim is confirmed.

    Raises `WrongJudgementError` where HS2022 has no such code.
    """
    if not hs.exists(code):
        raise WrongJudgementError(f"{code}: no chapter, heading or subheading of HS{hs.EDITION}")
    _lock(notice)
    claim, _ = ProductClaim.objects.get_or_create(
        notice=notice,
        code=code,
        defaults={"probability": 1.0, "evidence": [{"kind": BY_HAND}], "model": BY_HAND},
    )
    return _judged(claim, ProductClaim.Verdict.CONFIRMED, by, now)


def _lock(notice: Notice) -> None:
    """The classify room locks the notices that it works on: one of the two waits."""
    Notice.objects.select_for_update().get(pk=notice.pk)


def _judged(
    claim: ProductClaim, verdict: ProductClaim.Verdict, by: User, now: datetime
) -> ProductClaim:
    claim.verdict, claim.judged_by, claim.judged_at = verdict, by, now
    claim.save(update_fields=["verdict", "judged_by", "judged_at"])
    wake([claim.notice_id])
    inherit.wake_others([claim.notice_id])
    return claim
