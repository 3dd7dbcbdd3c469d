"""Compares documents with the references and scores headings and subheadings of HS2022."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from models.products.features import features
from models.products.query import Query
from models.products.references import Reference, digest, references

Floats = NDArray[np.float32]

_WEIGHTS = {"w": 1.0, "p": 0.8, "c": 0.25, "z": 1.0, "h": 0.7}
"""Of the kinds of features: a word says more than a piece of one."""
_SOURCES = {"lexicon": 1.0, "hs": 0.85, "hs-zh": 0.95}
_COVERED = 0.65
"""Between 0.5 (the cosine: long documents lose) and 1 (only the reference has to be covered)."""
_BODY = 0.5
"""What a word of the text counts against one of the title."""
_NEIGHBOURS = 60


@dataclass(frozen=True)
class Match:
    """A reference that the document resembles, and how much (0 to 1)."""

    entry: int
    """Its place among the references."""
    reference: Reference
    score: float


@dataclass(frozen=True)
class Ranking:
    """Best match by code: four digits in `headings`, six in `subheadings`; best first.

    `features` are those of the document that the references know, by number.
    """

    headings: dict[str, Match]
    subheadings: dict[str, Match]
    features: NDArray[np.int32]


@dataclass(frozen=True)
class Index:
    """Which features each reference has (references × features, ones), and how rare each is.

    Fitting it to 100,000 references takes seconds; that of the packaged ones lies in the artifact.
    """

    names: tuple[str, ...]
    rarity: Floats
    present: sparse.csr_matrix

    @classmethod
    def fit(cls, entries: Sequence[Reference]) -> "Index":
        """Rarity is the smoothed inverse share of the references that have a feature
        (scikit-learn's TF-IDF: ln((1 + n) / (1 + df)) + 1)."""
        counter = CountVectorizer(analyzer=features, binary=True, dtype=np.float32)
        present = counter.fit_transform([(entry.text, entry.language) for entry in entries])
        present.sort_indices()
        frequency = np.bincount(present.indices, minlength=present.shape[1])
        rarity = np.log((1 + present.shape[0]) / (1 + frequency)) + 1
        names = tuple(map(str, counter.get_feature_names_out()))
        return cls(names, rarity.astype(np.float32), present)

    def as_dict(self) -> dict[str, Any]:
        return {
            "names": "\n".join(self.names),
            "rarity": self.rarity,
            "starts": self.present.indptr.astype(np.int32),
            "features": self.present.indices.astype(np.int32),
        }

    @classmethod
    def of_dict(cls, stored: Mapping[str, Any]) -> "Index":
        names = tuple(stored["names"].split("\n"))
        ones = np.ones(len(stored["features"]), np.float32)
        shape = (len(stored["starts"]) - 1, len(names))
        present = sparse.csr_matrix((ones, stored["features"], stored["starts"]), shape)
        return cls(names, stored["rarity"], present)


class Retriever:
    """Compares documents with references. Raises `ValueError` for an index of other references."""

    def __init__(self, entries: Sequence[Reference], index: Index | None = None) -> None:
        self.entries = entries
        self.index = index or Index.fit(entries)
        if self.index.present.shape[0] != len(entries):
            raise ValueError(f"an index of {self.index.present.shape[0]} for {len(entries)} texts")
        self._counter = CountVectorizer(
            analyzer=features, vocabulary=self.index.names, binary=True, dtype=np.float32
        )
        kinds = np.array([_WEIGHTS[name[0]] for name in self.index.names], dtype=np.float32)
        self._squares = (self.index.rarity * kinds) ** 2
        norms = self.index.present @ self._squares
        source = np.array([_SOURCES[entry.source] for entry in entries], dtype=np.float32)
        scale = source / np.power(np.maximum(norms, 1e-6), _COVERED)
        weighted = sparse.diags(scale) @ self.index.present @ sparse.diags(self._squares)
        self._by_feature = weighted.T.tocsr()

    @cached_property
    def digest(self) -> str:
        """Of the references that are compared with."""
        return digest(self.entries)

    def rank(self, documents: Sequence[Query]) -> list[Ranking]:
        """A ranking for every document."""
        if not documents:
            return []
        queries = self._queries(documents)
        scores = (queries @ self._by_feature).tocsr()
        lengths = self._lengths(queries)
        return [self._ranking(queries, scores, row, lengths[row]) for row in range(len(documents))]

    def words(self, ranking: Ranking, match: Match) -> list[str]:
        """What both have: words, or pieces of words where no whole word is shared."""
        present = self.index.present
        theirs = present.indices[present.indptr[match.entry] : present.indptr[match.entry + 1]]
        names = [self.index.names[i] for i in np.intersect1d(ranking.features, theirs)]
        return [name[2:] for name in names if name[0] in "wz"] or [name[2:] for name in names]

    def _queries(self, documents: Sequence[Query]) -> sparse.csr_matrix:
        """Presence of features: 1 where the title has it, less where only the text has."""
        titles = self._counter.transform([(each.title, each.language) for each in documents])
        texts = self._counter.transform([(each.text, each.language) for each in documents])
        return titles.maximum(texts * _BODY).tocsr()

    def _lengths(self, queries: sparse.csr_matrix) -> Floats:
        norms = queries @ self._squares
        lengths: Floats = np.power(np.maximum(norms, 1e-6), 1 - _COVERED)
        return lengths

    def _ranking(
        self, queries: sparse.csr_matrix, scores: sparse.csr_matrix, row: int, length: float
    ) -> Ranking:
        found = slice(scores.indptr[row], scores.indptr[row + 1])
        columns, values = scores.indices[found], scores.data[found] / length
        if len(values) > _NEIGHBOURS:
            best = np.argpartition(values, -_NEIGHBOURS)[-_NEIGHBOURS:]
            columns, values = columns[best], values[best]
        own = slice(queries.indptr[row], queries.indptr[row + 1])
        ranking = Ranking({}, {}, queries.indices[own])
        for order in np.argsort(-values, kind="stable"):
            code = self.entries[columns[order]].code
            if code[:4] in ranking.headings and (len(code) == 4 or code in ranking.subheadings):
                continue
            entry = int(columns[order])
            match = Match(entry, self.entries[entry], float(values[order]))
            ranking.headings.setdefault(code[:4], match)
            if len(code) == 6:
                ranking.subheadings.setdefault(code, match)
        return ranking


@cache
def retriever() -> Retriever:
    return Retriever(references())
