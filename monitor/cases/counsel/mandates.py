"""Mandates: given from an offer that was chosen, or by a firm to its own counsel; for whom, until
when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import reaches
from monitor.accounts.words import Kind
from monitor.cases.counsel.asking import ask_document, ask_keeper, keeper_in
from monitor.cases.counsel.costs import divide_waiting, held
from monitor.cases.counsel.offers import CannotError
from monitor.cases.counsel.words import Rule, Verdict
from monitor.cases.models import (
    Case,
    Counsel,
    Document,
    Mandate,
    MandateFirm,
    Offer,
    Respondent,
    SharingRule,
)
from monitor.cases.permission import MayNotError


@dataclass(frozen=True)
class Wish:
    counsel: Counsel
    scope: str
    since: date
    document: Document | None = None
    offer: Offer | None = None


def give(actor: Actor, case: Case, wish: Wish, now: datetime) -> Mandate:
    """A firm's own mandate is for that firm, which bears all that it costs.

    Raises MayNotError, CannotError.
    """
    own = keeper_in(actor, case)
    ask_document(actor, case, wish.document)
    _check(own, case, wish)
    with opened(), transaction.atomic():
        mandate = Mandate.objects.create(
            case=case,
            organisation=own,
            counsel=wish.counsel,
            offer=wish.offer,
            scope=wish.scope,
            since=wish.since,
            document=wish.document,
            given_at=now,
            given_by=actor.user,
        )
        if own.kind == Kind.ENTERPRISE:
            _for_itself(actor, mandate, own, now)
        return mandate


def end(actor: Actor, mandate: Mandate, until: date, because: str) -> None:
    """Bills that come later are entered all the same. Raises MayNotError, CannotError."""
    ask_keeper(actor, mandate.organisation)
    if until < mandate.since:
        raise CannotError(_("It cannot end before it began."))
    with opened():
        mandate.until, mandate.ended_because = until, because
        mandate.save(update_fields=["until", "ended_because"])


def join(
    actor: Actor, mandate: Mandate, respondent: Respondent, since: date, now: datetime
) -> MandateFirm:
    """The mandate is for this firm too, as whoever gave it says, or another chamber of the case
    that reads the firm: by that, whoever gave it reads its part in it.

    Raises MayNotError, CannotError.
    """
    if not may_bring(actor, mandate) or respondent not in _seen(actor, mandate):
        raise MayNotError
    if since < mandate.since:
        raise CannotError(_("The mandate began later."))
    with opened(), transaction.atomic():
        held(mandate)
        if MandateFirm.objects.filter(mandate=mandate, respondent=respondent, until=None).exists():
            raise CannotError(_("The mandate is for this firm already."))
        firm = MandateFirm.objects.create(
            mandate=mandate,
            respondent=respondent,
            since=since,
            added_at=now,
            added_by=actor.user,
        )
        divide_waiting(mandate, now)
        return firm


def leave(actor: Actor, firm: MandateFirm, until: date, because: str, now: datetime) -> None:
    """What was divided already stays as it is. Raises MayNotError, CannotError."""
    ask_keeper(actor, firm.mandate.organisation)
    if until < firm.since:
        raise CannotError(_("It cannot end before it began."))
    with opened(), transaction.atomic():
        held(firm.mandate)
        firm.until, firm.ended_because = until, because
        firm.save(update_fields=["until", "ended_because"])
        divide_waiting(firm.mandate, now)


def may_bring(actor: Actor, mandate: Mandate) -> bool:
    """Whether it is the actor's to write down that a firm joins."""
    if reaches(actor, Action.EDIT_COUNSEL, mandate.organisation):
        return True
    try:
        own = keeper_in(actor, mandate.case)
    except MayNotError:
        return False
    return mandate.is_joint and own.kind == Kind.CHAMBER


def may_join(actor: Actor, mandate: Mandate) -> Sequence[Respondent]:
    """Firms of the case that the actor reads and that the mandate is not for yet."""
    with opened():
        within = MandateFirm.objects.filter(mandate=mandate, until=None)
        taken = set(within.values_list("respondent", flat=True))
    return [row for row in _seen(actor, mandate) if row.pk not in taken]


def _seen(actor: Actor, mandate: Mandate) -> list[Respondent]:
    rows = Respondent.objects.for_actor(actor).filter(
        case=mandate.case_id, organisation__isnull=False
    )
    return list(rows.select_related("organisation"))


def brought(actor: Actor, mandate: Mandate) -> Sequence[Respondent]:
    """The firms that it is for now, as far as the actor reads them: for a chamber that did not give
    it."""
    if not may_bring(actor, mandate):
        return []
    left = {row.pk for row in may_join(actor, mandate)}
    return [row for row in _seen(actor, mandate) if row.pk not in left]


def joined(mandate: Mandate) -> int:
    """For how many firms it is now: a number that may be told to those within it."""
    with opened():
        return MandateFirm.objects.filter(mandate=mandate, until=None).count()


# --- What a firm weighs --------------------------------------------------------------------------


def state_exports(actor: Actor, firm: MandateFirm, usd: Decimal, now: datetime) -> None:
    """The firm itself states its exports for the sharing of costs, and for nothing else. Raises
    MayNotError."""
    own = firm.respondent.organisation
    if own is None or not reaches(actor, Action.EDIT_COUNSEL, own):
        raise MayNotError
    _weigh(firm, now, exports_usd=usd)


def state_benefit(
    actor: Actor, firm: MandateFirm, weight: Decimal, why: str, now: datetime
) -> None:
    """What it has of it, as the firms agreed. Raises MayNotError."""
    ask_keeper(actor, firm.mandate.organisation)
    _weigh(firm, now, benefit=weight, benefit_why=why)


def _weigh(firm: MandateFirm, now: datetime, **weight: Decimal | str) -> None:
    with opened(), transaction.atomic():
        held(firm.mandate)
        for name, value in weight.items():
            setattr(firm, name, value)
        firm.save(update_fields=list(weight))
        divide_waiting(firm.mandate, now)


def _check(own: Organisation, case: Case, wish: Wish) -> None:
    if wish.counsel.organisation_id != own.pk:
        raise MayNotError
    if (offer := wish.offer) is None:
        return
    if (offer.organisation_id, offer.case_id) != (own.pk, case.pk):
        raise MayNotError
    if offer.verdict != Verdict.CHOSEN or offer.counsel_id != wish.counsel.pk:
        raise CannotError(_("A mandate is given to whose offer was chosen."))


def _for_itself(actor: Actor, mandate: Mandate, own: Organisation, now: datetime) -> None:
    row = Respondent.objects.get(case=mandate.case_id, organisation=own)
    MandateFirm.objects.create(
        mandate=mandate, respondent=row, since=mandate.since, added_at=now, added_by=actor.user
    )
    SharingRule.objects.create(
        mandate=mandate,
        since=mandate.since,
        rule=Rule.EQUAL,
        why=str(_("its own mandate")),
        said_at=now,
        said_by=actor.user,
    )
