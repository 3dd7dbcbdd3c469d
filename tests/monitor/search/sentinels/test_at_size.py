"""On the vocabulary of a real gazette, with the searches that are measured."""

from pathlib import Path

import pytest

from benchmarks.sentinels_mix import TODAY, World
from monitor.search.meaning import satisfies
from monitor.search.sentinels.presearcher import Presearcher
from monitor.search.tree import on


@pytest.mark.real
def test_real_notices_find_exactly_what_they_satisfy(real_data: Path) -> None:
    world = World(real_data, seed=7)
    trees = list(world.searches(4000))
    presearcher = Presearcher(world.frequencies)
    for key, tree in enumerate(trees):
        presearcher.add(key, tree)
    asked = [on(tree, TODAY) for tree in trees]
    matches = 0
    for notice in [*world.notices(24), *world.long_notices(4)]:
        found = presearcher.match(notice, TODAY)
        assert found == {key for key, tree in enumerate(asked) if satisfies(notice, tree)}
        matches += len(found)
    assert matches > 200
