"""A chamber, two of its firms that answer a case, counsel of one of them, and their browsers."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Kind, Role
from monitor.cases.models import CaseShare, Exclusion, Floor, Undertaking
from tests.monitor.cases.work.office import NOW, OPENED, Office
from tests.signing_in import signed_in


class Abroad(Office):
    def __init__(self) -> None:
        super().__init__()
        self.jia, self.yi = self.asked(self.firm), self.asked(self.other)
        self.rival = self.person("rival", self.other, Role.OFFICER)
        self.counsel = self.organisation(Kind.COUNSEL, "甲的律师", "Counsel")
        self.lawyer = self.person("lawyer", self.counsel, Role.OFFICER)

    def as_(self, user: User) -> Client:
        return signed_in(user, headers={"Accept-Language": "en"})

    def shown_to_counsel(self, owner: Organisation) -> Actor:
        CaseShare.objects.create(
            case=self.case,
            owner=owner,
            receiver=self.counsel,
            since=timezone.now() - timedelta(days=1),
        )
        return self.actor(self.lawyer)

    def undertaking(self) -> Undertaking:
        """Of the chamber, which covers both firms: each has a floor of its own."""
        row = Undertaking.objects.create(
            case=self.case, organisation=self.chamber, kind="suspension", goods="Mouldings",
            authority="Department of Commerce", status_on=OPENED, created_at=NOW,
        )  # fmt: skip
        row.firms.add(self.jia, self.yi)
        for firm, amount in ((self.jia, "830.5"), (self.yi, "790")):
            Floor.objects.create(
                undertaking=row, respondent=firm, amount=amount, currency="USD", unit="t",
                incoterm="FOB", first=OPENED, created_at=NOW,
            )  # fmt: skip
        return row

    def exclusion(self, organisation: Organisation, until: date | None) -> Exclusion:
        return Exclusion.objects.create(
            case=self.case, organisation=organisation, programme="section_301", requester="we",
            product="Finger-jointed blanks", status="granted", status_on=OPENED,
            valid_until=until, created_at=NOW,
        )  # fmt: skip


@pytest.fixture
def office(db: None, settings: Settings) -> Abroad:
    settings.FENGHUO_AS_OF = OPENED
    return Abroad()
