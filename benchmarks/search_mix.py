"""Questions to measure with, drawn from a corpus: what people type, and what they tick beside it.

Of 200: 60 of one to three English words, 40 of one to three Chinese ones, 20 Spanish or Vietnamese,
20 phrases of two to four words of a title, 10 case numbers, 16 beginnings of words, 14 of nothing
but filters, 20 names of goods, English or Chinese, which are widened as on a page.

Words stand together in one notice; each is common (in more than one of a hundred notices of its
language), middling or rare (in fewer than one of a thousand), with equal chance. Every question has
one to three filters, values that the same notice has, and asks for five facets, some of which are
filtered by; a quarter are bounded by the day of publication too. Everything else is the way of the
search page: the same parser, twenty hits, by relevance where there are words.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from models.products.references import references
from monitor.search import analysis
from monitor.search.asking import Question, understood
from monitor.search.document import Document
from monitor.search.engine import Facet, Query
from monitor.search.tree import Dated, Dates, Tag, both
from monitor.search.widening import meant

FACETS = (Facet.KIND, Facet.EVENT, Facet.MARKET, Facet.CHAPTER, Facet.YEAR)
TODAY = date(2026, 2, 27)
COMMON, RARE = 0.01, 0.001
"""Shares of the notices of a language."""
LONGEST = 6
"""Characters of a Chinese word."""


class Sort(StrEnum):
    """What a question is of."""

    ENGLISH = "English words"
    CHINESE = "Chinese words"
    OTHER = "Spanish, Vietnamese"
    PHRASE = "phrases"
    NUMBER = "case numbers"
    BEGINNING = "beginnings of words"
    FILTERS = "filters alone"
    GOODS = "goods, widened"


SHARES = {
    Sort.ENGLISH: 60,
    Sort.CHINESE: 40,
    Sort.OTHER: 20,
    Sort.PHRASE: 20,
    Sort.NUMBER: 10,
    Sort.BEGINNING: 16,
    Sort.FILTERS: 14,
    Sort.GOODS: 20,
}


@dataclass(frozen=True)
class Asking:
    """A question as typed, and as an engine gets it."""

    sort: Sort
    text: str
    query: Query


def questions(notices: Sequence[Document], count: int = 200, seed: int = 0) -> list[Asking]:
    """`count` of them, in no order; `notices`: a sample of the corpus, some thousands at least."""
    drawing = _Drawing(notices, random.Random(seed))
    whole = sum(SHARES.values())
    sorts = [sort for sort, share in SHARES.items() for _ in range(-(-share * count // whole))]
    found = [drawing.asking(sort) for sort in sorts]
    drawing.chance.shuffle(found)
    return found[:count]


class _Drawing:
    def __init__(self, notices: Sequence[Document], chance: random.Random) -> None:
        self.chance = chance
        self._notices = notices
        self._by_language: dict[str, list[Document]] = {}
        for notice in notices:
            self._by_language.setdefault(notice.language, []).append(notice)
        self._shares = {lang: _shares(them) for lang, them in self._by_language.items()}
        self._texts: dict[Sort, Callable[[], tuple[str, Document]]] = {
            Sort.ENGLISH: lambda: self._words("en"),
            Sort.CHINESE: lambda: self._words("zh"),
            Sort.OTHER: lambda: self._words(chance.choice(("es", "vi"))),
            Sort.PHRASE: self._phrase,
            Sort.NUMBER: self._number,
            Sort.BEGINNING: self._beginning,
            Sort.FILTERS: lambda: ("", chance.choice(notices)),
            Sort.GOODS: self._goods,
        }

    def asking(self, sort: Sort) -> Asking:
        text, notice = self._texts[sort]()
        question = Question(
            text, chosen=self._chosen(notice), exact=sort is not Sort.GOODS, facets=FACETS
        )
        query = understood(question, TODAY).query
        if self.chance.random() < 0.25:
            since = Dated(Dates.PUBLISHED, first=date(notice.published.year - 2, 1, 1))
            query = replace(query, tree=both(query.tree, since))
        return Asking(sort, text, query)

    def _chosen(self, notice: Document) -> Mapping[Facet, tuple[str, ...]]:
        """Values of the notice, a third of them with those of another one beside them."""
        having = [facet for facet in FACETS if _values(notice, facet)]
        picked = self.chance.sample(having, min(len(having), self.chance.choice((1, 1, 2, 3))))
        found = {}
        for facet in picked:
            other = self.chance.choice(self._notices) if self.chance.random() < 0.33 else notice
            values = (_values(notice, facet)[0], *_values(other, facet)[:1])
            found[facet] = tuple(dict.fromkeys(values))
        return found

    def _words(self, language: str) -> tuple[str, Document]:
        """One to three words of a notice, each of a band of its own."""
        shares = self._shares[language]
        while True:
            bands = self.chance.choices(_BANDS, k=self.chance.choice((1, 1, 2, 2, 3)))
            notice = self.chance.choice(self._by_language[language])
            words = sorted(_said(notice))
            fitting = [[w for w in words if band(shares[w])] for band in bands]
            if all(fitting):
                chosen = dict.fromkeys(self.chance.choice(some) for some in fitting)
                return " ".join(chosen), notice

    def _phrase(self) -> tuple[str, Document]:
        while True:
            notice = self.chance.choice(self._by_language["en"])
            words = analysis.words(notice.title)
            length = self.chance.randint(2, 4)
            if len(words) > length:
                start = self.chance.randrange(len(words) - length)
                return f'"{" ".join(words[start : start + length])}"', notice

    def _number(self) -> tuple[str, Document]:
        notice = self.chance.choice(self._notices)
        printed = [name for name in notice.names if not name.isdigit()]
        return f'"{self.chance.choice(printed)}"', notice

    def _beginning(self) -> tuple[str, Document]:
        while True:
            word, notice = self._words("en")
            if word.isalpha() and len(word) > 5:
                return f"{word[: self.chance.randint(4, len(word) - 1)]}*", notice

    def _goods(self) -> tuple[str, Document]:
        """Goods that the lexicon knows, in Chinese or English; the filters are of any notice."""
        language = self.chance.choice(("zh", "en"))
        names = [r.text for r in references() if r.language == language and r.source == "lexicon"]
        known = (name for name in iter(lambda: self.chance.choice(names), None) if meant(name))
        return next(known), self.chance.choice(self._notices)


_BANDS: Sequence[Callable[[float], bool]] = (
    lambda share: share > COMMON,
    lambda share: RARE <= share <= COMMON,
    lambda share: share < RARE,
)


def _values(notice: Document, facet: Facet) -> Sequence[str]:
    values = notice.tags.get(facet.tag, ())
    return [v for v in values if len(v) == 2] if facet.tag is Tag.HS else values


def _said(notice: Document) -> set[str]:
    """The words of a notice that somebody may ask for."""
    return set(_chinese(notice) if notice.language == "zh" else _spelt(notice))


def _spelt(notice: Document) -> Iterator[str]:
    for word in analysis.words(f"{notice.title} {notice.text}"):
        if len(word) > 2 and not word.isdigit() and word not in analysis.STOP:
            yield word


def _chinese(notice: Document) -> Iterator[str]:
    """Short runs of the title, and the words that the house has for it."""
    for text in (notice.title, *notice.gloss):
        for run in text.replace("对", "、").replace("作出", "、").split("、"):
            if 2 <= len(run) <= LONGEST and all(map(analysis.is_cjk, run)):
                yield run


def _shares(notices: Sequence[Document]) -> Mapping[str, float]:
    """Word → share of these notices that say it."""
    counted = Counter(word for notice in notices for word in _said(notice))
    return {word: count / len(notices) for word, count in counted.items()}
