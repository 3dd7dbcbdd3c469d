"""What is read as a code, what is not, and what a code is in HS2022."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.nomenclature import hs
from models.nomenclature.codes import FoundCode, find

PRINTED = [
    ("The tubes enter under HTSUS 7306.30.5032 and 7306.30.50.", ["7306305032", "73063050"]),
    (
        "subheadings 4409.10.4010, 4409.10.4090 and 4409.22.50",
        ["4409104010", "4409104090", "44092250"],
    ),
    ("falling under CN codes ex 6403 51 05 and 6911 10 00", ["64035105", "69111000"]),
    ("CN code 6911\u00a010\u00a000", ["69111000"]),
    ("(TARIC codes 6911 10 00 10 and 6911 10 00 90)", ["6911100010", "6911100090"]),
    ("ex 8545 11 00", ["85451100"]),
    ("NCM 6911.10.10 e 6912.00.00", ["69111010", "69120000"]),
    ("plywood (HS 4412)", ["4412"]),
    ("furniture of heading 9403", ["9403"]),
    ("headphones, HS code: 8518.30", ["851830"]),
    ("headphones (HS 851830)", ["851830"]),
    ("heading 69.07 of the Harmonized System", ["6907"]),
    ("HS: 33, 34", ["33", "34"]),
    ("tariff items 8536.50/8536.69", ["853650", "853669"]),
    ("ТН ВЭД ЕАЭС 7304 49 930 1", ["7304499301"]),
    ("fracción arancelaria 3920.49.99", ["39204999"]),
    ("GTİP 9105.21.00.00.00", ["910521000000"]),
    ("CCCN 8518.30.10.00.1&8518.30.20.00.9", ["85183010001", "85183020009"]),
    ("涉案产品的海关编码为3824 40 90。", ["38244090"]),
    ("涉及税号73064000、73069020等", ["73064000", "73069020"]),
    ("海关编码包括7216 61 00 57 7308 90 00 52", ["7216610057", "7308900052"]),
    ("税则号列：６９１１.１０.１０", ["69111010"]),
    ("HS编码6907项下", ["6907"]),
    ("进口瓷器（税目6911和6912）", ["6911", "6912"]),
    ("韩国海关税号为4412.31、4412.33和4412.34", ["441231", "441233", "441234"]),
    ("under 7209.\n16.0030 and 7209.17.\n0030", ["7209160030", "7209170030"]),
    ("the HTSUS classification of the porcelain concerned is 6911.10", ["691110"]),
]

NOT_PRINTED = [
    "Published on 29 November 2005; 2005-11-29; 2005.11.29; 11/29/2005",
    "case A-570-117, investigation 731-TA-1117, inquiry C-580-882",
    "notified as G/TBT/N/USA/1234 and G/SPS/N/CHN/9403",
    "call (202) 482-4136 or 0591-87502035, fax 8517-1200",
    "a deposit of $7208.10 or EUR 9403, about 8541.40 USD",
    "formaldehyde (CAS 50-00-0), nickel 7440-02-0",
    "86 FR 9486; 16 CFR 1112.15; 40 CFR part 770; 15 U.S.C. 2697; section 6907",
    "docket EPA-HQ-OPPT-2016-0461, document 2025-12345",
    "EN 71-1, ISO 8124, GB 6675.1, IEC 62115, ASTM F963",
    "the margin is 69.07 percent, up 85.17%",
    "under the heading ADDRESSES, see chapter 9 of the report",
    "本标准第4至6章为强制性条款",
    "型号编码为27489，条码8412842274891",
    "HS 2012 and HS2017 are editions of the nomenclature",
    "2024年12月31日，第2019/17号公告，联系电话：87502035",
    "HS ٦٩١١",
]


@pytest.mark.parametrize(("text", "digits"), PRINTED)
def test_reads_what_is_printed(text: str, digits: list[str]) -> None:
    assert [code.digits for code in find(text)] == digits


@pytest.mark.parametrize("text", NOT_PRINTED)
def test_leaves_other_numbers_alone(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize("text", NOT_PRINTED)
def test_leaves_them_alone_behind_a_real_code_too(text: str) -> None:
    found = find(f"Classified in HTSUS subheading 6911.10.10; {text}")
    assert [code.digits for code in found] == ["69111010"]


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("HS headings 0303 to 0307", ["0303", "0304", "0305", "0306", "0307"]),
        ("headings 6907–6908", ["6907", "6908"]),
        ("8536.50-8536.90", ["853650", "853661", "853669", "853670", "853690"]),
        ("第61至63章", ["61", "62", "63"]),
        ("chapters 61 to 63 and 65 of the HTS", ["61", "62", "63", "65"]),
        ("税则第72、73章", ["72", "73"]),
    ],
)
def test_spells_out_ranges(text: str, digits: list[str]) -> None:
    assert [code.digits for code in find(text)] == digits


def test_a_range_of_subheadings_holds_what_lies_between() -> None:
    found = find("7208.10 through 7208.54")
    assert [code.digits for code in found] == [c for c in hs.hs6_of("7208") if c <= "720854"]
    assert found[1].printed == "7208.10 through 7208.54"


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("HTSUS 6911.10.10", "HTSUS"),
        ("6911.10.1010", "HTSUS"),
        ("CN code 6911 10 00", "CN"),
        ("CN code 6911 10 00 10", "TARIC"),
        ("ex 6911 10 00", "CN"),
        ("南共市税号6911.10.10", "NCM"),
        ("HS 6911.10", "HS"),
        ("HS code 69111010", "OTHER"),
        ("CCCN 6911.10.10.00.1", "CCCN"),
        ("ICS 97.140", "ICS"),
    ],
)
def test_says_whose_code_it_is(text: str, system: str) -> None:
    assert [code.system for code in find(text)] == [system]


def test_default_system_is_the_source_s() -> None:
    assert find("subheading 6911.10.10", default_system="HTSUS")[0].system == "HTSUS"


def test_ics_is_read_by_its_own_pattern() -> None:
    found = find("ICS: 97.140; 43.040.40. HS: 9403")
    assert [(c.digits, c.system) for c in found] == [
        ("97.140", "ICS"),
        ("43.040.40", "ICS"),
        ("9403", "HS"),
    ]
    assert find("measured 97.140 and 43.040.40") == []
    assert not find("ICS 98.100")[0].exists


def test_a_field_is_a_list_of_codes() -> None:
    found = find("8138.9000, 8708.3010, 33", where="field:hs")
    assert [c.digits for c in found] == ["81389000", "87083010", "33"]
    assert found[1].where == "field:hs:11"
    assert find("71.100.70", where="field:ics", default_system="ICS")[0].system == "ICS"


def test_a_code_that_nobody_knows_is_kept_and_explained() -> None:
    (wrong,) = find("8138.9000", where="field:hs")
    assert (wrong.exists, wrong.hs6, wrong.heading, wrong.chapter) == (False, (), None, "81")
    assert wrong.note is not None
    assert "heading 8138 is in no edition of the HS" in wrong.note
    assert "6813.89" in wrong.note


def test_a_wrong_subheading_keeps_its_heading() -> None:
    (wrong,) = find("HS 9403.05")
    assert (wrong.exists, wrong.hs6, wrong.heading) == (False, (), "9403")
    assert find("HS 7701.10")[0].note == "the HS has no chapter 77; it is kept free for later use"


def test_maps_earlier_editions() -> None:
    (tiles, panels) = find("HTSUS 6908.90.00 and 8541.40.60")
    assert (tiles.exists, tiles.heading) == (True, "6907")
    assert tiles.hs6 == ("690721", "690722", "690723", "690740")
    assert panels.hs6 == ("854141", "854142", "854143", "854149")
    assert panels.note == (
        "8541.40 is of HS2017; its goods are in 8541.41, 8541.42, 8541.43, 8541.49 of HS2022"
    )


def test_a_number_given_away_twice_is_read_by_its_year() -> None:
    assert find("heading 8524", year=2005)[0].heading == "8523"
    assert find("heading 8524", year=2024)[0].heading == "8524"
    assert find("heading 8524")[0].heading == "8524"


def test_special_provisions_are_no_goods() -> None:
    (special,) = find("HTSUS 9903.88.03")
    assert (special.exists, special.hs6, special.heading, special.chapter) == (True, (), None, None)


def test_ex_makes_it_partial() -> None:
    assert [c.partial for c in find("CN codes ex 8545 11 00 and 8545 90 90")] == [True, False]
    assert find("ex6911 10 00")[0].printed == "6911 10 00"


def test_each_code_once_where_it_stands_first() -> None:
    found = find("HS 6911, HS 6912, again HS 6911", where="abstract")
    assert [(c.digits, c.where) for c in found] == [("6911", "abstract:3"), ("6912", "abstract:12")]


SUBHEADINGS = st.sampled_from(hs.subheadings())


def dotted(code: str, extra: str) -> str:
    return ".".join(filter(None, (code[:4], code[4:6], extra)))


STYLES = {
    "htsus10": lambda c, n: (f"HTSUS {dotted(c, n)}", c + n),
    "htsus10 alone": lambda c, n: (dotted(c, n), c + n),
    "htsus8": lambda c, n: (f"subheading {dotted(c, n[:2])} of the HTSUS", c + n[:2]),
    "cn": lambda c, n: (f"CN code {c[:4]} {c[4:]} {n[:2]}", c + n[:2]),
    "taric": lambda c, n: (f"TARIC {c[:4]} {c[4:]} {n[:2]} {n[2:]}", c + n),
    "ncm": lambda c, n: (f"NCM {dotted(c, n[:2])}", c + n[:2]),
    "hs6": lambda c, n: (f"HS {dotted(c, '')}", c),
    "hs6 bare": lambda c, n: (f"HS code {c}", c),
    "heading": lambda c, n: (f"tariff heading {c[:4]}", c[:4]),
    "chinese": lambda c, n: (f"涉案产品海关编码为{c}{n[:2]}。", c + n[:2]),
    "chinese dotted": lambda c, n: (f"税号{dotted(c, n[:2])}项下", c + n[:2]),
    "chinese ten": lambda c, n: (f"税则号列：{c[:4]}.{c[4:]}{n[:2]}", c + n[:2]),
    "gtip": lambda c, n: (f"GTİP {dotted(c, n[:2])}.{n[2:]}.00", c + n + "00"),
}


@given(code=SUBHEADINGS, national=st.integers(0, 9999), style=st.sampled_from(sorted(STYLES)))
def test_a_code_survives_every_style(code: str, national: int, style: str) -> None:
    text, digits = STYLES[style](code, f"{national:04d}")
    found = find(text)
    assert [c.digits for c in found] == [digits]
    assert found[0].heading == code[:4]
    assert found[0].hs6 in {(code,), ()}
    assert text[int(found[0].where.rpartition(":")[2]) :].startswith(found[0].printed)


two = st.integers(10, 28).map(str)
NUMBERS = st.one_of(
    st.dates().map(lambda d: f"{d:%Y-%m-%d}"),
    st.dates().map(lambda d: f"{d.year:04d}年{d.month}月{d.day}日"),
    st.dates().map(lambda d: f"{d:%B} {d.day}, {d.year:04d}"),
    st.tuples(st.sampled_from("AC"), st.integers(100, 999), st.integers(100, 999)).map(
        lambda t: f"{t[0]}-{t[1]}-{t[2]}"
    ),
    st.integers(1000, 1999).map(lambda n: f"731-TA-{n}"),
    st.integers(1000, 9999).map(lambda n: f"G/TBT/N/USA/{n}"),
    st.integers(1000, 9999).map(lambda n: f"(202) 482-{n}"),
    st.tuples(st.integers(10, 9_999_999), two, st.integers(0, 9)).map(
        lambda t: f"CAS {t[0]}-{t[1]}-{t[2]}"
    ),
    st.tuples(st.integers(60, 90), st.integers(1000, 99999)).map(lambda t: f"{t[0]} FR {t[1]}"),
    st.tuples(st.integers(1, 50), st.integers(100, 1999)).map(lambda t: f"{t[0]} CFR {t[1]}.10"),
    st.tuples(st.integers(2015, 2026), st.integers(10000, 32000)).map(lambda t: f"{t[0]}-{t[1]}"),
    st.decimals(1000, 9999, places=2).map(lambda d: f"${d}"),
    st.decimals(0, 9999, places=2).map(lambda d: f"{d}%"),
    st.integers(1000, 9999).map(lambda n: f"EN {n}"),
    st.integers(1000, 9999).map(lambda n: f"{n} kg"),
)


@given(number=NUMBERS)
def test_other_numbers_never_become_codes(number: str) -> None:
    assert find(f"The notice names {number} in its text.") == []
    found = find(f"Under HTSUS 6911.10.10, see {number} for more.")
    assert [c.digits for c in found] == ["69111010"]


@given(st.text(alphabet="0123456789.-–/ ,;()exHS税号第章至\n", max_size=60))
def test_any_text_is_read_without_error(text: str) -> None:
    for code in find(text):
        assert re.fullmatch(r"[0-9.]+", code.digits)
        assert set(code.hs6) <= set(hs.subheadings())


def _agrees(code: FoundCode, gold: set[str]) -> bool:
    return any(code.digits.startswith(g) or g.startswith(code.digits) for g in gold)


@pytest.mark.parametrize(
    "text",
    [
        "HS " + "(,)" * 5000 + " 6907",
        "1, " * 5000,
        "第" + "1、" * 5000,
        "HTS " + "heading " * 5000 + "6907",
        "HS 6907" + " " * 5000 + "x",
    ],
)
def test_hostile_text_is_read_in_time(text: str) -> None:
    """Lists that could be read in two ways at every comma once took longer than anyone waits."""
    assert len(find(text)) <= 1


@pytest.mark.real
def test_chinese_notices(real_data: Path) -> None:
    """Codes that the notice prints: at least 99 of 100 are found, and as many found are right."""
    right = wrong = missed = 0
    path = real_data / "labelled" / "zh_trade_remedy_notices.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        plain = re.sub(r"[ .]", "", row["text"])
        gold = {code for code in row["codes"] if code in plain}
        found = find(row["text"])
        good = [code for code in found if _agrees(code, gold)]
        right += len(good)
        wrong += len(found) - len(good)
        missed += sum(not any(_agrees(code, {g}) for code in good) for g in gold)
    assert right > 100
    assert wrong <= right * 0.01
    assert missed <= right * 0.01


@pytest.mark.real
def test_federal_register_full_text(real_data: Path) -> None:
    """Every HTS number of ten digits is found, also where two columns were read as one."""
    pages = sorted((real_data / "feeds" / "us_federal_register_fulltext").glob("*.txt"))
    assert pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        printed = {
            re.sub(r"\D", "", number)
            for number in re.findall(r"(?<![\d.])\d{4}\.\s{0,2}\d\d\.\s{0,2}\d{4}(?!\d)", text)
        }
        assert printed <= {code.digits for code in find(text, default_system="HTSUS")}
