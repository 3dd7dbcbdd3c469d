"""Scales make more or less sure; they neither change an order nor give out more than there is."""

import hashlib
import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.products import Document, artifacts, classify_many
from models.products.calibration import AS_STACKED, UNCALIBRATED, Calibration, Scale
from models.products.evaluation.splits import FOLDS
from models.products.forms import Form
from models.products.matcher import Matcher, of_stored
from models.products.network import Floats
from models.products.query import Query
from models.products.retrieval import retriever
from models.products.stack import Stacks
from models.products.training import train
from models.products.training.calibration import recalibrate
from models.products.training.scales import Labelled, crossed, fit
from models.products.training.sources import SOURCES

FLAT, SHARP = Scale(0.5, 0.9), Scale(1.6, 0.8)
TERMS = {"steel nails": "7317000000", "ceramic tiles": "6907210000", "citric acid": "2918140000",
         "bicycles": "8712003000", "office chairs": "9401390000"}  # fmt: skip
scales = st.builds(Scale, st.floats(0.2, 3), st.floats(0.5, 1))
weights = st.lists(st.floats(0.001, 1), min_size=2, max_size=30)


def shared(values: list[float]) -> Floats:
    found = np.array(values, np.float64)
    return (found / found.sum()).astype(np.float32)


def falling(found: dict[str, float]) -> bool:
    values = list(found.values())
    return all(a >= b * (1 - 1e-12) for a, b in pairwise(values))


@given(scales, weights)
def test_headings_keep_their_order_and_sum_to_no_more_than_the_reach(
    scale: Scale, values: list[float]
) -> None:
    shares = shared(values)
    found = {str(n): float(shares[n]) for n in np.argsort(-shares[:-1])}
    sure = scale.headings(found, shares)
    assert list(sure) == list(found)
    assert falling(sure)
    assert all(0 <= value <= 1 for value in sure.values())
    assert sum(sure.values()) <= scale.reach + 1e-9


@given(scales, weights, st.lists(weights, min_size=2, max_size=6))
def test_subheadings_keep_their_order_and_have_no_more_than_their_heading(
    scale: Scale, values: list[float], inner: list[list[float]]
) -> None:
    shares = shared(values)
    ordered = sorted(enumerate(shares[:-1].tolist()), key=lambda pair: -pair[1])[: len(inner)]
    headings = {str(n): value for n, value in ordered}
    of = {
        f"{code}.{n}": headings[code] * float(share)
        for code, some in zip(headings, inner, strict=False)
        for n, share in enumerate(shared(some))
    }
    finer = dict(sorted(of.items(), key=lambda pair: -pair[1]))
    sure = scale.headings(headings, shares)
    first = next(iter(headings))
    found = scale.subheadings(finer, headings[first], sure[first])
    assert list(found) == list(finer)
    assert falling(found)
    for code, share in sure.items():
        within = sum(value for fine, value in found.items() if fine.split(".")[0] == code)
        assert within <= share * (1 + 1e-6)


@given(weights)
def test_a_scale_of_one_and_one_changes_nothing(values: list[float]) -> None:
    shares = shared(values)
    found = {str(n): float(share) for n, share in enumerate(shares)}
    assert AS_STACKED.headings(found, shares) == pytest.approx(found, rel=1e-5)


def test_a_stack_that_was_stored_without_scales_has_none() -> None:
    stored = Stacks().as_dict()
    del stored["calibration"]
    assert Stacks.of_dict(stored).calibration == UNCALIBRATED
    scaled = replace(Stacks(), calibration=Calibration(shelf=FLAT))
    assert Stacks.of_dict(scaled.as_dict()) == scaled


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("data")
    (place / "labelled").mkdir()
    terms = place / "labelled" / "uk_search_references.json"
    terms.write_text(json.dumps(TERMS), "utf-8")
    return place


@pytest.fixture(scope="module")
def small(folder: Path) -> Matcher:
    chosen = [source for source in SOURCES if source.name == "uk_terms"]
    return train(folder, chosen, exclude=lambda _: False, stacks=Stacks())


def test_only_probabilities_change_and_not_those_of_notices(small: Matcher) -> None:
    scaled = small.calibrated(Calibration(term=SHARP, listing=SHARP, shelf=FLAT))
    term, notice = Document("1", "steel nails"), Document("2", "Certain Steel Nails From China")
    before, after = (classify_many([term, notice], each) for each in (small, scaled))
    assert before[1] == after[1]
    assert [c.code for c in before[0].hs4[:5]] == [c.code for c in after[0].hs4[:5]]
    assert {c.code for c in before[0].claims} == {c.code for c in after[0].claims}
    assert before[0].too_vague == after[0].too_vague
    assert before[0].hs4[0].probability != after[0].hs4[0].probability


