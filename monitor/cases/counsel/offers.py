"""Offers of counsel for a case: asked for by who takes part in it, compared, chosen or passed
over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.cases.counsel.asking import ask_document, ask_keeper, keeper_in
from monitor.cases.counsel.currencies import rounded
from monitor.cases.counsel.listing import Done, done
from monitor.cases.counsel.words import Included, Verdict
from monitor.cases.models import Case, Counsel, Mandate, Offer, OfferVerdict
from monitor.cases.permission import MayNotError
from monitor.cases.respondents import ChangedMeanwhileError


class CannotError(Exception):
    """It does not fit; `why` tells the reader."""

    def __init__(self, why: str | Promise) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True)
class Compared:
    """An offer in the table. `usd`: None where nobody typed a rate; `has`: for each `Included`
    whether it is; `over`: it holds no more."""

    offer: Offer
    usd: Decimal | None
    has: Sequence[bool]
    verdicts: Sequence[OfferVerdict]
    past: Done
    over: bool

    @property
    def ours(self) -> list[Mandate]:
        """Other cases of ours."""
        return [each for each in self.past.ours if each.case_id != self.offer.case_id]


def add(
    actor: Actor,
    case: Case,
    counsel: Counsel,
    wish: Mapping[str, Any],
    now: datetime,
    *,
    replaces: Offer | None = None,
) -> Offer:
    """`wish`: fields of the offer. `replaces`: one of the same counsel that it takes the place of.

    Raises MayNotError, CannotError.
    """
    own = keeper_in(actor, case)
    ask_document(actor, case, wish.get("document"))
    proceeding = wish.get("proceeding")
    if counsel.organisation_id != own.pk or (proceeding and proceeding.case_id != case.pk):
        raise MayNotError
    with opened(), transaction.atomic():
        if replaces is not None:
            _replace(actor, case, replaces, counsel, now)
        return Offer.objects.create(
            case=case,
            organisation=own,
            counsel=counsel,
            replaces=replaces,
            added_at=now,
            added_by=actor.user,
            **wish,
        )


def decide(
    offer: Offer, verdict: Verdict, seen: str, why: str, actor: Actor, now: datetime
) -> OfferVerdict:
    """Chosen or passed over. `seen`: the verdict that the page showed.

    Raises MayNotError, CannotError, ChangedMeanwhileError.
    """
    ask_keeper(actor, offer.organisation)
    with opened(), transaction.atomic():
        row = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
        if row.verdict != seen:
            raise ChangedMeanwhileError
        if row.verdict == Verdict.REPLACED or verdict not in (Verdict.CHOSEN, Verdict.PASSED):
            raise CannotError(_("Another offer has taken the place of this one."))
        if verdict == Verdict.PASSED and not why.strip():
            raise CannotError(_("Say why it is passed over."))
        return _said(row, verdict, why, actor, now)


def compared(actor: Actor, case: Case, day: date) -> list[Compared]:
    """Those that hold first. Five queries, however many offers."""
    rows = Offer.objects.for_actor(actor).filter(case=case)
    offers = list(
        rows.select_related("counsel", "proceeding__measure", "document", "added_by").order_by("pk")
    )
    past = done(actor, [offer.counsel for offer in offers])
    said = _verdicts(actor, offers)
    found = [
        Compared(
            offer=offer,
            usd=in_dollars(offer),
            has=[word in offer.included for word in Included],
            verdicts=said.get(offer.pk, []),
            past=past[offer.counsel_id],
            over=offer.valid_until is not None and offer.valid_until < day,
        )
        for offer in offers
    ]
    order = [Verdict.CHOSEN, Verdict.OPEN, Verdict.PASSED, Verdict.REPLACED]
    return sorted(found, key=lambda each: (order.index(Verdict(each.offer.verdict)), each.offer.pk))


def in_dollars(offer: Offer) -> Decimal | None:
    """By the rate that somebody typed; no rate is guessed."""
    if offer.currency == "USD":
        return offer.amount
    return None if offer.usd_rate is None else rounded(offer.amount * offer.usd_rate, "USD")


def _verdicts(actor: Actor, offers: Iterable[Offer]) -> dict[int, list[OfferVerdict]]:
    found: dict[int, list[OfferVerdict]] = {}
    rows = OfferVerdict.objects.for_actor(actor).filter(offer__in=list(offers))
    for each in rows.select_related("said_by"):
        found.setdefault(each.offer_id, []).append(each)
    return found


def _replace(actor: Actor, case: Case, old: Offer, counsel: Counsel, now: datetime) -> None:
    row = Offer.objects.select_for_update(of=("self",)).get(pk=old.pk)
    if row.case_id != case.pk or row.organisation_id != counsel.organisation_id:
        raise MayNotError
    if row.counsel_id != counsel.pk or row.verdict == Verdict.REPLACED:
        raise CannotError(_("It can only take the place of the last offer of the same counsel."))
    _said(row, Verdict.REPLACED, "", actor, now)


def _said(row: Offer, verdict: Verdict, why: str, actor: Actor, now: datetime) -> OfferVerdict:
    row.verdict = verdict
    row.save(update_fields=["verdict"])
    return OfferVerdict.objects.create(
        offer=row, verdict=verdict, why=why, said_by=actor.user, at=now
    )
