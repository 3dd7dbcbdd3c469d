"""Who stands in a letter: the firm or the chamber that it is for, counsel, a contact."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Kind
from monitor.bases.models import Chamber, Enterprise
from monitor.cases.letters.about import About
from monitor.cases.letters.catalog import Sort
from monitor.cases.models import CaseChamber, Mandate, MandateFirm


def parties(
    actor: Actor, about: About, sort: Sort, language: str, today: date
) -> Mapping[str, str]:
    """Field → text; empty where it is not known, or is the other language's."""
    firm = about.respondent.organisation if about.respondent else None
    chamber, own = _chamber(actor, about), actor.organisation
    # A chamber may be a party itself; for whom counsel writes is not known where no firm is named.
    itself = own if own is not None and own.kind == Kind.CHAMBER else None
    return {
        **_party(actor, firm or itself, language),
        "firm": named(actor, firm, language) if firm else "",
        "chamber": named(actor, chamber, language) if chamber else "",
        "contact": _contact(actor),
        "counsel": _counsel(actor, about, language, today) if "counsel" in sort.fields else "",
    }


def _chamber(actor: Actor, about: About) -> Organisation | None:
    """One's own, or the one that leads."""
    own = actor.organisation
    if own is not None and own.kind == Kind.CHAMBER:
        return own
    seats = CaseChamber.objects.for_actor(actor).filter(case=about.case, ended_at=None)
    lead = seats.filter(leads=True).select_related("organisation").first()
    return lead.organisation if lead else None


def _party(actor: Actor, whose: Organisation | None, language: str) -> dict[str, str]:
    if whose is None:
        return {}
    firm = Enterprise.objects.for_actor(actor).filter(organisation=whose).first()
    if firm is None:
        return {"party": named(actor, whose, language)}
    # Addresses and names of people are kept as they are written at home.
    at_home = (firm.address, firm.contact, firm.legal_representative)
    address, contact, representative = at_home if language == "zh" else map(_latin, at_home)
    return {
        "party": named(actor, whose, language),
        "party_address": address,
        "party_contact": contact,
        "party_phone": firm.phone,
        "party_email": firm.email,
        "representative": representative,
        "uscc": firm.uscc or "",
    }


def _latin(text: str) -> str:
    """The text, where a reader of English can read it."""
    return text if text.isascii() else ""


def named(actor: Actor, whose: Organisation, language: str) -> str:
    """As letters in this language call it; empty where it has no such name."""
    if language == "zh":
        return whose.name_zh
    firm = Enterprise.objects.for_actor(actor).filter(organisation=whose).first()
    chamber = Chamber.objects.filter(organisation=whose).first()
    return (firm.name_en if firm else "") or (chamber.name_en if chamber else "") or whose.name_en


def _contact(actor: Actor) -> str:
    person = actor.user
    return " ".join(part for part in (person.name, person.username) if part) if person else ""


def _counsel(actor: Actor, about: About, language: str, today: date) -> str:
    """Who acts for the firm now, or else for the firms of the case together."""
    runs = Q(since__lte=today) & (Q(until=None) | Q(until__gte=today))
    rows = Mandate.objects.for_actor(actor).filter(runs, case=about.case)
    if about.respondent is not None:
        mine = MandateFirm.objects.for_actor(actor).filter(runs, respondent=about.respondent)
        rows = rows.filter(pk__in=mine.order_by().values("mandate"))
    mandate = rows.select_related("counsel").order_by("-since", "-pk").first()
    if mandate is None:
        return ""
    return str(mandate.counsel.name_zh if language == "zh" else mandate.counsel.name_en)
