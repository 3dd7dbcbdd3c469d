"""What is asked of a firm reads back as it was written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.bases import sheets
from monitor.bases.imports.problems import BadCellError
from monitor.bases.models import Enterprise

WORDS = st.text("鞋业abc 12", max_size=20).map(lambda text: " ".join(text.split()))
PLAIN = WORDS.filter(lambda text: text not in {"", "1", "2"} and not text.isspace())


@given(
    name=PLAIN,
    codes=st.lists(st.sampled_from(["64", "6403", "640411"]), unique=True),
    markets=st.lists(st.sampled_from(["US", "EU", "DE", "TW", "JP"]), unique=True),
    employees=st.none() | st.integers(0, 10**6),
)
def test_a_sheet_reads_back(
    name: str, codes: list[str], markets: list[str], employees: int | None
) -> None:
    firm = Enterprise(name_zh=name, hs_codes=codes, markets=markets, employees=employees)
    read = {n: sheets.BY_NAME[n].read(text) for n, text in sheets.of_firm(firm).items()}
    assert read == {field.name: getattr(firm, field.name) for field in sheets.FIELDS}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("uscc", "91999999000000019X"),
        ("hs_codes", "999999"),
        ("markets", "东南亚"),
        ("employees", "12.5"),
        ("email", "nobody"),
        ("annual_export_usd", "-1"),
    ],
)
def test_what_cannot_be_is_refused(name: str, typed: str) -> None:
    with pytest.raises(BadCellError):
        sheets.BY_NAME[name].read(typed)


def test_money_survives_a_json_field() -> None:
    said = {"name_zh": "x", "annual_export_usd": Decimal("1.20")}
    assert sheets.restored(sheets.plain(said)) == said
