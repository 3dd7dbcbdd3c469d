"""The embedded engine against a real tantivy index in a folder."""

from pathlib import Path

import pytest

from monitor.jobs.rooms import OutsideUnavailable
from monitor.search.embedded import EmbeddedEngine
from monitor.search.engine import MARK_END, MARK_START, Document, Query


def document(notice_id: int, title: str, **given: object) -> Document:
    facets = {"kind": ["anti_dumping"], "event": ["initiated"], "jurisdiction": ["US"]}
    defaults = {"text": "", "gloss": "", "names": [], "published": 20240101}
    return Document(notice_id=notice_id, title=title, facets=facets, **(defaults | given))  # type: ignore[arg-type]


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    engine = EmbeddedEngine(tmp_path)
    engine.write(
        [
            document(
                1,
                "Ceramic tableware from China: initiation",
                text="The plates and bowls are fired at 1,200 degrees.",
                gloss="反倾销 立案 美国 中国 陶瓷餐具",
                names=["A-570-999", "6911"],
                published=20240301,
            ),
            document(2, "Steel nails from Korea", published=20230105),
            document(3, "欧盟对华陶瓷砖反倾销复审终裁", published=20250105),
        ]
    )
    return engine


def ids(engine: EmbeddedEngine, text: str, **given: object) -> list[int]:
    return [hit.notice_id for hit in engine.search(Query(text=text, **given)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plate", [1]),  # stemmed
        ("PLATES bowl", [1]),
        ("ceramic nails", []),  # every word has to occur
        ('"from China"', [1]),
        ('"China from"', []),
        ("the plates", [1]),  # stop words ask for nothing
        ("陶瓷餐具", [1]),
        ("陶瓷砖", [3]),
        ("餐陶", []),  # bigrams of one run stand side by side
        ("砖", [3]),
        ("A-570-999", [1]),
        ("a570999", [1]),
        ("6911", [1]),
    ],
)
def test_finds(engine: EmbeddedEngine, text: str, expected: list[int]) -> None:
    assert ids(engine, text) == expected


def test_orders_by_date_newest_first(engine: EmbeddedEngine) -> None:
    assert ids(engine, "", order="date") == [3, 1, 2]


def test_filters_by_facet_and_day(engine: EmbeddedEngine) -> None:
    assert ids(engine, "", filters={"jurisdiction": ["EU"]}) == []
    assert ids(engine, "", after=20240101, before=20241231) == [1]


def test_refuses_a_filter_that_does_not_exist(engine: EmbeddedEngine) -> None:
    with pytest.raises(ValueError, match="colour"):
        engine.search(Query(filters={"colour": ["red"]}))


def test_counts_facets_of_all_that_matches(engine: EmbeddedEngine) -> None:
    page = engine.search(Query(limit=1))
    assert (page.total, len(page.hits)) == (3, 1)
    assert page.facets["kind"] == [("anti_dumping", 3)]


def test_marks_the_words_found(engine: EmbeddedEngine) -> None:
    (hit,) = engine.search(Query(text="plate")).hits
    assert f"{MARK_START}plates{MARK_END}" in hit.highlights[0]


def test_replaces_a_notice_that_it_has(engine: EmbeddedEngine) -> None:
    engine.write([document(1, "Glassware from China")])
    assert engine.size() == 3
    assert ids(engine, "ceramic") == []
    assert ids(engine, "glassware") == [1]


def test_keeps_what_it_has_when_opened_again(engine: EmbeddedEngine, tmp_path: Path) -> None:
    assert EmbeddedEngine(tmp_path).size() == 3


def test_a_second_writer_is_told_to_wait(engine: EmbeddedEngine, tmp_path: Path) -> None:
    with engine._writer(), pytest.raises(OutsideUnavailable, match="another process"):
        EmbeddedEngine(tmp_path).write([document(4, "Late")])
    EmbeddedEngine(tmp_path).write([document(4, "Late")])
    assert engine.size() == 4


def test_a_failed_batch_leaves_nothing(engine: EmbeddedEngine) -> None:
    broken = document(6, "Broken", published="not a number")
    with pytest.raises(TypeError):
        engine.write([document(5, "Whole"), broken])
    assert engine.size() == 3
