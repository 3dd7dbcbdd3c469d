"""A query cut into tokens, each with its place.

Signs typed with a Chinese keyboard are the same signs: `市场：美国（“瓷砖”｜餐具）`.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _

from monitor.search.language import fields
from monitor.search.language.errors import QueryError


class Is(StrEnum):
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    FIELD = "field"
    WORD = "word"
    PHRASE = "phrase"
    END = "end"


class Token(NamedTuple):
    """`text`: of a field its name, of a phrase what stands between the quotes. `sign`: what stands
    between a field and its value: `:` `<` `<=` `>` `>=`."""

    kind: Is
    text: str
    at: int
    end: int
    sign: str = ""


_SIGNS = str.maketrans("：（）｜＜＞＝－＊！，　", ":()|<>=-*!, ") | dict.fromkeys(
    map(ord, "“”„«»「」『』＂"), '"'
)
_TOKEN = re.compile(
    r"""\s+
    | (?P<open>\()
    | (?P<close>\))
    | (?P<or>\|\|?) | (?P<and>&&?)
    | (?P<not>[-!](?=[^\s\-]))
    | "(?P<phrase>[^"]*)(?P<closed>")?
    | (?P<field>[^\W\d][^\W\d]*)(?P<sign>:(?=[^\s/])|<=|>=|<|>|=(?=\S))
    | (?P<word>[^\s()"|]+)
    """,
    re.VERBOSE,
)
_OPERATORS = {
    "AND": Is.AND,
    "OR": Is.OR,
    "NOT": Is.NOT,
    "与": Is.AND,
    "且": Is.AND,
    "或": Is.OR,
    "非": Is.NOT,
}


def tokens(query: str) -> list[Token]:
    """Ends with an `END`. QueryError where a quotation mark is left open."""
    return [*_tokens(query), Token(Is.END, "", len(query), len(query))]


def plain(query: str) -> str:
    """The same text, character by character, with the signs of an English keyboard."""
    return query.translate(_SIGNS)


def _tokens(query: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(plain(query)):
        kind, at, end = match.lastgroup, match.start(), match.end()
        if match["phrase"] is not None:
            yield _phrase(match, query)
        elif match["field"] is not None:
            yield Token(Is.FIELD, match["field"], at, end, match["sign"])
        elif match["word"] is not None and _is_field(match[0]):
            yield Token(Is.FIELD, match[0][:-1], at, end, ":")
        elif match["word"] is not None:
            yield Token(_OPERATORS.get(match[0], Is.WORD), query[at:end], at, end)
        elif kind in ("open", "close", "or", "and", "not"):
            yield Token(_KINDS[kind], match[0], at, end)


_KINDS = {"open": Is.OPEN, "close": Is.CLOSE, "or": Is.OR, "and": Is.AND, "not": Is.NOT}


def _is_field(word: str) -> bool:
    """`market: US` is as good as `market:US`, but `Certain steel: a review` names no field."""
    return word.endswith(":") and fields.known(word[:-1]) is not None


def _phrase(match: re.Match[str], query: str) -> Token:
    if match["closed"] is None:
        raise QueryError(
            _("The quotation mark is not closed."),
            match.start(),
            match.end(),
            _("Close it, as in “steel nails”."),
        )
    start, end = match.span("phrase")
    return Token(Is.PHRASE, query[start:end], match.start(), match.end())
