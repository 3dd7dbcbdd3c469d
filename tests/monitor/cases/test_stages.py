"""Where a proceeding stands, and what that is called."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bundles.words import Event, Outcome
from monitor.cases.stage_names import names
from monitor.cases.stages import OVER, Family, after, family, history
from monitor.cases.words import Stage

RANK = {stage: rank for rank, stage in enumerate(Stage)}


@dataclass(frozen=True)
class Told:
    event: str
    also: tuple[str, ...] = ()
    outcome: str | None = None


TOLD = st.builds(
    Told,
    event=st.sampled_from(list(Event)),
    also=st.lists(st.sampled_from(list(Event)), max_size=2).map(tuple),
    outcome=st.sampled_from([None, *Outcome]),
)


@given(st.sampled_from(list(Family)), st.lists(TOLD, max_size=8))
def test_it_goes_onward_but_for_what_a_court_sends_back(of: Family, notices: list[Told]) -> None:
    stages = list(history(of, notices))
    for (before, _), (then, by) in pairwise(stages):
        reopened = before is Stage.ENDED and by.event in (Event.ORDER, Event.CONTINUED)
        assert reopened or RANK[then] > RANK[before]


@given(st.sampled_from(list(Family)), TOLD)
def test_any_notice_opens_a_history(of: Family, told: Told) -> None:
    assert after(of, None, told) in Stage


@given(st.sampled_from(list(Family)), st.sampled_from(list(Stage)))
def test_every_stage_has_two_names(of: Family, stage: Stage) -> None:
    found = names(of, stage)
    assert str(found.insiders)
    assert str(found.plain)
    assert str(found.insiders) != str(found.plain)
    assert OVER[of]


@pytest.mark.parametrize(
    ("kind", "proceeding", "of"),
    [
        ("anti_dumping", "investigation", Family.INVESTIGATION),
        ("section_337", "investigation", Family.INFRINGEMENT),
        ("section_337", "enforcement", Family.INFRINGEMENT),
        ("countervailing", "new_shipper_review", Family.REVIEW),
        ("countervailing", "sunset_review", Family.SUNSET),
        ("technical_regulation", "none", Family.DRAFT),
        ("sps", "none", Family.DRAFT),
    ],
)
def test_families(kind: str, proceeding: str, of: Family) -> None:
    assert family(kind, proceeding) is of


@pytest.mark.parametrize(
    ("of", "before", "told", "then"),
    [
        (Family.INVESTIGATION, None, Told("postponed"), Stage.OPENED),
        (Family.INVESTIGATION, Stage.PRELIMINARY, Told("final", (), "negative"), Stage.ENDED),
        (Family.INVESTIGATION, Stage.PRELIMINARY, Told("final", (), "mixed"), Stage.FINAL),
        (Family.INVESTIGATION, Stage.FINAL, Told("order", ("amended",)), Stage.IN_FORCE),
        (Family.INVESTIGATION, Stage.IN_FORCE, Told("amended"), Stage.IN_FORCE),
        (Family.INVESTIGATION, Stage.ENDED, Told("order"), Stage.IN_FORCE),
        (Family.INFRINGEMENT, Stage.OPENED, Told("final", ("terminated",)), Stage.ENDED),
        (Family.REVIEW, Stage.OPENED, Told("preliminary", ("rescinded",)), Stage.PRELIMINARY),
        (Family.REVIEW, Stage.OPENED, Told("rescinded"), Stage.ENDED),
        (Family.REVIEW, Stage.PRELIMINARY, Told("final", ("revoked",)), Stage.FINAL),
        (Family.SUNSET, Stage.OPENED, Told("final", ("revoked",)), Stage.ENDED),
        (Family.SUNSET, Stage.FINAL, Told("continued"), Stage.IN_FORCE),
        (Family.CIRCUMVENTION, Stage.OPENED, Told("final", (), "affirmative"), Stage.IN_FORCE),
        (Family.DRAFT, Stage.OPENED, Told("adopted"), Stage.FINAL),
        (Family.DRAFT, Stage.FINAL, Told("delayed"), Stage.FINAL),
        (Family.DRAFT, Stage.OPENED, Told("withdrawn"), Stage.ENDED),
    ],
)
def test_what_comes_after(of: Family, before: Stage | None, told: Told, then: Stage) -> None:
    assert after(of, before, told) is then
