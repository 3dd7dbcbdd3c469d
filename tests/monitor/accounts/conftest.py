"""Organisations, people and firms for the tests of the walls."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

import pytest

from monitor.accounts.models import Affiliation, Membership, Organisation, Share, User
from monitor.accounts.walls.acting import acting
from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Kind, Role
from monitor.bases.models import Enterprise

SINCE = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass
class Town:
    """Makes organisations and people; numbers run on, so that nothing collides."""

    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def organisation(self, kind: Kind, city: str = "福州") -> Organisation:
        name = f"{kind.value} {next(self.numbers)}"
        return Organisation.objects.create(kind=kind, name_zh=name, city=city, created_at=SINCE)

    def person(self, organisation: Organisation | None = None, role: Role = Role.OWNER) -> User:
        name = f"person{next(self.numbers)}@example.org"
        user = User.objects.create(username=name, email=name)
        if organisation:
            Membership.objects.create(user=user, organisation=organisation, role=role, since=SINCE)
        return user

    def actor(self, organisation: Organisation, role: Role = Role.OWNER) -> Actor:
        return acting(self.person(organisation, role))

    def firm(self, *chambers: Organisation, city: str = "福州") -> Enterprise:
        organisation = self.organisation(Kind.ENTERPRISE, city)
        for chamber in chambers:
            Affiliation.objects.create(member=organisation, of=chamber, since=SINCE)
        return Enterprise.objects.create(
            name_zh=organisation.name_zh, organisation=organisation, city=city
        )

    def shares(self, firm: Enterprise, receiver: Organisation, **given: datetime) -> Share:
        return Share.objects.create(
            owner=firm.organisation,
            receiver=receiver,
            what=Share.What.FIGURES,
            since=SINCE,
            **given,
        )


@pytest.fixture
def town(db: None) -> Town:
    return Town()
