"""A real node, and places on it."""

from collections.abc import Callable, Iterator

import pytest

from tests.monitor.search.elastic.node import ElasticPlace, Node, running


@pytest.fixture(scope="session")
def node() -> Iterator[Node]:
    """The node that all tests share which leave it alone."""
    with running() as node:
        yield node


@pytest.fixture(scope="module")
def new_place(node: Node) -> Iterator[Callable[[], ElasticPlace]]:
    places: list[ElasticPlace] = []

    def made() -> ElasticPlace:
        places.append(ElasticPlace(node))
        return places[-1]

    yield made
    for place in places:
        place.drop()
