"""What a reader may be about to type: fields and their values, products, words, case numbers."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Literal

from models.products.references import references
from monitor.notices.models import MeasureKey
from monitor.search import analysis
from monitor.search.language import fields, values
from monitor.search.language.tokens import plain
from monitor.search.serving import engine
from monitor.search.tree import Tag
from monitor.search.widening import meant

Sort = Literal["field", "value", "product", "number", "word"]
LIMIT = 8
_LAST = re.compile(r'[^\s()|"]*$')


@dataclass(frozen=True)
class Suggestion:
    """`query`: what is typed so far, completed; `shown`: the completed word; `note`: HS codes of a
    product; `count`: titles that have the word."""

    query: str
    shown: str
    sort: Sort
    note: str = ""
    count: int | None = None


def suggestions(query: str, language: str) -> list[Suggestion]:
    """For the word at the end of what was typed; none where there is none, or within quotation
    marks. `language` chooses the names of fields. Raises what an engine raises."""
    asked = plain(query)
    word = _LAST.search(asked)
    if word is None or not word[0] or asked.count('"') % 2:
        return []
    start, found = query[: word.start()], query[word.start() :]
    completed = _completed(found, plain(found), language)
    unique = {each.shown: each for each in completed}.values()
    return [replace(each, query=start + each.query) for each in islice(unique, LIMIT)]


def _completed(word: str, typed: str, language: str) -> Iterator[Suggestion]:
    name, colon, beginning = typed.partition(":")
    if colon:
        yield from _values(name, beginning)
        return
    yield from islice(_fields(typed, language), 2)
    if any(c.isdigit() for c in typed):
        yield from islice(_numbers(typed), 4)
    if len(typed) >= (1 if analysis.is_cjk(typed) else 2):
        yield from islice(_products(word), 6)
    if len(typed) >= 3 and not analysis.is_cjk(typed):
        for spoken, count in engine().spoken(analysis.words(typed)[-1] if typed else "", 4):
            yield Suggestion(f"{spoken} ", spoken, "word", count=count)


def _fields(typed: str, language: str) -> Iterator[Suggestion]:
    for name in fields.names():
        if name.startswith(typed.lower()) and analysis.is_cjk(name) == language.startswith("zh"):
            yield Suggestion(f"{name}:", f"{name}:", "field")


def _values(name: str, beginning: str) -> Iterator[Suggestion]:
    meaning = fields.known(name)
    if not isinstance(meaning, Tag):
        return
    for value in values.beginning_with(meaning, beginning):
        yield Suggestion(f"{name}:{value} ", f"{name}:{value}", "value")


def _numbers(typed: str) -> Iterator[Suggestion]:
    """Case numbers and symbols, as measures are known by them: `us:A-570-117`."""
    keys = MeasureKey.objects.filter(key__icontains=f":{typed}").values_list("key", flat=True)
    for key in keys[:8]:
        number = key.partition(":")[2]
        if ":" not in number:
            yield Suggestion(f"{number} ", number, "number")


def _products(typed: str) -> Iterator[Suggestion]:
    """Short names first: a longer one is reached by typing on."""
    terms = _terms()
    folded = typed.lower()
    at = bisect_left(terms, (folded,))
    near = islice(terms, at, at + 400)
    found = [term for key, term in near if key.startswith(folded)]
    for term in sorted(found, key=lambda term: (len(term), term)):
        goods = meant(term)
        yield Suggestion(f"{term} ", term, "product", _codes(goods.codes if goods else ()))


def _codes(codes: Iterable[str]) -> str:
    headings = list(dict.fromkeys(code[:4] for code in codes))
    return f"HS {', '.join(headings[:3])}" if headings else ""


@cache
def _terms() -> list[tuple[str, str]]:
    """Folded and as written, in order. Chinese and English: other languages are read, not typed."""
    return sorted(
        {
            (reference.text.lower(), reference.text)
            for reference in references()
            if reference.source == "lexicon" and reference.language in ("zh", "en")
        }
    )
