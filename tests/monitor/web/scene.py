"""A province on one day, for looking at the pages: known cases, sample exports, the real rooms."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from models.nomenclature import codes
from monitor.bases.sample import load_sample
from monitor.impact.room import room as assess
from monitor.notices.classify import room as classify
from monitor.notices.models import Measure, Notice
from monitor.sources.models import SourceRun
from tests.monitor.web.house import TODAY, House


@dataclass(frozen=True)
class Told:
    """A notice in few words, as scene.toml has it."""

    key: str
    kind: str
    jurisdiction: str
    authority: str
    published: date
    event: str
    title: str
    abstract: str
    proceeding: str | None = None
    outcome: str | None = None
    origins: Sequence[str] = ("CN",)
    language: str = "en"
    dates: Sequence[dict[str, Any]] = ()
    source: str = "us-federal-register"


def told() -> list[Told]:
    lines = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return [Told(**line) for line in lines["notice"]]


def build(house: House, now: datetime) -> None:
    """Bases, sample exports, notices, impacts; thirteen notices take some seconds."""
    load_sample(now)
    measures: dict[str, Measure] = {}
    notices = told()
    for one in notices:
        if one.key not in measures:
            measures[one.key] = _measure(house, [n for n in notices if n.key == one.key])
        notice = _notice(house, one)
        house.entry(notice, measures[one.key])
    classify().walk(now)
    assess().walk(now)
    _runs(now)


def _measure(house: House, life: list[Told]) -> Measure:
    told, days = life[0], [one.published for one in life]
    return house.measure(
        told.key,
        kind=told.kind,
        jurisdiction=told.jurisdiction,
        authority=told.authority,
        origin=told.origins[0] if told.origins else None,
        title=told.title.partition(":")[0],
        first_published=min(days),
        last_published=max(days),
        sample=True,
    )


def _notice(house: House, told: Told) -> Notice:
    found = [vars(code) for code in codes.find(told.abstract, where="abstract")]
    dates = [{**printed, "date": printed["date"].isoformat()} for printed in told.dates]
    return house.notice(
        source=told.source,
        number=f"{told.published:%Y}-{next(house.numbers):05d}",
        title=told.title,
        abstract=told.abstract,
        language=told.language,
        published=told.published,
        authority=told.authority,
        jurisdiction=told.jurisdiction,
        kinds=[told.kind],
        proceeding=told.proceeding,
        event=told.event,
        outcome=told.outcome,
        origins=list(told.origins),
        product=told.title.partition(" From ")[0][:60],
        item={"case_numbers": [told.key.partition(":")[2]], "codes": found, "dates": dates},
        capture=house.capture(),
        sample=True,
    )


def _runs(now: datetime) -> None:
    SourceRun.objects.create(
        source="us-federal-register",
        started_at=now - timedelta(hours=2),
        finished_at=now - timedelta(hours=1, minutes=58),
        outcome=SourceRun.Outcome.OK,
        captures=3,
        items=41,
        newest=TODAY,
    )
    SourceRun.objects.create(
        source="eu-rasff",
        started_at=now - timedelta(hours=1),
        finished_at=now - timedelta(minutes=59),
        outcome=SourceRun.Outcome.FAILED,
        error="503 Service Unavailable",
    )
