"""Printed codes, then the ICS, then the words; and when the words say too little."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import products
from models.nomenclature import hs
from models.products.boilerplate import product_part
from models.products.evidence import Claim, merged
from models.products.query import Query
from models.products.references import references
from models.products.retrieval import retriever

LANGUAGES = frozenset("zh en es pt fr de tr ru ko ja vi id".split())


def classify(title: str, text: str = "", **more: str) -> products.Classification:
    return products.classify(products.Document("1", title, text, **more))


def test_a_printed_code_is_nearly_certain() -> None:
    result = classify("Porcelain tableware", "Classified in HTSUS 6911.10.3810.")
    assert result.codes_printed == ("6911103810",)
    assert result.hs6[0].code == "691110"
    assert result.hs4[0].code == "6911"
    assert result.hs6[0].probability >= 0.99
    printed = result.hs6[0].evidence[0]
    assert (printed["kind"], printed["printed"], printed["where"]) == (
        "printed",
        "6911.10.3810",
        "text:20",
    )


def test_a_claim_stands_at_the_level_that_was_printed() -> None:
    codes = {
        claim.code
        for claim in classify("x", "HS 6911.10, heading 9403, HS chapter 95").claims
        if claim.evidence[0]["kind"] == "printed"
    }
    assert codes == {"691110", "9403", "95"}


def test_a_wrong_code_claims_no_more_than_its_heading() -> None:
    result = classify("x", "HS 8138.9000 and HS 9403.05")
    assert result.codes_printed == ("81389000", "940305")
    (claim,) = [c for c in result.claims if c.evidence[0]["kind"] == "printed"]
    assert (claim.code, claim.probability) == ("9403", 0.7)
    assert "no subheading 9403.05" in claim.evidence[0]["note"]


def test_the_ics_claims_the_headings_of_its_group() -> None:
    result = classify("Safety of domestic articles", "ICS: 97.140")
    by_ics = [c for c in result.hs4 if c.evidence[0]["kind"] == "ics"]
    assert {c.code for c in by_ics} == {"9401", "9403", "9404"}
    assert not result.too_vague


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Certain Steel Nails From China: Final Results of the Third Sunset Review", "7317"),
        ("对原产于中国的无框玻璃镜发起反倾销调查", "7009"),
        ("Glazed ceramic tiles", "6907"),
        ("陶瓷卫生洁具", "6910"),
        ("Quartz surface products", "6810"),
        ("Children's toys with small parts", "9503"),
        ("太阳能电池组件", "8541"),
        ("Dried mushrooms with excess sulphites", "0712"),
        ("LED lamps", "8539"),
        ("木制卧室家具", "9403"),
    ],
)
def test_words_find_the_heading(title: str, heading: str) -> None:
    result = classify(title)
    assert result.hs4[0].code == heading
    words = result.hs4[0].evidence[0]
    assert words["kind"] == "text"
    assert words["words"]


@pytest.mark.parametrize(
    "title", ["", "Notice of a public meeting", "关于召开会议的通知", "12345", "???"]
)
def test_too_vague_is_an_answer(title: str) -> None:
    assert classify(title).too_vague


def test_the_product_named_by_the_caller_leads() -> None:
    result = classify("Notice concerning lamps", product="steel nails")
    assert result.hs4[0].code == "7317"


def test_codes_already_read_are_not_read_again() -> None:
    result = products.classify(products.Document("1", "HS 6911", codes=()))
    assert result.codes_printed == ()


def test_a_batch_gives_what_one_by_one_gives() -> None:
    documents = [
        products.Document(str(n), title)
        for n, title in enumerate(["steel nails", "瓷砖", "", "HS 9403", "toys"])
    ]
    assert products.classify_many(documents) == [products.classify(d) for d in documents]
    assert products.classify_many([]) == []


@settings(deadline=None, max_examples=60)
@given(title=st.text(max_size=80), text=st.text(max_size=200))
def test_any_text_gives_probabilities_in_order(title: str, text: str) -> None:
    result = classify(title, text)
    for claims in (result.hs4, result.hs6):
        values = [claim.probability for claim in claims]
        assert values == sorted(values, reverse=True)
        assert all(0 <= value <= 1 for value in values)
        assert all(hs.exists(claim.code) for claim in claims)


def test_evidence_of_different_kinds_adds_up() -> None:
    printed = Claim("6907", 0.9, ({"kind": "printed"},))
    text = Claim("6907", 0.5, ({"kind": "text"},))
    (both,) = merged([text, printed, printed])
    assert both.probability == 0.95
    assert [item["kind"] for item in both.evidence] == ["printed", "printed", "text"]


@pytest.mark.parametrize(
    ("title", "product"),
    [
        ("Certain Steel Nails From the People's Republic of China: Final Results", "Steel Nails"),
        ("Barium Carbonate From China; Institution of a Five-Year Review", "Barium Carbonate"),
        ("对原产于或进口自中国的聚酯纱线(Polyester Yarn)启动反倾销调查", "聚酯纱线"),
        (
            "Energy Conservation Standards for Ceiling Fans",
            "Energy Conservation Standards for Ceiling Fans",
        ),
    ],
)
def test_boilerplate_comes_off(title: str, product: str) -> None:
    assert product_part(title) == product


def test_the_lexicon_is_sound() -> None:
    folder = Path(products.__file__).with_name("lexicon")
    seen: set[tuple[str, str]] = set()
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                assert hs.exists(row["hs"]), row
                assert len(row["hs"]) in {4, 6}, row
                assert row["term"] == row["term"].strip(), row
                assert row["language"] in LANGUAGES, row
                chinese = any("一" <= character <= "鿿" for character in row["term"])
                assert row["language"] in ({"zh", "ja"} if chinese else LANGUAGES - {"zh"}), row
                seen.add((row["term"], row["language"]))
    assert len(seen) > 1200


@pytest.mark.slow
def test_every_term_of_the_lexicon_finds_its_heading() -> None:
    """Terms that name goods of several headings may find any of these."""
    terms: dict[tuple[str, str, str], set[str]] = {}
    for entry in references():
        if entry.source == "lexicon":
            terms.setdefault((entry.text, "", entry.language), set()).add(entry.code[:4])
    rankings = retriever().rank([Query(*term) for term in terms])
    lost = [
        term
        for (term, headings), ranking in zip(terms.items(), rankings, strict=True)
        if next(iter(ranking.headings), None) not in headings
    ]
    assert len(lost) <= len(terms) * 0.03, lost


def test_a_term_of_several_headings_means_all_of_them_in_a_notice() -> None:
    result = classify("Certain Steel Racks From the People's Republic of China: Initiation")
    likely = {claim.code for claim in result.hs4 if claim.probability >= 0.5}
    assert {"7326", "9403"} <= likely
