"""From the declared sources to a matcher: a rehearsal that fits the stack, then the whole."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

from models.products import network as networks
from models.products.encoder import encode
from models.products.evaluation.splits import FOLDS, HELD_OUT, fold
from models.products.matcher import Matcher, retrieved
from models.products.network import Floats, Inputs, Network
from models.products.retrieval import Query, Retriever, retriever
from models.products.stack import Stack
from models.products.training import fitting, stacking
from models.products.training.sources import SOURCES, Example, Source, examples, present

Exclusion = Callable[[Example], bool]
"""Whether an example is kept out of training."""

_HELD_OUT = {
    "uk_terms": 1.0,
    "synthetic": 0.1,
    "us_measures": 8.0,
    "us_notices": 8.0,
    "procedures": 0.3,
    "gazette": 0.3,
}
"""Sources of the rehearsal's held-out products, and what an example of each weighs there: texts as
people write them. How well the wording of one tariff tells that of another is not asked for."""
_REHEARSED = (HELD_OUT + 1) % FOLDS
"""Not the fold that measures."""
_MOST = 500
"""Held-out examples a source."""
_LEAST = 50
"""With fewer in all, the weights that a stack begins with say more than a fit."""


def related(product: str, others: Iterable[frozenset[str]]) -> bool:
    """Whether the words of a product contain those of another, or are contained in them.

    Keys are those of `product_key`: `nail steel` and `collated nail steel` are related.
    """
    own = frozenset(product.split())
    return any(own <= other or other <= own for other in others)


def held_out(example: Example) -> bool:
    """The search terms by which the artifact in service is measured."""
    return example.source == "uk_terms" and fold(example.product) == HELD_OUT


@dataclass(frozen=True)
class _Prepared:
    """Examples with their features; the vectors of the encoder are computed once."""

    examples: list[Example]
    counts: sparse.csr_matrix
    vectors: Floats

    def part(self, keep: Sequence[int]) -> "_Prepared":
        rows = np.array(keep, dtype=np.int64)
        chosen = [self.examples[n] for n in keep]
        return _Prepared(chosen, self.counts[rows], self.vectors[rows])


def train(
    folder: Path,
    sources: Iterable[Source] = SOURCES,
    exclude: Exclusion = held_out,
    stack: Stack | None = None,
    lookup: Retriever | None = None,
) -> Matcher:
    """A matcher of the sources whose files are there, without the excluded examples (unless
    told otherwise, the fifth of the search terms that measures the artifact in service).

    With `stack` given the rehearsal is left out, which halves the time (cross-validation).
    `lookup` replaces the packaged references.
    """
    there, _ = present(folder, sources)
    found = [example for example in examples(folder, there) if not exclude(example)]
    prepared = _prepared(found)
    lookup = lookup or retriever()
    stack = stack or _rehearsed(prepared, lookup)
    return Matcher(_network(prepared), stack, lookup)


def cross_trainer(folder: Path, stack: Stack) -> Callable[[Exclusion], Matcher]:
    """Trains a matcher without some examples, time and again: texts are read and encoded once."""
    there, _ = present(folder)
    prepared = _prepared(examples(folder, there))

    def without(exclude: Exclusion) -> Matcher:
        keep = [n for n, example in enumerate(prepared.examples) if not exclude(example)]
        return Matcher(_network(prepared.part(keep)), stack, retriever())

    return without


def _prepared(found: list[Example]) -> _Prepared:
    texts = [example.text for example in found]
    return _Prepared(found, networks.counts(texts), _vectors(texts))


def _vectors(texts: Sequence[str]) -> Floats:
    """Each text is encoded once, however many sources have it."""
    different = sorted(set(texts))
    places = {text: number for number, text in enumerate(different)}
    return encode(different)[[places[text] for text in texts]]


def _network(prepared: _Prepared) -> Network:
    rarity = fitting.rarity(prepared.counts)
    inputs = Inputs(networks.weighted(prepared.counts, rarity), prepared.vectors)
    weights = np.array([example.weight for example in prepared.examples], np.float32)
    layers = fitting.fit(inputs, fitting.Wanted.of(prepared.examples), weights)
    network = Network(
        classes=fitting.CLASSES, subheadings=fitting.SUBHEADINGS, rarity=rarity, **layers
    )
    # What is stored is what serves: the rounding of the weights is part of the training.
    return Network.of_dict(network.as_dict())


def _rehearsed(prepared: _Prepared, lookup: Retriever) -> Stack:
    """The stack that is best for products which neither the network nor its vocabulary has seen."""
    held = _held_out(prepared.examples)
    if len(held) < _LEAST:
        return Stack()
    out = set(held)
    rest = [n for n in range(len(prepared.examples)) if n not in out]
    network = _network(prepared.part(rest))
    chosen = [prepared.examples[n] for n in held]
    rankings = lookup.rank([Query(example.text) for example in chosen])
    hidden = network.hidden(network.inputs([example.text for example in chosen]))
    weights = np.array([_HELD_OUT[example.source] for example in chosen], np.float32)
    stack = stacking.fit(
        network.log_probabilities(hidden),
        retrieved(rankings),
        fitting.Wanted.of(chosen).headings,
        weights,
    )
    return stacking.fit_finer(stack, network, hidden, rankings, chosen)


def _held_out(found: Sequence[Example]) -> list[int]:
    """One fold of the products of each source, as many as are needed."""
    by_source: dict[str, list[int]] = {}
    for number, example in enumerate(found):
        if example.source in _HELD_OUT and fold(example.product) == _REHEARSED:
            by_source.setdefault(example.source, []).append(number)
    return sorted(n for rows in by_source.values() for n in rows[:: max(1, len(rows) // _MOST)])
