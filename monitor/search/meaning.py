"""Which notices satisfy a tree: the meaning that every engine has to agree with.

Engines compile the same leaves into their own queries; the contract suite and the sentinels'
property test hold them to this module.
"""

from collections.abc import Sequence
from datetime import date

from monitor.search import analysis
from monitor.search.document import Analysed, number
from monitor.search.tree import (
    And,
    Dated,
    Dates,
    Everything,
    Node,
    Not,
    Or,
    Tagged,
    Text,
    Widened,
    Words,
)


def satisfies(notice: Analysed, node: Node) -> bool:
    """Relative days must have been made dates (`tree.on`)."""
    match node:
        case Everything():
            return True
        case Words():
            return says(notice, node)
        case Tagged(tag, values):
            return not set(notice.tags.get(tag, ())).isdisjoint(values)
        case Dated():
            return _dated(notice, node)
        case Widened(words, also):
            return satisfies(notice, words) or any(satisfies(notice, other) for other in also)
        case And(parts):
            return all(satisfies(notice, part) for part in parts)
        case Or(parts):
            return any(satisfies(notice, part) for part in parts)
        case Not(part):
            return not satisfies(notice, part)


def says(notice: Analysed, words: Words) -> bool:
    """Whether the words stand in it. Words without a letter or digit stand in none."""
    said = stream(notice, words.within)
    if words.prefix and (start := analysis.prefixes(words.text)):
        return f" {start}" in said or (
            words.within is Text.ANY and any(w.startswith(start) for w in notice.surfaces)
        )
    if single := lone(words.text):
        return single in said
    if words.within is Text.ANY and analysis.name(words.text) in notice.names:
        return True
    return any(f" {' '.join(form)} " in said for form in analysis.forms(words.text))


def lone(text: str) -> str | None:
    """The one Chinese character that is asked for: it is found within any bigram."""
    forms = analysis.forms(text)
    single = len(forms) == 1 and len(forms[0]) == 1 and len(forms[0][0]) == 1
    return forms[0][0] if single and analysis.is_cjk(forms[0][0]) else None


def stream(notice: Analysed, within: Text) -> str:
    match within:
        case Text.ANY:
            return notice.text
        case Text.TITLE:
            return notice.title
        case Text.COMPANY:
            return notice.company
        case Text.AUTHORITY:
            return notice.authority


def _dated(notice: Analysed, node: Dated) -> bool:
    days: Sequence[int] = (notice.published,) if node.dates is Dates.PUBLISHED else notice.deadlines
    first, last = bounds(node)
    return any(first <= day <= last for day in days)


def settled(node: Node) -> None:
    """ValueError where a day is still relative."""
    match node:
        case Dated():
            bounds(node)
        case And(parts) | Or(parts):
            for part in parts:
                settled(part)
        case Not(part):
            settled(part)
        case Widened(words, _also):
            settled(words)
        case _:
            return


def bounds(node: Dated) -> tuple[int, int]:
    """Both ends as yyyymmdd. ValueError where a day is still relative."""
    for day in (node.first, node.last):
        if day is not None and not isinstance(day, date):
            raise ValueError(
                f"{node.dates} has a relative day: make it a date with `tree.on` first"
            )
    first = number(node.first) if isinstance(node.first, date) else 0
    last = number(node.last) if isinstance(node.last, date) else 99_991_231
    return first, last
