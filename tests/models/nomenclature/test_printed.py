"""Codes as the authorities print them: passages of our own wording, in their tariffs and languages.

Each line of `printed_codes.jsonl` says which codes its text prints, without separators. A range
counts as what it names: its ends, and the headings or subheadings between them. Passages without
a code hold what looks like one.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from models.nomenclature.codes import find

_FILE = Path(__file__).with_name("printed_codes.jsonl")


@pytest.fixture(scope="module")
def passages() -> list[dict[str, Any]]:
    return [json.loads(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]


def test_the_passages_are_many_and_distinct(passages: list[dict[str, Any]]) -> None:
    assert len(passages) >= 220
    assert sum(not passage["codes"] for passage in passages) >= 60
    for name in ("id", "text"):
        assert [key for key, n in Counter(p[name] for p in passages).items() if n > 1] == []


def test_precision_and_recall(passages: list[dict[str, Any]]) -> None:
    right = 0
    wrong: list[str] = []
    missed: list[str] = []
    for passage in passages:
        found = {code.digits for code in find(passage["text"])}
        gold = set(passage["codes"])
        right += len(found & gold)
        wrong += [f"{passage['id']} {code}" for code in sorted(found - gold)]
        missed += [f"{passage['id']} {code}" for code in sorted(gold - found)]
    assert right / (right + len(wrong)) >= 0.99, f"wrongly found: {wrong}"
    assert right / (right + len(missed)) >= 0.99, f"missed: {missed}"


@pytest.mark.parametrize(
    "text",
    [
        "12 34 " * 5000,
        "HS 6911.10, " + ".20, " * 5000,
        "69111000 " * 5000,
        "69111000," + " " * 20000 + "x",
        "7307.19 " + "and " * 5000,
        "(6911.10" * 5000,
    ],
)
def test_long_lists_are_read_in_time(text: str) -> None:
    assert len(find(text)) <= 2


def test_pairs_that_are_no_code_are_chapters() -> None:
    assert [c.digits for c in find("HS: 33 34 35 36")] == ["33", "34", "35", "36"]
    assert [c.digits for c in find("HS 73 06 30 49 10")] == ["7306304910"]
