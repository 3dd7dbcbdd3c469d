"""A past case as data. Every fact says where it was read: a key of the case's `sources`, or 待核实
where nobody has found a source that prints it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, StringConstraints, field_validator, model_validator

from bundles import places
from bundles.words import Kind
from models.nomenclature import hs
from monitor.cases.past.when import When
from monitor.deadlines.authority import UNCHECKED, Place
from monitor.deadlines.tables import Id, Table, Text

Address = Annotated[Text, Field(pattern=r"^https?://\S+$")]
Sources = Mapping[Id, Address]
Day = Annotated[When, BeforeValidator(When.read)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Amount = Annotated[Decimal, Field(ge=0, max_digits=10)]


class What(StrEnum):
    """What happened on a day, in the order in which it does."""

    PETITION = "petition"
    INITIATION = "initiation"
    DISCLOSURE = "disclosure"
    """What is about to be decided was shown to the parties."""
    PRELIMINARY = "preliminary"
    PROVISIONAL = "provisional"
    """A provisional measure begins."""
    FINAL = "final"
    """A final determination, of dumping, subsidies or infringement."""
    MEASURE = "measure"
    """The definitive measure begins: a duty, an order."""
    ENDED = "ended"
    """Without a measure, or the measure is over."""
    CIRCUMVENTION = "circumvention"
    REVIEW = "review"
    COURT = "court"
    CONTINUED = "continued"


ORDERED = (
    What.PETITION, What.INITIATION, What.PROVISIONAL, What.MEASURE, What.ENDED
)  # fmt: skip
"""None of these comes before one that is named before it."""


class Whom(StrEnum):
    """Whose rate it is. `answering`: those that answered and were not examined themselves (a
    separate rate, cooperating outside the sample). `all_others`: whoever has no rate of its own.
    `adverse`: those that were asked and did not answer, by adverse facts available."""

    LOWEST = "lowest"
    HIGHEST = "highest"
    NAMED = "named"
    ANSWERING = "answering"
    ALL_OTHERS = "all_others"
    ADVERSE = "adverse"
    EVERYBODY = "everybody"


class Stage(StrEnum):
    PROPOSED = "proposed"
    PROVISIONAL = "provisional"
    DEFINITIVE = "definitive"
    REVIEW = "review"


class Unit(StrEnum):
    PAIR = "pair"
    KG = "kg"
    TONNE = "t"
    M2 = "m2"


class Ending(StrEnum):
    """How it ended, in one word. `part`: against those only that did not answer, or for a part of
    the goods. `unknown`: no source says it."""

    MEASURE = "measure"
    PART = "part"
    NO_MEASURE = "no_measure"
    UNKNOWN = "unknown"


class Fact(Table):
    source: Text

    @property
    def is_sourced(self) -> bool:
        return self.source != UNCHECKED


class Spoken(Table):
    zh: Text
    en: Text

    def say(self, language: str) -> str:
        """In Chinese for any Chinese, else in English."""
        return self.zh if language.startswith("zh") else self.en


class Said(Fact, Spoken):
    """A fact in our words."""


class Goods(Fact):
    """`hs`: HS2022, as deep as it is known; `printed`: as the document has it."""

    hs: Annotated[tuple[str, ...], Field(min_length=1)]
    printed: str = ""

    @field_validator("hs")
    @classmethod
    def _exist(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        absent = [code for code in codes if not hs.exists(code)]
        if absent:
            raise ValueError(f"HS{hs.EDITION} has no {', '.join(absent)}; give 2, 4 or 6 digits")
        return codes


class Reference(Fact):
    """A number or symbol under which it is filed; one each."""

    text: Text


class Milestone(Fact):
    what: What
    day: Day
    zh: str = ""
    en: str = ""

    def say(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


class Rate(Fact):
    """Either `percent`, or an `amount` of `currency` per `unit`. `minimum`: the amount is a lowest
    price below which the difference is paid. `ours`: of a firm of Fujian's."""

    whom: Whom
    stage: Stage
    kind: Kind
    percent: Amount | None = None
    amount: Amount | None = None
    currency: Currency | None = None
    unit: Unit | None = None
    minimum: bool = False
    firm: str = ""
    ours: bool = False

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        specific = (self.amount, self.currency, self.unit)
        if (self.percent is None) == (self.amount is None):
            raise ValueError("give either percent, or amount with currency and unit")
        if self.amount is not None and None in specific:
            raise ValueError("an amount needs its currency and its unit")
        if (self.whom == Whom.NAMED) != bool(self.firm):
            raise ValueError('a firm is given where whom = "named", and only there')
        return self

    @property
    def figure(self) -> Decimal:
        found = self.amount if self.percent is None else self.percent
        if found is None:
            raise ValueError("a rate has a figure")
        return found

    @property
    def measured(self) -> tuple[str, ...]:
        """What it is counted in: only rates of the same can be compared."""
        form = ("%",) if self.percent is not None else (str(self.currency), str(self.unit))
        return (self.kind, *form, "minimum") if self.minimum else (self.kind, *form)


