"""A real node that wants to know who asks, and that stops in the middle."""

import traceback
from collections.abc import Iterator
from dataclasses import replace

import pytest

from monitor.jobs.rooms import OutsideUnavailable
from monitor.search.elastic.engine import ElasticEngine
from monitor.search.elastic.settings import ElasticSettings
from monitor.search.engine import Query
from tests.monitor.search.contract_corpus import written
from tests.monitor.search.contract_place import found
from tests.monitor.search.elastic.node import ElasticPlace, Node, running

pytestmark = pytest.mark.elasticsearch

PASSWORD = "correct-horse-battery"


@pytest.fixture(scope="module")
def secured() -> Iterator[Node]:
    with running(PASSWORD) as node:
        yield node


@pytest.fixture
def place(secured: Node) -> Iterator[ElasticPlace]:
    place = ElasticPlace(secured)
    yield place
    place.drop()


def refused(settings: ElasticSettings) -> str:
    """What a user is told; no secret is in anything that is printed."""
    with pytest.raises(OutsideUnavailable) as raised:
        ElasticEngine(settings).search(Query())
    printed = "".join(traceback.format_exception(raised.value))
    assert "wrong-horse" not in printed
    assert PASSWORD not in printed
    return str(raised.value)


def test_the_right_password_opens_and_a_wrong_one_is_said_to_be_wrong(place: ElasticPlace) -> None:
    place.open().write([written(1, "Plates")])
    assert found(place.open()) == [1]
    wrong = place.settings.url.replace(PASSWORD, "wrong-horse")
    said = refused(replace(place.settings, url=wrong))
    assert "password that ELASTICSEARCH_URL holds" in said
    assert place.settings.where in said


def test_nobody_is_let_in_without_saying_who(place: ElasticPlace) -> None:
    assert "ELASTICSEARCH_URL must hold a user" in refused(
        replace(place.settings, url=place.settings.where)
    )


def test_an_api_key_with_the_privileges_that_are_documented_can_do_everything(
    place: ElasticPlace,
) -> None:
    prefix = place.settings.prefix
    key = place.client.security.create_api_key(
        name="fenghuo",
        role_descriptors={
            "fenghuo": {
                "cluster": ["monitor"],
                "indices": [
                    {
                        "names": [prefix, f"{prefix}-*"],
                        "privileges": ["manage", "read", "write"],
                    }
                ],
            }
        },
    )
    keyed = replace(place.settings, url=place.settings.where, api_key=key["encoded"])
    engine = ElasticEngine(keyed)
    engine.write([written(1, "Plates"), written(2, "Bowls")])
    engine.begin()
    engine.add([written(1, "Plates"), written(2, "Bowls"), written(3, "Cups")])
    engine.swap()
    engine.remove([2])
    assert found(engine) == [3, 1]
    assert list(engine.scan(Query())) == [3, 1]
    assert engine.spoken("c", 5) == [("cups", 1)]
    assert engine.standing().notices == 2
    assert "ELASTICSEARCH_API_KEY" in refused(replace(keyed, api_key="d3Jvbmc6aG9yc2U="))


def test_a_key_without_the_privileges_is_told_which_it_needs(place: ElasticPlace) -> None:
    place.open().write([written(1, "Plates")])
    key = place.client.security.create_api_key(
        name="other", role_descriptors={"none": {"cluster": ["monitor"], "indices": []}}
    )
    said = refused(replace(place.settings, url=place.settings.where, api_key=key["encoded"]))
    assert "`manage`, `read` and `write`" in said
    assert place.settings.prefix in said


def test_a_node_that_stops_is_said_to_be_away_and_goes_on_with_all_that_was_written(
    secured: Node, place: ElasticPlace
) -> None:
    engine = ElasticEngine(place.settings, sleep=lambda _: None)
    engine.write([written(1, "Plates")])
    page = engine.search(Query(limit=0))
    scan = engine.scan(Query())
    assert next(scan) == 1
    secured.stop()
    try:
        for ask in (
            lambda: engine.write([written(2, "Bowls")]),
            lambda: engine.remove([1]),
            lambda: engine.search(Query()),
            lambda: list(engine.scan(Query())),
            lambda: engine.spoken("a", 3),
            engine.standing,
            engine.begin,
            lambda: engine.add([written(2, "Bowls")]),
            engine.swap,
        ):
            with pytest.raises(OutsideUnavailable, match="cannot be reached"):
                ask()
        assert list(scan) == []
    finally:
        secured.start()
    engine.write([written(2, "Bowls")])
    assert found(engine) == [2, 1]
    assert page.total == 1
