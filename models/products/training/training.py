"""From the declared sources to a matcher: a rehearsal fits the stack; then the whole, scaled."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

from models.products import network as networks
from models.products.encoder import encode
from models.products.evaluation.splits import HELD_OUT, fold
from models.products.matcher import Matcher
from models.products.network import Floats, Inputs, Network
from models.products.retrieval import retriever
from models.products.stack import Stacks
from models.products.training import fitting, rehearsal, scales
from models.products.training.sources import SOURCES, Example, Source, examples, present

Exclusion = Callable[[Example], bool]
"""Whether an example is kept out of training."""


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
    stacks: Stacks | None = None,
) -> Matcher:
    """A matcher of the sources whose files are there, without the excluded examples (unless
    told otherwise, the fifth of the search terms that measures the artifact in service).

    With `stacks` given, the rehearsal and the calibration are left out: the stacks bring theirs
    along, which halves the time (cross-validation).
    """
    there, _ = present(folder, sources)
    prepared = _prepared([example for example in examples(folder, there) if not exclude(example)])

    def learn(rows: Sequence[int]) -> Network:
        return _network(prepared.part(rows))

    if stacks is not None:
        return Matcher(_network(prepared), stacks, retriever())
    fitted = rehearsal.stacks(prepared.examples, learn)
    model = Matcher(_network(prepared), fitted, retriever())
    return model.calibrated(scales.fit(scales.labelled(model, folder)))


def cross_trainer(folder: Path, stacks: Stacks) -> Callable[[Exclusion], Matcher]:
    """Trains a matcher without some examples, time and again: texts are read and encoded once."""
    there, _ = present(folder)
    prepared = _prepared(examples(folder, there))

    def without(exclude: Exclusion) -> Matcher:
        keep = [n for n, example in enumerate(prepared.examples) if not exclude(example)]
        return Matcher(_network(prepared.part(keep)), stacks, retriever())

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
