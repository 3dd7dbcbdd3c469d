"""WTO symbols and day words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.parsing import day_words, wto_symbols
from crawlers.parsing.wto_symbols import Symbol

NOTICE = date(2025, 1, 8)


@given(
    st.builds(
        Symbol,
        st.sampled_from(["TBT", "SPS"]),
        st.sampled_from(["USA", "EU", "TPKM", "CHN"]),
        st.integers(1, 999_999),
        st.lists(
            st.tuples(st.sampled_from(["Add", "Corr", "Rev", "Suppl"]), st.integers(1, 40)),
            max_size=3,
        ).map(tuple),
    )
)
def test_a_symbol_reads_back(symbol: Symbol) -> None:
    assert wto_symbols.parse(str(symbol)) == symbol
    assert wto_symbols.parse(f" {str(symbol).lower()} ") == symbol
    assert wto_symbols.parse(symbol.base) == symbol._replace(parts=())
    assert symbol.place is not None


def test_symbols_in_running_text() -> None:
    text = "见G/TBT/N/TPKM/425/Add.4号文件; G/SPS/N/EU/0012, g/tbt/n/usa/1/REV.2/add.3."
    assert [str(symbol) for symbol in wto_symbols.find(text)] == [
        "G/TBT/N/TPKM/425/Add.4",
        "G/SPS/N/EU/12",
        "G/TBT/N/USA/1/Rev.2/Add.3",
    ]


@pytest.mark.parametrize("text", ["G/TBT/W/1", "G/SG/N/6/USA/15", "G/TBT/N/USA", "", "WT/DS379"])
def test_other_documents_are_no_symbols_of_notifications(text: str) -> None:
    assert wto_symbols.parse(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 August 2025", date(2025, 8, 1)),
        ("1st of August", None),
        ("August 1, 2025", date(2025, 8, 1)),
        ("Sept. 5, 2024", date(2024, 9, 5)),
        ("2025-08-01T00:00:00", date(2025, 8, 1)),
        ("2025-08-01T00:00:00Z", date(2025, 8, 1)),
        ("01/08/2025", date(2025, 8, 1)),
        ("2025年8月1日", date(2025, 8, 1)),
        ("2014/7/1", date(2014, 7, 1)),
        ("2025-02-30", None),
        ("soon", None),
    ],
)
def test_a_date(text: str, day: date | None) -> None:
    assert day_words.read(text) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("60 days from notification", 60),
        ("60 days", 60),
        ("45 calendar days after circulation", 45),
        ("通报后60天", 60),
        ("自通报之日起60天", 60),
        ("通报之后60天", 60),
        ("通报后60日", 60),
        ("待定", None),
        ("2025年3月9日前", None),
        ("sixty days", None),
    ],
)
def test_a_span_is_counted_from_the_notice(text: str, days: int | None) -> None:
    expected = NOTICE + timedelta(days) if days else None
    assert day_words.after(text, NOTICE) == expected


@pytest.mark.parametrize("text", ["To be determined", "待定", "not specified", "N/A", "-"])
def test_what_is_left_open(text: str) -> None:
    assert day_words.is_open(text)


@given(st.text())
def test_any_words_are_read_without_error(text: str) -> None:
    day_words.read(text)
    day_words.after(text, NOTICE)
    day_words.is_open(text)
    wto_symbols.find(text)
