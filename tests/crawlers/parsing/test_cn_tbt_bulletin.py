"""Chinese bulletins: golden lines, anything at all, and the real transcriptions."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bundles.items import NoticeItem, RejectedRow
from bundles.words import DateKind, Event
from crawlers.parsing.cn_tbt_bulletin import SOURCE

Read = Callable[[str, bytes], list[NoticeItem | RejectedRow]]
FIELDS = st.sampled_from(
    ["url", "symbol", "date", "member", "title", "hs", "ics", "summary", "comment_deadline"]
)
VALUES = st.text() | st.integers() | st.sampled_from(["G/TBT/N/KOR/1", "韩国", "2024-01-01"])


def test_golden(matches_golden: Callable[[str, str], None]) -> None:
    matches_golden(SOURCE, "lines.jsonl")


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2025年3月9日前", date(2025, 3, 9)),
        ("2025-03-09", date(2025, 3, 9)),
        ("通报后60天", date(2025, 3, 9)),
        ("待定", None),
    ],
)
def test_a_deadline_as_printed(read: Read, printed: str, day: date | None) -> None:
    row = {
        "url": "https://example.org",
        "symbol": "G/TBT/N/KOR/1",
        "date": "2025-01-08",
        "member": "韩国",
        "title": "草案",
        "comment_deadline": printed,
    }
    (item,) = read(SOURCE, json.dumps(row).encode())
    assert isinstance(item, NoticeItem)
    assert [(d.date, d.printed) for d in item.dates] == ([(day, printed)] if day else [])


@given(st.lists(st.dictionaries(FIELDS, VALUES) | VALUES, max_size=5))
def test_every_line_comes_out_once(read: Read, rows: list[Any]) -> None:
    body = "\n\n".join(json.dumps(row) for row in rows).encode()
    results = read(SOURCE, body)
    assert len(results) == len(rows)
    assert all(result.model_dump_json() for result in results)


@given(st.binary())
def test_any_bytes_are_read_without_error(read: Read, body: bytes) -> None:
    for result in read(SOURCE, body):
        assert result.model_dump_json()


@pytest.mark.real
def test_the_real_transcriptions(read: Read, real_data: Path) -> None:
    path = real_data / "feeds" / "wto_tbt_sps" / "notifications.jsonl"
    results = read(SOURCE, path.read_bytes())
    items = {item.number: item for item in results if isinstance(item, NoticeItem)}
    print(f"\nBulletins: {len(items)} of {len(results)} read")
    assert len(results) == len(items) == 9
    assert items["G/TBT/N/TPKM/425/Add.5"].event == Event.ADOPTED
    assert items["G/TBT/N/TPKM/425/Add.5"].threads[0].keys == ("wto:G/TBT/N/TPKM/425",)
    brakes = items["G/TBT/N/CHN/1414"]
    dates = {d.kind: d.date for d in brakes.dates}
    assert dates[DateKind.COMMENTS_DUE] == date(2020, 5, 17)
    assert dates[DateKind.IN_FORCE] == date(2020, 6, 1)
    (typing_error,) = [code for code in brakes.codes if not code.exists]
    assert typing_error.printed == "8138.9000"
    assert typing_error.note is not None
