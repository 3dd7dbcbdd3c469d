"""A notice as search knows it: before and after analysis. Plain data, no Django."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from monitor.search import analysis
from monitor.search.tree import Tag

NO_DEADLINE = 99_991_231
"""Later than every day: notices that nobody has to act on come last."""


@dataclass(frozen=True)
class Document:
    """What a notice says, before analysis.

    `gloss`: what it is about in Chinese and English, so that it is found in both. `names`: numbers,
    symbols and codes, found whole. `language`: ISO 639-1 of title and text. `sure`: the HS codes
    among its tags that are printed, confirmed or nearly certain; they rank it higher, no more.
    """

    notice_id: int
    title: str
    published: date
    language: str = ""
    text: str = ""
    gloss: tuple[str, ...] = ()
    names: Sequence[str] = ()
    companies: Sequence[str] = ()
    authority: str = ""
    deadlines: Sequence[date] = ()
    tags: Mapping[Tag, Sequence[str]] = field(default_factory=dict)
    sure: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Analysed:
    """What both engines index, and what sentinels are asked about.

    Streams are terms between spaces (`analysis.stream`); days are yyyymmdd. `text` holds title,
    text and gloss; `surfaces` the unstemmed words that differ from their terms.
    """

    notice_id: int
    title: str
    text: str
    company: str
    authority: str
    surfaces: frozenset[str]
    names: frozenset[str]
    published: int
    deadlines: tuple[int, ...]
    soonest: int
    """The next deadline as of the day of analysis, or `NO_DEADLINE`."""
    tags: Mapping[Tag, Sequence[str]]
    sure: Sequence[str]
    spoken: tuple[str, ...]
    """Words of the title as printed, folded: what suggestions are made of."""


def analysed(document: Document, today: date) -> Analysed:
    """What the index is to hold of it. `today` is by the authority's calendar or ours: a day's
    difference is mended the next night (`room.refresh`)."""
    language = document.language
    title, text = analysis.line(document.title, language), analysis.line(document.text, language)
    gloss = analysis.joined(*(_short(each, "en") for each in document.gloss))
    return Analysed(
        notice_id=document.notice_id,
        title=analysis.joined(title),
        text=f"{analysis.joined(title, text)}{analysis.APART}{gloss}",
        company=analysis.joined(*(_short(each, "") for each in document.companies)),
        authority=analysis.joined(_short(document.authority, language)),
        surfaces=analysis.surfaces(document.title, document.text, language=language),
        names=frozenset(map(_name, document.names)) - {""},
        published=number(document.published),
        deadlines=tuple(sorted({number(day) for day in document.deadlines})),
        soonest=min(
            (number(day) for day in document.deadlines if day >= today), default=NO_DEADLINE
        ),
        tags=document.tags,
        sure=document.sure,
        spoken=tuple(dict.fromkeys(w for w in analysis.words(document.title) if len(w) > 2)),
    )


@lru_cache(50_000)
def _short(text: str, language: str) -> str:
    """What many notices say in the same words: their labels, authorities and companies."""
    return analysis.line(text, language)


@lru_cache(50_000)
def _name(text: str) -> str:
    return analysis.name(text)


class Analysing(Collection[Analysed]):
    """Documents that are analysed while an engine takes them, one by one, so that its own threads
    write meanwhile; and anew whenever they are read anew."""

    def __init__(self, documents: Sequence[Document], today: date) -> None:
        self._documents = documents
        self._today = today

    def __iter__(self) -> Iterator[Analysed]:
        return (analysed(document, self._today) for document in self._documents)

    def __len__(self) -> int:
        return len(self._documents)

    def __contains__(self, notice: object) -> bool:
        return any(notice == each for each in self)


def number(day: date) -> int:
    """yyyymmdd."""
    return day.year * 10_000 + day.month * 100 + day.day
