"""What two wrote at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.cases.comments.merging import OvertakenError, merged
from monitor.cases.overtaking import clashing

parts = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["", "x", "y"]))


@given(parts, parts, parts)
def test_it_is_a_clash_for_both_or_for_neither(base, mine, theirs):
    assert clashing(base, mine, theirs) == clashing(base, theirs, mine)


@given(parts, parts)
def test_whoever_writes_alone_meets_nobody(base, mine):
    assert clashing(base, mine, base) == []
    assert merged(base, mine, base, version=1, by="") == mine


@given(parts, parts, parts)
def test_nothing_that_either_wrote_is_lost(base, mine, theirs):
    if clash := clashing(base, mine, theirs):
        with pytest.raises(OvertakenError) as told:
            merged(base, mine, theirs, version=1, by="")
        assert sorted(told.value.mine) == sorted(told.value.theirs) == clash
        return
    whole = merged(base, mine, theirs, version=1, by="")
    for name in "abc":
        for side in (mine, theirs):
            if side.get(name) != base.get(name):
                assert whole.get(name) == side.get(name)
