"""The door of reverse search: saved searches by key, and those that a notice satisfies."""

from datetime import date

from monitor.search.document import Analysed
from monitor.search.sentinels.features import Seen
from monitor.search.sentinels.pivots import plan
from monitor.search.sentinels.shares import Frequencies, Shares
from monitor.search.sentinels.watch import Watch
from monitor.search.tree import Node


class Presearcher:
    """Saved searches in memory. What is added or removed counts from the next match on.

    `frequencies`: the share of notices that a term stands in, as far as it is known; a better guess
    makes matches quicker and changes nothing else. Not for several threads at once.
    """

    def __init__(self, frequencies: Frequencies | None = None) -> None:
        self._shares = Shares(frequencies)
        self._watch = Watch()
        self._contrary = Watch()

    def __len__(self) -> int:
        return len(self._watch.keys) + len(self._contrary.keys)

    def __contains__(self, key: int) -> bool:
        return key in self._watch.keys or key in self._contrary.keys

    @property
    def places(self) -> int:
        """How many places are kept: what memory grows with."""
        return self._watch.places + self._contrary.places

    def add(self, key: int, tree: Node) -> None:
        """Watch for what satisfies the tree; under the same key it replaces the former one.

        Days that are relative in the tree are counted from the day of each match.
        """
        planned = plan(tree, self._shares)
        self.remove(key)
        (self._contrary if planned.contrary else self._watch).add(key, planned.branches)

    def remove(self, key: int) -> None:
        """An unknown key is passed over."""
        for watch in (self._watch, self._contrary):
            if key in watch.keys:
                watch.remove(key)

    def match(self, notice: Analysed, today: date) -> set[int]:
        """The keys of exactly those searches that the notice satisfies on this day."""
        seen = Seen(notice, today)
        found = self._watch.found(seen)
        if self._contrary.keys:
            found |= self._contrary.keys - self._contrary.found(seen)
        return found
