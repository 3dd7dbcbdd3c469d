"""What the notifications of the WTO's TBT and SPS committees have in common, in any language.

Kinds: SPS is `sps`. For TBT the articles of box 3 say it: 2.9, 2.10 and 3.2 technical regulations,
5.6, 5.7, 7.2, 8.1 and 9.2 conformity assessment, Annex 3 standards. Where no article is printed,
words of conformity assessment in the title do; a notification under Article 10.6 without them is
of a technical regulation.

Events: a first notification and a revision propose; a corrigendum corrects; a supplement tells of
a translation (`other`); what an addendum reports stands in its words (`wto_words.py`). An urgent
notification (2.10, 5.7, emergency) speaks of a measure that is adopted already.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bundles import places
from bundles.items import NoticeItem, PrintedCode, PrintedDate, Thread
from bundles.words import DateKind, Event, Kind
from crawlers.parsing import day_words, wto_symbols, wto_words
from crawlers.parsing.rows import UnreadableError
from crawlers.parsing.wto_symbols import Symbol
from models.nomenclature import codes

_ARTICLES = (
    (Kind.TECHNICAL_REGULATION, re.compile(r"\b(?:2\.9|2\.10|3\.2)(?:\.\d)?\b")),
    (Kind.CONFORMITY_ASSESSMENT, re.compile(r"\b(?:5\.6|5\.7|7\.2|8\.1|9\.2)(?:\.\d)?\b")),
    (Kind.STANDARD, re.compile(r"\bAnnex 3\b|附件3", re.IGNORECASE)),
)
_URGENT = re.compile(r"\b(?:2\.10|5\.7)(?:\.\d)?\b|emergency|urgent|紧急", re.IGNORECASE)
_CONFORMITY = re.compile(
    r"conformity assessment|certificat|type approval|registration (?:of|procedure|rule)"
    r"|inspection (?:requirement|procedure|rule)"
    r"|认证|合格评定|检验(?:的)?(?:要求|法律|规定)|型式批准",
    re.IGNORECASE,
)
_ABOUT_GOODS = re.compile(
    r"technical regulation|requirements for|label|limits?\b|标签|限量|技术法规", re.IGNORECASE
)
_FROM = re.compile(
    r"(?:from|originating in|imported from|来自|原产于|产自|从)\s*(.{2,80})", re.IGNORECASE
)
_CODE_NOTE = re.compile(
    r"[(（]?\s*\b(?:HS|ICS|CCCN|H\.S\.)\s?(?:codes?(?:\(s\))?|chapters?|headings?)?\s?:?"
    r"(?:[\d\s.,;&-]|and\b)*\d\s*[)）]?"
    r"|[(（]\s*[\d. ,&-]{4,}\s*[)）]"
)


@dataclass(frozen=True)
class Wording:
    """The texts of one notification that its events are read from."""

    language: str
    title: str
    description: str = ""
    articles: str = ""
    form: str = ""
    """The type of notification, where it is printed: `Emergency notification`."""

    @property
    def text(self) -> str:
        return f"{self.title}. {self.description}"

    def prose(self) -> dict[str, str]:
        """The texts in which a code may stand, by place."""
        return {"title": self.title, "abstract": self.description}


@dataclass(frozen=True)
class Notification:
    """One notification as a source prints it, box by box, not yet interpreted."""

    source: str
    symbols: Sequence[Symbol]
    member: str
    published: date
    url: str
    wording: Wording
    products: str
    boxes: Mapping[DateKind, str]
    """What stands where dates should."""
    coded: Mapping[str, str]
    """Texts that hold codes, by place; those of the wording need not be repeated."""

    def item(self) -> NoticeItem:
        """Raises UnreadableError, ValidationError."""
        wording, first, language = self.wording, self.symbols[0], self.wording.language
        dates = self._dates()
        event, *also = events(first, wording, self.published, dates)
        whose = origins(first, wording.title, language)
        what = kinds(first, wording)
        return NoticeItem(
            source=self.source,
            number=", ".join(map(str, self.symbols)),
            title=wording.title,
            published=self.published,
            url=self.url,
            language=language,
            abstract=wording.description or None,
            authority=self.member,
            jurisdiction=jurisdiction(self.symbols, self.member, language),
            kinds=what,
            event=event,
            also=tuple(also),
            origins=whose,
            symbols=tuple(map(str, self.symbols)),
            references=references(self.symbols, wording.text),
            product=product(self.products),
            codes=printed_codes({**self.coded, **wording.prose()}, self.published.year),
            dates=tuple(dates),
            threads=(thread(self.symbols, what[0], wording.title, whose),),
        )

    def _dates(self) -> list[PrintedDate]:
        boxed = (field_date(kind, text, self.published) for kind, text in self.boxes.items())
        return merged_dates(boxed, self.wording.text)


def day(field: str, text: str) -> date:
    """The day that a mandatory box holds; raises UnreadableError."""
    found = day_words.read(text)
    if found is None:
        raise UnreadableError(f"{field}: {text} is no date")
    return found


def symbols(text: str) -> list[Symbol]:
    """The symbols of one notification, several for a joint one; raises UnreadableError for none."""
    found = wto_symbols.find(text)
    if not found:
        raise UnreadableError(f"symbol: {text} is no symbol of a TBT or SPS notification")
    if unknown := [symbol.member for symbol in found if symbol.place is None]:
        raise UnreadableError(f"symbol: {', '.join(unknown)} is no known Member")
    return found


def jurisdiction(found: Sequence[Symbol], member: str, language: str) -> str:
    """Whose measure it is. Symbols and Member have to agree; raises UnreadableError."""
    named = places.parse(member, language)
    if named is None:
        raise UnreadableError(f"Member: {member} is no known place")
    if named not in {symbol.place for symbol in found}:
        raise UnreadableError(f"Member: {member} does not notify as {found[0].member}")
    return named


def kinds(symbol: Symbol, wording: Wording) -> tuple[Kind, ...]:
    if symbol.area == "SPS":
        return (Kind.SPS,)
    if printed := tuple(kind for kind, nr in _ARTICLES if nr.search(wording.articles)):
        return printed
    if not _CONFORMITY.search(wording.title):
        return (Kind.TECHNICAL_REGULATION,)
    if _ABOUT_GOODS.search(wording.title):
        return (Kind.TECHNICAL_REGULATION, Kind.CONFORMITY_ASSESSMENT)
    return (Kind.CONFORMITY_ASSESSMENT,)


def events(
    symbol: Symbol, wording: Wording, published: date, dates: list[PrintedDate]
) -> list[Event]:
    """What happened, what changes most first; never empty."""
    if symbol.form == "Corr":
        return [Event.CORRECTED]
    if symbol.form == "Suppl":
        return [Event.OTHER]
    if symbol.form == "Add":
        said = wto_words.events(wording.text, published, dates, wording.language)
        return said or [_by_its_dates(dates)]
    if _URGENT.search(f"{wording.articles} {wording.form}"):
        coming = [d for d in dates if d.kind == DateKind.IN_FORCE and d.date > published]
        return [Event.ADOPTED if coming else Event.IN_FORCE]
    return [Event.PROPOSED]


def _by_its_dates(dates: list[PrintedDate]) -> Event:
    """Of an addendum whose words say nothing: one that sets a date for comments reopens them."""
    reopens = any(d.kind == DateKind.COMMENTS_DUE for d in dates)
    return Event.COMMENT_EXTENDED if reopens else Event.OTHER


def field_date(kind: DateKind, text: str, published: date) -> PrintedDate | None:
    """The date of one box; None where it is left open. Raises UnreadableError for riddles."""
    if not text or day_words.is_open(text):
        return None
    when = day_words.read(text) or day_words.after(text, published)
    if when is None:
        in_text = list(dict.fromkeys(found for found, _ in day_words.find(text)))
        when = in_text[0] if len(in_text) == 1 else None
    if when is None:
        raise UnreadableError(f"{kind}: {text} is neither a date nor left open")
    return PrintedDate(kind=kind, date=when, printed=text)


def merged_dates(fields: Iterable[PrintedDate | None], text: str) -> list[PrintedDate]:
    """The dates of the boxes, then those of the text about what no box speaks of."""
    boxed = [d for d in fields if d]
    filled = {d.kind for d in boxed}
    return boxed + [d for d in wto_words.dates(text) if d.kind not in filled]


def printed_codes(texts: dict[str, str], year: int) -> tuple[PrintedCode, ...]:
    """The codes in several texts, each once, with the place in which it stands first.

    `texts` by place: `title`, `abstract`, or `field:<name>` for what is a list of codes.
    """
    found: dict[tuple[str, str], PrintedCode] = {}
    for where, text in texts.items():
        for code in codes.find(text, where=where, year=year):
            found.setdefault((code.system, code.digits), PrintedCode.model_validate(vars(code)))
    return tuple(found.values())


def origins(symbol: Symbol, title: str, language: str) -> tuple[str, ...]:
    """Whose goods an SPS measure is about, where its title says `from …`; else empty: anyone's."""
    if symbol.area != "SPS":
        return ()
    named = (code for tail in _FROM.findall(title) for code in places.find(tail, language))
    return tuple(code for code in dict.fromkeys(named) if code != symbol.place)


def product(text: str) -> str | None:
    """The products as worded, without the codes between them."""
    words = " ".join(_CODE_NOTE.sub(" ", text).split())
    return re.sub(r" (?=[;,:；，、.])", "", words).strip(" ;,:；，、.") or None


def thread(found: Sequence[Symbol], kind: Kind, title: str, origins: tuple[str, ...]) -> Thread:
    """The measure, under the symbol of its first notification (several for a joint one).

    It has an origin where the notification names exactly one.
    """
    keys = tuple(dict.fromkeys(symbol.key for symbol in found))
    origin = origins[0] if len(origins) == 1 else None
    return Thread(kind=kind, origin=origin, title=title, keys=keys)


def references(found: Sequence[Symbol], text: str) -> tuple[str, ...]:
    """Other notifications that the text names."""
    own = set(found)
    return tuple(str(symbol) for symbol in wto_symbols.find(text) if symbol not in own)
