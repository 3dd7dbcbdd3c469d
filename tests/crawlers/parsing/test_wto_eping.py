"""ePing pages: golden notifications, errors that arrive with HTTP 200, anything at all."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bundles.items import NoticeItem, RejectedRow
from bundles.words import Event
from crawlers.parsing.wto_eping import LISTS, SOURCE

Read = Callable[[str, bytes], list[NoticeItem | RejectedRow]]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FIELDS = (
    "documentSymbol",
    "notifyingMember",
    "titlePlain",
    "descriptionPlain",
    "productsFreeTextPlain",
    "distributionDate",
    "commentDeadlineDate",
    "proposedEntryIntoForceDate",
    "notificationType",
)
VALUES = st.sampled_from(
    [
        "G/TBT/N/BRA/1",
        "G/SPS/N/EU/2/Add.1",
        "Brazil",
        "2024-05-06",
        "60 days from notification",
        "60 days",
        "Emergency",
        "HS 6403",
        "",
    ]
)


def notification(**more: str) -> dict[str, str]:
    return {
        "documentSymbol": "G/TBT/N/BRA/1/Add.1",
        "notifyingMember": "Brazil",
        "titlePlain": "Footwear",
        "distributionDate": "2024-05-06",
    } | more


def test_golden(matches_golden: Callable[[str, str], None]) -> None:
    matches_golden(SOURCE, "page.json")


@pytest.mark.parametrize("name", LISTS)
def test_the_list_is_found_wherever_it_stands(read: Read, name: str) -> None:
    (item,) = read(SOURCE, json.dumps({name: [notification()]}).encode())
    assert isinstance(item, NoticeItem)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"statusCode": 401, "message": "Access denied"}', "Access denied"),
        (b'{"error": "quota exceeded"}', "quota exceeded"),
        (b'{"totalCount": 3}', "no list of items"),
        (b"<html>", "not JSON"),
        (b"", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"12", "not a page"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_what_is_no_page_is_one_rejected_row(read: Read, body: bytes, reason: str) -> None:
    (rejected,) = read(SOURCE, body)
    assert isinstance(rejected, RejectedRow)
    assert reason in rejected.reason


def test_an_empty_page_is_empty(read: Read) -> None:
    assert read(SOURCE, b'{"items": [], "totalCount": 0}') == []


@pytest.mark.parametrize(
    ("words", "event", "also"),
    [
        ("The notified measure has been withdrawn.", Event.WITHDRAWN, ()),
        ("The order was revoked and is replaced.", Event.WITHDRAWN, ()),
        ("It entered into force on 1 May 2024.", Event.IN_FORCE, ()),
        ("Published on 1 May 2024, it enters into force on 1 May 2025.", Event.ADOPTED, ()),
        ("Adopted. It took effect on 2 May 2024.", Event.IN_FORCE, (Event.ADOPTED,)),
        ("The measure will be adopted later.", Event.OTHER, ()),
        ("The content or scope of the notified measure has been changed.", Event.PROPOSED, ()),
        ("Entry into force is postponed to 1 May 2026.", Event.DELAYED, ()),
        ("The period for comments has been re-opened.", Event.COMMENT_EXTENDED, ()),
        ("The deadline for comments is postponed to 9 June 2024.", Event.COMMENT_EXTENDED, ()),
        (
            "The comment period is extended; implementation is deferred.",
            Event.DELAYED,
            (Event.COMMENT_EXTENDED,),
        ),
        ("Interpretive guidance is available.", Event.GUIDANCE, ()),
        ("A translation can be had.", Event.OTHER, ()),
    ],
)
def test_what_an_addendum_reports(
    read: Read, words: str, event: Event, also: tuple[Event, ...]
) -> None:
    (item,) = read(SOURCE, json.dumps([notification(descriptionPlain=words)]).encode())
    assert isinstance(item, NoticeItem)
    assert (item.event, item.also) == (event, also)


@given(st.lists(JSON, max_size=5))
def test_every_row_comes_out_once(read: Read, rows: list[Any]) -> None:
    results = read(SOURCE, json.dumps({"items": rows}).encode())
    assert len(results) == len(rows)
    assert all(result.model_dump_json() for result in results)


@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), VALUES | st.text()), max_size=4))
def test_likely_rows_come_out_once(read: Read, rows: list[dict[str, str]]) -> None:
    results = read(SOURCE, json.dumps({"items": rows}).encode())
    assert len(results) == len(rows)


@given(st.binary())
def test_any_bytes_are_read_without_error(read: Read, body: bytes) -> None:
    for result in read(SOURCE, body):
        assert result.model_dump_json()
