"""A run over small sets of the real form: what is measured, what is absent, what folds do."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from models.products import Document
from models.products.evaluation import crossfit, report, sets
from models.products.evaluation.matchers import MATCHERS, Answer, Contender, answering
from models.products.evaluation.splits import FOLDS, HELD_OUT, fold
from models.products.matcher import Matcher
from models.products.retrieval import retriever
from models.products.stack import Stacks
from models.products.training import scales


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Rows of our own in the form of the labelled sets."""
    labelled = tmp_path / "labelled"
    labelled.mkdir()
    notices = [
        {"document_number": str(n), "title": f"Certain {product} From China; Review",
         "abstract": None, "itip_product": product, "hs6": [code], "hs4": [code[:4]]}
        for n, (product, code) in enumerate(
            [("Steel Nails", "731700"), ("Ceramic Tile", "690721"), ("Fresh Garlic", "070320"),
             ("Wooden Bedroom Furniture", "940350"), ("Glycine", "292249")]
        )
    ]  # fmt: skip
    lines = "\n".join(map(json.dumps, notices))
    (labelled / "fr_notices_with_hs.jsonl").write_text(lines, encoding="utf-8")
    terms = {"steel nails": "7317000000", "teapots": "6912000000", "garlic": "0703200000",
             "sofa": "9401610000", "umbrella": "6601990000", "bicycle": "8712003000",
             "lamp": "9405110000", "socks": "6115950000"}  # fmt: skip
    (labelled / "uk_search_references.json").write_text(json.dumps(terms), encoding="utf-8")
    return tmp_path


SERVICE = {report.SERVICE: MATCHERS[report.SERVICE]}


def test_what_is_there_is_measured_and_what_is_absent_is_named(folder: Path) -> None:
    found = report.measure(folder, SERVICE)
    assert {row.set for row in found.rows} <= {each.name for each in sets.SETS}
    (notices,) = [row for row in found.rows if row.set == "fr_notices_with_hs"]
    assert (notices.figures.documents, notices.figures.hit1) == (5, 1.0)
    assert "labelled/hscodecomp.jsonl" in found.absent
    table = list(report.table(found))
    assert any(line.startswith("ABSENT") for line in table)
    json.dumps(found.as_dict())


@pytest.mark.slow
def test_baselines_stand_beside(folder: Path) -> None:
    names = {row.matcher for row in report.measure(folder).rows}
    assert names == set(MATCHERS)


def test_folds_are_answered_by_who_has_not_learned_them(folder: Path) -> None:
    asked: list[tuple[int, list[str]]] = []

    def trainer(number: int) -> Contender:
        def answer(documents: Sequence[Document]) -> list[Answer]:
            asked.append((number, [document.id for document in documents]))
            return [Answer((("7317", 1.0),), (), vague=False) for _ in documents]

        return answer

    found = report.measure(folder, SERVICE, trainer, learns=True)
    (notices,) = [row for row in found.rows if row.set == "fr_notices_with_hs"]
    assert (notices.figures.hit1, notices.learned) == (0.2, False)
    cases = {c.document.id: c for c in sets.SETS[2].cases(folder)}
    assert [number for number, _ in asked] == list(range(FOLDS))
    for number, ids in asked:
        assert all(fold(cases[each].product) == number for each in ids)
    assert sorted(each for _, ids in asked for each in ids) == sorted(cases)


@pytest.mark.slow
def test_a_set_that_was_learned_says_so(folder: Path) -> None:
    rows = report.measure(folder, SERVICE, learns=True).rows
    assert {row.set: row.learned for row in rows}["fr_notices_with_hs"] is True
    assert any("has learned" in line for line in report.table(report.measure(folder, learns=True)))


def test_of_the_search_terms_only_the_held_out_fifth_measures(folder: Path) -> None:
    (terms,) = [each for each in sets.SETS if each.name.startswith("uk_")]
    cases = terms.cases(folder)
    assert all(fold(case.product) == HELD_OUT for case in cases)
    assert len(cases) < 8


