"""The contract of change: writing, removing, rebuilding, and reading meanwhile."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from monitor.jobs.rooms import OutsideUnavailable
from monitor.search.document import Analysed
from monitor.search.engine import Engine, Facet, IndexOutdated, Order, Query
from monitor.search.tree import Everything, Tag, Tagged, Words
from tests.monitor.search.contract_corpus import written
from tests.monitor.search.contract_place import (
    NOTICES,
    Place,
    expected,
    found,
    ids,
    newest,
    tagged,
)

# Writing


def test_what_is_written_is_found_by_the_next_search(engine: Engine) -> None:
    for n in range(1, 6):
        engine.write([written(n, f"Edition{n} of something")])
        assert found(engine, Words(f"edition{n}")) == [n]


def test_what_is_written_replaces_what_was_there(engine: Engine) -> None:
    engine.write(NOTICES)
    later = tagged(written(1, "Glassware", date(2025, 5, 5)), Tag.KIND, "safeguard")
    engine.write([later])
    assert len(found(engine)) == len(NOTICES)
    assert 1 not in found(engine, Words("陶瓷餐具")) + found(engine, Words("tableware"))
    assert found(engine, Words("glassware")) == [1]
    assert found(engine, Tagged(Tag.KIND, ("safeguard",))) == [1]
    assert found(engine, order=Order.NEWEST)[0] == 1


def test_the_last_of_two_states_in_one_batch_stays(engine: Engine) -> None:
    engine.write([written(1, "First"), written(2, "Other"), written(1, "Second")])
    assert found(engine, Words("first")) == []
    assert found(engine, Words("second")) == [1]
    assert len(found(engine)) == 2


def test_what_is_removed_is_found_no_more_and_unknown_ones_are_passed_over(engine: Engine) -> None:
    engine.write(NOTICES)
    engine.remove([2, 3, 999])
    engine.remove([2])
    assert set(found(engine)) == expected(Everything()) - {2, 3}
    assert engine.standing().notices == len(NOTICES) - 2


def test_nothing_to_write_changes_nothing(engine: Engine) -> None:
    engine.write(NOTICES[:3])
    engine.write([])
    engine.remove([])
    assert set(found(engine)) == {1, 2, 3}


def test_another_process_finds_what_one_has_written(place: Place) -> None:
    place.open().write(NOTICES)
    other = place.open()
    assert len(found(other)) == len(NOTICES)
    assert other.standing().notices == len(NOTICES)


# A place with nothing in it


def test_a_first_write_makes_the_index(engine: Engine) -> None:
    before = engine.standing()
    assert (before.serving, before.is_current, before.building) == (None, False, False)
    assert found(engine) == []
    assert list(engine.scan(Query())) == engine.spoken("", 10) == []
    engine.write(NOTICES[:2])
    after = engine.standing()
    assert after.serving is not None
    assert (after.is_current, after.building, after.notices) == (True, False, 2)


def test_first_writes_of_several_processes_make_one_index(place: Place) -> None:
    def write(n: int) -> None:
        place.open().write([written(n, f"Notice {n}")])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(1, 5)))
    assert set(found(place.open())) == {1, 2, 3, 4}


def test_an_index_can_be_built_where_there_is_none(engine: Engine) -> None:
    engine.begin()
    assert engine.standing().serving is None
    assert engine.standing().building
    engine.add(NOTICES)
    engine.swap()
    assert found(engine, order=Order.NEWEST) == newest()


# Snapshots


@pytest.mark.parametrize("order", list(Order))
def test_the_pages_of_a_snapshot_do_not_shift(engine: Engine, order: Order) -> None:
    engine.write(NOTICES)
    before = found(engine, order=order)
    page = engine.search(Query(order=order, limit=25))
    turned = ids(page)
    for offset in (25, 50):
        removed = NOTICES[offset].notice_id
        engine.remove([removed])
        engine.write([written(100 + offset, "Just in", date(2025, 6, 1)), written(offset, "Other")])
        page = engine.search(
            Query(order=order, offset=offset, limit=25, snapshot=page.snapshot, facets=[Facet.KIND])
        )
        turned += ids(page)
        assert (page.total, page.snapshot_lost) == (len(NOTICES), False)
    assert turned == before
    assert set(found(engine)) != set(before)


def test_a_snapshot_may_be_left_for_the_present(engine: Engine) -> None:
    engine.write(NOTICES)
    page = engine.search(Query(limit=5))
    engine.write([written(100, "Just in")])
    assert engine.search(Query(limit=5)).total == len(NOTICES) + 1
    kept = engine.search(Query(limit=5, offset=5, snapshot=page.snapshot))
    assert (kept.total, kept.snapshot_lost) == (len(NOTICES), False)


@pytest.mark.parametrize("token", ["nonsense", "x:y", "茶", "\x00", "../..", "a" * 5_000])
def test_a_snapshot_that_is_gone_gives_the_present_and_says_so(full: Engine, token: str) -> None:
    page = full.search(Query(limit=5, snapshot=token))
    assert page.snapshot_lost
    assert page.total == len(NOTICES)
    assert not full.search(Query(offset=5, limit=5, snapshot=page.snapshot)).snapshot_lost


def test_a_snapshot_of_a_dropped_index_is_kept_or_said_to_be_lost(engine: Engine) -> None:
    engine.write(NOTICES)
    page = engine.search(Query(limit=5))
    rebuilt(engine, NOTICES[:10])
    turned = engine.search(Query(limit=5, snapshot=page.snapshot))
    assert turned.total == (10 if turned.snapshot_lost else len(NOTICES))


def test_a_scan_is_of_one_state(engine: Engine) -> None:
    engine.write(NOTICES)
    scan = engine.scan(Query())
    first = next(scan)
    engine.remove([notice.notice_id for notice in NOTICES[:30]])
    engine.write([written(100, "Just in")])
    assert [first, *scan] == newest()


# Rebuilding


def test_what_is_built_serves_after_the_swap_and_not_before(engine: Engine) -> None:
    engine.write(NOTICES)
    engine.begin()
    engine.add([written(1, "Rebuilt")])
    assert engine.standing().building
    assert len(found(engine)) == len(NOTICES)
    engine.swap()
    assert found(engine) == [1]
    assert not engine.standing().building


def test_a_swap_is_seen_by_a_reader_that_is_there_already(place: Place) -> None:
    engine, reader = place.open(), place.open()
    engine.write(NOTICES)
    assert len(found(reader)) == len(NOTICES)
    rebuilt(engine, NOTICES[:7])
    assert len(found(reader)) == 7
    assert reader.standing().notices == 7


def test_a_write_reaches_the_index_that_serves_and_the_one_being_built(engine: Engine) -> None:
    engine.write(NOTICES)
    engine.begin()
    engine.write([written(100, "Just in")])
    engine.remove([1])
    assert found(engine, Words("just in")) == [100]
    engine.add(NOTICES[1:])
    engine.swap()
    assert set(found(engine)) == expected(Everything()) - {1} | {100}


def test_a_removal_reaches_the_index_being_built(engine: Engine) -> None:
    engine.write(NOTICES)
    engine.begin()
    engine.add(NOTICES)
    engine.remove([1, 2])
    engine.swap()
    assert set(found(engine)) == expected(Everything()) - {1, 2}


def test_what_is_added_never_overwrites_a_later_write(engine: Engine) -> None:
    engine.write(NOTICES)
    engine.begin()
    engine.write([written(1, "Zebras")])
    engine.add(NOTICES)
    engine.add([written(2, "Giraffes")])
    engine.swap()
    assert found(engine, Words("zebras")) == [1]
    assert found(engine, Words("giraffes")) == []
    assert len(found(engine)) == len(NOTICES)


def test_beginning_again_drops_what_was_built(engine: Engine) -> None:
    engine.write(NOTICES)
    engine.begin()
    engine.add(NOTICES[:5])
    engine.begin()
    engine.add(NOTICES[5:9])
    engine.swap()
    assert set(found(engine)) == {6, 7, 8, 9}


def test_nothing_is_added_or_swapped_where_nothing_is_being_built(engine: Engine) -> None:
    engine.write(NOTICES[:1])
    rebuilt(engine, NOTICES[:2])
    with pytest.raises(OutsideUnavailable, match="built"):
        engine.add(NOTICES)
    with pytest.raises(OutsideUnavailable, match="built"):
        engine.swap()
    assert len(found(engine)) == 2


def test_a_rebuild_can_be_carried_on_by_another_process(place: Place) -> None:
    engine = place.open()
    engine.write(NOTICES)
    engine.begin()
    place.open().add(NOTICES[:4])
    place.open().swap()
    assert set(found(engine)) == {1, 2, 3, 4}


# An index of another version


def test_an_index_of_another_version_is_never_read_nor_written(place: Place) -> None:
    place.open().write(NOTICES)
    place.outdate()
    engine = place.open()
    for ask in (*reads(engine), lambda: engine.write(NOTICES[:1]), lambda: engine.remove([1])):
        with pytest.raises(IndexOutdated, match="reindex"):
            ask()
    standing = engine.standing()
    assert standing.serving is not None
    assert not standing.is_current


def test_a_reader_that_is_there_already_notices_that_the_version_changed(place: Place) -> None:
    engine = place.open()
    engine.write(NOTICES)
    assert len(found(engine)) == len(NOTICES)
    place.outdate()
    with pytest.raises(IndexOutdated):
        engine.search(Query())


def test_an_index_of_another_version_is_replaced_by_a_rebuild(place: Place) -> None:
    place.open().write(NOTICES)
    place.outdate()
    engine = place.open()
    old = engine.standing().serving
    engine.begin()
    assert engine.standing().building
    engine.add(NOTICES[:3])
    with pytest.raises(IndexOutdated):
        engine.search(Query())
    engine.swap()
    assert set(found(engine)) == {1, 2, 3}
    standing = engine.standing()
    assert (standing.is_current, standing.building) == (True, False)
    assert standing.serving != old


# All at once


def test_readers_and_writers_go_on_while_the_index_is_rebuilt(place: Place) -> None:
    engine = place.open()
    truth = {notice.notice_id: notice for notice in NOTICES}
    engine.write(NOTICES)
    done = threading.Event()

    def read() -> int:
        reader, times = place.open(), 0
        while not done.is_set():
            assert reader.search(Query(limit=3, facets=[Facet.KIND])).total == len(NOTICES)
            assert len(list(reader.scan(Query()))) == len(NOTICES)
            times += 1
        return times

    def write(notice_ids: range) -> None:
        for edition, notice_id in enumerate(notice_ids):
            notice = written(notice_id, f"Edition{edition}of{notice_id}")
            truth[notice_id] = notice
            engine.write([notice])
            assert found(engine, Words(f"edition{edition}of{notice_id}")) == [notice_id]

    def rebuild() -> None:
        rebuilder = place.open()
        for _ in range(3):
            rebuilder.begin()
            for batch in batches(list(truth.values())):
                rebuilder.add(batch)
            rebuilder.swap()

    with ThreadPoolExecutor(6) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        workers = [
            pool.submit(rebuild),
            *(pool.submit(write, r) for r in (range(1, 15), range(20, 34))),
        ]
        failures = [failure for worker in workers if (failure := worker.exception())]
        done.set()
        assert all(reader.result() > 0 for reader in readers)
    assert failures == []
    rewritten = [notice for notice in truth.values() if notice not in NOTICES]
    assert len(rewritten) == 28
    for notice in rewritten:
        assert found(engine, Words(notice.title)) == [notice.notice_id]


def batches(notices: list[Analysed]) -> Iterator[list[Analysed]]:
    for start in range(0, len(notices), 7):
        yield notices[start : start + 7]


def rebuilt(engine: Engine, notices: list[Analysed]) -> None:
    engine.begin()
    engine.add(notices)
    engine.swap()


def reads(engine: Engine) -> list[Callable[[], object]]:
    return [
        lambda: engine.search(Query()),
        lambda: list(engine.scan(Query())),
        lambda: engine.spoken("a", 5),
        lambda: engine.spoken("", 5),
    ]
