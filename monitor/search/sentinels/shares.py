"""How many notices are expected to have a feature: what pivots are chosen by.

Guesses are enough. A wrong one costs time, never a match.
"""

from collections.abc import Callable, Iterable, Mapping

from monitor.search import analysis
from monitor.search.sentinels.features import Field, Sort
from monitor.search.tree import Tag

Frequencies = Mapping[str, float] | Callable[[str], float]
"""Term → share of the notices that it stands in. A mapping says nothing of terms that it lacks."""

UNHEARD = 1e-4
"""Of a term that the notices which were counted do not have."""

_PAIR = 0.2
"""Two terms stand side by side in this share of the notices that have the rarer one."""
_STARTS = (1.0, 0.8, 0.5, 0.25, 0.12, 0.08, 0.05)
"""Of the first characters of a word, by their number."""
_CHARACTER = 0.05
_NAME = 1e-4
_HS = {2: 0.05, 4: 0.01, 6: 0.003}
_TAGS = {
    Tag.KIND: 0.2,
    Tag.EVENT: 0.1,
    Tag.MARKET: 0.1,
    Tag.LEVEL: 0.2,
    Tag.SOURCE: 0.1,
    Tag.YEAR: 0.5,
    Tag.LANGUAGE: 0.3,
    Tag.MEASURE: 1e-4,
}
_TAG = 0.05


class Shares:
    def __init__(self, frequencies: Frequencies | None = None) -> None:
        self._term = _counted(_guessed if frequencies is None else frequencies)

    def of(self, field: Field, values: Iterable[str]) -> float:
        """Of notices that have one of the values; those that have several count several times."""
        if field.sort is Sort.WORDS:
            return sum(map(self._words, values))
        if field.tag in (Tag.HS, Tag.MAYBE):
            return sum(_HS.get(len(code), _TAG) for code in values)
        return sum(_guess(field, value) for value in values)

    def _words(self, value: str) -> float:
        one, _, other = value.partition(" ")
        if not one:
            return _NAME
        return _PAIR * min(self._term(one), self._term(other)) if other else self._term(one)


def _guess(field: Field, value: str) -> float:
    if field.tag is not None:
        return _TAGS.get(field.tag, _TAG)
    is_start = field.sort is Sort.START
    return _STARTS[min(len(value), len(_STARTS) - 1)] if is_start else _CHARACTER


def _counted(frequencies: Frequencies) -> Callable[[str], float]:
    if callable(frequencies):
        return frequencies
    return lambda term: frequencies.get(term, UNHEARD)


def _guessed(term: str) -> float:
    """Where nobody has counted: short words are common, and what no query asks for most of all."""
    if term in analysis.STOP:
        return 0.5
    return 0.01 if analysis.is_cjk(term) else 0.3 / max(1, len(term))
