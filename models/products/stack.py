"""How much the network and retrieval count: one logit a heading, and one for "names no product"."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import exp
from typing import Any

import numpy as np

from models.products.calibration import UNCALIBRATED, Calibration
from models.products.network import Floats


@dataclass(frozen=True)
class Stack:
    """Fitted weights (training/stacking.py); those given here are only a place to begin.

    A heading's logit is `network` · its log-probability + `retrieval` · its best score + `sharp` ·
    that score's fourth power, which only a nearly full match has. That of
    "names no product" is `none` + `none_network` · its log-probability + `none_retrieval` · the
    best score of all. Within a heading: `finer` · the network's score + `finer_retrieval` · the
    best score of the subheading.
    """

    network: float = 0.8
    retrieval: float = 3.0
    sharp: float = 3.0
    none: float = 0.0
    none_network: float = 0.8
    none_retrieval: float = 0.0
    finer: float = 1.0
    finer_retrieval: float = 5.0

    def headings(self, learned: Floats, retrieved: Floats) -> Floats:
        """documents × (headings, nothing), summing to 1.

        `learned`: log-probabilities, the last column of "nothing"; `retrieved`: scores.
        """
        logits = np.empty_like(learned)
        logits[:, :-1] = self.network * learned[:, :-1]
        logits[:, :-1] += self.retrieval * retrieved + self.sharp * retrieved**4
        best = retrieved.max(axis=1)
        logits[:, -1] = self.none + self.none_network * learned[:, -1] + self.none_retrieval * best
        logits -= logits.max(axis=1, keepdims=True)
        np.exp(logits, out=logits)
        logits /= logits.sum(axis=1, keepdims=True)
        return logits

    def within(
        self, learned: Mapping[str, float], retrieved: Mapping[str, float]
    ) -> dict[str, float]:
        """Shares of the subheadings of one heading, summing to 1."""
        logits = {
            code: self.finer * score + self.finer_retrieval * retrieved.get(code, 0.0)
            for code, score in learned.items()
        }
        top = max(logits.values(), default=0.0)
        odds = {code: exp(value - top) for code, value in logits.items()}
        total = sum(odds.values())
        return {code: value / total for code, value in odds.items()}


@dataclass(frozen=True)
class Stacks:
    """One for notices, one for bare names of goods: a reference that is matched well is nearly
    certain in a notice, where the trade's own words stand, and less so in the listing of a shop.

    `calibration` is what the probabilities go through afterwards.
    """

    notice: Stack = Stack()
    name: Stack = Stack()
    calibration: Calibration = UNCALIBRATED

    def of(self, *, is_notice: bool) -> Stack:
        return self.notice if is_notice else self.name

    def headings(self, learned: Floats, retrieved: Floats, are_notices: Sequence[bool]) -> Floats:
        """As `Stack.headings`, each row by its own stack, before calibration."""
        rows = np.array(are_notices, dtype=bool)[:, None]
        found: Floats = np.where(
            rows,
            self.notice.headings(learned, retrieved),
            self.name.headings(learned, retrieved),
        )
        return found

    def as_dict(self) -> dict[str, dict[str, float]]:
        return asdict(self)

    @classmethod
    def of_dict(cls, stored: Mapping[str, Mapping[str, Any]]) -> "Stacks":
        return cls(
            Stack(**stored["notice"]),
            Stack(**stored["name"]),
            Calibration.of_dict(stored.get("calibration", {})),
        )
