"""From tokens to a tree.

    query   = any { OR any }
    any     = one { [AND] one }
    one     = { NOT } ( "(" query ")" | field value | phrase | word )
    value   = word | phrase | word "," … | "(" word { [OR] word } ")"

Words side by side are all wanted. A run of Chinese is taken apart at the words that are known
(欧盟陶瓷餐具反倾销 asks for 欧盟, 陶瓷餐具 and 反倾销); in quotation marks it is left whole.
"""

from collections.abc import Callable, Collection

from django.utils.translation import gettext as _

from monitor.search import analysis
from monitor.search.language import days, fields, values
from monitor.search.language.errors import QueryError
from monitor.search.language.segmenting import segments
from monitor.search.language.tokens import Is, Token, plain, tokens
from monitor.search.tree import (
    Dated,
    Dates,
    Everything,
    Node,
    Not,
    Tag,
    Tagged,
    Text,
    Words,
    both,
    either,
)

LONGEST = 1000
"""Characters. A query is typed by a person or made of a form; longer ones are something else."""
DEEPEST = 20


def parse(query: str, closed: Collection[Tag] = ()) -> Node:
    """The tree of a query; `Everything` of an empty one. `closed`: what it may not ask by.

    Raises `QueryError`, which says where and what to type instead.
    """
    if len(query) > LONGEST:
        raise QueryError(
            _("The query is longer than %(most)d characters.") % {"most": LONGEST},
            LONGEST,
            len(query),
        )
    return _Parser(tokens(query), closed).whole()


class _Parser:
    def __init__(self, found: list[Token], closed: Collection[Tag]) -> None:
        self._tokens = found
        self._closed = closed
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        if self._next.kind is Is.END:
            return Everything()
        node = self._any_of()
        if self._next.kind is Is.CLOSE:
            raise _error(self._next, _("This bracket was never opened."))
        return node

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += token.kind is not Is.END
        return token

    def _any_of(self) -> Node:
        parts = [self._all_of()]
        while self._next.kind is Is.OR:
            self._after(self._take())
            parts.append(self._all_of())
        return either(*parts)

    def _all_of(self) -> Node:
        parts = [self._one()]
        while self._next.kind not in (Is.OR, Is.CLOSE, Is.END):
            if self._next.kind is Is.AND:
                self._after(self._take())
            parts.append(self._one())
        return both(*parts)

    def _after(self, operator: Token) -> None:
        if self._next.kind in (Is.END, Is.CLOSE, Is.OR, Is.AND):
            raise _error(operator, _("Nothing follows “%(text)s”.") % {"text": operator.text})

    def _one(self) -> Node:
        token = self._take()
        match token.kind:
            case Is.NOT:
                self._after(token)
                return Not(self._nested(token, self._one))
            case Is.OPEN:
                return self._bracket(token)
            case Is.FIELD:
                return self._field(token)
            case Is.PHRASE:
                return _phrase(token, Text.ANY)
            case Is.WORD:
                return _word(token, Text.ANY)
            case _:
                problem = _("Something has to stand before “%(text)s”.") % {"text": token.text}
                raise _error(token, problem)

    def _bracket(self, opening: Token) -> Node:
        if self._next.kind is Is.CLOSE:
            raise _error(opening, _("There is nothing in the brackets."))
        node = self._nested(opening, self._any_of)
        if self._take().kind is not Is.CLOSE:
            raise _error(opening, _("The bracket is not closed."))
        return node

    def _nested(self, token: Token, inner: Callable[[], Node]) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise _error(token, _("The query is nested too deeply."))
        node = inner()
        self._depth -= 1
        return node

    def _field(self, token: Token) -> Node:
        meaning = fields.meaning(token.text, token.at)
        if meaning in self._closed:
            raise _error(token, _("Whoever asks by this field has to sign in first."))
        given, all_of = self._values(token)
        match meaning:
            case Tag():
                _only(token, meaning, ":", "=")
                codes = [code for value in given for code in values.resolve(meaning, value)]
                return Tagged(meaning, tuple(dict.fromkeys(codes)))
            case Text():
                _only(token, meaning, ":", "=")
                said = (_said(value, meaning) for value in given)
                return both(*said) if all_of else either(*said)
            case fields.Name():
                return either(*(Words(value.text, quoted=True) for value in given))
            case Dates():
                return either(*(days.dated(meaning, token.sign, value) for value in given))
            case fields.Since(last):
                return _since(days.dated(Dates.PUBLISHED, ":", given[0]), last=last)

    def _values(self, field: Token) -> tuple[list[Token], bool]:
        """The values, and whether words among them are all wanted: `title:(steel nails)`."""
        value = self._take()
        if value.kind is Is.OPEN:
            return self._several(field)
        if value.kind is Is.PHRASE:
            return [value], False
        if value.kind is not Is.WORD:
            raise _no_value(field)
        return _listed(value), False

    def _several(self, field: Token) -> tuple[list[Token], bool]:
        found: list[Token] = []
        all_of = True
        while (token := self._take()).kind is not Is.CLOSE:
            if token.kind is Is.WORD:
                found += _listed(token)
            elif token.kind is Is.PHRASE:
                found.append(token)
            elif token.kind is Is.OR:
                all_of = False
            else:
                raise _error(token, _("Only values may stand in the brackets of a field."))
        if not found:
            raise _no_value(field)
        return found, all_of


def _listed(token: Token) -> list[Token]:
    """`US,EU` is two values."""
    found, at = [], token.at
    for part in plain(token.text).split(","):
        if part:
            found.append(
                Token(Is.WORD, token.text[at - token.at :][: len(part)], at, at + len(part))
            )
        at += len(part) + 1
    return found or [token]


def _only(token: Token, meaning: Tag | Text, *signs: str) -> None:
    if token.sign not in signs:
        raise QueryError(
            _("“%(field)s” has no order: it cannot be less or greater.") % {"field": token.text},
            token.at,
            token.end,
            _("Write %(field)s:… instead.") % {"field": fields.name(meaning)},
        )


def _since(node: Dated, *, last: bool) -> Dated:
    return Dated(node.dates, last=node.last) if last else Dated(node.dates, first=node.first)


def _said(value: Token, within: Text) -> Node:
    return _phrase(value, within) if value.kind is Is.PHRASE else _word(value, within)


def _phrase(token: Token, within: Text) -> Node:
    if not analysis.forms(token.text):
        raise _error(token, _("There is no word between the quotation marks."))
    return Words(token.text.strip(), within, quoted=True)


def _word(token: Token, within: Text) -> Node:
    text = plain(token.text) if token.text.isascii() else token.text
    prefix = text.endswith(("*", "＊"))
    text = text.rstrip("*＊")
    if prefix and analysis.prefixes(text):
        return Words(text, within, prefix=True)
    parts = segments(text) if within is Text.ANY else [text]
    return both(*(_plain_words(part, within) for part in parts))


def _plain_words(text: str, within: Text) -> Node:
    forms = analysis.forms(text)
    if not forms or (len(forms[0]) == 1 and forms[0][0] in analysis.STOP):
        return Everything()
    return Words(text, within)


def _no_value(field: Token) -> QueryError:
    return _error(field, _("No value follows “%(text)s”.") % {"text": field.text + field.sign})


def _error(token: Token, problem: str) -> QueryError:
    return QueryError(problem, token.at, max(token.end, token.at + 1))
