"""The library of past cases as it is shipped, and how a deployer's files are read."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from models.nomenclature import hs
from monitor.cases.past.library import PastCases, brought, lasted, took
from monitor.cases.past.reading import read
from monitor.cases.past.tables import Ending, Stage, What, Whom
from monitor.cases.past.when import When
from monitor.deadlines.library import Library
from monitor.deadlines.tables import RulesError

AUTHORITIES = {"br-decom": "BR", "eu-commission": "EU"}
CASE = """
zh = "鞋类"
en = "Footwear"

[[cases]]
id = "br-2008-footwear"
zh = "鞋类"
en = "Footwear"
jurisdiction = "BR"
authority = "br-decom"
kinds = ["anti_dumping"]
origins = ["CN"]
goods = { hs = ["6402"], source = "gta" }
days = [
  { what = "initiation", day = 2008-12-31, source = "gta" },
  { what = "measure", day = 2010-03-05, source = "待核实" },
]
outcome = { how = "measure", zh = "每双13.85美元", en = "US$13.85 a pair", source = "gta" }

[[cases.rates]]
whom = "everybody"
stage = "definitive"
kind = "anti_dumping"
amount = "13.85"
currency = "USD"
unit = "pair"
source = "gta"

[cases.sources]
gta = "https://www.globaltradealert.org/state-act/760/"
"""


@pytest.fixture(scope="module")
def library() -> PastCases:
    return PastCases.load()


@pytest.fixture
def wrong(tmp_path: Path) -> Callable[..., str]:
    """What is said of the file after a replacement."""

    def said(old: str, new: str, *, times: int = 1) -> str:
        assert CASE.count(old) >= 1
        text = CASE.replace(old, new, times)
        (tmp_path / "footwear.toml").write_text(text, encoding="utf-8")
        with pytest.raises(RulesError) as error:
            read(tmp_path, AUTHORITIES)
        return str(error.value)

    return said


def test_a_good_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "footwear.toml").write_text(CASE, encoding="utf-8")
    (case,) = read(tmp_path, AUTHORITIES)["footwear"].cases
    assert took(case) == 14
    assert [fact.is_sourced for fact in case.facts()] == [True, True, False, True, True]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('source = "gta" },\n  { what = "m', 'source = "wto" },\n  { what = "m', "not among its"),
        ('gta = "https', 'dou = "https://in.gov.br/"\ngta = "https', "nothing was read in `dou`"),
        ('gta = "https://', 'gta = "ftp://', "sources.gta"),
        ('hs = ["6402"]', 'hs = ["6408"]', "HS2022 has no 6408"),
        ('authority = "br-decom"', 'authority = "br-secex"', "no legal calendars of `br-secex`"),
        ('authority = "br-decom"', 'authority = "eu-commission"', "is not of BR"),
        ('jurisdiction = "BR"', 'jurisdiction = "XX"', "XX: no such place"),
        ("day = 2008-12-31", 'day = "end of 2008"', "days.1.day"),
        ("day = 2008-12-31", "day = 2011-12-31", "measure (2010-03-05) is before initiation"),
        ('currency = "USD"\n', "", "an amount needs its currency"),
        ('amount = "13.85"', 'percent = "5"\namount = "13.85"', "either percent, or amount"),
        ('whom = "everybody"', 'whom = "named"', "a firm is given where"),
        ('kind = "anti_dumping"\n', 'kind = "safeguard"\n', "not of kind safeguard"),
        ('how = "measure"', 'how = "won"', "outcome.how"),
        ('zh = "每双13.85美元", ', "", "outcome.zh"),
        ('id = "br-2008-footwear"', 'id = "br-2008-footwear"\nnote = "x"', "note"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    wrong: Callable[..., str], old: str, new: str, said: str
) -> None:
    found = wrong(old, new)
    assert said in found
    assert "footwear.toml" in found


def test_an_id_stands_once_over_all_files(tmp_path: Path) -> None:
    for name in ("footwear", "shoes"):
        (tmp_path / f"{name}.toml").write_text(CASE, encoding="utf-8")
    with pytest.raises(RulesError, match="`br-2008-footwear` stands twice"):
        read(tmp_path, AUTHORITIES)


def test_a_chain_names_cases_that_there_are(wrong: Callable[..., str]) -> None:
    chain = """
