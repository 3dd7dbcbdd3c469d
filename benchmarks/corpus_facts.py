"""What is drawn for synthetic notices beside their wording: who published what, when, about what.

Shares are guesses at the whole of what this house collects, with long tails: a few markets, kinds
and authorities have most of the notices, many have a few.
"""

import random
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

from bundles import places
from bundles.words import CASES, Event, Kind, Outcome, Proceeding
from models.nomenclature import hs

T = TypeVar("T")

LAST = date(2026, 2, 27)
"""The day after the newest document of the feeds: nothing is published later."""
YEARS = 18
"""How far back notices go; half of them are of the last five years."""

TRADERS = (
    "US EU IN BR TR MX JP KR GB VN AU CA ID TH AR ZA EAEU MY PH SA TW"
    " AE CL CO PE EG PK NG KE NZ CH NO IL KZ UA MA BD LK EC UY"
).split()
ORIGINS = "CN VN IN TR KR TW TH ID MY BR MX JP DE IT PL UA RU PK EG ZA".split()
BASES = (
    "electronics machinery textiles footwear ceramics stone furniture lighting bags agrifood"
    " appliances sports motors forestry ships"
).split()
AGENCIES = (
    "Environmental Protection Agency;Food and Drug Administration;Federal Aviation Administration;"
    "Coast Guard;Fish and Wildlife Service;National Oceanic and Atmospheric Administration;"
    "Department of Energy;Centers for Medicare & Medicaid Services;Agricultural Marketing Service;"
    "Animal and Plant Health Inspection Service;Federal Communications Commission;"
    "Securities and Exchange Commission;Consumer Product Safety Commission;"
    "National Highway Traffic Safety Administration;Food Safety and Inspection Service;"
    "Bureau of Industry and Security;"
    "Occupational Safety and Health Administration;Foreign-Trade Zones Board"
).split(";")
COMMERCE = ("International Trade Administration", "International Trade Commission")
AUTHORITIES = {
    "zh": ("{}商务部", "{}国家标准局", "{}食品药品监督管理局"),
    "es": ("Ministerio de Comercio de {}", "Secretaría de Economía de {}"),
    "vi": ("Bộ Công Thương {}",),
    "en": ("Ministry of Commerce, {}", "Ministry of Health, {}"),
}


