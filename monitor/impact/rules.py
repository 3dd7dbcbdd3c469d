"""What a deployer writes in `levels.toml`, as read: strict, and every error names its place."""

from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, ValidationError

from bundles.words import CASES, INCIDENTS, REGULATIONS, TRADE_REMEDIES, Event, Kind, Outcome
from bundles.words import Proceeding as Proceedings
from models.nomenclature import hs
from monitor.deadlines.tables import RulesError, Table, Text, explain, toml
from monitor.impact.models import LOUDNESS, Level

Word = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Probability = Annotated[float, Field(ge=0, le=1)]


def _subheading(code: str) -> str:
    if len(code) != 6 or not hs.exists(code):
        raise ValueError(f"{code} is no subheading of HS2022")
    return code


Subheading = Annotated[str, AfterValidator(_subheading)]

GROUPS: dict[str, frozenset[Kind]] = {
    "trade_remedies": TRADE_REMEDIES,
    "cases": CASES,
    "regulations": REGULATIONS,
    "incidents": INCIDENTS,
}
NONE = "none"
"""In a list of proceedings or outcomes: the notice has none. As a band: nothing is exported.
As a level: no impact."""


class Origins(Table):
    ours: frozenset[str]
    ours_in_incidents: frozenset[str]


class Weights(Table):
    hs6: Decimal
    heading: Decimal
    chapter: Decimal


class Floors(Table):
    any: Probability
    chapter: Probability


class Residual(Table):
    subheadings: frozenset[Subheading]


class Band(Table):
    """At least `usd` in twelve months, or at least `share` of the base's exports."""

    name: Word
    usd: Annotated[Decimal, Field(gt=0)]
    share: Annotated[Decimal, Field(gt=0, le=1)] | None = None

    def holds(self, usd: Decimal, share: Decimal) -> bool:
        return usd >= self.usd or (self.share is not None and share >= self.share)


class Unknown(Table):
    band: Word


class Rule(Table):
    """A row of `levels.toml`. What it does not name may be anything."""

    id: Word
    level: Word
    kinds: tuple[str, ...] | None = None
    proceedings: tuple[str, ...] | None = None
    events: tuple[str, ...] | None = None
    outcomes: tuple[str, ...] | None = None
    exposure: Word | None = None
    within_days: Annotated[int, Field(ge=0)] | None = None
    min_probability: Probability | None = None
    why_zh: Text
    why_en: Text

    @property
    def loudness(self) -> int:
        return 0 if self.level == NONE else LOUDNESS[Level(self.level)]


class LevelFile(Table):
    origins: Origins
    weights: Weights
    floors: Floors
    residual: Residual = Residual(subheadings=frozenset())
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    unknown: Unknown
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]


LEVELS = (*(level.value for level in Level), NONE)
KINDS = (*(kind.value for kind in Kind), *GROUPS)
PROCEEDINGS = (*(word.value for word in Proceedings), NONE)
EVENTS = tuple(word.value for word in Event)
OUTCOMES = (*(word.value for word in Outcome), NONE)


def read(path: Path) -> LevelFile:
    """The file, its words checked one by one. Raises RulesError."""
    table = toml(path)
    try:
        file = LevelFile.model_validate(table)
    except ValidationError as error:
        raise RulesError(explain(path, error)) from error
    _check_bands(path, file)
    ids: set[str] = set()
    for rule in file.rules:
        _check_words(path, rule, [band.name for band in file.bands])
        if rule.id in ids:
            raise RulesError(f"{path}: two rules are called {rule.id}")
        ids.add(rule.id)
    return file


def _check_bands(path: Path, file: LevelFile) -> None:
    names = [band.name for band in file.bands]
    if len(set(names)) < len(names) or NONE in names:
        raise RulesError(f"{path}: bands: a name stands twice, or is `{NONE}`: {', '.join(names)}")
    for smaller, larger in pairwise(file.bands):
        if larger.usd <= smaller.usd or (larger.share or 1) <= (smaller.share or 0):
            raise RulesError(f"{path}: band {larger.name}: not above {smaller.name}")
    if file.unknown.band not in {NONE, *names}:
        raise RulesError(f"{path}: unknown.band: `{file.unknown.band}` is no band")


def _check_words(path: Path, rule: Rule, bands: list[str]) -> None:
    allowed = {
        "level": ([rule.level], LEVELS),
        "kinds": (rule.kinds, KINDS),
        "proceedings": (rule.proceedings, PROCEEDINGS),
        "events": (rule.events, EVENTS),
        "outcomes": (rule.outcomes, OUTCOMES),
        "exposure": (rule.exposure and [rule.exposure], bands),
    }
    for field, (words, known) in allowed.items():
        unknown = [word for word in words or () if word not in known]
        if unknown:
            raise RulesError(
                f"{path}: rule {rule.id}: {field}: unknown {', '.join(unknown)}; "
                f"allowed: {', '.join(known)}"
            )
        if words is not None and not words:
            raise RulesError(f"{path}: rule {rule.id}: {field}: an empty list fits nothing")
