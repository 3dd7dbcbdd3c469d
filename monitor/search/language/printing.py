"""A tree as somebody would type it: what saved searches show, and the reverse of `parse`."""

from datetime import date

from monitor.search.language import fields
from monitor.search.tree import (
    Ahead,
    And,
    Dated,
    Dates,
    Day,
    Everything,
    Node,
    Not,
    Or,
    Tag,
    Tagged,
    Text,
    Widened,
    Words,
)


def printed(node: Node, language: str = "en") -> str:
    """Reads back to the same tree. `language` chooses the names of the fields."""
    match node:
        case Everything():
            return ""
        case Words():
            return _words(node, language)
        case Tagged(tag, values):
            return f"{fields.name(tag, language)}:{','.join(_value(tag, v) for v in values)}"
        case Dated():
            return _dated(node, language)
        case Widened(words, _also):
            return printed(words, language)
        case And(parts):
            return " ".join(_inner(part, language, within=And) for part in parts)
        case Or(parts):
            return " OR ".join(_inner(part, language, within=Or) for part in parts)
        case Not(part):
            return f"NOT {_inner(part, language, within=Not)}"


def _inner(node: Node, language: str, within: type[And | Or | Not]) -> str:
    bracketed = isinstance(node, Or) or (isinstance(node, And) and within is Not)
    return f"({printed(node, language)})" if bracketed else printed(node, language)


def _words(words: Words, language: str) -> str:
    text = f'"{words.text}"' if words.quoted else words.text + ("*" if words.prefix else "")
    return text if words.within is Text.ANY else f"{fields.name(words.within, language)}:{text}"


def _value(tag: Tag, value: str) -> str:
    return f'"{value}"' if tag is Tag.BODY else value


def _dated(node: Dated, language: str) -> str:
    name = fields.name(node.dates, language)
    ahead = [day.days for day in (node.first, node.last) if isinstance(day, Ahead)]
    if not ahead:
        return f"{name}:{_day(node.first)}..{_day(node.last)}"
    return f"{name}{_span(node, 1 if node.dates is Dates.DEADLINE else -1)}"


def _span(node: Dated, sense: int) -> str:
    """`sense`: 1 where spans count forwards, -1 where they count back from today."""
    near, far = (node.first, node.last) if sense > 0 else (node.last, node.first)
    if isinstance(far, Ahead):
        return ":today" if far.days == 0 else f"<={sense * far.days}d"
    return f">={sense * near.days}d" if isinstance(near, Ahead) else ""


def _day(day: Day | None) -> str:
    return day.isoformat() if isinstance(day, date) else ""
