"""Who is watching for what: branches of searches, at the places where notices find them.

A place is a pivot (a value of a field) and, within it, a combination of values of the sides. There
may be millions of places and most hold one watcher, so such a place holds it without a set.
"""

from collections.abc import Iterable, Iterator, KeysView
from itertools import product

from monitor.search.sentinels.conditions import ALWAYS
from monitor.search.sentinels.features import Field, Seen
from monitor.search.sentinels.pivots import SIDES, Branch

Combination = tuple[str | None, ...]
"""A value of each of the sides; None: it does not matter."""

_ANYWHERE: Combination = (None,) * len(SIDES)


class Watcher:
    """The searches that have the same branch: it is tested once for all of them."""

    __slots__ = ("branch", "keys", "rest")

    def __init__(self, branch: Branch, key: int) -> None:
        self.branch = branch
        self.rest = None if branch.rest == ALWAYS else branch.rest
        self.keys: int | set[int] = key

    def add(self, key: int) -> None:
        if isinstance(self.keys, set):
            self.keys.add(key)
        else:
            self.keys = {self.keys, key}

    def remove(self, key: int) -> bool:
        """Whether nobody is left."""
        if not isinstance(self.keys, set):
            return True
        self.keys.discard(key)
        return not self.keys


Standing = Watcher | set[Watcher]
"""Who stands at a place."""
Places = dict[str, dict[int, Standing]]
"""Of one field: value → combination (by its number) → who stands there."""


class Watch:
    """Searches by the branches that they have; the keys are the caller's."""

    def __init__(self) -> None:
        self._watchers: dict[Branch, Watcher] = {}
        self._of: dict[int, tuple[Watcher, ...]] = {}
        self._places: dict[Field, Places] = {}
        self._everywhere: set[Watcher] = set()
        self._numbers: dict[Combination, int] = {_ANYWHERE: 0}

    @property
    def keys(self) -> KeysView[int]:
        return self._of.keys()

    @property
    def places(self) -> int:
        """Pivots with each of their combinations, and what stands everywhere."""
        pivots = (place for places in self._places.values() for place in places.values())
        return sum(map(len, pivots)) + len(self._everywhere)

    def add(self, key: int, branches: Iterable[Branch]) -> None:
        """The key must not be there yet."""
        self._of[key] = tuple(self._joined(key, branch) for branch in dict.fromkeys(branches))

    def remove(self, key: int) -> None:
        """KeyError where it is not there."""
        for watcher in self._of.pop(key):
            if watcher.remove(key):
                del self._watchers[watcher.branch]
                self._withdraw(watcher)

    def found(self, seen: Seen) -> set[int]:
        """The searches of which a branch is satisfied."""
        found: set[int] = set()
        for watcher in self._met(seen):
            if watcher.rest is None or watcher.rest.holds(seen):
                keys = watcher.keys
                if isinstance(keys, set):
                    found |= keys
                else:
                    found.add(keys)
        return found

    def _met(self, seen: Seen) -> set[Watcher]:
        """Those who stand at a place of the notice, and those who stand everywhere."""
        met = set(self._everywhere)
        combinations = self._combinations(seen)
        for field, places in self._places.items():
            for value in places.keys() & seen[field]:
                place = places[value]
                for number in place.keys() & combinations:
                    standing = place[number]
                    if isinstance(standing, set):
                        met |= standing
                    else:
                        met.add(standing)
        return met

    def _combinations(self, seen: Seen) -> set[int]:
        every = product(*((None, *seen[side]) for side in SIDES))
        return {self._numbers[one] for one in every if one in self._numbers}

    def _joined(self, key: int, branch: Branch) -> Watcher:
        watcher = self._watchers.get(branch)
        if watcher is not None:
            watcher.add(key)
            return watcher
        self._watchers[branch] = watcher = Watcher(branch, key)
        self._post(watcher)
        return watcher

    def _post(self, watcher: Watcher) -> None:
        if watcher.branch.pivots is None:
            self._everywhere.add(watcher)
        for field, value, number in self._stands(watcher.branch):
            place = self._places.setdefault(field, {}).setdefault(value, {})
            standing = place.get(number)
            if standing is None:
                place[number] = watcher
            elif isinstance(standing, set):
                standing.add(watcher)
            else:
                place[number] = {standing, watcher}

    def _withdraw(self, watcher: Watcher) -> None:
        self._everywhere.discard(watcher)
        for field, value, number in self._stands(watcher.branch):
            places = self._places[field]
            place = places[value]
            standing = place[number]
            if isinstance(standing, set):
                standing.discard(watcher)
            if standing is watcher or not standing:
                del place[number]
            if not place:
                del places[value]
            if not places:
                del self._places[field]

    def _stands(self, branch: Branch) -> Iterator[tuple[Field, str, int]]:
        numbers = self._numbered(branch)
        for feature in branch.pivots or ():
            for value in feature.values:
                for number in numbers:
                    yield feature.field, value, number

    def _numbered(self, branch: Branch) -> list[int]:
        """Combinations are few, so their numbers are kept."""
        if not branch.sides:
            return [0]
        every = product(*(values or (None,) for values in branch.sides))
        return [self._numbers.setdefault(one, len(self._numbers)) for one in every]
