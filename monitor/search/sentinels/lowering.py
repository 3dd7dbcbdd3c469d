"""Trees made into conditions: everything that can be worked out without a notice, once.

Holds to `monitor.search.meaning`, leaf by leaf.
"""

import sys
from collections.abc import Iterator

from monitor.search import analysis, meaning
from monitor.search.document import number
from monitor.search.sentinels import features
from monitor.search.sentinels.conditions import (
    ALWAYS,
    NEVER,
    Condition,
    Has,
    Negated,
    Phrase,
    Ranged,
    both,
    either,
)
from monitor.search.tree import (
    Ahead,
    And,
    Dated,
    Day,
    Everything,
    Node,
    Not,
    Or,
    Tagged,
    Text,
    Widened,
    Words,
)

FIRST, LAST = 0, 99_991_231


def lowered(node: Node, *, wanted: bool = True) -> Condition:
    """The condition that the tree sets, or (not `wanted`) its contrary. `Not` ends up at leaves."""
    match node:
        case Not(part):
            return lowered(part, wanted=not wanted)
        case And(parts):
            return (both if wanted else either)([lowered(part, wanted=wanted) for part in parts])
        case Or(parts):
            return (either if wanted else both)([lowered(part, wanted=wanted) for part in parts])
        case Widened(words, also):
            return lowered(Or((words, *also)), wanted=wanted)
        case _:
            leaf = _leaf(node)
            return leaf if wanted else contrary(leaf)


def contrary(leaf: Condition) -> Condition:
    if leaf == ALWAYS:
        return NEVER
    return ALWAYS if leaf == NEVER else Negated(leaf)


def _leaf(node: Everything | Words | Tagged | Dated) -> Condition:
    match node:
        case Everything():
            return ALWAYS
        case Words():
            return either(_words(node))
        case Tagged(tag, values):
            had = tuple(sorted({_interned(value) for value in values}))
            return Has(features.TAGS[tag], had) if had else NEVER
        case Dated(dates, first, last):
            return Ranged(dates, _bound(first, FIRST), _bound(last, LAST))


def _words(words: Words) -> Iterator[Condition]:
    within = words.within
    if words.prefix and (start := analysis.prefixes(words.text)):
        yield _has(features.starts(within, len(start)), start)
    elif single := meaning.lone(words.text):
        yield _has(features.characters(within), single)
    else:
        if within is Text.ANY:
            yield _has(features.words(within), features.named(analysis.name(words.text)))
        for form in analysis.forms(words.text):
            yield _side_by_side(within, form)


def _side_by_side(within: Text, form: analysis.Form) -> Condition:
    """One term and two are features, but not with an empty term (a mark that folds to nothing)."""
    if len(form) > 2 or not all(form):
        return Phrase(within, f" {' '.join(form)} ")
    return _has(features.words(within), " ".join(form))


def _has(field: features.Field, value: str) -> Has:
    return Has(field, (_interned(value),))


def _interned(value: str) -> str:
    # A hundred thousand searches name the same values: each is kept once. `str.__str__` gives the
    # plain string of a member of an enumeration, which alone can be interned.
    return sys.intern(str.__str__(value))


def _bound(day: Day | None, otherwise: int) -> int | Ahead:
    match day:
        case None:
            return otherwise
        case Ahead():
            return day
        case _:
            return number(day)
