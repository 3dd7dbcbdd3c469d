"""Where a proceeding stands by what its notices say."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Protocol, TypeVar

from bundles.words import REGULATIONS, Event, Kind, Outcome, Proceeding
from monitor.cases.words import Stage


class Family(StrEnum):
    """Proceedings that pass through the same stages."""

    INVESTIGATION = "investigation"
    INFRINGEMENT = "infringement"
    """Section 337, and the enforcement of its orders."""
    REVIEW = "review"
    """Administrative, new shipper, changed circumstances."""
    SUNSET = "sunset"
    CIRCUMVENTION = "circumvention"
    SCOPE = "scope"
    LITIGATION = "litigation"
    DRAFT = "draft"
    """Of a regulation or standard."""


_FAMILIES: dict[str, Family] = {
    Proceeding.INVESTIGATION: Family.INVESTIGATION,
    Proceeding.ADMINISTRATIVE_REVIEW: Family.REVIEW,
    Proceeding.NEW_SHIPPER_REVIEW: Family.REVIEW,
    Proceeding.CHANGED_CIRCUMSTANCES_REVIEW: Family.REVIEW,
    Proceeding.SUNSET_REVIEW: Family.SUNSET,
    Proceeding.CIRCUMVENTION_INQUIRY: Family.CIRCUMVENTION,
    Proceeding.SCOPE_RULING: Family.SCOPE,
    Proceeding.ENFORCEMENT: Family.INFRINGEMENT,
    Proceeding.LITIGATION: Family.LITIGATION,
}


def family(kind: str, proceeding: str) -> Family:
    """`kind`: of the measure; `proceeding`: as `Proceeding.proceeding` in the records."""
    if kind in REGULATIONS:
        return Family.DRAFT
    if kind == Kind.SECTION_337 and proceeding == Proceeding.INVESTIGATION:
        return Family.INFRINGEMENT
    return _FAMILIES.get(proceeding, Family.INVESTIGATION)


# --- Where it stands -----------------------------------------------------------------------------

_RANK = {stage: rank for rank, stage in enumerate(Stage)}

_ALWAYS: dict[str, Stage] = {
    Event.COMPLAINT: Stage.EXPECTED,
    Event.OPPORTUNITY: Stage.EXPECTED,
    Event.UPCOMING: Stage.EXPECTED,
    Event.INITIATED: Stage.OPENED,
    Event.PRELIMINARY: Stage.PRELIMINARY,
    Event.FINAL: Stage.FINAL,
    Event.ORDER: Stage.IN_FORCE,
    Event.SUSPENDED: Stage.IN_FORCE,
    Event.TERMINATED: Stage.ENDED,
    Event.RESCINDED: Stage.ENDED,
    Event.PROPOSED: Stage.OPENED,
    Event.COMMENT_EXTENDED: Stage.OPENED,
    Event.ADOPTED: Stage.FINAL,
    Event.DELAYED: Stage.FINAL,
    Event.IN_FORCE: Stage.IN_FORCE,
    Event.WITHDRAWN: Stage.ENDED,
}
_OF_FAMILY: dict[tuple[Family, str], Stage] = {
    (Family.INVESTIGATION, Event.REVOKED): Stage.ENDED,
    (Family.INFRINGEMENT, Event.REVOKED): Stage.ENDED,
    (Family.SUNSET, Event.CONTINUED): Stage.IN_FORCE,
    (Family.SUNSET, Event.REVOKED): Stage.ENDED,
    (Family.REVIEW, Event.REVOKED): Stage.FINAL,
    (Family.LITIGATION, Event.COURT): Stage.FINAL,
}
"""A review may revoke in part: what the review comes to is a result, not the end of the measure."""
_DECIDED: dict[tuple[Family, str], Stage] = {
    (Family.INVESTIGATION, Outcome.NEGATIVE): Stage.ENDED,
    (Family.INFRINGEMENT, Outcome.NEGATIVE): Stage.ENDED,
    (Family.CIRCUMVENTION, Outcome.NEGATIVE): Stage.ENDED,
    (Family.CIRCUMVENTION, Outcome.AFFIRMATIVE): Stage.IN_FORCE,
}
"""What a final determination comes to at once."""
_BESIDE = frozenset({Event.TERMINATED})
_BESIDE_IN_SUNSET = frozenset({Event.CONTINUED, Event.REVOKED})
"""What counts where it only stands in `also`: rescinded and revoked in part stand there too."""
_REOPENING = frozenset({Event.ORDER, Event.CONTINUED})
"""What makes a measure of a proceeding that had ended: a court sent it back."""
OVER: dict[Family, frozenset[Stage]] = {
    Family.INVESTIGATION: frozenset({Stage.IN_FORCE, Stage.ENDED}),
    Family.INFRINGEMENT: frozenset({Stage.IN_FORCE, Stage.ENDED}),
    Family.REVIEW: frozenset({Stage.FINAL, Stage.ENDED}),
    Family.SUNSET: frozenset({Stage.IN_FORCE, Stage.ENDED}),
    Family.CIRCUMVENTION: frozenset({Stage.FINAL, Stage.IN_FORCE, Stage.ENDED}),
    Family.SCOPE: frozenset({Stage.FINAL, Stage.ENDED}),
    Family.LITIGATION: frozenset({Stage.FINAL, Stage.ENDED}),
    Family.DRAFT: frozenset({Stage.IN_FORCE, Stage.ENDED}),
}
"""Where the proceeding itself is over, whatever becomes of the measure."""


class Told(Protocol):
    """A notice, as far as it tells a stage."""

    @property
    def event(self) -> str: ...
    @property
    def also(self) -> Sequence[str]: ...
    @property
    def outcome(self) -> str | None: ...


Notice = TypeVar("Notice", bound=Told)


def after(of: Family, before: Stage | None, told: Told) -> Stage:
    """Where it stands after the notice. It goes onward only, but for what a court sends back."""
    found = list(_stages(of, told))
    if not found:
        return before or Stage.OPENED
    furthest = max(found, key=_RANK.__getitem__)
    reopened = before is Stage.ENDED and told.event in _REOPENING
    if before is None or reopened or _RANK[furthest] > _RANK[before]:
        return furthest
    return before


def history(of: Family, notices: Iterable[Notice]) -> Iterator[tuple[Stage, Notice]]:
    """Each stage with the notice by which it came. `notices`: oldest first."""
    stage: Stage | None = None
    for notice in notices:
        reached = after(of, stage, notice)
        if reached is not stage:
            yield reached, notice
        stage = reached


def _stages(of: Family, told: Told) -> Iterator[Stage]:
    beside = _BESIDE | (_BESIDE_IN_SUNSET if of is Family.SUNSET else frozenset())
    for event in (told.event, *(event for event in told.also if event in beside)):
        if event == Event.FINAL and (of, told.outcome) in _DECIDED:
            yield _DECIDED[of, told.outcome or ""]
        elif stage := _OF_FAMILY.get((of, event)) or _ALWAYS.get(event):
            yield stage