def test_what_calibrates_is_answered_by_scales_fitted_without_its_heading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goods = [("nails", "731700"), ("tiles", "690721"), ("garlic", "070320"), ("sofa", "940161")]
    rows = [
        {
            "task_id": n,
            "product_name": f"{name} set {n}",
            "hs_code": code,
            "product_attributes": "{}",
        }
        | {f"cate_lv{level}_desc": "" for level in range(1, 6)}
        for n, (name, code) in enumerate(goods * 5)
    ]
    place = tmp_path / "labelled" / "hscodecomp.jsonl"
    place.parent.mkdir()
    place.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    monkeypatch.setattr(scales, "_LEAST", 10)
    by = crossfit.contenders(tmp_path, answering())
    assert len(by) == FOLDS
    (listings,) = [each for each in sets.SETS if each.name == "hscodecomp"]
    cases = listings.cases(tmp_path)
    answers = crossfit.answers(cases, by)
    for case, given in zip(cases, answers, strict=True):
        assert given == by[scales.fold_of(case)]([case.document])[0]
    marked = {row.set for row in report.measure(tmp_path, SERVICE).rows if row.cross_fitted}
    assert marked == {"hscodecomp", "hscodecomp (without shelf)"}
    assert crossfit.contenders(tmp_path, answering(Matcher(None, Stacks(), retriever()))) == []


def test_our_vague_titles_name_no_product() -> None:
    cases = sets.VAGUE[0].cases(Path())
    languages = [case.document.language for case in cases]
    assert languages.count("zh") >= 30
    assert languages.count("en") >= 30
    assert not any(case.hs4 for case in cases)
    assert len({case.document.title for case in cases}) == len(cases)


def test_codes_of_earlier_editions_are_right_as_hs2022_has_them(tmp_path: Path) -> None:
    row = {"document_number": "1", "title": "Telephones", "abstract": "", "itip_product": "x",
           "hs6": ["851712"], "hs4": ["8517"]}  # fmt: skip
    place = tmp_path / "labelled" / "fr_notices_with_hs.jsonl"
    place.parent.mkdir()
    place.write_text(json.dumps(row), encoding="utf-8")
    (case,) = sets.SETS[2].cases(tmp_path)
    assert {"851712", "851713", "851714"} <= case.hs6


@pytest.mark.real
def test_real_figures_of_retrieval(real_data: Path) -> None:
    """What the first model reaches is the least that any later one must."""
    found = report.measure(real_data, {"retrieval": MATCHERS["retrieval"]})
    by_set = {row.set: row.figures for row in found.rows}
    assert found.absent == []
    assert by_set["fr_notices_with_hs"].hit1 >= 0.85
    assert by_set["zh_trade_remedy_notices (as title)"].hit1 >= 0.8  # of 38: one is 0.026


@pytest.mark.real
def test_real_figures_of_what_serves(real_data: Path) -> None:
    """On sets of which nothing was learned: what was to be reached, where it is."""
    found = report.measure(real_data, SERVICE)
    by_set = {row.set: row.figures for row in found.rows}
    chinese = by_set["zh_trade_remedy_notices (as text)"]
    assert (chinese.hit1 >= 0.85, chinese.hit5 >= 0.97) == (True, True)
    assert by_set["uk_search_references (held-out fifth)"].hit5 >= 0.85
    listings = by_set["hscodecomp (without shelf)"]
    assert (listings.hit5 >= 0.85, listings.hs6_hit1 >= 0.45) == (True, True)
    crossed = {row.set: row.figures.ece10 for row in found.rows if row.cross_fitted}
    assert len(crossed) == 3
    assert all(error <= 0.05 for error in crossed.values()), crossed
    assert found.too_vague_precision is not None
    assert found.too_vague_precision >= 0.9
    ours = [figures.hit1 for name, figures in by_set.items() if name.startswith("our titles")]
    assert sum(ours) / len(ours) >= 0.85
