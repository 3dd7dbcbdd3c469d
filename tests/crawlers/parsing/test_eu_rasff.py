"""The RASFF listing: golden rows, broken files, anything at all, and the whole real listing."""

import csv
import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bundles.items import NoticeItem, RejectedRow
from bundles.words import Event, Kind
from crawlers.parsing.eu_rasff import COLUMNS, SOURCE

Read = Callable[[str, bytes], list[NoticeItem | RejectedRow]]


def listing(*rows: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([list(COLUMNS), *rows])
    return text.getvalue().encode("utf-8-sig", "surrogatepass")


def test_golden(matches_golden: Callable[[str, str], None]) -> None:
    matches_golden(SOURCE, "listing.csv")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "no column Date of Case"),
        (b"Reference,Product\n1,Tea\n", "no column Date of Case"),
        (b"<html>Service unavailable</html>", "no column Date of Case"),
        (b'"' + b"x" * 200_000 + b'"', "not CSV"),
    ],
)
def test_a_file_without_the_listings_columns_is_one_rejected_row(
    read: Read, body: bytes, reason: str
) -> None:
    (rejected,) = read(SOURCE, body)
    assert isinstance(rejected, RejectedRow)
    assert reason in rejected.reason


def test_a_listing_without_rows_is_empty(read: Read) -> None:
    assert read(SOURCE, listing()) == []


def test_bytes_that_are_no_utf8_are_rejected_with_their_row(read: Read) -> None:
    row = ["Mar 1, 2024", "9", "Italy", "China", "Th\xe9", "Tea", "", ""]
    good, bad = read(
        SOURCE,
        listing(row) + listing(row)[3:].splitlines(keepends=True)[1].decode().encode("latin-1"),
    )
    assert isinstance(good, NoticeItem)
    assert isinstance(bad, RejectedRow)
    assert bad.reason == "not UTF-8"


@given(st.lists(st.lists(st.text(min_size=1), min_size=1, max_size=9), max_size=5))
def test_every_row_comes_out_once(read: Read, rows: list[list[str]]) -> None:
    body = listing(*rows)
    cells = csv.reader(io.StringIO(body.decode("utf-8-sig", "replace"), newline=""))
    expected = len([row for row in cells if row]) - 1
    assert len(read(SOURCE, body)) == expected


@given(st.binary())
def test_any_bytes_are_read_without_error(read: Read, body: bytes) -> None:
    for result in read(SOURCE, body):
        assert result.model_dump_json()


@pytest.mark.real
def test_the_whole_real_listing(read: Read, real_data: Path) -> None:
    results = read(SOURCE, (real_data / "feeds" / "eu_rasff_2020_2024.csv").read_bytes())
    items = [result for result in results if isinstance(result, NoticeItem)]
    rejected = [result for result in results if isinstance(result, RejectedRow)]
    print(f"\nRASFF: {len(items)} read, {Counter(row.reason for row in rejected)}")
    assert len(results) == 21_871
    assert len(rejected) == 2
    assert {row.reason for row in rejected} == {
        "Country Origin: Netherlands Antilles is no known place"
    }
    assert len({item.number for item in items}) == len(items)
    assert all(item.event == Event.ALERT_ADDED for item in items)
    chinese = [item for item in items if "CN" in item.origins]
    assert len(chinese) == 1_379
    alone = [item for item in chinese if item.origins == ("CN",)]
    assert all(item.kinds == (Kind.RECALL, Kind.BORDER_REFUSAL) for item in alone)
