"""A small province: two bases with their chambers and firms, everybody who may come, and secrets.

Every secret is a text that stands nowhere else, with those who may read it.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import DjangoDbBlocker, Settings

from alerts.models import Channel, Recipient, Sentinel, Subscription
from crawlers.warc import Captures, Exchange
from monitor.accounts.models import Affiliation, ApiKey, Membership, Organisation, User
from monitor.accounts.walls.policy import Action
from monitor.accounts.words import Kind, Role
from monitor.bases.models import Base, Enterprise, ExportFlow
from monitor.impact.models import Impact
from monitor.notices.models import Capture, Notice, NoticeVersion
from monitor.search.room import index
from monitor.web.exports import months
from monitor.web.templatetags.figures import money, thousands
from tests.monitor.web.house import LAST_MONTH, TODAY, House
from tests.signing_in import sign_in
from tests.walls import (
    abroad,
    answering,
    commenting,
    entry,
    filing,
    joining,
    leading,
    resulting,
    retaining,
    working,
    writing,
)

SINCE = datetime(2025, 1, 1, tzinfo=UTC)
VALUES = {"甲": Decimal("1234567.89"), "乙": Decimal("2345678.91"), "丙": Decimal("3456789.12")}
"""Of each firm's exports in a month."""


@dataclass(frozen=True)
class Secret:
    """`text`: as a page would print it; `for_`: who may read it."""

    text: str
    for_: frozenset[str]


@dataclass(frozen=True)
class Province:
    """`people`: by the column of the matrix; `addresses`: of every name, one or several."""

    people: dict[str, User | None]
    addresses: dict[str, list[str]]
    secrets: list[Secret]

    def client(self, who: str, language: str = "zh-hans") -> Client:
        client = Client(headers={"Accept-Language": language})
        if (person := self.people[who]) is not None:
            sign_in(client, person)
        return client

    def session(self, who: str) -> str:
        """For the cookie of a browser; empty: nobody's."""
        cookie = self.client(who).cookies.get("sessionid")
        return cookie.value if cookie else ""


@pytest.fixture(scope="module")
def _built(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Province, Path]]:
    """Once for all tests of a module, in a transaction around theirs: each finds it untouched."""
    folder = tmp_path_factory.mktemp("province")
    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()
        with override_settings(**lying_in(folder)):
            made = build()
    yield made, folder
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def province(_built: tuple[Province, Path], db: None, settings: Settings) -> Province:
    made, folder = _built
    for name, value in lying_in(folder).items():
        setattr(settings, name, value)
    return deepcopy(made)


def lying_in(folder: Path) -> dict[str, object]:
    """The settings of a house whose files are there."""
    return {
        "FENGHUO_AS_OF": TODAY,
        "FENGHUO_INDEX": folder / "index",
        "FENGHUO_BUNDLES": folder,
        "FENGHUO_UPLOADS": folder / "uploads",
    }


def build() -> Province:
    made = _Making().province()
    index(list(Notice.objects.all()), SINCE)
    return made


