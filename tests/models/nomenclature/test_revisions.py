"""The correlation of earlier editions: it leads into HS2022, and leaves no gap from HS2012 on."""

import csv
from pathlib import Path

import pytest

from models.nomenclature import hs, ics, revisions


def rows(name: str) -> list[dict[str, str]]:
    path = Path(revisions.__file__).with_name(name)
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


ROWS = rows("revisions.csv")


def test_every_row_leads_to_codes_of_hs2022() -> None:
    for row in ROWS:
        targets = row["to"].split()
        assert int(row["last"]) in revisions.EDITIONS[:-1], row
        assert targets, row
        assert all(hs.exists(code) for code in targets), row
        assert row["code"] not in targets, row


def test_the_codes_are_sorted_and_unique() -> None:
    codes = [row["code"] for row in ROWS]
    assert codes == sorted(set(codes))


def test_moved_says_where_to() -> None:
    moved = revisions.moved("853950")
    assert moved is not None
    assert moved.hs6 == ("853951", "853952")
    assert moved.note == "8539.50 is of HS2017; its goods are in 8539.51, 8539.52 of HS2022"
    assert revisions.moved("690721") is None


def test_where_only_the_heading_is_sure() -> None:
    moved = revisions.moved("720811")
    assert moved is not None
    assert (moved.hs6, moved.headings) == ((), ("7208",))


@pytest.mark.real
@pytest.mark.parametrize("edition", [2012, 2017])
def test_no_code_of_a_late_edition_is_lost(real_data: Path, edition: int) -> None:
    with (real_data / "nomenclature" / f"hs{edition}_en.csv").open(encoding="utf-8") as lines:
        codes = {row["code"] for row in csv.DictReader(lines)}
    lost = {c for c in codes if len(c) >= 4 and c[:2] < "98" and not hs.exists(c)}
    assert lost
    assert lost <= {row["code"] for row in ROWS}


def test_the_ics_table_leads_to_codes_of_hs2022() -> None:
    for row in rows("ics.csv"):
        assert ics.exists(row["ics"]), row
        assert all(hs.exists(code) for code in row["hs"].split()), row


def test_an_ics_subgroup_is_read_as_its_group() -> None:
    assert ics.hs_of("97.140") == ("9401", "9403", "9404")
    assert ics.hs_of("43.040.99") == ics.hs_of("43.040") == ("8708",)
    assert ics.hs_of("01.020") == ()
