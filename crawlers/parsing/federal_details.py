"""What a document of the Federal Register prints beside its words: numbers, dates, firms, codes."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bundles.items import PrintedCode, PrintedDate, Thread
from bundles.words import CASES, REGULATIONS, DateKind, Event, Kind
from crawlers.parsing import cases, companies, dates, headlines, products, threads
from crawlers.parsing.documents import own_part
from crawlers.parsing.federal_document import FederalDocument
from crawlers.parsing.headlines import Article, Headline
from crawlers.parsing.rules import Reading
from models.nomenclature import codes

_ENTITLED = re.compile(r"complaint entitled (?P<article>.+?),? DN \d{4}", re.IGNORECASE)
_SAFEGUARDED = re.compile(
    r"(?:imports? of|measures? on|action on) (?:imports of )?(?:certain )?(?P<product>.+?)"
    r"(?: originating.*| \(whether.*|[;:].*)?$",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"(?:Certain )?(?P<product>[^;:]+?)(?:, Whether .*)?[;:] (?:Institution|Monitoring|Evaluation)"
)
_IN_TEXT = re.compile(
    r"\b(?P<product>(?:Certain )?[A-Z][\w-]*(?:,? (?:(?:and|of|or|in|for) )?[A-Z][\w-]*)*)"
    r" from (?:the )?(?P<places>[A-Z][^.;]*)"
)
_MAY_PRINT_CODES = re.compile(r"\d{4}\.\s?\d\d|HTS|[Hh]eading|[Tt]ariff|[Hh]armoni[sz]ed|ICS\b")
"""What stands in every text that prints a code; most abstracts hold none of it."""

_IN_FORCE = frozenset({Event.ORDER, Event.CONTINUED, Event.REVOKED})
"""Events of a trade remedy whose applicable date is the day on which duties begin or end."""


@dataclass
class Details:
    """One document that concerns us, on its way to the fields of an item."""

    document: FederalDocument
    title: str
    abstract: str
    headline: Headline
    reading: Reading

    def fields(self) -> dict[str, Any]:
        return {
            "origins": self.origins,
            "case_numbers": tuple(self.numbers),
            "symbols": tuple(self._rins()),
            "references": tuple(cases.references(self._said())),
            "companies": companies.find(self.abstract, self.reading.kinds) if self._a_case else (),
            "product": self._product(),
            "codes": tuple(self._codes()),
            "dates": tuple(self._dates()),
            "period": dates.period(self._said()) if self._a_case else None,
            "threads": self._threads(),
        }

    @cached_property
    def numbers(self) -> list[str]:
        """Of the fields, the title and the abstract; of the text only what heads the notice."""
        head = self.body[:400] if self.body else ""
        return cases.find("\n".join((*self.document.dockets(), self.title, self.abstract, head)))

    @cached_property
    def body(self) -> str:
        text = self.document.text()
        return own_part(text, self.title, self.document.document_number) if text else ""

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """The products of the headline, else the one that the abstract names with its origin."""
        if self.headline.articles or Kind.SECTION_337 in self.reading.kinds:
            return self.headline.articles
        for match in _IN_TEXT.finditer(self.abstract):
            if named := headlines.leading(match["places"]):
                return (Article(headlines.parted(match["product"])[1], tuple(named)),)
        return ()

    @cached_property
    def origins(self) -> tuple[str, ...]:
        """Whose goods are concerned; the firms of a 337 case have seats, its goods no origin."""
        if not self._remedies:
            return ()
        named = [*self.headline.origins]
        named = named or [code for article in self.articles for code in article.origins]
        named = named or list(headlines.origins_in(self.abstract))
        return tuple(named or dict.fromkeys(filter(None, map(cases.origin, self.numbers))))

    @property
    def _a_case(self) -> bool:
        return bool(CASES & set(self.reading.kinds))

    @property
    def _remedies(self) -> bool:
        return self._a_case and Kind.SECTION_337 not in self.reading.kinds

    def _said(self) -> str:
        return "\n".join((self.abstract, self.document.dates or "", self.body))

    def _rins(self) -> list[str]:
        return [f"RIN {rin}" for rin in self.document.regulation_id_numbers or [] if rin.strip()]

    def _product(self) -> str | None:
        if Kind.SAFEGUARD in self.reading.kinds:
            return self._safeguarded()
        if Kind.SECTION_337 in self.reading.kinds:
            return self._article()
        named = [products.worded(article.product) for article in self.articles]
        return "; ".join(dict.fromkeys(named)) or None

    def _article(self) -> str | None:
        if self.headline.articles:
            return products.worded(self.headline.articles[0].product)
        match = _ENTITLED.search(self.abstract)
        return products.worded(match["article"]) if match else None

    def _safeguarded(self) -> str | None:
        match = _SAFEGUARDED.search(self.title) or _HEADED.match(self.title)
        return products.worded(match["product"]) if match else None

    def _codes(self) -> list[PrintedCode]:
        year = int(self.document.publication_date[:4])
        found = [
            code
            for where, text in (
                ("title", self.title),
                ("abstract", self.abstract),
                ("body", self.body),
            )
            if _MAY_PRINT_CODES.search(text)
            for code in codes.find(text, where=where, default_system="HTSUS", year=year)
        ]
        return [
            PrintedCode(
                printed=code.printed,
                digits=code.digits,
                system=code.system,
                hs6=code.hs6,
                heading=code.heading,
                chapter=code.chapter,
                exists=code.exists,
                partial=code.partial,
                where=code.where,
                note=code.note,
            )
            for code in {code.digits: code for code in reversed(found)}.values()
        ][::-1]

    def _dates(self) -> list[PrintedDate]:
        given = dates.field(DateKind.COMMENTS_DUE, self.document.comments_close_on)
        if self._regulates or self.reading.event in _IN_FORCE:
            given += dates.field(DateKind.IN_FORCE, self.document.effective_on)
        known = {(day.kind, day.date) for day in given}
        printed = dates.printed(self._said())
        return given + [day for day in printed if (day.kind, day.date) not in known]

    @property
    def _regulates(self) -> bool:
        return bool(REGULATIONS & set(self.reading.kinds))

    def _threads(self) -> tuple[Thread, ...]:
        kinds = self.reading.kinds
        if self._regulates:
            rins = self.document.regulation_id_numbers or []
            return threads.of_regulation(kinds[0], self.title, rins, self.document.dockets())
        if Kind.SECTION_337 in kinds:
            return threads.of_337(self._article(), self.numbers)
        if Kind.SAFEGUARD in kinds:
            return threads.of_safeguard(self._safeguarded(), self.numbers)
        return threads.of_duties(kinds, self.articles, self.numbers, self.abstract)