class _Making:
    def __init__(self) -> None:
        self.house = House()
        self.secrets: list[Secret] = []
        self.base, self.elsewhere = self.house.base("ceramics"), self.house.base("furniture")
        self.organisations = {
            "office": self._organisation(Kind.OFFICE, "省商务厅"),
            "chamber": self._organisation(Kind.CHAMBER, "陶瓷商会"),
            "otherchmb": self._organisation(Kind.CHAMBER, "家具商会"),
            "federation": self._organisation(Kind.FEDERATION, "联合会"),
            "firm": self._organisation(Kind.ENTERPRISE, "甲秘字号"),
            "other": self._organisation(Kind.ENTERPRISE, "乙秘字号"),
            "counsel": self._organisation(Kind.COUNSEL, "律师事务所"),
            "association": self._organisation(Kind.ASSOCIATION, "境外协会"),
        }

    def province(self) -> Province:
        firms = [
            self._firm("甲", "firm", "chamber", self.base),
            self._firm("乙", "other", "chamber", self.base),
            self._firm("丙", None, "otherchmb", self.elsewhere),
        ]
        impact = self._impact(firms)
        people = self._people()
        self._secret(joining.INVITED, "office", "chamber", "firm")
        found = joining.addresses(self.organisations, self.base, firms)
        self._secret(entry.MOVING, "firm")
        self._secret(entry.KNOWN, "firm")
        found |= entry.addresses(people["firm"])
        found |= filing.Making(self.organisations, people, self._secret).addresses()
        answering.plant(self.organisations, self._secret)
        found |= leading.addresses(self.house, people)
        found |= resulting.plant(self.organisations, self._secret)
        found |= abroad.Making(self.organisations, self._secret).addresses()
        found |= retaining.plant(self.organisations, self._secret)
        found |= working.addresses(self.organisations, people, self._secret)
        found |= writing.addresses(people, self._secret)
        found |= commenting.plant(self.organisations, self._secret)
        return Province(people, self._addresses(impact) | found, self.secrets)

    def _organisation(self, kind: Kind, name: str) -> Organisation:
        return Organisation.objects.create(kind=kind, name_zh=name, created_at=SINCE)

    def _people(self) -> dict[str, User | None]:
        people: dict[str, User | None] = {"anybody": None}
        for who in ("analyst", "operator"):
            people[who] = User.objects.create(username=f"{who}@example.org", **{f"is_{who}": True})
        for who, organisation in self.organisations.items():
            people[who] = User.objects.create(username=f"{who}@example.org", name=who)
            role = Role.OWNER if who in ("firm", "other") else Role.OFFICER
            Membership.objects.create(
                user=people[who], organisation=organisation, role=role, since=SINCE
            )
        return people

    def _firm(self, letter: str, who: str | None, chamber: str, base: Base) -> Enterprise:
        """Known to itself, to its chamber and to the office; its figures to itself alone."""
        named = {"office", chamber, who or "nobody"}
        own = self.organisations[who] if who else self._organisation(Kind.ENTERPRISE, "丙秘字号")
        firm = Enterprise.objects.create(
            organisation=own,
            name_zh=f"{letter}秘字号",
            name_en=f"Secret {letter} Co",
            contact=f"{letter}秘联系人",
            phone=f"0591-{ord(letter)}",
            email=f"secret{ord(letter)}@example.org",
            annual_export_usd=VALUES[letter] * 100,
        )
        firm.bases.add(base)
        Affiliation.objects.create(member=own, of=self.organisations[chamber], since=SINCE)
        for text in (firm.name_zh, firm.name_en, firm.contact, firm.phone, firm.email):
            self._secret(text, *named)
        self._figures(firm, base, who or "nobody")
        return firm

    def _figures(self, firm: Enterprise, base: Base, who: str) -> None:
        value = VALUES[firm.name_zh[0]]
        ExportFlow.objects.bulk_create(
            ExportFlow(
                base=base,
                enterprise=firm,
                hs6="440910",
                market="US",
                month=month,
                value_usd=value,
            )
            for month in months(LAST_MONTH)
        )
        for amount in (value, value * 12, value * 100):
            for text in printed(amount):
                self._secret(text, who)

    def _secret(self, text: str, *who: str) -> None:
        self.secrets.append(Secret(text, frozenset(who)))

    def _impact(self, firms: list[Enterprise]) -> Impact:
        self.house.line(self.base)
        self.house.flows(self.base)
        notice = self.house.notice(version=2, capture=self._capture())
        NoticeVersion.objects.create(
            notice=notice, version=1, item=notice.item | {"title": "Before"}, seen_until=SINCE
        )
        self.house.claim(notice)
        entry = self.house.entry(notice, self.house.measure("us:A-570-117"))
        told = [
            {
                "id": firm.pk,
                "name_zh": firm.name_zh,
                "name_en": firm.name_en,
                "value_usd": str(VALUES[firm.name_zh[0]] * 12),
            }
            for firm in firms[:2]
        ]
        return self.house.impact(self.base, entry, firms=told)

    def _capture(self) -> Capture:
        """With its file."""
        capture = self.house.capture()
        file = settings.FENGHUO_BUNDLES / capture.warc
        file.parent.mkdir()
        page = Exchange(
            url=capture.url, method="GET", asked=[], status=200, answered=[], body=b"{}",
            fetched_at=SINCE,
        )  # fmt: skip
        with Captures(file) as captures:
            record = captures.add(page)
        for name in ("sha256", "length", "offset", "content_type", "url"):
            setattr(capture, name, getattr(record, name))
        capture.save()
        return capture

    def _addresses(self, impact: Impact) -> dict[str, list[str]]:
        sentinel, channel = self._desk()
        notice = impact.entry.notice
        return {
            "home": [reverse("home")],
            "base": [reverse("base", args=[self.base.code])],
            "impact": [reverse("impact", args=[impact.pk])],
            "measure": [reverse("measure", args=[impact.entry.measure_id])],
            "notice": [reverse("notice", args=[notice.pk])],
            "version": [reverse("version", args=[notice.pk, 1])],
            "capture": [reverse("capture", args=[notice.capture_id])],
            "search": [
                reverse("search"),
                reverse("search") + "?q=甲秘字号",
                reverse("search") + "?q=wood&order=exposure:ceramics",
            ],
            "suggest": [reverse("suggest") + "?q=甲秘", reverse("suggest") + "?q=Secret"],
            "export": [reverse("export", args=["csv"]), reverse("export", args=["xlsx"])],
            "sources": [reverse("sources")],
            "past_cases": [reverse("past_cases")],
            "past_case": [reverse("past_case", args=["us-2020-wood-mouldings"])],
            "trail": [reverse("trail")],
            "trail_export": [reverse("trail_export")],
            "my_trail": [reverse("my_trail")],
            "health": [reverse("health")],
            "sign_in": [reverse("sign_in")],
            "sign_out": [reverse("sign_out")],
            "set_language": [reverse("set_language")],
            "sentinel_feed": [reverse("sentinel_feed", args=[sentinel.token])],
            "unsubscribe": [reverse("unsubscribe", args=[channel.token])],
            "base_feed": [reverse("base_feed", args=[self.base.code])],
            "links": [reverse("links")],
            "own_reminders": [reverse("own_reminders")],
            "keys": [reverse("keys")],
            "revoke_key": [reverse("revoke_key", args=[self._key().pk])],
            "revoke_link": [reverse("revoke_link", args=[1])],
        }

    def _key(self) -> ApiKey:
        """By which a program of the firm's acts for it."""
        self._secret("甲秘钥匙", "firm")
        return ApiKey.objects.create(
            organisation=self.organisations["firm"],
            name="甲秘钥匙",
            scopes=[Action.READ_BASES],
            role=Role.OWNER,
            prefix="fh_012345678",
            created_at=SINCE,
            expires_at=timezone.now() + timedelta(days=1),
        )

    def _desk(self) -> tuple[Sentinel, Channel]:
        """What the firm is told, and how."""
        desk = Recipient.objects.create(
            name="甲秘值班台", organisation=self.organisations["firm"], language="zh-hans"
        )
        Subscription.objects.create(recipient=desk, base=self.base)
        channel = Channel.objects.create(
            recipient=desk, kind="email", config={"to": "desk-secret@example.org"}
        )
        sentinel = Sentinel.objects.create(
            recipient=desk, name="秘密哨兵", query="wood", created_at=SINCE, changed_at=SINCE
        )
        for text in ("desk-secret@example.org", "秘密哨兵", "甲秘值班台"):
            self._secret(text, "firm")
        return sentinel, channel


def printed(amount: Decimal) -> Iterator[str]:
    """An amount as pages print it."""
    yield str(amount)
    yield f"{amount:,.2f}"
    for language in ("zh-hans", "en"):
        with translation.override(language):
            yield money(amount)
            yield thousands(amount)