[[echoes]]
id = "footwear"
zh = "鞋类"
en = "Footwear"
hs = ["6402"]
steps = [{ case = "br-2008-footwear" }, { case = "ar-2009-footwear" }]
"""
    assert "there is no case `ar-2009-footwear`" in wrong('760/"\n', f'760/"\n{chain}')


def test_a_step_is_a_case_or_says_all_of_itself(wrong: Callable[..., str]) -> None:
    chain = """
[[echoes]]
id = "footwear"
zh = "鞋类"
en = "Footwear"
hs = ["6402"]
steps = [{ case = "br-2008-footwear" }, { jurisdiction = "AR", day = "2009" }]
"""
    assert "jurisdiction, day and source" in wrong('760/"\n', f'760/"\n{chain}')


@pytest.mark.parametrize(
    ("given", "later", "months"),
    [
        ("2008-12-31", "2010-03-05", 14),
        ("2012-02-16", "2012-12-26", 10),
        ("2012-12", "2013-02-01", 2),
        ("2009", "2010-03-22", None),
        ("2010-03-22", "2010-03-22", 0),
    ],
)
def test_months_are_counted_as_far_as_days_are_known(
    given: str, later: str, months: int | None
) -> None:
    assert When.read(given).months_to(When.read(later)) == months


# --- The library as it is shipped ----------------------------------------------------------------


def test_it_holds_the_thirty_seven_cases(library: PastCases) -> None:
    assert len(library.cases) == 37
    assert len(library.by_id) == 37
    sourced, open_ = library.tally()
    assert sourced > 8 * open_


def test_its_codes_and_authorities_exist(library: PastCases) -> None:
    codes = {code for case in library.cases for code in case.goods.hs}
    assert [code for code in sorted(codes) if not hs.exists(code)] == []
    calendars = Library.load(Path(settings.FENGHUO_DEADLINES)).authorities
    ours = {case.authority for case in library.cases if isinstance(case.authority, str)}
    assert ours <= set(calendars)


def test_each_says_how_it_ended_and_where_that_was_read(library: PastCases) -> None:
    unsourced = [case.id for case in library.cases if not case.outcome.is_sourced]
    unknown = [case.id for case in library.cases if case.outcome.how == Ending.UNKNOWN]
    assert unsourced == unknown


def test_golden_wood_mouldings(library: PastCases) -> None:
    case = library.by_id["us-2020-wood-mouldings"]
    assert took(case) == 12
    assert [(each.answered.figure, each.rest.figure) for each in brought(case)] == [
        (Decimal("45.49"), Decimal("230.36")),
        (Decimal("20.56"), Decimal("252.29")),
    ]
    assert [str(each.day) for each in case.days if each.what == What.REVIEW] == [
        "2023-09-12",
        "2024-09-18",
        "2025-06-16",
        "2026-01-02",
    ]
    ours = {rate.firm for rate in case.rates if rate.ours}
    assert ours == {"Fujian Yinfeng", "Fujian Jinquan"}


def test_golden_tableware_of_brazil(library: PastCases) -> None:
    case = library.by_id["br-2012-ceramic-tableware"]
    assert (took(case), lasted(case)) == (12, None)
    (found,) = brought(case)
    assert (found.answered.firm, found.answered.measured) == (
        "Guangxi Xin Fu Yuan",
        ("anti_dumping", "USD", "kg"),
    )
    assert (found.answered.figure, found.rest.figure) == (Decimal("1.84"), Decimal("5.14"))
    assert case.outcome.undertaking


def test_golden_canada_waterproof_footwear(library: PastCases) -> None:
    case = library.by_id["ca-2009-waterproof-footwear"]
    assert case.outcome.how == Ending.NO_MEASURE
    assert (str(case.begun()), took(case)) == ("2009-02-27", 6)
    (rate,) = case.rates
    assert (rate.whom, rate.stage, rate.percent) == (
        Whom.HIGHEST,
        Stage.PROVISIONAL,
        Decimal("52.30"),
    )
