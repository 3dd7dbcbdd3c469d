"""Compares documents with the references and scores headings and subheadings of HS2022."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from models.products.features import features
from models.products.references import Reference, references

_WEIGHTS = {"w": 1.0, "p": 0.8, "c": 0.25, "z": 1.0, "h": 0.7}
"""Of the kinds of features: a word says more than a piece of one."""
_SOURCES = {"lexicon": 1.0, "hs": 0.85, "hs-zh": 0.95}
_COVERED = 0.65
"""Between 0.5 (the cosine: long documents lose) and 1 (only the reference has to be covered)."""
_BODY = 0.5
"""What a word of the text counts against one of the title."""
_NEIGHBOURS = 60


@dataclass(frozen=True)
class Query:
    """A document as it is read: what names the product, what else is said, ISO 639-1."""

    title: str
    text: str = ""
    language: str = "en"


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


class Retriever:
    """The index of the references: fitted at load, in about a second, from packaged data."""

    def __init__(self, entries: Sequence[Reference]) -> None:
        self.entries = entries
        self._vectorizer = TfidfVectorizer(
            analyzer=features, binary=True, norm=None, sublinear_tf=False, dtype=np.float32
        )
        squares = self._vectorizer.fit_transform(
            [(entry.text, entry.language) for entry in entries]
        )
        self._names = self._vectorizer.get_feature_names_out()
        self._kind = np.array([_WEIGHTS[name[0]] for name in self._names], dtype=np.float32)
        squares = squares.power(2).multiply(self._kind**2).tocsr()
        norms = np.asarray(squares.sum(axis=1)).ravel()
        source = np.array([_SOURCES[entry.source] for entry in entries], dtype=np.float32)
        scale = source / np.power(np.maximum(norms, 1e-6), _COVERED)
        self._squares = squares
        self._by_feature = sparse.diags(scale.astype(np.float32)).dot(squares).T.tocsr()

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
        theirs = self._squares.indices[
            self._squares.indptr[match.entry] : self._squares.indptr[match.entry + 1]
        ]
        names = [str(self._names[i]) for i in np.intersect1d(ranking.features, theirs)]
        return [name[2:] for name in names if name[0] in "wz"] or [name[2:] for name in names]

    def _queries(self, documents: Sequence[Query]) -> sparse.csr_matrix:
        """Presence of features: 1 where the title has it, less where only the text has."""
        titles = self._vectorizer.transform([(each.title, each.language) for each in documents])
        texts = self._vectorizer.transform([(each.text, each.language) for each in documents])
        for matrix in (titles, texts):
            matrix.data[:] = 1.0
        return titles.maximum(texts * _BODY).tocsr()

    def _lengths(self, queries: sparse.csr_matrix) -> NDArray[np.float32]:
        weight = (self._vectorizer.idf_.astype(np.float32) * self._kind) ** 2
        norms = np.asarray(queries @ weight).ravel()
        lengths: NDArray[np.float32] = np.power(np.maximum(norms, 1e-6), 1 - _COVERED)
        return lengths.astype(np.float32)

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
