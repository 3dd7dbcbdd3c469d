"""The rule book: checked when it is loaded, read in its order."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from crawlers.parsing import rules
from crawlers.parsing.rules import Document, RuleBook
from crawlers.parsing.us_federal_register import SOURCE

FAMILY = {"name": "duties", "title": "umbrella", "kinds": ["anti_dumping"], "events": "remedy"}


def event(match: str, word: str, **more: Any) -> dict[str, Any]:
    return {"list": "remedy", "where": "title", "match": match, "event": word, **more}


def book(*events: dict[str, Any], family: dict[str, Any] = FAMILY) -> RuleBook:
    return RuleBook.model_validate(
        {
            "gate": {"title": ["umbrella"], "text": []},
            "family": [family],
            "event": events,
            **{
                name: []
                for name in (
                    "kind",
                    "kind_noise",
                    "proceeding",
                    "outcome",
                    "outcome_noise",
                    "authority",
                )
            },
        }
    )


def read(rule_book: RuleBook, tail: str, text: str = "") -> list[str]:
    document = Document("Umbrellas", tail, text)
    family = rules.family_of(rule_book, document)
    assert family is not None
    reading = rules.read(rule_book, family, document)
    return [reading.event, *reading.also]


def test_the_packaged_book_loads() -> None:
    assert rules.book(SOURCE).family


@pytest.mark.parametrize(
    ("broken", "place"),
    [
        (lambda: book(event("x", "finalised")), "event.0.event"),
        (lambda: book(event("x", "final", until=1)), "event.0.until"),
        (lambda: book(event("(", "final")), "event.0.match"),
        (lambda: book(family={**FAMILY, "kinds": ["umbrellas"]}), "family.0.kinds.0"),
    ],
)
def test_a_broken_rule_is_an_error_that_names_its_place(
    broken: Callable[[], RuleBook], place: str
) -> None:
    with pytest.raises(ValidationError) as error:
        broken()

    assert ".".join(map(str, error.value.errors()[0]["loc"])).startswith(place)


def test_what_a_rule_matched_no_later_rule_sees() -> None:
    rule_book = book(
        event("postponement of final results", "postponed"),
        event("final", "final"),
    )

    assert read(rule_book, "Postponement of Final Results") == ["postponed"]
    assert read(rule_book, "Final Results; Postponement of Final Results") == ["final", "postponed"]


def test_events_stand_in_the_order_of_the_contract_unless_one_is_first() -> None:
    assert read(book(event("a", "comments"), event("b", "postponed")), "ab") == [
        "postponed",
        "comments",
    ]
    first = book(event("a", "comments", first=True), event("b", "postponed"))
    assert read(first, "ab") == ["comments", "postponed"]


def test_alone_ends_the_reading() -> None:
    assert read(book(event("c", "corrected", alone=True), event("f", "final")), "fc") == [
        "corrected"
    ]


def test_weak_and_last_rules_speak_where_nothing_else_does() -> None:
    rule_book = book(
        event("intent", "preliminary", weak=True),
        event("final", "final"),
        event("seeks comments", "comments", where="text"),
        event("umbrella", "other", last=True),
    )

    assert read(rule_book, "final intent") == ["final"]
    assert read(rule_book, "intent", "seeks comments") == ["preliminary"]
    assert read(rule_book, "umbrella", "seeks comments") == ["comments"]
    assert read(rule_book, "umbrella") == ["other"]


def test_a_document_without_a_family_is_none_of_ours() -> None:
    assert rules.family_of(book(), Document("Kites", "", "")) is None
    assert (
        rules.family_of(book(family={**FAMILY, "events": "none"}), Document("Umbrellas", "", ""))
        is None
    )
