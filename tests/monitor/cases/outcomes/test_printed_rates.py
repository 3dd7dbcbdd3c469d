"""Rates by company as notices print them."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.cases.outcomes.printed import rates_in

TABLE = """
The estimated weighted-average dumping margins are:
Exporter/producer
Weighted-average margin (percent)
Cash-deposit rate (percent)
Korea 35
Sample Steel Company 12 .......... 9.49 9.49
Sample Iron/Sample Iron Inter-
national Corporation ............. 4.61 0.00
All Others ....................... 6.05 6.05
Japan
Sample Works Co., Ltd. ........... 7.51 ............
All Others ....................... 5.58 ............
Disclosure
"""


def test_a_table_is_read_with_its_countries_broken_names_and_deposits() -> None:
    found = [
        (row.origin, row.name, str(row.rate), None if row.deposit is None else str(row.deposit))
        for row in rates_in(TABLE)
    ]
    assert found == [
        ("KR", "Sample Steel Company", "9.49", "9.49"),
        ("KR", "Sample Iron/Sample Iron International Corporation", "4.61", "0.00"),
        ("KR", "All Others", "6.05", "6.05"),
        ("JP", "Sample Works Co., Ltd", "7.51", None),
        ("JP", "All Others", "5.58", None),
    ]
    assert [row.is_all_others for row in rates_in(TABLE)] == [False, False, True, False, True]


def test_pairs_of_exporter_and_producer_and_the_entity_of_a_country() -> None:
    text = """Exporter \t Producer \t Dumping margin (percent)
Sample Pine Trading Co., Ltd ..... Sample Pine Wood Co., Ltd ...... 44.60
China-Wide Entity ................ 231.60"""
    pair, entity = rates_in(text)
    assert (pair.name, pair.producer) == (
        "Sample Pine Trading Co., Ltd",
        "Sample Pine Wood Co., Ltd",
    )
    assert (entity.is_country_wide, entity.rate) == (True, Decimal("231.60"))


@pytest.mark.parametrize(
    "text",
    [
        "Sample Pine Co., Ltd ......... 44.60",  # nothing says that this is percent
        "(percent)\nof manganese; (iii) none, or not more than 0.03\npercent of sulfur",
        "(percent)\nthe margin increased from 29.37 percent to 29.58",
        "",
    ],
)
def test_what_is_no_row_of_a_table_of_rates_is_none(text: str) -> None:
    assert rates_in(text) == []


NAMES = st.from_regex(r"[A-Z][a-z]{2,9} [A-Z][a-z]{2,9} Co\., Ltd", fullmatch=True)
RATES = st.decimals(Decimal(0), Decimal("999.99"), places=2)


@settings(max_examples=30)
@given(st.lists(st.tuples(NAMES, RATES), min_size=1, max_size=8))
def test_what_is_printed_is_read_back(rows: list[tuple[str, Decimal]]) -> None:
    lines = [f"{name} {'.' * 20} {rate}" for name, rate in rows]
    found = rates_in("\n".join(["Company    Rate (percent ad valorem)", *lines]))
    assert [(row.name, row.rate) for row in found] == rows


@pytest.mark.real
def test_true_notices_are_read(real_data: Path) -> None:
    """Of two-column print, some names are broken in ways that nothing tells: they match nobody."""
    folder = real_data / "feeds/us_federal_register_fulltext"
    rows = {file.name: rates_in(file.read_text(encoding="utf-8")) for file in folder.glob("*.txt")}
    printed = [(row.name, str(row.rate)) for row in rows["USA_Coated_Antidumping_A-580-878.txt"]]
    assert len(printed) == 11
    assert ("SeAH Steel Corporation", "1.99") in printed
    (others,) = (
        row for row in rows["USA_HR_Antidumping_A-580-883_2016.txt"]
        if row.is_all_others and row.origin == "KR"
    )  # fmt: skip
    assert (others.rate, others.deposit) == (Decimal("6.05"), Decimal("6.05"))
    assert sum(map(len, rows.values())) >= 60
