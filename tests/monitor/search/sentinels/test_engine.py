"""A sentinel finds a notice where the engine, asked the same of an index with that notice only,
finds it too."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.search.document import Analysed
from monitor.search.engine import Engine, Query
from monitor.search.sentinels.presearcher import Presearcher
from monitor.search.tree import Node, on
from tests.monitor.search.sentinels import samples
from tests.monitor.search.sentinels.samples import TODAY


def has_no_empty_term(notice: Analysed) -> bool:
    """Engines split streams at spaces, and so know of no empty terms."""
    streams = (notice.text, notice.title, notice.company, notice.authority)
    return not any("  " in stream.strip() for stream in streams)


# One engine serves every example: each notice replaces the one before.
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(samples.notices().filter(has_no_empty_term), st.lists(samples.trees, min_size=20))
def test_a_notice_finds_the_searches_that_find_it(
    embedded: Engine, notice: Analysed, trees: list[Node]
) -> None:
    embedded.write([notice])
    presearcher = Presearcher()
    asked = {key: tree for key, tree in enumerate(trees) if samples.NOTHING not in repr(tree)}
    for key, tree in asked.items():
        presearcher.add(key, tree)
    queries = {key: Query(tree=on(tree, TODAY)) for key, tree in asked.items()}
    found = {key for key, query in queries.items() if embedded.search(query).total}
    assert presearcher.match(notice, TODAY) == found
