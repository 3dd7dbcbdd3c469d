"""Indices and aliases on a real node: what the contract suite cannot see from outside."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import pytest

from monitor.jobs.rooms import OutsideUnavailable
from monitor.search.elastic import engine as engines
from monitor.search.elastic.schema import FINGERPRINT
from monitor.search.engine import (
    FACET_VALUES,
    WINDOW,
    Facet,
    IndexBroken,
    Order,
    Query,
    QueryTooLarge,
)
from monitor.search.tree import Tag, Words
from tests.monitor.search.contract_corpus import written
from tests.monitor.search.contract_place import NOTICES, found, ids, newest, tagged
from tests.monitor.search.contract_trees import nested
from tests.monitor.search.elastic.node import ElasticPlace

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def place(new_place: Callable[[], ElasticPlace]) -> ElasticPlace:
    return new_place()


def aliases(place: ElasticPlace) -> dict[str, set[str]]:
    found = place.client.indices.get_alias(index=f"{place.settings.prefix}-*")
    return {name: set(its["aliases"]) for name, its in found.items()}


def settings(place: ElasticPlace, name: str) -> dict[str, str]:
    kept: dict[str, str] = place.client.indices.get_settings(index=name)[name]["settings"]["index"]
    return kept


def test_an_index_is_known_by_a_name_for_people_and_one_for_its_version(
    place: ElasticPlace,
) -> None:
    prefix = place.settings.prefix
    first, second = (f"{prefix}-{FINGERPRINT}-{n}" for n in (1, 2))
    serving = {prefix, f"{prefix}-{FINGERPRINT}"}
    engine = place.open()
    engine.write(NOTICES[:1])
    assert aliases(place) == {first: serving}
    engine.begin()
    building = {f"{prefix}-building", f"{prefix}-{FINGERPRINT}-building"}
    assert aliases(place) == {first: serving, second: building}
    engine.swap()
    assert aliases(place) == {second: serving}


def test_an_index_is_not_refreshed_nor_copied_while_it_is_filled(place: ElasticPlace) -> None:
    engine = place.with_(replicas=1, shards=2)
    engine.begin()
    (name,) = place.names()
    filling = settings(place, name)
    assert (filling["refresh_interval"], filling["number_of_replicas"]) == ("-1", "0")
    engine.add(NOTICES)
    engine.swap()
    served = settings(place, name)
    assert "refresh_interval" not in served
    assert (served["number_of_replicas"], served["number_of_shards"]) == ("1", "2")


def test_nothing_is_guessed_about_fields_and_no_source_is_kept(place: ElasticPlace) -> None:
    engine = place.open()
    engine.write(NOTICES)
    (name,) = place.names()
    mappings = place.client.indices.get_mapping(index=name)[name]["mappings"]
    assert mappings["dynamic"] == "strict"
    assert mappings["_source"] == {"enabled": False}
    assert {f"hs{n}" for n in (2, 4, 6)} <= set(mappings["properties"])


def test_an_index_that_a_dead_process_left_is_dropped(place: ElasticPlace) -> None:
    engine = place.open()
    engine.write(NOTICES[:1])
    left = f"{place.settings.prefix}-{FINGERPRINT}-7"
    foreign = f"{place.settings.prefix}-notes"
    for name in (left, foreign):
        place.client.indices.create(index=name, settings={"number_of_replicas": 0})
    engine.begin()
    assert left not in place.names()
    engine.swap()
    assert place.names() == sorted([f"{place.settings.prefix}-{FINGERPRINT}-8", foreign])


def test_of_rebuilds_that_begin_together_one_is_built(place: ElasticPlace) -> None:
    with ThreadPoolExecutor(4) as pool:
        begun = [pool.submit(place.open().begin) for _ in range(4)]
        failures = [failure for one in begun if (failure := one.exception())]
    assert all(isinstance(failure, OutsideUnavailable) for failure in failures)
    engine = place.open()
    engine.add(NOTICES)
    engine.swap()
    assert len(found(engine)) == len(NOTICES)
    assert len(place.names()) == 1


def test_a_name_that_is_an_index_is_no_alias_and_said_to_be_in_the_way(
    place: ElasticPlace,
) -> None:
    place.client.indices.create(index=place.settings.prefix, settings={"number_of_replicas": 0})
    try:
        with pytest.raises(IndexBroken, match="in the way"):
            place.open().write(NOTICES[:1])
    finally:
        place.client.indices.delete(index=place.settings.prefix)


def test_an_index_that_cannot_be_read_is_found_out_and_rebuilt(place: ElasticPlace) -> None:
    engine = place.open()
    engine.write(NOTICES)
    (name,) = place.names()
    place.client.indices.close(index=name)
    for ask in (
        lambda: engine.search(Query()),
        lambda: list(engine.scan(Query())),
        lambda: engine.spoken("a", 3),
    ):
        with pytest.raises(IndexBroken, match="fenghuo reindex"):
            ask()
    assert engine.standing().notices == 0
    engine.begin()
    engine.add(NOTICES)
    engine.swap()
    assert len(found(engine)) == len(NOTICES)
    assert place.client.indices.exists(index=name).body is False


def test_no_write_makes_an_index_whose_fields_are_guessed(place: ElasticPlace) -> None:
    engine = place.open()
    engine.write(NOTICES[:1])
    (name,) = place.names()
    place.client.indices.delete(index=name)
    engine.write(NOTICES[:2])
    (made,) = place.names()
    assert place.client.indices.get_mapping(index=made)[made]["mappings"]["dynamic"] == "strict"


def test_states_that_nobody_will_read_again_are_let_go(place: ElasticPlace) -> None:
    engine = place.open()
    engine.write([written(n, "Plates") for n in range(1, 6_001)])
    before = open_states(place)
    assert len(list(engine.scan(Query()))) == 6_000
    assert len(list(islice(engine.scan(Query()), 5_500))) == 5_500
    scan = engine.scan(Query())
    next(scan)
    assert open_states(place) == before + 1
    scan.close()
    engine.search(Query(Words("zzzzz")))
    engine.search(Query(limit=0))
    with pytest.raises(QueryTooLarge):
        engine.search(Query(nested(200)))
    assert open_states(place) == before
    engine.search(Query(limit=5))
    assert open_states(place) == before + 1


def open_states(place: ElasticPlace) -> int:
    found = place.client.indices.stats(index=f"{place.settings.prefix}-*", metric="search")
    contexts: int = found["_all"]["total"]["search"]["open_contexts"]
    return contexts


def test_an_expired_snapshot_is_lost(place: ElasticPlace) -> None:
    engine = place.open()
    engine.write(NOTICES)
    page = engine.search(Query(order=Order.NEWEST, limit=5))
    assert page.snapshot is not None
    place.client.close_point_in_time(id=page.snapshot.partition(":")[2])
    turned = engine.search(Query(order=Order.NEWEST, offset=5, limit=5, snapshot=page.snapshot))
    assert turned.snapshot_lost
    assert ids(turned) == newest()[5:10]


def test_a_snapshot_of_another_version_is_not_read(place: ElasticPlace) -> None:
    engine = place.open()
    engine.write(NOTICES)
    page = engine.search(Query(limit=5))
    assert page.snapshot is not None
    other = page.snapshot.replace(FINGERPRINT, "0" * 12)
    assert engine.search(Query(limit=5, snapshot=other)).snapshot_lost


def test_a_page_beyond_the_window_is_refused(place: ElasticPlace) -> None:
    engine = place.open()
    engine.write(NOTICES[:1])
    assert engine.search(Query(offset=WINDOW - 20)).total == 1
    with pytest.raises(ValueError, match="scan"):
        engine.search(Query(offset=WINDOW))


def test_several_shards_count_and_order_as_one(place: ElasticPlace) -> None:
    engine = place.with_(shards=3)
    notices = [
        tagged(
            written(n, f"Word{n % 90} word{n % 7}"),
            Tag.BODY,
            *(f"body {n % 90:02}", f"body {n % 7:02}"),
        )
        for n in range(1, 400)
    ]
    engine.write(notices)
    page = engine.search(Query(facets=[Facet.BODY], limit=400, order=Order.NEWEST))
    assert ids(page) == newest(notices)
    counts = Counter(body for n in notices for body in set(n.tags[Tag.BODY]))
    every = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    assert list(page.facets[Facet.BODY]) == every[:FACET_VALUES]
    spoken = Counter(word for n in notices for word in n.spoken)
    said = sorted(spoken.items(), key=lambda pair: (-pair[1], pair[0]))
    assert engine.spoken("word", 20) == said[:20]
    assert engine.spoken("", 1_000) == said


def test_a_vocabulary_of_several_batches_is_whole(
    place: ElasticPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = place.open()
    engine.write(NOTICES)
    whole = engine.spoken("", 1_000)
    monkeypatch.setattr(engines, "WORDS", 7)
    assert engine.spoken("", 1_000) == whole
    assert engine.spoken("c", 8) == [pair for pair in whole if pair[0].startswith("c")][:8]
