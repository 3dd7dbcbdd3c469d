"""What the fifteen bases are warned of, over a whole gazette: found, how often, how rightly.

The corridor itself reads, classifies and assesses every document of the feed. Labelled notices say
what should have been found; judged matches (`tests/models/labels/base_matches_300.jsonl`) say what
was found rightly. The sample is drawn by a hash of document and base, so that another model is
judged on the same matches as far as it makes them; those that nobody has judged are named.
"""

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from config import corridor
from crawlers import backfill
from models.nomenclature import revisions
from monitor.impact.models import Impact, Level

FEED = "feeds/us_federal_register_all.jsonl.gz"
LABELLED = "labelled/fr_notices_with_hs.jsonl"
_LABELS = Path(__file__).resolve().parents[1] / "tests/models/labels"
JUDGED = _LABELS / "base_matches_300.jsonl"
NOT_GOODS = _LABELS / "base_codes_not_goods.csv"
SAMPLE = 300
NOW = datetime(2026, 2, 27, 1, tzinfo=UTC)
"""The day after the newest document of the feed."""

Pair = tuple[str, str]
"""(document number, code of the base)."""


@dataclass(frozen=True)
class Base:
    """`named`: labelled notices of an order with codes of its product lines; `named_found` of
    these. `concerned`: those of them whose goods are the base's; an order also prints what its
    product is sold in or with (`base_codes_not_goods.csv`, judged by product). `warnings`: notices
    that were not only watched; `weekly`: these by week of the feed."""

    code: str
    concerned: int
    found: int
    named: int
    named_found: int
    warnings: int
    weekly: float


@dataclass(frozen=True)
class Drawn:
    """A warning of the sample: its surest match, and the judgement of it, where there is one."""

    document: str
    base: str
    level: str
    claim: str
    good: str
    probability: float
    evidence: str
    judgement: str | None


@dataclass(frozen=True)
class Report:
    """`judged`: right, wrong, unsure, and `unjudged`, of the sample drawn from the warnings."""

    documents: int
    weeks: int
    bases: list[Base]
    missed: list[Pair]
    judged: dict[str, int]
    drawn: list[Drawn]

    @property
    def unjudged(self) -> list[Pair]:
        return [(each.document, each.base) for each in self.drawn if each.judgement is None]

    @property
    def recall(self) -> tuple[float, float]:
        """Of those concerned, and of those of any code."""
        return (
            _ratio([(base.found, base.concerned) for base in self.bases]),
            _ratio([(base.named_found, base.named) for base in self.bases]),
        )

    @property
    def precision(self) -> tuple[float, float]:
        """Of the judged: right with unsure for wrong, and without the unsure."""
        right, wrong = self.judged["right"], self.judged["wrong"]
        return (
            right / max(1, right + wrong + self.judged["unsure"]),
            right / max(1, right + wrong),
        )

    def as_dict(self) -> dict[str, Any]:
        return vars(self) | {
            "bases": [vars(base) for base in self.bases],
            "drawn": [vars(each) for each in self.drawn],
            "unjudged": self.unjudged,
            "recall": [round(value, 4) for value in self.recall],
            "precision": [round(value, 4) for value in self.precision],
        }


def measure(data: Path) -> Report:
    """Walk the feed through the current, empty installation; `OSError` where it is absent."""
    _walk(data / FEED)
    warned, touched, weeks, documents = _seen()
    labelled, others = list(_named(data / LABELLED)), not_goods(NOT_GOODS)
    named = {pair for _, pair in labelled}
    concerned = {pair for product, pair in labelled if (product, pair[1]) not in others}
    drawn = sorted(warned, key=_lot)[:SAMPLE]
    sample = _sample(drawn, judgements(JUDGED))
    verdicts = Counter(each.judgement for each in sample)
    count = {
        name: Counter(base for _, base in pairs)
        for name, pairs in {
            "concerned": concerned,
            "found": concerned & touched,
            "named": named,
            "named_found": named & touched,
            "warnings": warned,
        }.items()
    }
    return Report(
        documents=documents,
        weeks=weeks,
        bases=[
            Base(
                code,
                **{name: by_base[code] for name, by_base in count.items()},
                weekly=round(count["warnings"][code] / weeks, 2),
            )
            for code in _codes()
        ],
        missed=sorted(concerned - touched),
        judged={word: verdicts[word] for word in ("right", "wrong", "unsure")},
        drawn=sample,
    )


