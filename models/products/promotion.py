"""Whether a newly trained artifact may take the place of the one in service.

It may where it is not worse anywhere that matters: on every set that both were measured on, in
hits, calibration, silence on titles that name no product, and speed. One better figure never pays
for a worse one. `fenghuo evaluate --json` writes what is compared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

SERVICE = "in service"
HIGHER = {"hit1": 0.005, "hit5": 0.005, "hs6_hit1": 0.01, "set_recall": 0.01, "precision": 0.005}
"""Figures that must not fall, and by how much they may: less than that is chance on sets of a few
hundred documents."""
LOWER = {"ece10": 0.01}
"""Figures that must not rise."""
LIMITS = {"load_seconds": 3.0, "resident_mib": 700.0, "artifact_mib": 80.0}
FLOORS = {"documents_a_second": 300.0}
"""What the machine has to be spared, whatever was before."""


@dataclass(frozen=True)
class Worse:
    """Where the candidate fails: on what, in which figure, before and after."""

    where: str
    figure: str
    before: float
    after: float

    def __str__(self) -> str:
        return f"{self.where}: {self.figure} {self.before:g} → {self.after:g}"


class NotComparableError(ValueError):
    """The two reports measure different things, and which."""


def worse(before: Mapping[str, Any], after: Mapping[str, Any], size: int = 0) -> list[Worse]:
    """Every reason not to promote; empty: promote. Both as `fenghuo evaluate --json` prints them;
    `size` of the candidate in bytes.

    A set that only one of the two has learned from says nothing, and is left out. Raises
    `NotComparableError` where the candidate was not measured on a set that the artifact in service
    was, or on other documents of it.
    """
    old, new = _sets(before), _sets(after)
    _comparable(old, new)
    alike = [name for name in old if old[name]["learned"] == new[name]["learned"]]
    found = [each for name in alike for each in _figures(name, old[name], new[name])]
    return [*found, *_silence(before, after), *_machine(after.get("speed", {}), size)]


def _sets(report: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {row["set"]: row for row in report["sets"] if row["matcher"] == SERVICE}


def _comparable(old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    if not old:
        raise NotComparableError("the report of the artifact in service has no set")
    if absent := sorted(set(old) - set(new)):
        raise NotComparableError(f"the candidate was not measured on {', '.join(absent)}")
    sizes = sorted(name for name in old if old[name]["documents"] != new[name]["documents"])
    if sizes:
        raise NotComparableError(f"not the same documents: {', '.join(sizes)}")


def _figures(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Worse]:
    for figure, slack in HIGHER.items():
        if new[figure] < old[figure] - slack:
            yield Worse(name, figure, old[figure], new[figure])
    for figure, slack in LOWER.items():
        if new[figure] > old[figure] + slack:
            yield Worse(name, figure, old[figure], new[figure])


def _silence(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Worse]:
    old = {row["set"]: row["said"] for row in before["vague"] if row["matcher"] == SERVICE}
    new = {row["set"]: row["said"] for row in after["vague"] if row["matcher"] == SERVICE}
    for name, said in old.items():
        if new.get(name, 0.0) < said:
            yield Worse(name, "found too vague", said, new.get(name, 0.0))


def _machine(speed: Mapping[str, float], size: int) -> Iterator[Worse]:
    taken = {**speed, "artifact_mib": round(size / 2**20, 1)}
    for figure, most in LIMITS.items():
        if taken.get(figure, 0.0) > most:
            yield Worse("speed", figure, most, taken[figure])
    for figure, least in FLOORS.items():
        if speed.get(figure, least) < least:
            yield Worse("speed", figure, least, speed[figure])
