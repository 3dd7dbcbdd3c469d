"""Training from declared inputs: the same inputs, the same bytes; what is kept out stays out."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
import skops.io
from click.testing import CliRunner
from skops.io.exceptions import UntrustedTypesFoundException

from config.cli.train import command
from models.products import Document, artifacts, classify_many
from models.products.matcher import Matcher, of_stored
from models.products.network import NOTHING
from models.products.query import Query
from models.products.retrieval import retriever
from models.products.stack import Stack, Stacks
from models.products.training import held_out, related, train
from models.products.training.sources import SOURCES, Example, current, examples

TERMS = {
    "steel nails": "7317000000",
    "roofing nails": "7317000000",
    "ceramic tiles": "6907210000",
    "glazed wall tiles": "6907220000",
    "bicycles": "8712003000",
    "folding bicycles": "8712003000",
    "citric acid": "2918140000",
    "tartaric acid": "2918120000",
    "office chairs": "9401390000",
    "wooden chairs": "9401690000",
}
NOTICE = {
    "title": "Steel Nails From China: Final Results of Review",
    "itip_product": "Steel Nails",
    "phase_text": "Final Results of Review",
    "hs6": ["731700"],
}
SMALL = tuple(s for s in SOURCES if s.name in {"uk_terms", "us_notices", "procedures"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    labelled = tmp_path / "labelled"
    labelled.mkdir()
    (labelled / "uk_search_references.json").write_text(json.dumps(TERMS), "utf-8")
    (labelled / "fr_notices_with_hs.jsonl").write_text(json.dumps(NOTICE) + "\n", "utf-8")
    return tmp_path


@pytest.fixture
def small(folder: Path) -> Matcher:
    return train(folder, SMALL, exclude=lambda _: False, stacks=Stacks())


def test_the_same_inputs_give_the_same_bytes(folder: Path, small: Matcher) -> None:
    again = train(folder, SMALL, exclude=lambda _: False, stacks=Stacks())
    assert artifacts.dump(small.content()) == artifacts.dump(again.content())


def test_a_stored_matcher_answers_as_the_trained_one(tmp_path: Path, small: Matcher) -> None:
    place = tmp_path / "matcher.skops"
    place.write_bytes(artifacts.dump(small.content()))
    stored = artifacts.load(place)
    assert stored is not None
    loaded = of_stored(stored, small.name)
    documents = [Document("1", "Certain steel nails"), Document("2", "瓷砖"), Document("3", "")]
    assert classify_many(documents, loaded) == classify_many(documents, small)


def test_without_an_artifact_retrieval_serves(tmp_path: Path) -> None:
    assert artifacts.load(tmp_path / "none.skops") is None
    alone = Matcher(None, Stacks(), retriever())
    (found,) = classify_many([Document("1", "steel nails")], alone)
    assert (found.model, found.hs4[0].code) == ("retrieval-1", "7317")
    with pytest.raises(ValueError, match="nothing to store"):
        alone.content()


def test_the_network_learns_the_terms(small: Matcher) -> None:
    assert small.network is not None
    network = small.network
    hidden = network.hidden(network.inputs(list(TERMS)))
    best = network.log_probabilities(hidden).argmax(axis=1)
    right = [network.classes[n] == TERMS[term][:4] for n, term in zip(best, TERMS, strict=True)]
    assert np.mean(right) >= 0.9
    assert network.deciding("folding bicycles", hidden[5], "8712")


def test_probabilities_of_headings_and_nothing_sum_to_one(small: Matcher) -> None:
    asked = [Query(text) for text in ("steel nails", "no goods at all", "")]
    found = [judged.headings for judged in small.judge(asked)]
    assert all(0 <= sum(shares.values()) <= 1 + 1e-5 for shares in found)
    shares = Stack().headings(np.zeros((2, 4), np.float32), np.zeros((2, 3), np.float32))
    assert np.allclose(shares.sum(axis=1), 1)


def test_what_is_excluded_is_not_learned(folder: Path) -> None:
    seen: list[Example] = []

    def without_nails(example: Example) -> bool:
        seen.append(example)
        return related(example.product, [frozenset({"nail", "steel"})])

    train(folder, SMALL, exclude=without_nails, stacks=Stacks())
    kept = [e for e in seen if not related(e.product, [frozenset({"nail", "steel"})])]
    assert {e.product for e in seen} - {e.product for e in kept} == {"nail steel"}


def test_products_are_related_when_one_names_the_other() -> None:
    assert related("collated nail steel", [frozenset({"nail", "steel"})])
    assert related("nail", [frozenset({"nail", "steel"})])
    assert not related("steel wire", [frozenset({"nail", "steel"})])


def test_the_measuring_fifth_of_the_terms_is_held_out(folder: Path) -> None:
    found = examples(folder, SMALL)
    out = [example for example in found if held_out(example)]
    assert all(example.source == "uk_terms" for example in out)
    assert any(example.codes == (NOTHING,) for example in found)


def test_what_people_judged_is_learned_and_what_they_rejected_is_not(folder: Path) -> None:
    said = {
        "notice": "us-federal-register 2025-1",
        "language": "en",
        "title": "x",
        "product": "",
        "evidence": "text",
        "model": "m",
        "by": "analyst",
        "at": "2026-01-02T03:04:05Z",
    }
    rows = [
        {"text": "collated roofing staples", "code": "830520", "right": True},
        {"text": "collated roofing staples", "code": "731700", "right": True},
        {"text": "roofing nails", "code": "731700", "right": False},
    ]  # fmt: skip
    lines = "\n".join(json.dumps(said | row) for row in rows)
    (folder / "labelled" / "judged_claims.jsonl").write_text(lines, "utf-8")
    found = examples(folder, [s for s in SOURCES if s.name in {"uk_terms", "judged"}])
    by_text = {example.text: example for example in found}
    assert by_text["collated roofing staples"].codes == ("731700", "830520")
    assert by_text["collated roofing staples"].is_notice
    assert "steel nails" in by_text
    assert "roofing nails" not in by_text


@pytest.mark.parametrize(
    ("code", "now"),
    [("7317000000", ("731700",)), ("9401", ("9401",)), ("030240", ("030241",)), ("7799", ())],
)
def test_codes_are_carried_to_the_edition_in_force(code: str, now: tuple[str, ...]) -> None:
    assert current(code) == now


def test_the_command_names_what_is_absent_and_writes_a_manifest(
    folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out" / "m.skops"
    chosen = [*SMALL, next(s for s in SOURCES if s.name == "vn_tariff")]
    only = [word for source in chosen for word in ("--only", source.name)]
    result = CliRunner().invoke(command, ["--data", str(folder), "--out", str(out), *only])
    assert result.exit_code == 0, result.output
    assert "absent: vn_tariff (nomenclature/vi_vn_hs8_leaf.csv)" in result.stderr
    manifest = json.loads(out.with_suffix(".json").read_text("utf-8"))
    assert manifest["artifact"]["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    absent = [e["source"] for e in manifest["inputs"] if e.get("absent")]
    assert absent == ["vn_tariff", "calibration"]
    assert set(manifest["stacks"]["calibration"]) == {"term", "listing", "shelf"}


def test_an_artifact_of_other_types_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "bad.skops"
    skops.io.dump({"network": Path("x")}, place)
    with pytest.raises(UntrustedTypesFoundException):
        artifacts.load(place)
