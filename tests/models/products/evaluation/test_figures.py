"""Figures of a handful of answers, worked out by hand; and what holds of any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.products import Document
from models.products.evaluation.diagram import svg
from models.products.evaluation.figures import bins, confusions, figures, ideal_error, worst
from models.products.evaluation.matchers import Answer
from models.products.evaluation.sets import Case
from models.products.evaluation.splits import FOLDS, fold


def case(number: int, *codes: str, product: str = "") -> Case:
    return Case(
        Document(str(number), "x"),
        frozenset(code[:4] for code in codes),
        frozenset(code for code in codes if len(code) == 6),
        product or str(number),
    )


def answer(*hs4: tuple[str, float], hs6: str = "", vague: bool = False) -> Answer:
    return Answer(hs4, ((hs6, 0.5),) if hs6 else (), vague)


CASES = [case(1, "731700"), case(2, "6907", "6910"), case(3, "9403"), case(4, "851770")]
ANSWERS = [
    answer(("7317", 0.9), hs6="731700"),
    answer(("7317", 0.8), ("6910", 0.1)),
    answer(vague=True),
    answer(("8471", 0.65), ("8517", 0.3), hs6="847130"),
]


def test_figures_by_hand() -> None:
    found = figures(CASES, ANSWERS)
    assert (found.documents, found.hit1, found.hit5) == (4, 0.25, 0.75)
    assert (found.hs6_hit1, found.hs6_hit5) == (0.5, 0.5)
    assert found.set_recall == pytest.approx(3 / 5)
    assert (found.coverage, found.precision) == (0.75, pytest.approx(1 / 3))
    assert found.ece10 == pytest.approx((0.1 + 0.8 + 0 + 0.65) / 4)


def test_what_is_confused_and_what_is_worst() -> None:
    assert confusions(CASES, ANSWERS) == [("69", "73", 1), ("85", "84", 1)]
    assert [(w["id"], w["answered"], w["among_five"]) for w in worst(CASES, ANSWERS)] == [
        ("2", "7317", True),
        ("4", "8471", True),
    ]


def test_the_worst_are_of_different_products() -> None:
    cases = [case(n, "6907", product="tile") for n in range(3)]
    assert len(worst(cases, [answer(("7317", 0.9))] * 3)) == 1


@given(
    st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40),
    st.sampled_from([10, 15]),
)
def test_bins_hold_every_answer_and_errors_are_shares(
    given_answers: list[tuple[float, bool]], count: int
) -> None:
    cases = [case(n, "7317") for n in range(len(given_answers))]
    answers = [answer(("7317" if right else "6907", sure)) for sure, right in given_answers]
    found = [each for each in bins(cases, answers, count) if each]
    assert sum(each.count for each in found) == len(cases)
    assert 0 <= figures(cases, answers).ece10 <= 1
    assert all(0 <= each.right <= 1 for each in found)


def test_a_perfectly_calibrated_matcher_has_no_error() -> None:
    cases = [case(n, "7317") for n in range(4)]
    answers = [answer(("7317" if n else "6907", 0.75)) for n in range(4)]
    assert figures(cases, answers).ece10 == pytest.approx(0)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_chance_alone_makes_an_error_and_always_the_same(said: list[float]) -> None:
    answers = [answer(("7317", sure)) for sure in said]
    mean, most = ideal_error(answers, 10)
    assert 0 <= mean <= 1
    assert 0 <= most <= 1
    assert ideal_error(answers, 10) == (mean, most)


def test_who_is_certain_has_no_chance_and_the_more_documents_the_less() -> None:
    assert ideal_error([answer(("7317", 1.0)), answer()], 10) == (0, 0)
    few, many = (ideal_error([answer(("7317", 0.5))] * n, 10)[0] for n in (16, 1600))
    assert few == pytest.approx(10 * many, rel=0.1)
    assert few == pytest.approx(0.1, abs=0.01), "a mean deviation: 0.8 of 0.5 / 4"


def test_the_diagram_shows_every_set_and_stretch() -> None:
    drawn = svg({name: bins(CASES, ANSWERS, 10) for name in ("one", "two", "three", "four")})
    assert drawn.count("<circle") == 4 * 4
    assert all(f">{name}</text>" in drawn for name in ("one", "four"))


@given(st.text())
def test_a_product_stays_in_its_fold(product: str) -> None:
    assert fold(product) == fold(product) < FOLDS


def test_folds_are_what_they_were() -> None:
    """The held-out fifth must be the same in training and in measuring, for ever."""
    assert [fold(word) for word in ("nail steel", "tile", "garlic")] == [2, 3, 2]
