"""Fits the weights of the stack on products that the network has not seen."""

from collections.abc import Sequence
from dataclasses import astuple, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from models.products.network import Floats, Network
from models.products.retrieval import Ranking
from models.products.stack import Stack
from models.products.training.sources import Example

_LIKELY = 1e-9


def fit(learned: Floats, retrieved: Floats, wanted: sparse.csr_matrix, weights: Floats) -> Stack:
    """The stack of the highest likelihood. The network's own log-probabilities, retrieval's scores,
    and the right headings (documents × classes)."""
    right = wanted.toarray() > 0

    def loss(values: NDArray[np.float64]) -> float:
        shares = Stack(*values).headings(learned, retrieved)
        good = np.where(right, shares, 0).sum(axis=1)
        return float(-(weights * np.log(good + _LIKELY)).sum() / weights.sum())

    begin = np.array(astuple(Stack())[:6])
    found = minimize(loss, begin, method="L-BFGS-B", options={"maxiter": 40, "eps": 1e-3})
    return Stack(*(round(float(value), 4) for value in found.x))


def fit_finer(
    stack: Stack,
    network: Network,
    hidden: Floats,
    rankings: Sequence[Ranking],
    examples: Sequence[Example],
) -> Stack:
    """The two weights within a heading, the right heading being given."""
    cases = [
        (network.within(hidden[n], code[:4]), _matches(rankings[n]), code)
        for n, example in enumerate(examples)
        for code in example.codes[:1]
        if len(code) == 6
    ]

    def loss(values: NDArray[np.float64]) -> float:
        tried = replace(stack, finer=values[0], finer_retrieval=values[1])
        shares = [tried.within(learned, found)[code] for learned, found, code in cases]
        return float(-np.log(np.array(shares) + _LIKELY).mean())

    begin = np.array([stack.finer, stack.finer_retrieval])
    found = minimize(loss, begin, method="L-BFGS-B", options={"maxiter": 20, "eps": 1e-3})
    finer, retrieval = (round(float(value), 4) for value in found.x)
    return replace(stack, finer=finer, finer_retrieval=retrieval)


def _matches(ranking: Ranking) -> dict[str, float]:
    return {code: match.score for code, match in ranking.subheadings.items()}
