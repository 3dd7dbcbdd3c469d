"""The organisations of chambers and firms: whoever acts for them acts for these.

Made with whatever makes the rows: the import of a list, the sample, the migration of an
installation that has rows already. Nothing is mailed, and whoever was let go is not admitted again.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q

from monitor.accounts.addresses import folded
from monitor.accounts.words import Kind, Role

GetModel = Callable[[str, str], Any]
"""Of Django's registry: today's, or that of a migration."""


def of_rows(now: datetime, get_model: GetModel = apps.get_model) -> None:
    """Of every chamber and every firm, and who belongs to whom."""
    for chamber in get_model("bases", "Chamber").objects.order_by("pk"):
        of_chamber(chamber, now, get_model)
    for firm in get_model("bases", "Enterprise").objects.order_by("pk"):
        of_firm(firm, now, get_model)


def of_chamber(chamber: Any, now: datetime, get_model: GetModel = apps.get_model) -> None:
    """Its organisation, and the firms of its bases as its members."""
    city = _only_city(chamber)
    organisation = _brought_up(chamber, Kind.CHAMBER, city, now, get_model)
    firms = get_model("bases", "Enterprise").objects.filter(bases__chambers=chamber)
    for firm in firms.exclude(organisation=None).distinct():
        _admitted(firm.organisation_id, organisation.pk, now, get_model)


def of_firm(firm: Any, now: datetime, get_model: GetModel = apps.get_model) -> None:
    """Its organisation, a member of the chambers of its bases; and an invitation, mailed to nobody,
    for the address that the list gives."""
    organisation = _brought_up(firm, Kind.ENTERPRISE, firm.city, now, get_model)
    chambers = get_model("bases", "Chamber").objects.filter(bases__enterprises=firm)
    for chamber in chambers.exclude(organisation=None).distinct():
        _admitted(organisation.pk, chamber.organisation_id, now, get_model)
    if firm.email:
        _asked(organisation, folded(firm.email), now, get_model)


def _only_city(chamber: Any) -> str:
    cities = {city for base in chamber.bases.all() for city in base.cities}
    return cities.pop() if len(cities) == 1 else ""


def _brought_up(row: Any, kind: Kind, city: str, now: datetime, get_model: GetModel) -> Any:
    """The row's organisation, named as the row is; one of that name that has none is taken."""
    organisations = get_model("accounts", "Organisation").objects
    names = {"name_zh": row.name_zh, "name_en": row.name_en, "city": city, "sample": row.sample}
    if row.organisation_id is None:
        row.organisation, _ = organisations.get_or_create(
            kind=kind, name_zh=row.name_zh, defaults={**names, "created_at": now}
        )
        row.save(update_fields=["organisation"])
    organisations.filter(pk=row.organisation_id).exclude(**names).update(**names)
    return organisations.get(pk=row.organisation_id)


def _admitted(member: int, of: int, now: datetime, get_model: GetModel) -> None:
    affiliations = get_model("accounts", "Affiliation").objects
    if not affiliations.filter(member=member, of=of).exists():
        affiliations.create(member_id=member, of_id=of, since=now)


def _asked(organisation: Any, email: str, now: datetime, get_model: GetModel) -> None:
    invitations = get_model("accounts", "Invitation").objects
    acted_for = get_model("accounts", "Membership").objects.filter(
        organisation=organisation, ended_at=None
    )
    known = invitations.filter(Q(organisation=organisation) & Q(email=email))
    if not acted_for.exists() and not known.exists():
        invitations.create(organisation=organisation, email=email, role=Role.OWNER, created_at=now)
