"""Reading by ordered rules: what sort of document a title and an abstract announce.

The rules are data (`rulebooks/<source>.toml`, whose head explains the lists). Here is only what is
done with them. A rule file is checked when it is loaded: an unknown word, an unknown field or a
pattern that does not compile is an error that names its place.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from bundles.words import Event, Kind, Outcome, Proceeding

RULES = Path(__file__).with_name("rulebooks")
RANK = {event: rank for rank, event in enumerate(Event)}
"""Events in the order of the contract: what changes most for a respondent first."""

DETERMINATIONS: dict[str, frozenset[Event]] = {
    "remedy": frozenset({Event.FINAL, Event.PRELIMINARY, Event.AMENDED}),
    "section_337": frozenset({Event.FINAL, Event.ORDER}),
}
"""Events whose notice carries a determination, or amends one. The order of a trade remedy rests on
determinations published before it; that of Section 337 is part of the final determination."""

DETERMINING: dict[str, frozenset[Proceeding]] = {
    "remedy": frozenset({Proceeding.INVESTIGATION, Proceeding.CIRCUMVENTION_INQUIRY}),
    "section_337": frozenset({Proceeding.INVESTIGATION, Proceeding.ENFORCEMENT}),
}
"""Procedures that end in a determination; a review ends in results, which have no outcome."""

_PLAIN = frozenset({"title", "number"})
"""Where rules look first: what these say stands, the type and the abstract fill what they leave."""

_DETERMINATION = re.compile("determination", re.IGNORECASE)


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE | re.DOTALL)
    except re.error as error:
        raise ValueError(f"{error} in {pattern!r}") from error


Pattern = Annotated[re.Pattern[str], BeforeValidator(_compiled)]
List = Literal["remedy", "section_337", "safeguard", "rules", "regulation", "none"]


class Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Family(Rule):
    """What sort of document; every pattern that is given has to agree."""

    name: str
    title: Pattern | None = None
    text: Pattern | None = None
    also_text: Pattern | None = None
    unless_title: Pattern | None = None
    needs_origin: bool = False
    kinds: tuple[Kind, ...]
    find_kinds: bool = False
    proceeding: Proceeding | None = None
    events: List

    def covers(self, document: "Document") -> bool:
        return (
            (self.title is None or bool(self.title.search(document.title)))
            and (self.text is None or bool(self.text.search(document.text)))
            and (self.also_text is None or bool(self.also_text.search(document.text)))
            and not (self.unless_title and self.unless_title.search(document.title))
            and (not self.needs_origin or document.names_an_origin())
        )


class KindRule(Rule):
    kind: Kind
    match: Pattern


class Noise(Rule):
    match: Pattern


class ProceedingRule(Rule):
    list: List
    proceeding: Proceeding
    match: Pattern


class EventRule(Rule):
    list: List
    where: Literal["title", "text", "type", "number"]
    match: Pattern
    event: Event | Literal[""]
    alone: bool = False
    first: bool = False
    weak: bool = False
    last: bool = False
    always: bool = False
    proceeding: Proceeding | None = None
    after: Event | None = None
    never_with: tuple[Event, ...] = ()
    unless: Pattern | None = None


class OutcomeRule(Rule):
    list: List
    outcome: Outcome
    title: Pattern | None = None
    also_title: Pattern | None = None
    whole: Pattern | None = None
    text: Pattern | None = None
    unless: Pattern | None = None


class AuthorityRule(Rule):
    name: str
    match: Pattern


class Gate(Rule):
    """Plain words, in lower case, one of which stands in every document that a family covers."""

    title: tuple[str, ...]
    text: tuple[str, ...]

    def opens(self, document: "Document") -> bool:
        title, text = document.title.lower(), document.text.lower()
        return any(word in title for word in self.title) or any(word in text for word in self.text)


class RuleBook(Rule):
    gate: Gate
    family: tuple[Family, ...]
    kind: tuple[KindRule, ...]
    kind_noise: tuple[Noise, ...]
    proceeding: tuple[ProceedingRule, ...]
    event: tuple[EventRule, ...]
    outcome: tuple[OutcomeRule, ...]
    outcome_noise: tuple[Noise, ...]
    authority: tuple[AuthorityRule, ...]


@cache
def book(source: str) -> RuleBook:
    """The rules of a source. Raises pydantic.ValidationError, tomllib.TOMLDecodeError."""
    text = (RULES / f"{source.replace('-', '_')}.toml").read_text(encoding="utf-8")
    return RuleBook.model_validate(tomllib.loads(text))


@dataclass(frozen=True, slots=True)
class Document:
    """What the rules look at. `tail`: the title without its products and their origins."""

    title: str
    tail: str
    text: str
    type: str = ""
    number: str = ""
    case_numbers: str = ""
    names_an_origin: Callable[[], bool] = lambda: False

    def beside(self, tail: str) -> "Document":
        return replace(self, tail=tail)


@dataclass(frozen=True, slots=True)
class Reading:
    kinds: tuple[Kind, ...]
    proceeding: Proceeding | None
    event: Event
    also: tuple[Event, ...]
    outcome: Outcome | None

    def words(self) -> dict[str, Any]:
        """The reading as fields of an item."""
        return {
            "kinds": self.kinds,
            "proceeding": self.proceeding,
            "event": self.event,
            "also": self.also,
            "outcome": self.outcome,
        }


OTHER = Reading((Kind.OTHER,), None, Event.OTHER, (), None)
"""Of a document that is nothing that this house is about."""


def family_of(rules: RuleBook, document: Document) -> Family | None:
    """The first family that covers the document; None where it is nothing that we are about."""
    if not rules.gate.opens(document):
        return None
    found = next((family for family in rules.family if family.covers(document)), None)
    return None if found is None or found.events == "none" else found


def read(rules: RuleBook, family: Family, document: Document) -> Reading:
    """The words that a document of the family says."""
    proceeding = family.proceeding or _proceeding(rules, family.events, document)
    found = _events(rules, family.events, document, proceeding)
    event, *also = found or [Event.OTHER]
    return Reading(
        kinds=_kinds(rules, family, document),
        proceeding=proceeding,
        event=event,
        also=tuple(also),
        outcome=_outcome(rules, family.events, document, proceeding, found),
    )


def authority(rules: RuleBook, title: str, text: str) -> str | None:
    """The agency that speaks, where the document does not name it in a field."""
    whole = f"{title}\n{text}"
    return next((rule.name for rule in rules.authority if rule.match.search(whole)), None)


def _kinds(rules: RuleBook, family: Family, document: Document) -> tuple[Kind, ...]:
    """By the words of the title, else the abstract's, else the numbers of the case."""
    if not family.find_kinds:
        return family.kinds
    for words in (document.title, document.text, document.case_numbers):
        text = words
        for noise in rules.kind_noise:
            text = noise.match.sub(" ", text)
        if found := tuple(rule.kind for rule in rules.kind if rule.match.search(text)):
            return found
    return family.kinds


