"""The learned part of the matcher: a network with one hidden layer over words and sentence vectors.

hidden = relu(words · table + vector · bridge + bias); headings = softmax(hidden · out), subheadings
= softmax(hidden · finer). The words (`pieces.py`) are hashed into a table of fixed size, so that no
vocabulary is kept; the vector is that of `encoder.py`. One more class than there are headings
stands for "names no product". Both layers of answers are learned together: what parts the
subheadings of a heading has to be in the hidden layer too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction import FeatureHasher

from models.products import encoder
from models.products.pieces import by_word, pieces, words

BUCKETS = 2**17
NOTHING = "0000"
"""The class of a text that names no product."""

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Inputs:
    """Texts as the network sees them: `words` (texts × buckets, rows of length 1), `vectors`."""

    words: sparse.csr_matrix
    vectors: Floats


def counts(texts: Sequence[str]) -> sparse.csr_matrix:
    """Square roots of the counts of the hashed features."""
    found = _hasher().transform(pieces(text) for text in texts).tocsr()
    found.data = np.sqrt(found.data)
    return found


def _hasher() -> FeatureHasher:
    return FeatureHasher(BUCKETS, input_type="string", alternate_sign=False, dtype=np.float32)


def weighted(found: sparse.csr_matrix, rarity: Floats) -> sparse.csr_matrix:
    """Rare features count more; each row has length 1."""
    scaled = (found @ sparse.diags(rarity)).tocsr()
    lengths = np.sqrt(np.asarray(scaled.power(2).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    return (sparse.diags(1 / lengths) @ scaled).tocsr().astype(np.float32)


@dataclass(frozen=True)
class Network:
    """The weights. `out` has a column for every one of `classes`; `rarity` is that of the words.

    `finer` has a column for every one of `subheadings`.
    """

    classes: tuple[str, ...]
    subheadings: tuple[str, ...]
    rarity: Floats
    table: Floats
    bridge: Floats
    bias: Floats
    out: Floats
    out_bias: Floats
    finer: Floats
    finer_bias: Floats

    def inputs(self, texts: Sequence[str]) -> Inputs:
        return Inputs(weighted(counts(texts), self.rarity), encoder.encode(texts))

    def hidden(self, inputs: Inputs) -> Floats:
        total: Floats = inputs.words @ self.table + inputs.vectors @ self.bridge + self.bias
        return np.maximum(total, 0, dtype=np.float32)

    def log_probabilities(self, hidden: Floats) -> Floats:
        """Of `classes`, for every row."""
        logits: Floats = hidden @ self.out + self.out_bias
        logits -= logits.max(axis=1, keepdims=True)
        logits -= np.log(np.exp(logits).sum(axis=1, keepdims=True), dtype=np.float32)
        return logits

    def within(self, hidden: Floats, heading: str) -> dict[str, float]:
        """Scores of the subheadings of a heading, for one row; only their differences mean."""
        columns = self._columns.get(heading, [])
        scores = hidden @ self.finer[:, columns] + self.finer_bias[columns]
        return {self.subheadings[c]: float(s) for c, s in zip(columns, scores, strict=True)}

    def deciding(self, text: str, hidden: Floats, code: str, count: int = 3) -> list[str]:
        """The words of the text that speak most for a class: their share in its logit."""
        found = words(text)
        column = self.out[:, self._places[code]] * (hidden > 0)
        totals: dict[str, float] = {}
        pairs = list(by_word(found))
        if not pairs:
            return []
        matrix = _hasher().transform([piece] for _, piece in pairs).tocsr()
        used = matrix.indices
        values = (self.rarity[used] * (self.table[used] @ column)).tolist()
        for (number, _), value in zip(pairs, values, strict=True):
            totals[found[number]] = totals.get(found[number], 0.0) + value
        best = sorted(totals.items(), key=lambda item: -item[1])[:count]
        return [word for word, value in best if value > 0]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {code: number for number, code in enumerate(self.classes)}

    @cached_property
    def _columns(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, code in enumerate(self.subheadings):
            found.setdefault(code[:4], []).append(number)
        return found

    def as_dict(self) -> dict[str, Any]:
        """For storing: the table in a byte a weight, the others in two."""
        scale = np.maximum(np.abs(self.table).max(axis=1), 1e-8) / 127
        halves = {
            name: getattr(self, name).astype(np.float16)
            for name in ("bridge", "out", "finer", "rarity")
        }
        return {
            "classes": " ".join(self.classes),
            "subheadings": " ".join(self.subheadings),
            "table": np.rint(self.table / scale[:, None]).astype(np.int8),
            "table_scale": scale.astype(np.float32),
            "bias": self.bias,
            "out_bias": self.out_bias,
            "finer_bias": self.finer_bias,
            **halves,
        }

    @classmethod
    def of_dict(cls, stored: Mapping[str, Any]) -> "Network":
        halves = {
            name: stored[name].astype(np.float32) for name in ("bridge", "out", "finer", "rarity")
        }
        return cls(
            classes=tuple(stored["classes"].split()),
            subheadings=tuple(stored["subheadings"].split()),
            table=stored["table"] * stored["table_scale"][:, None],
            bias=stored["bias"],
            out_bias=stored["out_bias"],
            finer_bias=stored["finer_bias"],
            **halves,
        )
