"""Fits the scales that make the matcher as sure as it is right, on sets that it never learned."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from models.nomenclature import hs
from models.products.calibration import AS_STACKED, Calibration, Scale
from models.products.classify import as_read
from models.products.evaluation.sets import SETS, Case, present
from models.products.evaluation.splits import FOLDS, fold
from models.products.forms import Form, form
from models.products.matcher import Matcher
from models.products.network import Floats

FORMS: tuple[Form, ...] = ("term", "listing", "shelf")
_HEADINGS = tuple(hs.headings())
_LEAST = 200
"""With fewer examples of a form, two numbers fitted to them say less than the stack does."""
_BATCH = 500
_UNLIKELY = 1e-9
_BOUNDS = ((0.2, 3.0), (0.5, 1.0))
"""Of power and reach: far from where any sensible fit ends."""


@dataclass(frozen=True)
class Labelled:
    """A case as the stack answers it. `shares`: those of the headings and of nothing; `right`:
    whether the surest heading is; `fold`: that of its heading."""

    form: Form
    shares: Floats
    right: bool
    fold: int


def fold_of(case: Case) -> int:
    """Texts of one heading stay together; a case of several goes by its first."""
    return fold(min(case.hs4, default=case.product))


def labelled(model: Matcher, folder: Path) -> list[Labelled]:
    """Of the sets that calibrate and are there, what has a form. Raises `ValueError` where the
    matcher is retrieval alone."""
    there = [each for each, is_there in present(folder, SETS).items() if is_there]
    cases = [case for each in there if each.calibrates for case in each.cases(folder)]
    return [
        example
        for start in range(0, len(cases), _BATCH)
        for example in _labelled(model, cases[start : start + _BATCH])
    ]


def _labelled(model: Matcher, cases: Sequence[Case]) -> list[Labelled]:
    queries = [as_read(case.document) for case in cases]
    return [
        Labelled(found, row, _HEADINGS[row[:-1].argmax()] in case.hs4, fold_of(case))
        for case, query, row in zip(cases, queries, model.shares(queries), strict=True)
        if (found := form(query)) is not None
    ]


def fit(examples: Sequence[Labelled]) -> Calibration:
    """Of the highest likelihood that the surest heading is right, a form at a time."""
    return Calibration(**{each: _scale([e for e in examples if e.form == each]) for each in FORMS})


def crossed(examples: Sequence[Labelled]) -> list[Calibration]:
    """By fold: fitted without the headings of that fold."""
    return [fit([e for e in examples if e.fold != number]) for number in range(FOLDS)]


def _scale(examples: Sequence[Labelled]) -> Scale:
    if len(examples) < _LEAST:
        return AS_STACKED
    shares = np.array([example.shares for example in examples], np.float64)
    logs = np.log(np.maximum(shares, np.finfo(np.float32).tiny))
    best = logs[:, :-1].max(axis=1)
    right = np.array([example.right for example in examples])

    def loss(values: NDArray[np.float64]) -> float:
        power, reach = values
        sure = reach * np.exp(power * best) / np.exp(power * logs).sum(axis=1)
        return float(-np.log(np.where(right, sure, 1 - sure) + _UNLIKELY).mean())

    begin = np.array([1.0, 0.95])
    found = minimize(loss, begin, method="L-BFGS-B", bounds=_BOUNDS, options={"eps": 1e-5})
    return Scale(*(round(float(value), 3) for value in found.x))