def _proceeding(rules: RuleBook, events: List, document: Document) -> Proceeding | None:
    mine = [rule for rule in rules.proceeding if rule.list == events]
    for text in (document.tail, document.title, document.text):
        for rule in mine:
            if rule.match.search(text):
                return rule.proceeding
    return None


def _events(
    rules: RuleBook, events: List, document: Document, proceeding: Proceeding | None
) -> dict[Event, None]:
    """Every event that the rules find, each once, in the order of the contract."""
    state = _Events(document, proceeding)
    mine = [rule for rule in rules.event if rule.list == events]
    for rule in mine:
        if rule.where in _PLAIN and not rule.last and state.apply(rule) and rule.alone:
            return state.found
    if not state.found and state.weak:
        state.found[state.weak] = None
    for rule in mine:
        if rule.where not in _PLAIN and (rule.always or not state.found):
            state.apply(rule)
    for rule in mine:
        if rule.last and not state.found:
            state.apply(rule)
    return state.ordered()


class _Events:
    """What has been found so far, and what of the tail has not been consumed yet."""

    def __init__(self, document: Document, proceeding: Proceeding | None) -> None:
        self.document = document
        self.proceeding = proceeding
        self.tail = document.tail
        self.found: dict[Event, None] = {}
        self.weak: Event | None = None
        self.first: Event | None = None

    def apply(self, rule: EventRule) -> bool:
        """Whether the rule speaks; a rule on the title consumes what it matched."""
        if not self._applies(rule):
            return False
        text = self._text(rule)
        if not (match := rule.match.search(text)):
            return False
        if rule.where == "title":
            self.tail = rule.match.sub(" ", self.tail) if match[0] else self.tail
        if rule.event and not any(event in self.found for event in rule.never_with):
            self._take(rule, Event(rule.event))
        return True

    def ordered(self) -> dict[Event, None]:
        """What changes most first, unless a rule says what stands first."""
        ranked = sorted(self.found, key=lambda event: (event is not self.first, RANK[event]))
        return dict.fromkeys(ranked)

    def _take(self, rule: EventRule, event: Event) -> None:
        if rule.weak:
            self.weak = self.weak or event
            return
        self.found[event] = None
        if rule.first:
            self.first = event

    def _applies(self, rule: EventRule) -> bool:
        return (
            (rule.proceeding is None or rule.proceeding is self.proceeding)
            and (rule.after is None or rule.after in self.found)
            and not (rule.unless and rule.unless.search(self._whole(rule)))
        )

    def _text(self, rule: EventRule) -> str:
        return self.tail if rule.where == "title" else self._whole(rule)

    def _whole(self, rule: EventRule) -> str:
        match rule.where:
            case "title":
                return self.document.tail
            case "text":
                return self.document.text
            case "type":
                return self.document.type
            case "number":
                return self.document.number


def _outcome(
    rules: RuleBook,
    events: List,
    document: Document,
    proceeding: Proceeding | None,
    found: dict[Event, None],
) -> Outcome | None:
    carried = DETERMINATIONS.get(events, frozenset()) & found.keys()
    if proceeding not in DETERMINING.get(events, frozenset()) or not carried:
        return None
    if carried == {Event.AMENDED} and not _DETERMINATION.search(document.tail):
        return None
    tail = document.tail
    for noise in rules.outcome_noise:
        tail = noise.match.sub(" ", tail)
    mine = (rule for rule in rules.outcome if rule.list == events)
    return next((rule.outcome for rule in mine if _decides(rule, tail, document)), None)


def _decides(rule: OutcomeRule, tail: str, document: Document) -> bool:
    """`tail`: without what never decides, such as critical circumstances."""
    return (
        (rule.title is None or bool(rule.title.search(tail)))
        and (rule.whole is None or bool(rule.whole.search(document.tail)))
        and (rule.also_title is None or bool(rule.also_title.search(tail)))
        and (rule.text is None or bool(rule.text.search(document.text)))
        and not (rule.unless and rule.unless.search(tail))
    )
