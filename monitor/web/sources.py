"""The sources as the pages show them: what each is, how it does, how it was proven."""

import os
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils.translation import get_language

from monitor.sources.health import STATUSES, Health, Status, health, sentence
from monitor.sources.models import SourceRun
from monitor.sources.registry import Definition, load

RUNS = 20
"""Crawls of each source that its health is judged by."""


@dataclass(frozen=True)
class ShownSource:
    definition: Definition
    health: Health
    runs: list[SourceRun]
    """Newest first."""

    @property
    def id(self) -> str:
        return self.definition.id

    @property
    def name(self) -> str:
        return self.definition.name.say(get_language() or "zh")

    @property
    def broken(self) -> bool:
        return self.health.status is Status.BROKEN

    @property
    def label(self) -> str:
        return str(STATUSES[self.health.status])

    @property
    def why(self) -> str:
        return sentence(self.health)


@cache
def _definitions(folder: Path) -> dict[str, Definition]:
    return load(folder)


def definitions() -> dict[str, Definition]:
    """Read once per process: a changed file takes effect with the next start."""
    return _definitions(settings.FENGHUO_SOURCES)


def source_name(source: str) -> str:
    """The source's name in the reader's language; its id where no file describes it any more."""
    known = definitions().get(source)
    return known.name.say(get_language() or "zh") if known else source


def shown_sources(now: datetime) -> list[ShownSource]:
    """Every source, the broken ones first. One query."""
    runs = _latest_runs()
    shown = [
        ShownSource(d, health(d, runs[d.id], now, has_key=_has_key(d)), runs[d.id])
        for d in definitions().values()
    ]
    return sorted(shown, key=lambda source: (not source.broken, source.id))


def _has_key(source: Definition) -> bool:
    return bool(source.crawl and source.crawl.needs_key and os.environ.get(source.crawl.needs_key))


def _latest_runs() -> defaultdict[str, list[SourceRun]]:
    rank = Window(RowNumber(), partition_by=F("source"), order_by=F("started_at").desc())
    runs: defaultdict[str, list[SourceRun]] = defaultdict(list)
    for run in SourceRun.objects.annotate(rank=rank).filter(rank__lte=RUNS).order_by("-started_at"):
        runs[run.source].append(run)
    return runs
