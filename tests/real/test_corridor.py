"""The whole corridor over the whole of the real feeds, from file to warning.

Prints its figures (`pytest -m real -s`): they are what the closing notes and docs quote.
"""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import pytest
from pytest_django import Settings

from config import corridor
from crawlers import backfill
from monitor.bases import load, sample
from monitor.impact.models import Impact
from monitor.notices.models import Entry, Measure, Notice, Rejection
from monitor.search.asking import Question, ask
from monitor.search.serving import engine

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 2, 27, 1, tzinfo=UTC)
"""The day after the newest document of the feeds."""

KNOWN = {
    "Wood Mouldings and Millwork": {"anti_dumping", "countervailing"},
    "Polyester Textured Yarn": {"anti_dumping", "countervailing"},
    "Quartz Surface Products": {"anti_dumping", "countervailing"},
    "Wooden Bedroom Furniture": {"anti_dumping"},
    "Activated Carbon": {"anti_dumping"},
    "Preserved Mushrooms": {"anti_dumping"},
}
"""What was imposed on products of China, by the words of the notices' titles."""


@pytest.fixture
def house(tmp_path: Path, settings: Settings) -> Path:
    """An installation of its own, with the sample bases and flows."""
    settings.FENGHUO_BUNDLES = tmp_path / "bundles"
    settings.FENGHUO_INDEX = tmp_path / "index"
    load.load()
    sample.load_sample(NOW)
    return tmp_path


def walk(house: Path, source: str, *files: Path) -> dict[str, Counter[str]]:
    began = perf_counter()
    for file in files:
        backfill.bundle_file(source, file, house / "bundles", NOW)
    print(f"\n{source}: parse {perf_counter() - began:.1f} s")
    totals = {}
    for room in corridor.ROOMS:
        began = perf_counter()
        totals.update(corridor.walk(NOW, [room]))
        print(f"{room:>9} {perf_counter() - began:7.1f} s  {dict(totals[room])}")
    return totals


def nothing_changes(house: Path, source: str, *files: Path) -> None:
    """A second walk over the same responses sees the same notices and does nothing."""
    before = picture()
    totals = walk(house, source, *files)
    assert totals["read"]["same"] == totals["read"]["read"]
    assert picture() == before


def picture() -> dict[str, object]:
    """Everything that a second walk might have changed."""
    return {
        "notices": Notice.objects.count(),
        "changed": Notice.objects.filter(version__gt=1).count(),
        "measures": Measure.objects.count(),
        "entries": list(Entry.objects.order_by("pk").values_list("occasion", "change")),
        "impacts": Impact.objects.count(),
        "indexed": engine().standing().notices,
    }


def lines(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(1 for line in stream if line.strip())


def test_every_trade_remedy_notice(house: Path, real_data: Path) -> None:
    feed = real_data / "feeds" / "us_federal_register_trade_remedy.jsonl"
    totals = walk(house, "us-federal-register", feed)
    assert totals["read"]["read"] + Rejection.objects.count() == lines(feed) == 4493
    assert Notice.objects.filter(assess_state="done").count() == Notice.objects.count()
    remedies = [n for n in Notice.objects.only("kinds", "event") if n.kinds != ["other"]]
    vague = sum(1 for notice in remedies if notice.event == "other")
    print(f"remedies {len(remedies)}, of which event `other` {vague} ({vague / len(remedies):.2%})")
    print(f"measures {Measure.objects.count()}, entries {Entry.objects.count()}")
    assert vague / len(remedies) <= 0.02
    assert Impact.objects.count() > 0
    assert ask(Question("反倾销 中国"), NOW.date())[1].total > 100
    nothing_changes(house, "us-federal-register", feed)


def test_every_notice_of_a_known_case_is_in_its_one_measure(house: Path, real_data: Path) -> None:
    """Cases of Fujian's products (domain notes F.3), found by the words of their titles."""
    feed = real_data / "feeds" / "us_federal_register_trade_remedy.jsonl"
    backfill.bundle_file("us-federal-register", feed, house / "bundles", NOW)
    corridor.walk(NOW, ["read"])
    found = {product: measures_of(product, "CN") for product in KNOWN}
    kinds = {product: Counter(row.kind for row in rows) for product, rows in found.items()}
    assert kinds == {product: Counter(known) for product, known in KNOWN.items()}, {
        product: [
            (row.pk, row.kind, row.title, [key.key for key in row.keys.all()]) for row in rows
        ]
        for product, rows in found.items()
    }


def measures_of(product: str, origin: str) -> list[Measure]:
    named = Entry.objects.filter(notice__title__icontains=product, measure__origin=origin)
    return list(Measure.objects.filter(entries__in=named).distinct())


def test_the_whole_federal_register(house: Path, real_data: Path) -> None:
    feed = real_data / "feeds" / "us_federal_register_all.jsonl.gz"
    totals = walk(house, "us-federal-register", feed)
    assert totals["read"]["read"] + Rejection.objects.count() == 108_098
    assert engine().standing().notices == Notice.objects.count()
    kinds = Counter(
        kind for kinds in Notice.objects.values_list("kinds", flat=True) for kind in kinds
    )
    print(f"kinds {dict(kinds.most_common())}")
    nothing_changes(house, "us-federal-register", feed)


def test_every_rasff_row(house: Path, real_data: Path) -> None:
    feed = real_data / "feeds" / "eu_rasff_2020_2024.csv"
    totals = walk(house, "eu-rasff", feed)
    assert totals["read"]["read"] + Rejection.objects.count() == 21_871
    nothing_changes(house, "eu-rasff", feed)


def test_every_transcribed_notification(house: Path, real_data: Path) -> None:
    feed = real_data / "feeds" / "wto_tbt_sps" / "notifications.jsonl"
    totals = walk(house, "cn-tbt-bulletin", feed)
    assert totals["read"]["read"] + Rejection.objects.count() == lines(feed) == 9
    nothing_changes(house, "cn-tbt-bulletin", feed)


def test_every_recorded_recall(house: Path, real_data: Path) -> None:
    feed = real_data / "feeds" / "us_recalls" / "fda_test_happy_path_single_page.yaml"
    totals = walk(house, "us-fda-recalls", feed)
    assert totals["read"]["read"] + Rejection.objects.count() == 168
    nothing_changes(house, "us-fda-recalls", feed)
