"""Fits the network: minibatches, Adagrad, both views of a text dropped out in turn.

Everything random comes from one seeded generator, and the examples come sorted: the same inputs on
the same kind of processor, with the same versions of NumPy and its BLAS, give the same bits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from threadpoolctl import threadpool_limits

from models.nomenclature import hs
from models.products.encoder import DIMENSIONS
from models.products.network import BUCKETS, NOTHING, Floats, Inputs
from models.products.training.sources import Example

HIDDEN = 256
EPOCHS = 8
_BATCH = 1024
_RATE = 0.05
_SEED = 20261126
_DROP_VECTOR = 0.3
_DROP_WORDS = 0.15
_DROP_WORD = 0.25
_DROP_HIDDEN = 0.2
"""Shares that are hidden from a step, so that neither view leans on the other."""
_FINER = 0.5
"""What a wrong subheading counts against a wrong heading."""

CLASSES = (*hs.headings(), NOTHING)
SUBHEADINGS = tuple(hs.subheadings())


@dataclass(frozen=True)
class Wanted:
    """Right answers: examples × headings (and nothing), examples × subheadings. Rows share 1 among
    the codes of an example; a row is empty where it names no code of that depth."""

    headings: sparse.csr_matrix
    subheadings: sparse.csr_matrix

    @classmethod
    def of(cls, examples: Sequence[Example]) -> "Wanted":
        return cls(
            _shared([sorted({c[:4] for c in e.codes}) for e in examples], CLASSES),
            _shared([sorted({c for c in e.codes if len(c) == 6}) for e in examples], SUBHEADINGS),
        )

    def rows(self, chosen: NDArray[np.int64]) -> "Wanted":
        return Wanted(self.headings[chosen], self.subheadings[chosen])


def _shared(codes: Sequence[Sequence[str]], columns: Sequence[str]) -> sparse.csr_matrix:
    places = {code: number for number, code in enumerate(columns)}
    starts = np.cumsum([0, *map(len, codes)])
    indices = [places[code] for some in codes for code in some]
    shares = [1 / len(some) for some in codes for _ in some]
    shape = (len(codes), len(columns))
    return sparse.csr_matrix((shares, indices, starts), shape, dtype=np.float32)


@dataclass
class Weights:
    """The layers while they are being fitted, and Adagrad's sums of squares."""

    layers: dict[str, Floats]
    squares: dict[str, Floats] = field(default_factory=dict)

    def step(self, name: str, gradient: Floats, rate: float) -> None:
        squares = self.squares.setdefault(name, np.full_like(self.layers[name], 1e-6))
        squares += gradient * gradient
        self.layers[name] -= rate * gradient / np.sqrt(squares)

    def step_rows(self, name: str, rows: NDArray[np.intp], gradient: Floats, rate: float) -> None:
        """As `step`, where only these rows have a gradient; one sum of squares a row, which is
        half the work and learns as well."""
        squares = self.squares.setdefault(name, np.full(len(self.layers[name]), 1e-6, np.float32))
        squares[rows] += np.einsum("ij,ij->i", gradient, gradient) / gradient.shape[1]
        self.layers[name][rows] -= gradient * (rate / np.sqrt(squares[rows]))[:, None]


def rarity(found: sparse.csr_matrix) -> Floats:
    """Logarithm of the inverse share of the texts that have the feature."""
    texts = np.bincount(found.indices, minlength=BUCKETS)
    weights: Floats = np.log(1 + found.shape[0] / (1 + texts)).astype(np.float32)
    return weights


def fit(inputs: Inputs, wanted: Wanted, weights: Floats, epochs: int = EPOCHS) -> dict[str, Floats]:
    """The layers of a `Network`, by name."""
    generator = np.random.default_rng(_SEED)
    model = _beginning(generator)
    # Several threads would sum in another order, and the bits would be others.
    with threadpool_limits(limits=1, user_api="blas"):
        for epoch in range(epochs):
            rate = _RATE * (1.05 - epoch / epochs)
            order = generator.permutation(inputs.words.shape[0])
            for start in range(0, len(order), _BATCH):
                batch = order[start : start + _BATCH]
                seen = _dropped(inputs, batch, generator)
                _step(model, Part(*seen, wanted.rows(batch), weights[batch]), rate, generator)
    return model.layers


