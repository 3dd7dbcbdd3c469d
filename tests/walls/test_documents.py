"""Of the file of a case: which form of which document is given to whom, and to whom its text is
shown where they search for it."""

import pytest

from monitor.accounts.walls.door import AroundTheDoor
from monitor.cases.models import Document, Version
from monitor.trail.models import Entry
from monitor.web.cases.file import views as case_file
from tests.walls.conftest import Province
from tests.walls.reading import answered, at, leaks, read
from tests.walls.test_matrix import PEOPLE

GIVEN = {
    ("甲秘题目", "confidential"): {"firm"},
    ("会秘题目", "confidential"): {"chamber"},
    ("会秘题目", "public"): {"chamber", "counsel"},
    ("众秘题目", "confidential"): {"chamber"},
    ("众秘题目", "public"): {"office", "chamber", "firm", "other"},
}


@pytest.mark.parametrize("who", PEOPLE)
def test_a_version_is_given_to_those_that_see_it(province: Province, who: str) -> None:
    client = province.client(who)
    for (title, form), readers in GIVEN.items():
        document = Document.objects.get(title=title)
        answer = answered(client.get(f"/documents/{document.pk}/versions/1/{form}/download"))
        assert answer == (200 if who in readers else 302 if who == "anybody" else 404), title


def test_whoever_may_read_a_text_finds_it_by_searching(province: Province) -> None:
    search = province.addresses["case_file"][1]
    for who in ("office", "chamber", "firm", "other"):
        said = read(province.client(who).get(search))
        for (title, form), readers in GIVEN.items():
            # What was found is marked: 会秘 stands there as <mark>会秘</mark>.
            text = f"<mark>{title[:2]}</mark>{form}文"
            assert (text in said) == (who in readers), (who, text)


def test_counsel_reads_the_document_and_the_name_of_its_case(province: Province) -> None:
    shared = Document.objects.get(title="会秘题目")
    said = read(province.client("counsel").get(f"/documents/{shared.pk}/"))
    assert "秘案甲" in said
    assert "会秘public名.txt" in said
    assert "会秘confidential名.txt" not in said
    assert f"/cases/{shared.case_id}/" not in said


def test_what_others_do_to_a_document_leaves_no_line_that_a_third_reads(
    province: Province,
) -> None:
    document = Document.objects.get(title="甲秘题目")
    lines = Entry.objects.filter(concerned=document.organisation)
    assert lines.filter(model="document", row=document.pk).count() == 1
    versions = [str(version.pk) for version in document.versions.all()]
    assert lines.filter(model="version", row__in=versions).count() == 1
    assert "甲秘题目" in read(province.client("firm").get("/trail/"))
    assert "甲秘题目" not in read(province.client("chamber").get("/trail/"))


def test_a_list_of_versions_that_forgot_for_whom(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_file, "light", lambda _rows: Version.objects.all())
    with pytest.raises(AroundTheDoor, match="cases_version"):
        leaks(at(province, "case_file"), "other")
