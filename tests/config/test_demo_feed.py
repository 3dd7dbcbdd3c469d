"""The packaged sample feed: read by the sources' own parsers, and as rich as the demo needs."""

import re
from collections import Counter
from datetime import timedelta

import pytest

from bundles.items import NoticeItem, RejectedRow
from bundles.words import ACTIONABLE_DATES, CASES, Event, Kind
from config.demo import AS_OF, FEED
from crawlers.parsing import PARSERS

REAL_FORM = re.compile(
    r"https://www\.federalregister\.gov/d/\d{4}-\d{5}$"
    r"|https://eping\.wto\.org/en/Search/Index\?documentSymbol=G/"
    r"|https://webgate\.ec\.europa\.eu/rasff-window/screen/search$"
)
BASES = {
    "electronics": {"8517", "8528"},
    "ships": {"8903"},
    "furniture": {"9401", "9403"},
    "machinery": {"8427", "8429", "8703"},
    "lamps": {"8539", "9405"},
    "sports and toys": {"9503", "9506"},
    "textiles": {"5402", "61", "62"},
    "stone": {"6802", "6810"},
    "ceramics": {"6907", "6911", "6912"},
    "bags and umbrellas": {"4202", "6601"},
    "footwear": {"6402", "6403", "6404"},
    "food": {"0902", "2003", "0306", "0712"},
    "appliances and clocks": {"8516", "8508", "9105"},
    "wood and bamboo": {"4409", "4412", "4823", "4421"},
    "motors": {"8501", "8407"},
}


@pytest.fixture(scope="module")
def results() -> list[NoticeItem | RejectedRow]:
    found: list[NoticeItem | RejectedRow] = []
    for source, path in FEED:
        with path.open("rb") as stream:
            found += PARSERS[source](stream, path.name)
    return found


@pytest.fixture(scope="module")
def items(results: list[NoticeItem | RejectedRow]) -> list[NoticeItem]:
    return [result for result in results if isinstance(result, NoticeItem)]


def test_two_rows_are_garbled_and_one_document_comes_twice(
    results: list[NoticeItem | RejectedRow], items: list[NoticeItem]
) -> None:
    rejected = [result for result in results if isinstance(result, RejectedRow)]
    assert {(row.source, row.reason.split(":")[0]) for row in rejected} == {
        ("us-federal-register", "publication_date"),
        ("eu-rasff", "5 cells where the header has 8"),
    }
    twice = [
        number for number, times in Counter(item.number for item in items).items() if times > 1
    ]
    assert twice == ["2023-19629"]
    print(f"\nfeed: {len(items)} notices, {len(rejected)} garbled")


def test_it_is_broad(items: list[NoticeItem]) -> None:
    numbers = {item.number for item in items}
    assert len(numbers) >= 90
    assert len({item.authority for item in items}) >= 25
    assert {item.published.year for item in items} == set(range(2019, 2026))
    assert {kind for item in items for kind in item.kinds} >= set(Kind) - {
        Kind.SAFEGUARD,
        Kind.OTHER,
    }
    assert len({item.event for item in items}) >= 18


@pytest.mark.parametrize("base", BASES)
def test_every_base_has_notices_with_printed_codes(items: list[NoticeItem], base: str) -> None:
    printed = {
        part for item in items for code in item.codes for part in (code.heading, code.chapter)
    }
    assert BASES[base] & printed


@pytest.mark.parametrize(
    ("key", "events"),
    [
        ("us:A-570-117", ["initiated", "preliminary", "final", "order", "preliminary", "final"]),
        ("us:A-570-084", ["order", "initiated", "final", "continued"]),
        ("us:A-570-106", ["initiated", "final", "order", "initiated", "final", "continued"]),
        ("us:A-570-176", ["initiated", "preliminary", "final", "order"]),
        ("us:337-TA-1270", ["initiated", "comments", "comments", "order"]),
        ("wto:G/TBT/N/BRA/90001", ["proposed", "comment_extended", "adopted"]),
        ("wto:G/TBT/N/IND/90010", ["proposed", "delayed", "adopted"]),
    ],
)
def test_measures_have_a_life(items: list[NoticeItem], key: str, events: list[str]) -> None:
    """The events stand in the measure's timeline in this order, others between them."""
    timeline = sorted(
        (item.published, item.event.value)
        for item in items
        if any(key in thread.keys for thread in item.threads)
    )
    steps = iter(event for _, event in timeline)
    assert all(event in steps for event in events), timeline


def test_some_are_about_others_only(items: list[NoticeItem]) -> None:
    others = [
        item
        for item in items
        if item.origins and "CN" not in item.origins and CASES & set(item.kinds)
    ]
    assert {code for item in others for code in item.origins} >= {"IN", "ID", "VN", "TR", "BR"}


def test_deadlines_are_alive_on_the_day_of_the_demo(items: list[NoticeItem]) -> None:
    assert max(item.published for item in items) <= AS_OF
    coming = [
        day
        for item in items
        for day in item.dates
        if day.kind in ACTIONABLE_DATES and AS_OF <= day.date <= AS_OF + timedelta(days=60)
    ]
    assert len(coming) >= 20


def test_corrections_and_addenda_are_there(items: list[NoticeItem]) -> None:
    events = Counter(item.event for item in items)
    assert events[Event.CORRECTED] >= 4
    assert sum("/Add." in item.number for item in items) >= 12


def test_addresses_are_the_publishers_own_form_or_plainly_samples(items: list[NoticeItem]) -> None:
    for item in items:
        sample = item.url.startswith("https://example.org/sample/")
        assert sample or REAL_FORM.match(item.url), item.url
        if "SAMPLE" in item.number and item.source != "eu-rasff":
            assert sample