def _beginning(generator: np.random.Generator) -> Weights:
    def normal(rows: int, columns: int, spread: float) -> Floats:
        return generator.standard_normal((rows, columns), dtype=np.float32) * np.float32(spread)

    return Weights(
        {
            "table": normal(BUCKETS, HIDDEN, 0.3),
            "bridge": normal(DIMENSIONS, HIDDEN, 0.24),
            "bias": np.zeros(HIDDEN, np.float32),
            "out": normal(HIDDEN, len(CLASSES), 0.05),
            "out_bias": np.zeros(len(CLASSES), np.float32),
            "finer": normal(HIDDEN, len(SUBHEADINGS), 0.05),
            "finer_bias": np.zeros(len(SUBHEADINGS), np.float32),
        }
    )


@dataclass(frozen=True)
class Part:
    """A batch: what is seen of it, and what is wanted."""

    words: sparse.csr_matrix
    vectors: Floats
    wanted: Wanted
    weights: Floats


def _step(model: Weights, part: Part, rate: float, generator: np.random.Generator) -> None:
    layers = model.layers
    total = part.words @ layers["table"] + part.vectors @ layers["bridge"] + layers["bias"]
    kept = generator.random(total.shape, dtype=np.float32) > _DROP_HIDDEN
    mask = ((total > 0) & kept).astype(np.float32) / np.float32(1 - _DROP_HIDDEN)
    hidden = total * mask
    share = part.weights[:, None] / np.float32(len(part.weights))
    fine = np.flatnonzero(np.diff(part.wanted.subheadings.indptr))
    back = _answer(model, "out", hidden, part.wanted.headings, share, rate)
    back[fine] += _answer(
        model,
        "finer",
        hidden[fine],
        part.wanted.subheadings[fine],
        share[fine] * np.float32(_FINER),
        rate,
    )
    back *= mask
    model.step("bias", back.sum(axis=0), rate)
    model.step("bridge", part.vectors.T @ back, rate)
    turned = part.words.T.tocsr()
    rows = np.flatnonzero(np.diff(turned.indptr))
    model.step_rows("table", rows, turned[rows] @ back, rate)


def _answer(
    model: Weights, name: str, hidden: Floats, right: sparse.csr_matrix, share: Floats, rate: float
) -> Floats:
    """One layer of answers takes its step; what it hands back to the hidden layer."""
    layer, bias = model.layers[name], model.layers[f"{name}_bias"]
    missed = _softmax(hidden @ layer + bias) - right.toarray()
    missed *= share
    back: Floats = missed @ layer.T
    model.step(name, hidden.T @ missed, rate)
    model.step(f"{name}_bias", missed.sum(axis=0), rate)
    return back


def _dropped(
    inputs: Inputs, batch: NDArray[np.int64], generator: np.random.Generator
) -> tuple[sparse.csr_matrix, Floats]:
    """The batch, some texts without their vector, others without their words."""
    lot = generator.random(len(batch), dtype=np.float32)
    vectors = inputs.vectors[batch] * (lot > _DROP_VECTOR)[:, None]
    seen = inputs.words[batch]
    keep = generator.random(len(seen.data), dtype=np.float32) > _DROP_WORD
    whole = np.repeat(lot < 1 - _DROP_WORDS, np.diff(seen.indptr))
    seen.data = seen.data * (keep & whole) / np.float32(1 - _DROP_WORD)
    return seen, vectors


def _softmax(logits: Floats) -> Floats:
    logits -= logits.max(axis=1, keepdims=True)
    np.exp(logits, out=logits)
    logits /= logits.sum(axis=1, keepdims=True)
    return logits
