"""Measures on the same goods, over a real index: what is near, and in what order."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from monitor.jobs.rooms import OutsideUnavailable
from monitor.notices.models import Measure
from monitor.search import similar as similars
from monitor.search.room import room
from monitor.search.similar import Similar, goods, similar
from tests.monitor.web.house import SEEN, House

REMEDIES = ["anti_dumping"]


@pytest.fixture
def house(db: None, settings: Settings, tmp_path: Path) -> House:
    settings.FENGHUO_INDEX = tmp_path / "index"
    return House()


def _measure(
    house: House,
    *codes: str,
    kind: str = "anti_dumping",
    market: str = "BR",
    on: date = date(2024, 5, 1),
    probability: float = 0.98,
) -> Measure:
    """A measure of one notice that claims these codes."""
    measure = house.measure(kind=kind, jurisdiction=market, last_published=on)
    notice = house.notice(kinds=[kind], jurisdiction=market, published=on, item={})
    house.entry(notice, measure)
    for code in codes:
        house.claim(notice, code, probability=probability)
    return measure


def _found(codes: list[str], own: Measure, limit: int = 10) -> list[Similar]:
    room().walk(SEEN)
    return similar(codes, REMEDIES, [own.pk], limit)


def test_more_subheadings_then_headings_then_the_family_then_the_newest(house: House) -> None:
    own = _measure(house, "691110", "691200", market="US")
    old = _measure(house, "691110", on=date(2019, 1, 1))
    heading = _measure(house, "691190")
    both_headings = _measure(house, "691190", "6912", kind="recall")
    two = _measure(house, "691110", "691200", kind="technical_regulation", on=date(2018, 1, 1))
    regulation = _measure(house, "691110", kind="sps", on=date(2025, 1, 1))
    newest = _measure(house, "691110", kind="section_337", on=date(2025, 2, 1))
    other = _measure(house, "640399")
    found = _found(["691110", "691200"], own)
    assert [each.measure for each in found] == [
        two, newest, old, regulation, both_headings, heading,
    ]  # fmt: skip
    assert other not in [each.measure for each in found]
    assert found[0].subheadings == ("691110", "691200")
    assert found[0].headings == ()
    assert not found[0].is_same_family
    assert found[1].is_same_family  # Section 337 is a remedy to the reader
    assert found[-1].headings == ("6911",)
    assert found[-1].language == "en"


def test_a_heading_beside_a_shared_subheading_is_named_once(house: House) -> None:
    own = _measure(house, "6911", "691110", market="US")
    _measure(house, "691110", "640399", "6403")
    (found,) = _found(["691110", "6403"], own)
    assert found.subheadings == ("691110",)
    assert found.headings == ("6403",)


def test_every_notice_of_a_measure_counts_once_for_it(house: House) -> None:
    own = _measure(house, "691110", market="US")
    other = _measure(house, "691110")
    later = house.notice(published=date(2025, 3, 1), language="pt", item={})
    house.entry(later, other)
    house.claim(later, "691190")
    (found,) = _found(["691110", "691190"], own)
    assert found.measure == other
    assert found.subheadings == ("691110", "691190")
    assert found.language == "pt"


def test_a_notice_of_several_measures_leaves_them_all_out(house: House) -> None:
    first, second = house.measure(), house.measure(kind="countervailing")
    notice = house.notice(item={})
    house.entry(notice, first)
    house.entry(notice, second)
    house.claim(notice, "691110")
    room().walk(SEEN)
    assert similar(["691110"], REMEDIES, [first.pk, second.pk]) == []
    assert {each.measure for each in similar(["691110"], REMEDIES, [])} == {first, second}


def test_unlikely_and_rejected_claims_make_nothing_similar(house: House) -> None:
    own = _measure(house, "691110", market="US")
    _measure(house, "691110", probability=0.3)
    rejected = _measure(house)
    confirmed = _measure(house)
    for measure, verdict in ((rejected, "rejected"), (confirmed, "confirmed")):
        notice = measure.notices.get()
        house.claim(notice, "691110", verdict=verdict, probability=0.3)
    assert [each.measure for each in _found(["691110"], own)] == [confirmed]


def test_goods_are_what_is_likely_without_what_narrower_codes_say(house: House) -> None:
    notice = house.notice()
    claims = [
        house.claim(notice, "69", probability=0.99),
        house.claim(notice, "6911", probability=0.99),
        house.claim(notice, "691110", probability=0.95),
        house.claim(notice, "6912", probability=0.9),
        house.claim(notice, "691200", probability=0.3),
        house.claim(notice, "640399", probability=0.9, verdict="rejected"),
        house.claim(notice, "940360", probability=0.1, verdict="confirmed"),
    ]
    assert goods(claims) == ["691110", "6912", "940360"]
    assert goods([]) == []


def test_chapters_alone_are_similar_to_nothing(house: House) -> None:
    own = _measure(house, "69", market="US")
    _measure(house, "69")
    assert _found(["69"], own) == []
    assert similar([], REMEDIES, [own.pk]) == []


def test_what_is_looked_at_is_bounded(
    house: House, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: object
) -> None:
    monkeypatch.setattr(similars, "HITS", 5)
    own = _measure(house, "691110", market="US")
    made = [_measure(house, "691110", on=date(2020, 1, 1) + timedelta(n)) for n in range(12)]
    room().walk(SEEN)
    with django_assert_num_queries(2):  # type: ignore[operator]
        found = similar(["691110"], REMEDIES, [own.pk], limit=4)
    assert [each.measure for each in found] == made[:-5:-1]


def test_a_notice_deleted_since_it_was_indexed_is_passed_over(house: House) -> None:
    own = _measure(house, "691110", market="US")
    gone = _measure(house, "691110")
    room().walk(SEEN)
    gone.notices.get().delete()
    assert similar(["691110"], REMEDIES, [own.pk]) == []


def test_without_an_index_it_raises_what_the_engine_raises(
    house: House, settings: Settings, tmp_path: Path
) -> None:
    settings.FENGHUO_INDEX = tmp_path / "no-folder"
    settings.FENGHUO_INDEX.write_text("but a file")
    with pytest.raises((OutsideUnavailable, OSError)):
        similar(["691110"], REMEDIES, [])
