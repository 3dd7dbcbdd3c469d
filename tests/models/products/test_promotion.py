"""A candidate is promoted where it is worse nowhere that matters."""

from copy import deepcopy
from typing import Any

import pytest

from models.products.promotion import NotComparableError, worse


def report(**changes: float) -> dict[str, Any]:
    figures = {
        "documents": 100, "hit1": 0.9, "hit5": 0.95, "hs6_hit1": 0.5, "hs6_hit5": 0.7,
        "set_recall": 0.6, "ece10": 0.05, "ece15": 0.05, "coverage": 0.9, "precision": 0.95,
    }  # fmt: skip
    row = {"set": "notices", "matcher": "in service", "learned": False}
    return {
        "sets": [row | figures | changes, row | {"matcher": "retrieval"} | figures],
        "vague": [{"set": "vague", "matcher": "in service", "said": 0.9}],
        "speed": {"load_seconds": 2.0, "documents_a_second": 500, "resident_mib": 600},
    }


def test_as_good_is_good_enough() -> None:
    assert worse(report(), report()) == []
    assert worse(report(), report(hit1=0.95, ece10=0.01)) == []
    assert worse(report(), report(hit1=0.897)) == [], "two documents in a thousand are chance"


@pytest.mark.parametrize(
    ("figure", "value"),
    [("hit1", 0.88), ("hit5", 0.9), ("hs6_hit1", 0.4), ("set_recall", 0.5), ("ece10", 0.08),
     ("precision", 0.9)],
)  # fmt: skip
def test_one_worse_figure_is_enough(figure: str, value: float) -> None:
    (reason,) = worse(report(), report(hit5=0.99, **{figure: value}) if figure != "hit5"
                      else report(hit5=value))  # fmt: skip
    assert (reason.where, reason.figure, reason.after) == ("notices", figure, value)
    assert f"{figure} " in str(reason)


def test_silence_on_vague_titles_must_not_fall() -> None:
    after = report()
    after["vague"][0]["said"] = 0.85
    assert [reason.figure for reason in worse(report(), after)] == ["found too vague"]


@pytest.mark.parametrize(
    ("figure", "value"),
    [("load_seconds", 3.5), ("resident_mib", 800), ("documents_a_second", 200)],
)
def test_the_machine_is_spared(figure: str, value: float) -> None:
    after = report()
    after["speed"][figure] = value
    assert [reason.figure for reason in worse(report(), after)] == [figure]


def test_the_artifact_is_small() -> None:
    assert [r.figure for r in worse(report(), report(), 90 * 2**20)] == ["artifact_mib"]


def test_what_only_one_has_learned_from_is_left_out() -> None:
    after = report(hit1=0.1)
    after["sets"][0]["learned"] = True
    assert worse(report(), after) == []


def test_what_cannot_be_compared_is_refused() -> None:
    other = deepcopy(report())
    other["sets"][0]["set"] = "goods"
    with pytest.raises(NotComparableError, match="not measured on notices"):
        worse(report(), other)
    with pytest.raises(NotComparableError, match="not the same documents"):
        worse(report(), report(documents=99))
    with pytest.raises(NotComparableError, match="has no set"):
        worse({"sets": [], "vague": []}, report())
