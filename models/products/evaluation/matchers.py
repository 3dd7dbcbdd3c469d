"""What is measured: the matcher in service, and the baselines beside it, behind one shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from models.products import artifacts
from models.products.boilerplate import product_part
from models.products.classify import Document, classify_many
from models.products.constants import constants
from models.products.encoder import encode
from models.products.matcher import Matcher, of_stored, probabilities
from models.products.query import Query
from models.products.references import Reference, references
from models.products.retrieval import retriever

BATCH = 500


@dataclass(frozen=True)
class Answer:
    """Codes with probabilities, best first; a baseline without probabilities gives its scores."""

    hs4: tuple[tuple[str, float], ...]
    hs6: tuple[tuple[str, float], ...]
    vague: bool


class Contender(Protocol):
    def __call__(self, documents: Sequence[Document], /) -> list[Answer]: ...


@dataclass(frozen=True)
class Classifier:
    """What `fenghuo classify` answers, with this model instead of the one in service."""

    model: Matcher | None = None

    def __call__(self, documents: Sequence[Document], /) -> list[Answer]:
        return [
            Answer(
                tuple((claim.code, claim.probability) for claim in result.hs4),
                tuple((claim.code, claim.probability) for claim in result.hs6),
                result.too_vague,
            )
            for start in range(0, len(documents), BATCH)
            for result in classify_many(documents[start : start + BATCH], self.model)
        ]


def answering(model: Matcher | None = None) -> Classifier:
    return Classifier(model)


def stored(path: Path) -> Matcher:
    """The matcher of an artifact. Raises `ValueError` where the file is none."""
    content = artifacts.load(path)
    if content is None:
        raise ValueError(f"{path} is no artifact")
    return of_stored(content, artifacts.name(path))


def retrieval(documents: Sequence[Document]) -> list[Answer]:
    """The first model: weighted features against lexicon and nomenclature, with no training."""
    rankings = retriever().rank([_texts(document) for document in documents])
    return [_answer(*probabilities(ranking)) for ranking in rankings]


def _texts(document: Document) -> Query:
    """As the classifier reads them: the product that the title names, and the text."""
    title = product_part(document.title or document.text)
    return Query(title, document.text or document.title, document.language)


def _answer(headings: dict[str, float], subheadings: dict[str, float]) -> Answer:
    best = max(headings.values(), default=0.0)
    return Answer(_ranked(headings), _ranked(subheadings), best < constants().text.vague)


def nearest(documents: Sequence[Document]) -> list[Answer]:
    """The heading whose name is nearest by TF-IDF over pieces of two to four characters."""
    vectorizer, matrix, codes = _names()
    queries = vectorizer.transform([product_part(d.title or d.text) for d in documents])
    rows = (queries @ matrix.T).tocsr()
    return [_best(row.data, row.indices, codes) for row in rows]


@cache
def _names() -> tuple[TfidfVectorizer, sparse.csr_matrix, tuple[str, ...]]:
    entries = _nomenclature()
    vectorizer = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, dtype=np.float32
    )
    matrix = vectorizer.fit_transform([entry.text for entry in entries])
    return vectorizer, matrix, tuple(entry.code for entry in entries)


def encoder(documents: Sequence[Document]) -> list[Answer]:
    """The heading whose name is nearest in the space of the sentence encoder."""
    vectors, codes = _vectors()
    found: list[Answer] = []
    for start in range(0, len(documents), BATCH):
        batch = documents[start : start + BATCH]
        scores = encode([product_part(d.title or d.text) for d in batch]) @ vectors.T
        found.extend(_best(row, np.arange(len(codes)), codes) for row in scores)
    return found


@cache
def _vectors() -> tuple[NDArray[np.float32], tuple[str, ...]]:
    entries = _nomenclature()
    return encode([entry.text for entry in entries]), tuple(entry.code for entry in entries)


def _nomenclature() -> list[Reference]:
    """Without the lexicon, which is what a baseline has to do without."""
    return [entry for entry in references() if entry.source != "lexicon"]


def _best(scores: NDArray[np.float32], places: NDArray[np.int_], codes: Sequence[str]) -> Answer:
    """`places`: of which code each score is."""
    hs4: dict[str, float] = {}
    hs6: dict[str, float] = {}
    for n in np.argsort(-scores, kind="stable")[:200]:
        code, score = codes[places[n]], float(scores[n])
        hs4.setdefault(code[:4], score)
        if len(code) == 6:
            hs6.setdefault(code, score)
    return Answer(tuple(hs4.items()), tuple(hs6.items()), vague=not hs4)


def _ranked(found: dict[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


MATCHERS: dict[str, Contender] = {
    "in service": answering(),
    "retrieval": retrieval,
    "nearest name": nearest,
    "encoder alone": encoder,
}
