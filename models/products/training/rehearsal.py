"""A rehearsal that fits the stacks: what the matcher answers to goods that it has not seen.

Some products are kept from the network, and their terms from retrieval. Half of what is asked in
titles of authorities is about goods that the lexicon knows, as half of all notices is and more.
"""

from collections.abc import Callable, Sequence

import numpy as np

from models.products.evaluation.splits import FOLDS, HELD_OUT, fold, product_key
from models.products.matcher import retrieved
from models.products.network import Network
from models.products.query import Query
from models.products.references import Reference, references
from models.products.retrieval import Retriever
from models.products.stack import Stack, Stacks
from models.products.training import fitting, stacking
from models.products.training.sources import Example

_NOTICES = {"titles": 1.0, "us_measures": 5.0, "us_notices": 5.0, "procedures": 0.5, "gazette": 0.5}
_NAMES = {"uk_terms": 1.0, "listings": 0.05, "lexicon": 0.03, "synthetic": 0.01}
"""What an example of a source weighs in the stack. The search terms are the only names that another
has coded: listings and terms of our own would make the matcher as sure as we were."""
_WEIGHTS = _NOTICES | _NAMES
_REHEARSED = (HELD_OUT + 1) % FOLDS
"""Not the fold that measures."""
_UNSEEN, _SEEN = 40, 20
"""One term of the lexicon in so many is unseen; one title in so many that names a
known one is held out."""
_MOST = 2000
"""Examples a source."""
_LEAST = 50
"""With fewer in all, the weights that a stack begins with say more than a fit."""


def stacks(examples: Sequence[Example], learn: Callable[[Sequence[int]], Network]) -> Stacks:
    """The stacks that are best for products which neither the network nor its vocabulary has seen.

    `learn` makes a network of the examples of these numbers.
    """
    held = [n for n, example in enumerate(examples) if is_held(example)]
    asked = [n for rows in _by_source(examples, held).values() for n in _some(rows)]
    if len(asked) < _LEAST:
        return Stacks()
    out = set(held)
    network = learn([n for n in range(len(examples)) if n not in out])
    lookup = Retriever([entry for entry in references() if not _is_unseen(entry)])
    chosen = [examples[n] for n in asked]
    # What names no goods may come in either form.
    return Stacks(
        notice=_stack([e for e in chosen if e.is_notice], network, lookup),
        name=_stack([e for e in chosen if not e.is_notice or e.names_nothing], network, lookup),
    )


def is_held(example: Example) -> bool:
    """Whether the network of the rehearsal does not learn from it."""
    if example.source in {"lexicon", "titles"}:
        unseen = fold(example.product, _UNSEEN) == _REHEARSED
        return unseen or (example.source == "titles" and fold(example.product, _SEEN) == 0)
    return example.source in _WEIGHTS and fold(example.product) == _REHEARSED


def _is_unseen(entry: Reference) -> bool:
    return entry.source == "lexicon" and fold(product_key(entry.text), _UNSEEN) == _REHEARSED


def _by_source(examples: Sequence[Example], rows: Sequence[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(examples[row].source, []).append(row)
    return found


def _some(rows: list[int]) -> list[int]:
    return rows[:: max(1, len(rows) // _MOST)]


def _stack(examples: Sequence[Example], network: Network, lookup: Retriever) -> Stack:
    if len(examples) < _LEAST:
        return Stack()
    rankings = lookup.rank([Query(e.text, language=e.language) for e in examples])
    hidden = network.hidden(network.inputs([example.text for example in examples]))
    weights = np.array([_WEIGHTS[example.source] for example in examples], np.float32)
    wanted = fitting.Wanted.of(examples).headings
    stack = stacking.fit(network.log_probabilities(hidden), retrieved(rankings), wanted, weights)
    return stacking.fit_finer(stack, network, hidden, rankings, examples)
