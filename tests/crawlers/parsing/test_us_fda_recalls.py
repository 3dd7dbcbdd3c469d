"""FDA recalls: golden products, refused and empty answers, anything at all, the real answers."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bundles.items import NoticeItem, RejectedRow
from bundles.words import Event
from crawlers.backfill import read_file
from crawlers.parsing.us_fda_recalls import SOURCE

Read = Callable[[str, bytes], list[NoticeItem | RejectedRow]]
VALUES = st.none() | st.integers() | st.text() | st.sampled_from(["1", "Ongoing", "01/05/2026"])
FIELDS = st.sampled_from(
    [
        "PRODUCTID",
        "RECALLEVENTID",
        "PHASETXT",
        "FIRMLEGALNAM",
        "CENTERCD",
        "PRODUCTDESCRIPTIONTXT",
        "PRODUCTSHORTREASONTXT",
        "RECALLINITIATIONDT",
        "CENTERCLASSIFICATIONTYPETXT",
    ]
)


def test_golden(matches_golden: Callable[[str, str], None]) -> None:
    matches_golden(SOURCE, "response.json")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"MESSAGE": "denied", "STATUSCODE": 401}', "iRES 401: denied"),
        (b'{"STATUSCODE": 400}', "no RESULT"),
        (b"{}", "no STATUSCODE"),
        (b"[]", "no STATUSCODE"),
        (b"<html>", "not JSON"),
    ],
)
def test_what_is_no_answer_is_one_rejected_row(read: Read, body: bytes, reason: str) -> None:
    (rejected,) = read(SOURCE, body)
    assert isinstance(rejected, RejectedRow)
    assert reason in rejected.reason


def test_no_results_is_an_answer_without_rows(read: Read) -> None:
    assert read(SOURCE, b'{"MESSAGE": "No results found", "STATUSCODE": 412}') == []


@given(st.lists(st.dictionaries(FIELDS, VALUES) | VALUES, max_size=5))
def test_every_row_comes_out_once(read: Read, rows: list[Any]) -> None:
    results = read(SOURCE, json.dumps({"STATUSCODE": 400, "RESULT": rows}).encode())
    assert len(results) == len(rows)
    assert all(result.model_dump_json() for result in results)


@given(st.binary())
def test_any_bytes_are_read_without_error(read: Read, body: bytes) -> None:
    for result in read(SOURCE, body):
        assert result.model_dump_json()


@pytest.mark.real
def test_the_recorded_answers(real_data: Path) -> None:
    recorded = real_data / "feeds" / "us_recalls"
    results = list(read_file(SOURCE, recorded / "fda_test_happy_path_single_page.yaml"))
    items = [result for result in results if isinstance(result, NoticeItem)]
    print(f"\nFDA: {len(items)} of {len(results)} read, {Counter(i.event.value for i in items)}")
    assert len(results) == len(items) == 168
    assert len({item.number for item in items}) == 168
    assert len({key for item in items for key in item.threads[0].keys}) == 76
    assert sum(item.event == Event.CLOSED for item in items) == 53
    assert list(read_file(SOURCE, recorded / "fda_test_empty_result.yaml")) == []
    (refused,) = read_file(SOURCE, recorded / "fda_test_auth_failure.yaml")
    assert isinstance(refused, RejectedRow)
    assert "Authorization has been denied" in refused.reason
