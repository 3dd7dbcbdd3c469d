"""Where in a text the words of a query stand.

The text comes from the records, so that every engine marks the same.
"""

from collections.abc import Iterable, Iterator, Sequence

from monitor.search import analysis
from monitor.search.meaning import lone
from monitor.search.tree import Node, Text, Words, wanted

READ = 200_000
"""Characters of a text that are looked through."""

Span = tuple[int, int]


def spans(text: str, language: str, tree: Node) -> list[Span]:
    """(start, end) of every word or phrase, in order; they may overlap. Words under a NOT, and
    those of a company or an authority, are not looked for."""
    return sorted(_spans(text[:READ], language, _words(tree)))


def _words(tree: Node) -> list[Words]:
    return [words for words in wanted(tree) if words.within in (Text.ANY, Text.TITLE)]


def _spans(text: str, language: str, asked: Iterable[Words]) -> Iterator[Span]:
    found = list(analysis.terms(text, language))
    places: dict[str, list[int]] = {}
    for at, term in enumerate(found):
        places.setdefault(term.text, []).append(at)
    for words in asked:
        if words.prefix and (start := analysis.prefixes(words.text)):
            yield from _beginning(text, found, start)
        elif single := lone(words.text):
            yield from ((at, at + 1) for at, c in enumerate(text) if c == single)
        else:
            for form in analysis.forms(words.text):
                yield from _phrase(found, places, form)


def _phrase(
    found: Sequence[analysis.Term], places: dict[str, list[int]], form: analysis.Form
) -> Iterator[Span]:
    for at in places.get(form[0], ()):
        if tuple(term.text for term in found[at : at + len(form)]) == form:
            yield found[at].start, found[at + len(form) - 1].end


def _beginning(text: str, found: Sequence[analysis.Term], start: str) -> Iterator[Span]:
    for term in found:
        printed = analysis.prefixes(text[term.start : term.end])
        if printed and printed.startswith(start):
            yield term.start, term.end
