"""The passages of a text in which the words of a query stand, marked."""

from collections.abc import Callable, Sequence

from monitor.search.analysis import terms
from monitor.search.engine import MARK_END, MARK_START

AROUND = 90
"""Characters shown on each side of a found word."""
PASSAGES = 3

Stem = Callable[[Sequence[str]], list[str]]


def highlights(text: str, groups: Sequence[Sequence[str]], stem: Stem) -> list[str]:
    """Up to three passages, the found words between `MARK_START` and `MARK_END`.

    `groups` are stemmed terms as `analysis.groups` makes them; a group counts where its terms
    stand side by side.
    """
    if not groups:
        return []
    found = [(term.start, term.end, term.text) for term in terms(text)]
    stems = stem([word for _, _, word in found])
    spans = _merged(sorted(_spans(found, stems, groups)))
    return [_passage(text, around) for around in _together(spans)[:PASSAGES]]


def _spans(
    found: Sequence[tuple[int, int, str]], stems: Sequence[str], groups: Sequence[Sequence[str]]
) -> list[tuple[int, int]]:
    spans = []
    for group in map(list, groups):
        for i, word in enumerate(stems):
            if word == group[0] and list(stems[i : i + len(group)]) == group:
                spans.append((found[i][0], found[i + len(group) - 1][1]))
    return spans


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _together(spans: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Spans so near to each other that one passage shows them."""
    passages: list[list[tuple[int, int]]] = []
    for span in spans:
        if passages and span[0] - passages[-1][-1][1] < AROUND:
            passages[-1].append(span)
        else:
            passages.append([span])
    return passages


def _passage(text: str, spans: Sequence[tuple[int, int]]) -> str:
    start = max(0, spans[0][0] - AROUND)
    end = min(len(text), spans[-1][1] + AROUND)
    pieces, at = ["…" if start else ""], start
    for first, last in spans:
        pieces += [text[at:first], MARK_START, text[first:last], MARK_END]
        at = last
    pieces += [text[at:end], "…" if end < len(text) else ""]
    return " ".join("".join(pieces).split())
