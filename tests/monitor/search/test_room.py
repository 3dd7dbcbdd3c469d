"""The index room and the rebuilding of what it fills, over real records and a real index."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from monitor.impact.models import Level
from monitor.jobs.rooms import OutsideUnavailable, State
from monitor.notices.models import Notice, ProductClaim
from monitor.search import reindexing
from monitor.search.asking import Question, ask
from monitor.search.engine import Facet, Query
from monitor.search.room import prepare, room, wake_passed
from monitor.search.serving import engine
from tests.monitor.web.house import SEEN, TODAY, House


def found(text: str, **given: object) -> list[int]:
    _, page = ask(Question(text, **given), TODAY)  # type: ignore[arg-type]
    return sorted(hit.notice_id for hit in page.hits)


def test_what_was_read_is_found_in_either_language_and_by_its_properties(
    house: House, index: Path
) -> None:
    base = house.base("forest", name_zh="林产品")
    notice = house.notice()
    house.claim(notice, code="440910", probability=0.9)
    house.impact(base, house.entry(notice, house.measure()), level=Level.RED)
    other = house.notice(title="Steel nails", abstract="", kinds=["recall"], event="recalled",
                         proceeding=None, origins=[], item={}, jurisdiction="EU")  # fmt: skip
    room().walk(SEEN)
    for query in (
        "wood mouldings",
        "美国 反倾销 初裁",
        "对华",
        "anti-dumping United States",
        "hs:4409",
        "market:US kind:AD",
        "base:forest level:red",
        "基地:林产品",
        notice.number,
        "number:4409.10.4010",
        "木线条",
    ):
        assert found(query) == [notice.pk], query
    assert found("published:2025-05") == [notice.pk, other.pk]
    assert found("召回") == [other.pk]
    assert found("NOT 召回") == [notice.pk]


def test_a_claim_too_weak_to_filter_by_is_found_by_the_products_name(
    house: House, index: Path
) -> None:
    notice = house.notice(title="Notice", abstract="", product="", item={})
    house.claim(notice, code="691200", probability=0.1)
    rejected = house.notice(title="Notice", abstract="", product="", item={})
    house.claim(rejected, code="691200", probability=0.9, verdict=ProductClaim.Verdict.REJECTED)
    room().walk(SEEN)
    assert found("hs:6912") == []
    assert found("陶瓷餐具") == [notice.pk]
    assert found("陶瓷餐具", exact=True) == []


def test_a_lost_index_is_built_again(house: House, index: Path) -> None:
    notice = house.notice()
    room().walk(SEEN)
    assert prepare(SEEN) == 0
    shutil.rmtree(index)
    assert prepare(SEEN) == 1
    assert found("mouldings") == [notice.pk]


def test_an_index_of_another_version_is_built_again(house: House, index: Path) -> None:
    notice = house.notice()
    room().walk(SEEN)
    old = f"{'0' * 12}-0"
    (index / (index / "serving").read_text()).rename(index / old)
    (index / "serving").write_text(old)
    with pytest.raises(OutsideUnavailable):
        found("mouldings")
    assert prepare(SEEN) == 1
    assert found("mouldings") == [notice.pk]


def test_what_is_written_while_the_index_is_rebuilt_is_not_lost(
    house: House, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The room runs between two batches, on a notice that was copied and on one that was not."""
    notices = [house.notice(title=f"Nails {i}", abstract="", item={}) for i in range(3)]
    room().walk(SEEN)
    monkeypatch.setattr(reindexing, "BATCH", 1)

    def between(total: int) -> None:
        if total == 1:
            for notice in (notices[0], notices[2]):
                Notice.objects.filter(pk=notice.pk).update(title="Screws", index_state=State.READY)
            room().walk(SEEN)
            assert found("screws", exact=True) == [notices[0].pk, notices[2].pk]

    assert reindexing.reindex(SEEN, between) == 3
    assert found("nails", exact=True) == [notices[1].pk]
    assert found("screws", exact=True) == [notices[0].pk, notices[2].pk]
    assert not engine().standing().building


def test_a_rebuild_that_dies_leaves_the_old_index_in_service(house: House, index: Path) -> None:
    notice = house.notice()
    room().walk(SEEN)

    def dies(_total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reindexing.reindex(SEEN, dies)
    assert found("mouldings") == [notice.pk]
    assert reindexing.reindex(SEEN) == 1


def test_a_passed_deadline_gives_way_to_the_next(house: House, index: Path) -> None:
    item = {
        "dates": [
            {"kind": "comments_due", "date": "2025-06-05", "printed": "June 5, 2025"},
            {"kind": "hearing", "date": "2025-07-01", "printed": "July 1, 2025"},
            {"kind": "in_force", "date": "2025-06-20", "printed": "June 20, 2025"},
        ]
    }
    notice, later = house.notice(item=item), house.notice(item={})
    room().walk(SEEN)
    assert found("deadline<10d") == [notice.pk]
    assert found("deadline:2025-06-20") == []  # nobody has to act when a rule enters into force
    assert wake_passed(SEEN) == 0
    after = SEEN.replace(month=6, day=8)
    assert wake_passed(after) == 1
    room().walk(after)
    soonest = engine().search(Query(order="soonest")).hits  # type: ignore[arg-type]
    assert [hit.notice_id for hit in soonest] == [notice.pk, later.pk]
    assert wake_passed(after + timedelta(days=60)) == 1


def test_facets_count_as_if_none_of_their_own_were_chosen(house: House, index: Path) -> None:
    for market in ("US", "US", "EU"):
        house.notice(jurisdiction=market)
    room().walk(SEEN)
    question = Question(chosen={Facet.MARKET: ("EU",)}, facets=(Facet.MARKET, Facet.KIND))
    _, page = ask(question, date(2025, 6, 2))
    assert page.total == 1
    assert page.facets[Facet.MARKET] == [("US", 2), ("EU", 1)]
    assert page.facets[Facet.KIND] == [("anti_dumping", 1)]
