"""Within a heading: a logistic regression over its subheadings, on the network's hidden layer."""

import warnings
from collections.abc import Sequence

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from models.nomenclature import hs
from models.products.network import Floats
from models.products.training.sources import Example

SUBHEADINGS = tuple(hs.subheadings())
_STRENGTH = 3.0
"""Inverse of the regularization: a few dozen short texts a subheading."""


def fit(hidden: Floats, examples: Sequence[Example]) -> tuple[Floats, Floats]:
    """`finer` (hidden × subheadings) and `finer_bias` of a `Network`."""
    finer = np.zeros((hidden.shape[1], len(SUBHEADINGS)), np.float32)
    bias = np.zeros(len(SUBHEADINGS), np.float32)
    places = {code: number for number, code in enumerate(SUBHEADINGS)}
    for rows in _by_heading(examples).values():
        codes = [code for _, code, _ in rows]
        present = sorted(set(codes))
        if len(present) < 2:
            continue
        columns = [places[code] for code in present]
        weights = np.array([weight for _, _, weight in rows])
        model = _regression(hidden[[row for row, _, _ in rows]], codes, weights)
        finer[:, columns], bias[columns] = _both_sides(model)
    return finer, bias


def _by_heading(examples: Sequence[Example]) -> dict[str, list[tuple[int, str, float]]]:
    """Heading → (example, subheading, weight)."""
    found: dict[str, list[tuple[int, str, float]]] = {}
    for row, example in enumerate(examples):
        fine = [code for code in example.codes if len(code) == 6]
        for code in fine:
            entry = (row, code, example.weight / len(example.codes))
            found.setdefault(code[:4], []).append(entry)
    return found


def _regression(hidden: Floats, codes: Sequence[str], weights: Floats) -> LogisticRegression:
    model = LogisticRegression(C=_STRENGTH, max_iter=25, tol=1e-3)
    with warnings.catch_warnings():
        # Twenty-five steps are enough to rank; the last digits do not matter.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(hidden, codes, sample_weight=weights)


def _both_sides(model: LogisticRegression) -> tuple[Floats, Floats]:
    """With two classes scikit-learn keeps one row, for the second."""
    if len(model.classes_) > 2:
        return model.coef_.T, model.intercept_
    half = model.coef_[0] / 2
    return np.stack([-half, half], axis=1), np.array([-1, 1]) * model.intercept_[0] / 2
