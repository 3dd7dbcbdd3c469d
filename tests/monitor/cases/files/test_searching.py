"""Searching the file: plain, exact, and within the wall."""

import pytest

from monitor.cases import sharing
from monitor.cases.files import extracting, filing
from monitor.cases.files.searching import found
from monitor.cases.words import Form
from tests.monitor.cases.files import samples
from tests.monitor.cases.files.desk import NOW, Desk, part
from tests.monitor.cases.files.test_sharing import LATER


@pytest.fixture
def read(desk: Desk) -> Desk:
    desk.document(
        "firm",
        samples.docx(
            "我司木線條的正常价值为每立方米五百美元。",
            "The dumping margin was computed by Séction D.",
            "Nothing here.",
        ),
        file="答卷甲.docx",
        title="D 部分答卷",
    )
    extracting.room().walk(NOW)
    return desk


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("木线条", "木線條"),
        ("正常价值 木线条", "正常价值"),
        ("Dumping MARGIN", "dumping"),
        ('"dumping margin"', "dumping margin"),
        ("section", "Séction"),
        ("值", "价值"),
    ],
)
def test_what_is_there_is_found_with_what_stands_around_it(
    read: Desk, asked: str, words: str
) -> None:
    (hit,) = found(read.actor("firm"), read.case, asked)
    assert hit.excerpt
    assert hit.excerpt.found == words
    assert (hit.excerpt.before + words + hit.excerpt.after).strip("…") in hit.version.text


@pytest.mark.parametrize("asked", ["答卷", "答卷甲", '"D 部分"', "docx"])
def test_titles_and_names_are_found_without_a_place_in_the_text(read: Desk, asked: str) -> None:
    (hit,) = found(read.actor("firm"), read.case, asked)
    assert hit.excerpt is None


@pytest.mark.parametrize(
    "asked",
    ["", "  ", "—", "margins", "dump", '"margin dumping"', "木条", "%", "_", "木线条 absent"],
)
def test_what_is_not_there_as_it_is_written_is_not_found(read: Desk, asked: str) -> None:
    assert found(read.actor("firm"), read.case, asked) == []


def test_everybody_finds_what_they_see_and_no_more(desk: Desk) -> None:
    made = desk.both("firm", "密语 alpha", "公开 beta")

    def sees(who: str) -> list[str]:
        asked = ("密语", "公开", "的文件")
        return [word for word in asked if found(desk.actor(who), desk.case, word)]

    assert {who: sees(who) for who in desk.people} == {
        who: ["密语", "公开", "的文件"] if who == "firm" else [] for who in desk.people
    }
    filing.set_open(desk.actor("firm"), made, to_all=True)
    assert sees("rival") == sees("chamber") == sees("office") == ["公开", "的文件"]
    assert sees("elsewhere") == sees("counsel") == []
    sharing.share_document(
        desk.actor("firm"), made, desk.organisations["chamber"], LATER, NOW, confidential=True
    )
    assert sees("chamber") == ["密语", "公开", "的文件"]
    assert sees("rival") == ["公开", "的文件"]


def test_another_case_is_not_searched(read: Desk) -> None:
    assert found(read.actor("firm"), read.opened("另一案"), "木线条") == []


def test_older_versions_are_found_too_the_newest_first(read: Desk) -> None:
    (made,) = read.case.documents.all()
    given = part(samples.docx("木线条，第二版"))
    filing.add_version(read.actor("firm"), made, Form.CONFIDENTIAL, "b.docx", given, NOW)
    extracting.room().walk(NOW)
    hits = found(read.actor("firm"), read.case, "木线条")
    assert [hit.version.number for hit in hits] == [2, 1]
