"""Opening and following cases in numbers: seconds and queries a case.

Synthetic measures of one origin, each with an anti-dumping and a countervailing case, of two bases
and twenty firms; what a notice does is measured where it joins every one of them.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db import connection

from monitor.accounts.models import Organisation
from monitor.accounts.words import Kind
from monitor.bases.models import Base, Chamber, Enterprise
from monitor.cases import room
from monitor.cases.models import Adopted, Case, Move, Proceeding
from monitor.cases.opening import open_by_rules
from monitor.impact.models import LOUDNESS, Impact, Level
from monitor.notices.models import Entry, Measure, MeasureKey, Notice

FIRMS = 20
INITIATED = date(2025, 5, 27)
NOW = datetime(2025, 6, 2, 1, tzinfo=UTC)
KINDS = ("anti_dumping", "countervailing")


@dataclass(frozen=True)
class Figure:
    what: str
    cases: int
    seconds: float
    processor: float
    """Seconds of the processor alone: what is left when the machine has nothing else to do."""
    queries: int

    def __str__(self) -> str:
        each = (
            f"{self.processor / self.cases * 1000:.1f} ms, {self.queries / self.cases:.1f} queries"
        )
        spent = f"{self.seconds:.1f} s, {self.processor:.1f} s of the processor"
        return f"{self.what}: {self.cases} cases, {spent}; each {each}"


def run(cases: int) -> list[str]:
    """In an empty database. A line a figure, and how many rows there are in the end."""
    _make(cases)
    figures = [_measured("opened by the rule", cases, lambda: open_by_rules(NOW))]
    figures.append(_measured("nothing became known", cases, lambda: _follow(NOW)))
    for number, (event, day) in enumerate(
        [("postponed", date(2025, 7, 10)), ("preliminary", date(2025, 11, 20))], start=1
    ):
        _publish(f"{number}", day, event)
        now = datetime(day.year, day.month, day.day, 13, tzinfo=UTC)
        figures.append(_measured(f"a notice in each ({event})", cases, lambda at=now: _follow(at)))
    rows = (Case, Proceeding, Adopted, Move)
    counted = ", ".join(f"{model.__name__} {model.objects.count():,}" for model in rows)
    return [*map(str, figures), counted]


def _follow(now: datetime) -> None:
    room.prepare(now)
    room.room().walk(now, limit=20)


def _measured(what: str, cases: int, work: Callable[[], object]) -> Figure:
    queries = 0

    def counted(execute: Callable[..., object], *given: object) -> object:
        nonlocal queries
        queries += 1
        return execute(*given)

    begun, spent = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(counted):
        work()
    seconds, processor = time.perf_counter() - begun, time.process_time() - spent
    return Figure(what, cases, seconds, processor, queries)


def _make(cases: int) -> None:
    bases = [Base.objects.create(code=f"b{n}", name_zh=f"基地{n}", name_en=f"B{n}") for n in (1, 2)]
    for base in bases:
        own = Organisation.objects.create(kind=Kind.CHAMBER, name_zh=base.name_zh, created_at=NOW)
        chamber = Chamber.objects.create(name_zh=base.name_zh, name_en=base.code, organisation=own)
        chamber.bases.add(base)
    firms = [_firm(number) for number in range(FIRMS)]
    told = [
        {"id": firm.pk, "name_zh": firm.name_zh, "name_en": "", "value_usd": "1000000.00"}
        for firm in firms
    ]
    for number in range(cases):
        for kind in KINDS:
            measure = _measure(number, kind)
            entry = _entry(measure, "0", INITIATED, "initiated")
            Impact.objects.bulk_create(
                Impact(
                    entry=entry, base=base, level=Level.RED, loudness=LOUDNESS[Level.RED],
                    markets=["US"], matches=[], exposure_usd=Decimal(60_000_000), share=Decimal(0),
                    reasons=[], firms=told, assessed_at=NOW,
                )
                for base in bases
            )  # fmt: skip


def _firm(number: int) -> Enterprise:
    name = f"示例企业{number}"
    own = Organisation.objects.create(kind=Kind.ENTERPRISE, name_zh=name, created_at=NOW)
    return Enterprise.objects.create(organisation=own, name_zh=name, name_en=f"Sample {number}")


def _measure(number: int, kind: str) -> Measure:
    made = Measure.objects.create(
        kind=kind, jurisdiction="US", authority="International Trade Administration", origin="CN",
        title=f"Goods {number}", first_published=INITIATED, last_published=INITIATED,
    )  # fmt: skip
    MeasureKey.objects.create(key=f"us:{kind}:CN:goods {'abcdefghij'[number % 10]}x{_word(number)}",
                              measure=made)  # fmt: skip
    return made


def _word(number: int) -> str:
    """Letters, since keys that differ in digits only are never one measure."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def _entry(measure: Measure, suffix: str, day: date, event: str) -> Entry:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(minutes=1)
    notice = Notice.objects.create(
        source="us-federal-register", number=f"{measure.pk}-{suffix}", title="Notice",
        language="en", published=day, url="https://example.org", authority=measure.authority,
        jurisdiction="US", kinds=[measure.kind], proceeding="investigation", event=event,
        origins=["CN"], product="Goods", item={}, fingerprint=suffix, first_seen=at,
        last_changed=at,
    )  # fmt: skip
    return Entry.objects.create(notice=notice, measure=measure, occasion=event, change=["event"])


def _publish(suffix: str, day: date, event: str) -> None:
    for measure in Measure.objects.all():
        _entry(measure, suffix, day, event)