class Response(Said):
    """What firms did. `of`: whose firms are counted."""

    of: Annotated[str, StringConstraints(pattern=r"^(fujian|china)$")] = "china"
    touched: Annotated[int, Field(gt=0)] | None = None
    answered: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _is_a_part(self) -> Self:
        if self.touched is not None and self.answered is not None and self.answered > self.touched:
            raise ValueError("more answered than were touched")
        return self

    @property
    def rate(self) -> Decimal | None:
        """Of the touched those that answered, 0 to 1."""
        if self.touched is None or self.answered is None:
            return None
        return Decimal(self.answered) / Decimal(self.touched)


class Outcome(Said):
    how: Ending
    undertaking: bool = False
    """Some sell at a price that they undertook to keep, and pay no duty."""


class PastCase(Spoken):
    id: Id
    jurisdiction: Place
    authority: Id | Spoken
    """Of `config/deadlines`, else by name."""
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    origins: tuple[Place, ...]
    """Empty: any."""
    sources: Sources
    goods: Goods
    references: tuple[Reference, ...] = ()
    days: Annotated[tuple[Milestone, ...], Field(min_length=1)]
    rates: tuple[Rate, ...] = ()
    responses: tuple[Response, ...] = ()
    outcome: Outcome
    lessons: tuple[Said, ...] = ()
    """What answering brought, where no two rates say it."""
    fujian: Said | None = None

    @field_validator("jurisdiction", "origins")
    @classmethod
    def _are_places(cls, given: str | tuple[str, ...]) -> str | tuple[str, ...]:
        for code in (given,) if isinstance(given, str) else given:
            try:
                places.name(code)
            except KeyError:
                raise ValueError(f"{code}: no such place; ISO 3166, or EU, EAEU") from None
        return given

    def facts(self) -> Iterator[Fact]:
        yield self.goods
        yield from self.references
        yield from self.days
        yield from self.rates
        yield from self.responses
        yield self.outcome
        yield from self.lessons
        if self.fujian is not None:
            yield self.fujian

    def first(self, what: What) -> Milestone | None:
        return next((each for each in self.days if each.what == what), None)

    def last(self, what: What) -> Milestone | None:
        return next((each for each in reversed(self.days) if each.what == what), None)

    def begun(self) -> When:
        """When it was opened; else the first day that is known of it."""
        opened = self.first(What.INITIATION)
        return opened.day if opened else min((d.day for d in self.days), key=lambda day: day.first)


class Step(Table):
    """Who opened when: a case of the library, or what is known of another."""

    case: Id | None = None
    jurisdiction: Place | None = None
    origins: tuple[Place, ...] = ()
    day: Day | None = None
    source: str = ""

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        own = (self.jurisdiction, self.day, self.source or None)
        if self.case is None and None in own:
            raise ValueError("give the id of a case, or jurisdiction, day and source")
        if self.case is not None and any(own):
            raise ValueError("of a case of the library only its id is given")
        return self


class Echo(Spoken):
    """An echo chain: one market after the other on the same goods, or one market after goods of
    other origins."""

    id: Id
    hs: Annotated[tuple[str, ...], Field(min_length=1)]
    sources: Sources = {}
    steps: Annotated[tuple[Step, ...], Field(min_length=2)]

    _exist = field_validator("hs")(Goods._exist.__func__)  # type: ignore[attr-defined]  # noqa: SLF001


class Group(Spoken):
    """A file: the cases of a group of products."""

    cases: tuple[PastCase, ...] = ()
    echoes: tuple[Echo, ...] = ()
