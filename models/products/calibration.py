"""Makes the matcher as sure as it is right, one scale a form of text; order is never changed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from models.products.forms import Form
from models.products.network import Floats


@dataclass(frozen=True)
class Scale:
    """A heading's share becomes `reach` · share^`power`, over the sum of all shares^`power`.

    A `power` below 1 makes less sure, one above 1 surer; both are above 0. `reach` (0 to 1) is what
    all answers have together: what is left is for goods that are coded where the text lets nobody
    expect it. Headings keep their order, and their sum is at most `reach`.
    """

    power: float = 1.0
    reach: float = 1.0

    def headings(self, found: Mapping[str, float], shares: Floats) -> dict[str, float]:
        """`found`: shares by code, some of `shares`, which are all and sum to 1."""
        factor = self.reach / float((shares.astype(np.float64) ** self.power).sum())
        return {code: factor * share**self.power for code, share in found.items()}

    def subheadings(
        self, found: Mapping[str, float], before: float, after: float
    ) -> dict[str, float]:
        """`before`, `after`: the share of the surest heading, and what became of it.

        Those of a heading sum to no more than it has, and all keep their order: a scale that makes
        surer is applied to them as it is; under one that makes less sure they lose what the
        surest heading does, which is what loses most.
        """
        power = max(self.power, 1.0)
        return {code: after * (share / before) ** power for code, share in found.items()}


AS_STACKED = Scale()


@dataclass(frozen=True)
class Calibration:
    """Fitted scales (training/scales.py); those given here leave all as the stack has it."""

    term: Scale = AS_STACKED
    listing: Scale = AS_STACKED
    shelf: Scale = AS_STACKED

    def of(self, form: Form | None) -> Scale:
        scales = {"term": self.term, "listing": self.listing, "shelf": self.shelf}
        return AS_STACKED if form is None else scales[form]

    def as_dict(self) -> dict[str, dict[str, float]]:
        return asdict(self)

    @classmethod
    def of_dict(cls, stored: Mapping[str, Mapping[str, Any]]) -> "Calibration":
        return cls(**{form: Scale(**scale) for form, scale in stored.items()})


UNCALIBRATED = Calibration()
