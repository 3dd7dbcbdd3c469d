"""What two wrote at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.cases.overtaking import Overtaken, clashing, merged

parts = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["", "x", "y"]))


@given(parts, parts, parts)
def test_it_is_a_clash_for_both_or_for_neither(base, mine, theirs):
    assert clashing(base, mine, theirs) == clashing(base, theirs, mine)


@given(parts, parts)
def test_whoever_writes_alone_meets_nobody(base, mine):
    assert clashing(base, mine, base) == []
    assert merged(None, base, mine, base, None) == mine


@given(parts, parts, parts)
def test_nothing_that_either_wrote_is_lost(base, mine, theirs):
    if clash := clashing(base, mine, theirs):
        with pytest.raises(Overtaken) as told:
            merged(None, base, mine, theirs, None)
        assert sorted(told.value.mine) == sorted(told.value.theirs) == clash
        return
    whole = merged(None, base, mine, theirs, None)
    for name in "abc":
        for side in (mine, theirs):
            if side.get(name) != base.get(name):
                assert whole.get(name) == side.get(name)
