"""The whole result as CSV and XLSX: complete, in the reader's language, and no formula in it."""

import csv
from io import BytesIO, StringIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from monitor.search.room import room
from tests.monitor.web.house import SEEN, House

HOSTILE = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "＝1",
    "\t=1",
    "<script>",
    "\u202eevil",
]


@pytest.fixture
def filled(house: House, index: None) -> list[str]:
    for title in HOSTILE:
        house.notice(title=f"{title} mouldings")
    for _ in range(30):
        house.notice()
    room().walk(SEEN)
    return HOSTILE


def _csv(client: Client, query: str) -> list[dict[str, str]]:
    response = client.get(f"/search/export.csv?{query}", headers={"accept-language": "en"})
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8")  # type: ignore[attr-defined]
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text[1:])))


def test_csv_holds_every_hit_and_no_formula(client: Client, filled: list[str]) -> None:
    rows = _csv(client, "q=mouldings")
    assert len(rows) == 38
    for row in rows:
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "＝"))
    assert any(row["Title"] == "'=1+1 mouldings" for row in rows)
    assert not any("\u202e" in row["Title"] for row in rows)


def test_xlsx_holds_the_same_as_text(client: Client, filled: list[str]) -> None:
    response = client.get("/search/export.xlsx?q=mouldings", headers={"accept-language": "zh"})
    assert response["Content-Disposition"].endswith('.xlsx"')
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    sheet = book.active
    assert sheet is not None
    assert sheet.max_row == 39
    assert sheet["A1"].value == "发布日期"
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(cell.value == "=1+1 mouldings" for cell in cells)


def test_filters_hold_for_exports(client: Client, filled: list[str]) -> None:
    assert _csv(client, "q=mouldings&market=EU") == []
    assert len(_csv(client, "q=market:US")) == 38


def test_by_the_exposure_of_a_base(client: Client, house: House, index: None) -> None:
    base = house.base("forest")
    small, large, none = house.notice(), house.notice(), house.notice()
    house.impact(base, house.entry(small, house.measure()), exposure_usd="1000")
    house.impact(base, house.entry(large, house.measure()), exposure_usd="9000")
    room().walk(SEEN)
    rows = _csv(client, "order=exposure:forest")
    assert [row["Number"] for row in rows] == [large.number, small.number]
    assert none.number not in {row["Number"] for row in rows}


def test_a_wrong_query_is_refused_in_words(client: Client, index: None, db: None) -> None:
    response = client.get("/search/export.csv?q=foo:bar", headers={"accept-language": "en"})
    assert response.status_code == 400
    assert "no field" in response.content.decode()
