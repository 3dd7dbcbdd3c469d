"""One parsed notice, one rejected row: the records that a bundle carries.

Strict: an unknown field, an unknown word or a wrong type is an error that names the field, never
a guess. Everything is plain JSON, so that other programs can read and write bundles.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bundles.words import CASES, DateKind, Event, Kind, Outcome, Proceeding

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Number = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Key = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
SourceId = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,5}(-[a-z0-9]+)+$")]
Place = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$|^EAEU$")]
"""ISO 3166-1 alpha-2; `EU` and `EAEU` stand for themselves; Separate Customs Territory: `TW`."""


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PrintedDate(Record):
    """A date that the notice prints, as printed and normalised; a range has an end."""

    kind: DateKind
    date: date
    printed: Line


class Period(Record):
    """A period of investigation or review, both days included."""

    start: date
    end: date
    printed: Line


class PrintedCode(Record):
    """A classification code found in the notice.

    `hs6` holds its HS2022 subheadings (several where the revision of the HS split it; none where
    it is a chapter or heading only, or does not exist). `note` says why where something is odd.
    """

    printed: Line
    digits: Annotated[str, StringConstraints(pattern=r"^[0-9.]+$")]
    system: Literal["HS", "HTSUS", "CN", "TARIC", "NCM", "ICS", "CCCN", "OTHER"]
    hs6: tuple[str, ...] = ()
    heading: str | None = None
    chapter: str | None = None
    exists: bool
    partial: bool = False
    """Printed with "ex": only part of what the code covers."""
    where: Line
    """`title`, `abstract`, `body` or `field:<name>`, with the offset of the first character."""
    note: str | None = None


class Company(Record):
    name: Line
    role: Literal["respondent", "petitioner", "importer", "manufacturer", "unknown"] = "unknown"


class Thread(Record):
    """A measure that this notice belongs to, by the keys under which it may be known.

    `keys`, strongest first: a case number (`us:A-570-117`), a document symbol
    (`wto:G/TBT/N/USA/123`), else kind, origin and the product's name in a normal form
    (`us:anti_dumping:CN:steel nail`).
    """

    kind: Kind
    origin: Place | None = None
    title: Line
    keys: Annotated[tuple[Key, ...], Field(min_length=1)]


class NoticeItem(Record):
    """One published document of one source, read and normalised.

    Raises `pydantic.ValidationError` where a mandatory field is missing or a rule of the
    contract is broken (a proceeding on a regulation, `other` beside another kind).
    """

    source: SourceId
    number: Number
    title: Line
    published: date
    url: Line
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    abstract: str | None = None
    body: str | None = None
    authority: Line
    jurisdiction: Place

    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    proceeding: Proceeding | None = None
    event: Event
    also: tuple[Event, ...] = ()
    outcome: Outcome | None = None

    origins: tuple[Place, ...] = ()
    """Whose goods are concerned; empty means any origin, or that none is named."""
    case_numbers: tuple[Line, ...] = ()
    symbols: tuple[Line, ...] = ()
    references: tuple[Line, ...] = ()
    """Earlier documents named (citations, symbols), as printed."""
    companies: tuple[Company, ...] = ()
    product: str | None = None
    """The product as the notice words it, without the boilerplate around it."""
    codes: tuple[PrintedCode, ...] = ()
    dates: tuple[PrintedDate, ...] = ()
    period: Period | None = None
    threads: tuple[Thread, ...] = ()
    sample: bool = False
    capture: str | None = None
    """SHA-256 of the response it was read from."""

    @model_validator(mode="after")
    def _keeps_the_contract(self) -> "NoticeItem":
        if Kind.OTHER in self.kinds and len(self.kinds) > 1:
            raise ValueError("kinds: `other` stands alone")
        if self.proceeding is not None and not CASES & set(self.kinds):
            raise ValueError("proceeding: only trade remedies and Section 337 have one")
        if self.event in self.also:
            raise ValueError("also: repeats the event")
        if any("\0" in text for text in (self.title, self.abstract or "", self.body or "")):
            raise ValueError("text: holds a NUL character, which PostgreSQL cannot store")
        return self

    def deadlines(self) -> list[PrintedDate]:
        return sorted(self.dates, key=lambda d: d.date)

    def to_line(self) -> dict[str, Any]:
        """The object that `fenghuo read` prints: the item, with the derived lists spelled out."""
        line: dict[str, Any] = self.model_dump(mode="json", exclude={"dates"})
        line["codes_printed"] = [code.digits for code in self.codes]
        line["deadlines"] = [d.model_dump(mode="json") for d in self.deadlines()]
        return line


class RejectedRow(Record):
    """A row that could not be read: where it stands, why, and the row itself."""

    source: SourceId
    place: Line
    reason: Line
    raw: str