def test_shares_are_those_before_calibration(small: Matcher) -> None:
    asked = [Query("steel nails"), Query("no goods at all")]
    shares = small.shares(asked)
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-5)
    again = small.calibrated(Calibration(term=FLAT)).shares(asked)
    assert np.array_equal(shares, again)
    with pytest.raises(ValueError, match="not calibrated"):
        Matcher(None, Stacks(), retriever()).shares(asked)


def best(scale: Scale, shares: Floats) -> float:
    return scale.headings({"7317": float(shares[:-1].max())}, shares)["7317"]


def drawn(scale: Scale, form: Form, count: int = 1500) -> list[Labelled]:
    """Answers of a stack that is as right as this scale says."""
    rng = np.random.default_rng(7)
    rows = rng.dirichlet(np.full(12, 0.3), count).astype(np.float32)
    right = rng.random(count) < np.array([best(scale, row) for row in rows])
    return [
        Labelled(form, row, bool(hit), n % FOLDS)
        for n, (row, hit) in enumerate(zip(rows, right, strict=True))
    ]


@pytest.mark.parametrize("scale", [FLAT, SHARP])
def test_the_fit_is_as_sure_as_the_answers_are_right(scale: Scale) -> None:
    examples = drawn(scale, "term")
    found = fit(examples)
    apart = [abs(best(found.term, e.shares) - best(scale, e.shares)) for e in examples]
    before = [abs(best(AS_STACKED, e.shares) - best(scale, e.shares)) for e in examples]
    assert np.mean(apart) < 0.03 < np.mean(before)
    assert (found.listing, found.shelf) == (AS_STACKED, AS_STACKED)


def test_few_examples_leave_the_stack_as_it_is() -> None:
    assert fit(drawn(FLAT, "shelf", 100)) == UNCALIBRATED


@settings(max_examples=FOLDS, deadline=None)
@given(st.integers(0, FOLDS - 1))
def test_scales_of_a_fold_know_nothing_of_its_examples(number: int) -> None:
    found = drawn(SHARP, "listing", 600)
    turned = [replace(e, right=not e.right) if e.fold == number else e for e in found]
    by_fold, otherwise = crossed(found), crossed(turned)
    assert by_fold[number] == otherwise[number]
    assert all(by_fold[n] != otherwise[n] for n in range(FOLDS) if n != number)


def stored(small: Matcher, place: Path) -> Path:
    place.write_bytes(artifacts.dump(small.content()))
    manifest = {"artifact": {}, "stacks": {}, "inputs": [{"source": "uk_terms"}]}
    place.with_suffix(".json").write_text(json.dumps(manifest), "utf-8")
    return place


@pytest.mark.slow
def test_the_stage_alone_gives_the_same_bytes_and_leaves_the_network(
    small: Matcher, folder: Path, tmp_path: Path
) -> None:
    scaled = small.calibrated(Calibration(term=FLAT))
    place = stored(scaled, tmp_path / "matcher.skops")
    made = recalibrate(folder, place)
    once = place.read_bytes()
    assert made["artifact"]["sha256"] == hashlib.sha256(once).hexdigest()
    assert recalibrate(folder, place) == made
    assert place.read_bytes() == once == artifacts.dump(small.content())
    content = artifacts.load(place)
    assert content is not None
    assert of_stored(content, "x").stacks == small.stacks, "too few terms for a scale"


def test_the_manifest_names_what_calibrates(small: Matcher, folder: Path, tmp_path: Path) -> None:
    place = stored(small, tmp_path / "matcher.skops")
    recalibrate(folder, place)
    manifest = json.loads(place.with_suffix(".json").read_text("utf-8"))
    terms = (folder / "labelled" / "uk_search_references.json").read_bytes()
    assert manifest["stacks"]["calibration"]["term"] == {"power": 1.0, "reach": 1.0}
    assert manifest["inputs"] == [
        {"source": "uk_terms"},
        {"source": "calibration", "path": "labelled/hscodecomp.jsonl", "absent": True},
        {
            "source": "calibration",
            "path": "labelled/uk_search_references.json",
            "sha256": hashlib.sha256(terms).hexdigest(),
        },
    ]


def test_without_an_artifact_there_is_nothing_to_calibrate(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is no artifact"):
        recalibrate(folder, tmp_path / "none.skops")
