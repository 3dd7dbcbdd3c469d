"""Small real rows: a base, its flows, a notice in the life of a measure."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from monitor.bases.models import Base, Enterprise, ExportFlow, ProductLine
from monitor.impact.models import Impact
from monitor.impact.room import room
from monitor.jobs.rooms import Counts
from monitor.notices.models import Entry, Measure, Notice, ProductClaim

LAST_MONTH = date(2025, 4, 1)
NAMES = {"4409": ("木制装饰线条", "Wood mouldings"), "9403": ("家具", "Furniture")}
_numbers = count(1)

NewBase = Callable[..., Base]
NewEntry = Callable[..., Entry]
Assess = Callable[..., Counts]


@pytest.fixture
def new_base(db: None) -> NewBase:
    """A base with product lines, and yearly exports {(hs6, market): USD, or (USD, firm's name)}."""

    def make(code: str = "forestry", lines: str = "4409", **exports: Any) -> Base:
        base = Base.objects.create(code=code, name_zh=code, name_en=code)
        for hs in lines.split():
            zh, en = NAMES.get(hs, (hs, hs))
            ProductLine.objects.create(base=base, hs=hs, name_zh=zh, name_en=en)
        for cell, value in exports.items():
            hs6, market = cell.strip("_").split("_")
            _export(base, hs6, market, Decimal(value))
        return base

    return make


def _export(base: Base, hs6: str, market: str, usd: Decimal) -> None:
    """The year's exports in its last month, all of them by one firm."""
    firm, _ = Enterprise.objects.get_or_create(name_zh=f"{base.code}公司", name_en="Firm")
    for enterprise in (None, firm):
        ExportFlow.objects.create(
            base=base, enterprise=enterprise, hs6=hs6, market=market, month=LAST_MONTH,
            value_usd=usd, quantity=usd / 4, unit="kg",
        )  # fmt: skip


@pytest.fixture
def new_entry(db: None, now: datetime) -> NewEntry:
    """A notice that joined a measure, with its claims {code: probability}; printed by default."""

    def make(
        claims: dict[str, float] | None = None,
        evidence: str = "printed",
        measure: Measure | None = None,
        **fields: Any,
    ) -> Entry:
        about = {"kind": "anti_dumping", "jurisdiction": "US", "origin": "CN"}
        about |= {name: fields.pop(name) for name in list(fields) if name in about}
        notice = _notice(now, about, fields)
        for code, probability in (claims or {}).items():
            ProductClaim.objects.create(
                notice=notice, code=code, probability=probability, model="test",
                evidence=[{"kind": evidence, "digits": code}],
            )  # fmt: skip
        measure = measure or Measure.objects.create(
            **about, authority=notice.authority, title=notice.title,
            first_published=notice.published, last_published=notice.published,
        )  # fmt: skip
        return Entry.objects.create(
            notice=notice, measure=measure, occasion=f"{notice.event}/{notice.published}",
            change=["event"],
        )  # fmt: skip

    return make


def _notice(now: datetime, about: dict[str, Any], fields: dict[str, Any]) -> Notice:
    number = f"2025-{next(_numbers):05}"
    usual = {
        "source": "us-federal-register",
        "number": number,
        "title": f"Notice {number}",
        "language": "en",
        "published": date(2025, 5, 27),
        "url": f"https://example.org/{number}",
        "authority": "International Trade Administration",
        "jurisdiction": about["jurisdiction"],
        "kinds": [about["kind"]],
        "proceeding": "investigation",
        "event": "initiated",
        "origins": [about["origin"]] if about["origin"] else [],
        "item": {"dates": fields.pop("dates", [])},
        "fingerprint": number,
        "first_seen": now,
        "last_changed": now,
    }
    return Notice.objects.create(**{**usual, **fields})


@pytest.fixture
def assess(now: datetime) -> Assess:
    """Walk the assess room."""

    def walk(at: datetime = now) -> Counts:
        return room().walk(at)

    return walk


@pytest.fixture
def only_impact(assess: Assess) -> Callable[[], Impact]:
    def walked() -> Impact:
        assess()
        return Impact.objects.get()

    return walked