def table(report: Report) -> Iterator[str]:
    """The lines that a person reads."""
    yield f"{report.documents:,} documents, {report.weeks} weeks"
    head = f"{'base':<14}{'concerned':>18}{'recall':>8}{'any code':>14}"
    yield f"{head}{'warnings':>10}{'a week':>8}"
    for base in report.bases:
        main = f"{base.found} of {base.concerned}"
        recall = f"{base.found / base.concerned:.3f}" if base.concerned else "-"
        anyhow = f"{base.named_found} of {base.named}"
        yield (
            f"{base.code:<14}{main:>18}{recall:>8}{anyhow:>14}"
            f"{base.warnings:>10}{base.weekly:>8.2f}"
        )
    strict, decided = report.precision
    yield "recall of labelled notices {:.3f}, of those of any code {:.3f}".format(*report.recall)
    said = ", ".join(f"{count} {word}" for word, count in report.judged.items())
    yield f"of the sample: {said}, {len(report.unjudged)} not judged"
    yield f"precision {strict:.3f} (unsure are wrong), {decided:.3f} (without the unsure)"


def judgements(path: Path) -> dict[Pair, str]:
    """(document, base) → `right`, `wrong` or `unsure`."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {(row["document"], row["base"]): row["judgement"] for row in rows}


def _walk(feed: Path) -> None:
    from django.conf import settings  # noqa: PLC0415 - Django has to be up first
    from django.core.management import call_command  # noqa: PLC0415

    from monitor.bases import load, sample  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    load.load()
    sample.load_sample(NOW)
    backfill.bundle_file("us-federal-register", feed, settings.FENGHUO_BUNDLES, NOW)
    corridor.walk(NOW, ["read", "classify", "assess"])


def _seen() -> tuple[set[Pair], set[Pair], int, int]:
    """Warned and touched pairs, weeks with documents, documents."""
    from monitor.notices.models import Notice  # noqa: PLC0415

    days = Notice.objects.values_list("published", flat=True)
    weeks = {_week(day) for day in days.distinct()}
    rows = Impact.objects.values_list("entry__notice__number", "base__code", "level")
    touched = {(number, base) for number, base, _ in rows}
    warned = {(number, base) for number, base, level in rows if level != Level.WATCH}
    return warned, touched, len(weeks), Notice.objects.count()


def _sample(drawn: Iterable[Pair], judged: Mapping[Pair, str]) -> list[Drawn]:
    """The loudest impact of each pair, by its surest match."""
    found: list[Drawn] = []
    for number, base in drawn:
        impacts = Impact.objects.filter(entry__notice__number=number, base__code=base)
        impact = impacts.order_by("-loudness", "pk")[0]
        best = max(impact.matches, key=lambda match: (match["probability"], match["hs6"]))
        found.append(
            Drawn(
                document=number,
                base=base,
                level=impact.level,
                claim=best["claim"],
                good=best["hs6"],
                probability=best["probability"],
                evidence=best["evidence"],
                judgement=judged.get((number, base)),
            )
        )
    return found


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def _named(path: Path) -> Iterator[tuple[str, Pair]]:
    """(product, pair) of labelled notices with codes, as HS2022 has them, of a base's lines."""
    from monitor.bases.models import ProductLine  # noqa: PLC0415

    lines = list(ProductLine.objects.values_list("base__code", "hs"))
    with path.open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            codes = set(_current(row["hs6"]))
            for base in {base for base, line in lines if any(c.startswith(line) for c in codes)}:
                yield row["itip_product"], (row["document_number"], base)


def not_goods(path: Path) -> set[tuple[str, str]]:
    """(product, base) where the codes agree and the goods do not."""
    with path.open(encoding="utf-8", newline="") as rows:
        return {(row["product"], row["base"]) for row in csv.DictReader(rows)}


def _current(codes: Iterable[str]) -> Iterator[str]:
    for code in codes:
        moved = revisions.moved(code)
        yield from (moved.hs6 or moved.headings) if moved else (code,)


def _codes() -> list[str]:
    from monitor.bases.models import Base as Row  # noqa: PLC0415

    return list(Row.objects.values_list("code", flat=True))


def _ratio(pairs: Iterable[tuple[int, int]]) -> float:
    counted = list(pairs)
    return sum(part for part, _ in counted) / max(1, sum(whole for _, whole in counted))


def _lot(pair: Pair) -> str:
    return hashlib.sha256(" ".join(pair).encode()).hexdigest()