class Weighted(Generic[T]):
    """Draws by given weights."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._among = list(weights)
        self._weights = list(accumulate(weights.values()))

    def one(self, chance: random.Random) -> T:
        at = bisect(self._weights, chance.random() * self._weights[-1], hi=len(self._among) - 1)
        return self._among[at]


def tail(among: Sequence[T], power: float = 1.0) -> Weighted[T]:
    """The weight of a rank falls with its power."""
    return Weighted({one: (rank + 3) ** -power for rank, one in enumerate(among)})


@dataclass(frozen=True)
class Family:
    """Notices of one sort: their share of all, in per cent, and what is drawn for them."""

    name: str
    share: float
    source: str
    language: str
    markets: Weighted[str]
    kinds: Weighted[Kind]


_REMEDIES = Weighted({Kind.ANTI_DUMPING: 68, Kind.COUNTERVAILING: 22, Kind.SAFEGUARD: 10})
_AMERICA = Weighted({"US": 1.0})
_OTHERS = tail(TRADERS[1:])

FAMILIES = (
    Family("gazette", 40, "us-federal-register", "en", _AMERICA, Weighted(
        {Kind.OTHER: 76, Kind.TECHNICAL_REGULATION: 15, Kind.SPS: 4, Kind.CONFORMITY_ASSESSMENT: 2,
         Kind.SECTION_337: 2, Kind.STANDARD: 1})),
    Family("remedies", 12, "us-federal-register", "en", _AMERICA, _REMEDIES),
    Family("alerts", 18, "eu-rasff", "en", Weighted({"EU": 1.0}), Weighted(
        {Kind.BORDER_REFUSAL: 60, Kind.RECALL: 40})),
    Family("chinese remedies", 8, "cn-cacs", "zh", _OTHERS, _REMEDIES),
    Family("chinese notifications", 12, "cn-tbt-bulletin", "zh", tail(TRADERS), Weighted(
        {Kind.TECHNICAL_REGULATION: 50, Kind.SPS: 30, Kind.CONFORMITY_ASSESSMENT: 12,
         Kind.STANDARD: 8})),
    Family("spanish", 6, "mx-dof", "es", tail("MX CO AR PE CL EC UY".split()), _REMEDIES),
    Family("vietnamese", 4, "vn-trav", "vi", Weighted({"VN": 1.0}), _REMEDIES),
)  # fmt: skip
_FAMILIES = Weighted({family: family.share for family in FAMILIES})

_EVENTS_OF_CASES = tail(
    [Event.FINAL, Event.INITIATED, Event.PRELIMINARY, Event.ORDER, Event.SCHEDULED, Event.CONTINUED,
     Event.OPPORTUNITY, Event.AMENDED, Event.RESCINDED, Event.POSTPONED, Event.TERMINATED,
     Event.REVOKED, Event.COMMENTS, Event.COURT, Event.SUSPENDED]
)  # fmt: skip
_EVENTS_OF_RULES = tail(
    [Event.PROPOSED, Event.ADOPTED, Event.IN_FORCE, Event.COMMENT_EXTENDED, Event.DELAYED,
     Event.GUIDANCE, Event.WITHDRAWN, Event.CORRECTED]
)  # fmt: skip
_EVENTS_OF_GOODS = Weighted({Event.REFUSED: 55, Event.RECALLED: 40, Event.CLOSED: 5})
_EVENTS_OF_OTHERS = Weighted({Event.OTHER: 90, Event.CORRECTED: 6, Event.COMMENTS: 4})
_PROCEEDINGS = tail(list(Proceeding))
_OUTCOMES = Weighted({Outcome.AFFIRMATIVE: 70, Outcome.NEGATIVE: 18, Outcome.MIXED: 12})
_LEVELS = Weighted({"red": 6, "orange": 14, "yellow": 30, "blue": 50})
_ORIGINS = tail(ORIGINS, 1.5)
_BASES = tail(BASES)
_AGENCIES = tail(AGENCIES)
_MEMBERS = tail(places.members("EU"))


class Facts(NamedTuple):
    """What a notice says happened, and whom it touches."""

    family: Family
    market: str
    authority: str
    kind: Kind
    event: Event
    proceeding: Proceeding | None
    outcome: Outcome | None
    origins: tuple[str, ...]
    published: date
    deadlines: tuple[date, ...]
    level: str | None
    bases: tuple[str, ...]

    @property
    def is_other(self) -> bool:
        return self.kind is Kind.OTHER


def drawn(chance: random.Random) -> Facts:
    family = _FAMILIES.one(chance)
    market, kind = family.markets.one(chance), family.kinds.one(chance)
    case, published = kind in CASES, _day(chance)
    event = _event(kind, chance)
    level, bases = _touch(kind, chance)
    decided = case and event in (Event.FINAL, Event.PRELIMINARY)
    return Facts(
        family=family,
        market=market,
        authority=_authority(family, market, chance),
        kind=kind,
        event=event,
        proceeding=_PROCEEDINGS.one(chance) if case else None,
        outcome=_OUTCOMES.one(chance) if decided else None,
        origins=_origins(kind, chance),
        published=published,
        deadlines=_deadlines(published, chance),
        level=level,
        bases=bases,
    )


def claims(codes: Sequence[str], chance: random.Random) -> list[tuple[str, float]]:
    """The codes of a notice and how probable they are, and a few of the same headings that are
    less so; each code once."""
    found = {code: chance.uniform(0.3, 1.0) for code in codes}
    for code in codes:
        for near in chance.choices(hs.hs6_of(code[:4]) or (code,), k=2):
            found.setdefault(near, chance.uniform(0.02, 0.3))
    return list(found.items())


def subheading(chance: random.Random, chapters: range = range(1, 98)) -> str:
    """Goods of few headings are in many notices."""
    return chance.choice(hs.hs6_of(_headings(chapters).one(chance)))


@cache
def _headings(chapters: range) -> Weighted[str]:
    found = [code for code in hs.headings() if int(code[:2]) in chapters]
    random.Random(0).shuffle(found)
    return tail(found, 0.8)


def _event(kind: Kind, chance: random.Random) -> Event:
    if kind in CASES:
        return _EVENTS_OF_CASES.one(chance)
    if kind in (Kind.RECALL, Kind.BORDER_REFUSAL):
        return _EVENTS_OF_GOODS.one(chance)
    return (_EVENTS_OF_OTHERS if kind is Kind.OTHER else _EVENTS_OF_RULES).one(chance)


def _day(chance: random.Random) -> date:
    return LAST - timedelta(days=int(YEARS * 365 * chance.random() ** 1.85))


def _deadlines(published: date, chance: random.Random) -> tuple[date, ...]:
    """A third of the notices have one, a few two."""
    count = chance.choices((0, 1, 2), cum_weights=(66, 93, 100))[0]
    return tuple(published + timedelta(days=chance.randint(10, 120)) for _ in range(count))


def _origins(kind: Kind, chance: random.Random) -> tuple[str, ...]:
    if kind not in CASES and chance.random() < 0.6:
        return ()
    count = chance.choices((1, 2, 4), cum_weights=(80, 93, 100))[0]
    return tuple(dict.fromkeys(_ORIGINS.one(chance) for _ in range(count)))


def _touch(kind: Kind, chance: random.Random) -> tuple[str | None, tuple[str, ...]]:
    """A quarter of the notices about goods concern a base."""
    if kind is Kind.OTHER or chance.random() > 0.25:
        return None, ()
    count = chance.choices((1, 2, 3), cum_weights=(70, 92, 100))[0]
    return _LEVELS.one(chance), tuple(dict.fromkeys(_BASES.one(chance) for _ in range(count)))


def _authority(family: Family, market: str, chance: random.Random) -> str:
    match family.name:
        case "gazette":
            return _AGENCIES.one(chance)
        case "remedies":
            return chance.choice(COMMERCE)
        case "alerts":
            return f"RASFF, {places.name(_MEMBERS.one(chance))}"
    return chance.choice(AUTHORITIES[family.language]).format(places.name(market, family.language))
