"""What a saved search asks of a notice, in the form in which it is tested: compact, with no text
left to analyse. Searches that ask the same have equal conditions, and are tested once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.search.sentinels.features import Field, Seen
from monitor.search.tree import Ahead, Dates, Text


@dataclass(frozen=True, slots=True)
class Has:
    """One of these values of the field."""

    field: Field
    values: tuple[str, ...]

    def holds(self, seen: Seen) -> bool:
        return not seen[self.field].isdisjoint(self.values)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms side by side; `passage` has a space at both ends."""

    within: Text
    passage: str

    def holds(self, seen: Seen) -> bool:
        return seen.passages[self.within][self.passage]


@dataclass(frozen=True, slots=True)
class Ranged:
    """A day between two, both included: yyyymmdd, or counted from the day of asking."""

    dates: Dates
    first: int | Ahead
    last: int | Ahead

    def holds(self, seen: Seen) -> bool:
        first = self.first if isinstance(self.first, int) else seen.ahead[self.first.days]
        last = self.last if isinstance(self.last, int) else seen.ahead[self.last.days]
        for day in seen.days[self.dates]:  # noqa: SIM110 - a generator costs more than the test
            if first <= day <= last:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Negated:
    part: "Condition"

    def holds(self, seen: Seen) -> bool:
        return not self.part.holds(seen)


@dataclass(frozen=True, slots=True)
class Both:
    parts: "tuple[Condition, ...]"

    def holds(self, seen: Seen) -> bool:
        for part in self.parts:  # noqa: SIM110 - a generator costs more than most tests
            if not part.holds(seen):
                return False
        return True


@dataclass(frozen=True, slots=True)
class Either:
    parts: "tuple[Condition, ...]"

    def holds(self, seen: Seen) -> bool:
        for part in self.parts:  # noqa: SIM110 - a generator costs more than most tests
            if part.holds(seen):
                return True
        return False


Condition = Has | Phrase | Ranged | Negated | Both | Either

ALWAYS = Both(())
NEVER = Either(())


def both(conditions: Iterable[Condition]) -> Condition:
    """All of them, each once, without needless levels."""
    parts = tuple(dict.fromkeys(_flat(conditions, Both)))
    if NEVER in parts:
        return NEVER
    return parts[0] if len(parts) == 1 else Both(parts)


def either(conditions: Iterable[Condition]) -> Condition:
    """Any of them, each once; values of the same field are put together."""
    values: defaultdict[Field, set[str]] = defaultdict(set)
    others: dict[Condition, None] = {}
    for part in _flat(conditions, Either):
        if isinstance(part, Has):
            values[part.field].update(part.values)
        else:
            others[part] = None
    if ALWAYS in others:
        return ALWAYS
    had = (Has(field, tuple(sorted(found))) for field, found in values.items() if found)
    parts = (*had, *others)
    return parts[0] if len(parts) == 1 else Either(parts)


def _flat(conditions: Iterable[Condition], level: type[Both | Either]) -> Iterator[Condition]:
    for condition in conditions:
        if isinstance(condition, level):
            yield from condition.parts
        else:
            yield condition
