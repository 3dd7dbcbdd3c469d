"""The pages of the file of a case and of showing it to others."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from monitor.cases import sharing
from monitor.cases.files import extracting, filing, storing
from monitor.cases.models import CaseShare, Document, DocumentShare, Version
from monitor.cases.words import Form
from monitor.trail.models import Entry
from tests.monitor.cases.files import samples
from tests.monitor.cases.files.desk import NOW, Desk, part, version
from tests.signing_in import signed_in

LATER = datetime(2099, 1, 1, tzinfo=UTC)


@pytest.fixture
def desk(db: None, settings: Settings, tmp_path: Path) -> Desk:
    settings.FENGHUO_UPLOADS = tmp_path / "uploads"
    return Desk()


def of(desk: Desk, who: str) -> Client:
    return signed_in(desk.people[who], headers={"Accept-Language": "en"})


def file_page(desk: Desk, who: str, asked: str = "") -> str:
    return str(of(desk, who).get(f"/cases/{desk.case.pk}/file/", {"q": asked}).content.decode())


def download(document: Document, form: Form = Form.CONFIDENTIAL, number: int = 1) -> str:
    return f"/documents/{document.pk}/versions/{number}/{form}/download"


def reads(desk: Desk, who: str = "firm") -> list[tuple[str, str]]:
    """(who, page) of the lines about confidential documents of this organisation."""
    lines = Entry.objects.filter(verb="read_files", concerned=desk.organisations[who])
    return [(line.acting_for.name_zh, line.page) for line in lines.order_by("number")]


def test_a_document_is_put_in_and_read_again(desk: Desk) -> None:
    firm, filed = of(desk, "firm"), samples.docx("木线条")
    given = {
        "title": "Section D",
        "paper": "response",
        "form": "confidential",
        "file": SimpleUploadedFile("答卷.docx", filed),
    }
    answer = firm.post(f"/cases/{desk.case.pk}/file/add/", given)
    made = Document.objects.get()
    assert answer.headers["Location"] == f"/documents/{made.pk}/"
    page = firm.get(answer.headers["Location"]).content.decode()
    assert "Section D" in page
    assert version(made).sha256 in page
    assert "not read yet" in page
    extracting.room().walk(NOW)
    assert "not read yet" not in firm.get(f"/documents/{made.pk}/").content.decode()
    content = firm.get(download(made))
    assert b"".join(content.streaming_content) == filed
    assert content.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def test_what_belongs_to_a_sample_case_says_so(desk: Desk) -> None:
    made, firm = desk.document("firm", b"one"), of(desk, "firm")
    pages = [f"/documents/{made.pk}/", f"/cases/{desk.case.pk}/file/"]
    assert not any("Sample data" in firm.get(page).content.decode() for page in pages)
    desk.case.sample = True
    desk.case.save()
    assert all("Sample data" in firm.get(page).content.decode() for page in pages)


def test_another_version_leaves_the_first(desk: Desk) -> None:
    made, firm = desk.document("firm", b"one"), of(desk, "firm")
    add = f"/documents/{made.pk}/versions/add/"
    for content, said in ((b"two", "those before it stay"), (b"two", "holds exactly this already")):
        file = SimpleUploadedFile("a.txt", content)
        page = firm.post(add, {"form": "confidential", "file": file}, follow=True)
        assert said in page.content.decode()
    assert list(made.versions.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert b"".join(firm.get(download(made)).streaming_content) == b"one"
    assert b"".join(firm.get(download(made, number=2)).streaming_content) == b"two"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ\x90\x00", "Files of this kind are not taken"),
        (b"", "The file is empty"),
        (None, "Choose a file"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(desk: Desk, content: bytes | None, said: str) -> None:
    given: dict[str, object] = {"paper": "other", "form": "public", "title": "kept"}
    if content is not None:
        given["file"] = SimpleUploadedFile("a.pdf", content)
    answer = of(desk, "firm").post(f"/cases/{desk.case.pk}/file/add/", given)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert 'value="kept"' in answer.content.decode()


def test_the_list_says_who_else_sees_what(desk: Desk) -> None:
    made = desk.both("firm", "secret words", "public words")
    assert "nobody" in file_page(desk, "firm")
    assert "firm的文件" not in file_page(desk, "rival")
    of(desk, "firm").post(f"/documents/{made.pk}/open/", {"to_all": "1"})
    page = file_page(desk, "rival")
    assert "Public · version 1" in page
    assert "Confidential" not in page.partition("Put a document in")[0]
    of(desk, "firm").post(f"/documents/{made.pk}/open/")
    assert "firm的文件" not in file_page(desk, "rival")


def test_a_document_that_is_withdrawn_is_shown_to_its_owner_alone(desk: Desk) -> None:
    made = desk.both("firm", "secret words", "public words")
    of(desk, "firm").post(f"/documents/{made.pk}/open/", {"to_all": "1"})
    of(desk, "firm").post(f"/documents/{made.pk}/withdraw/")
    assert of(desk, "rival").get(f"/documents/{made.pk}/").status_code == 404
    assert "withdrawn" in file_page(desk, "firm")
    assert (
        "Show it to somebody" not in of(desk, "firm").get(f"/documents/{made.pk}/").content.decode()
    )
    of(desk, "firm").post(f"/documents/{made.pk}/withdraw/", {"back": "1"})
    assert of(desk, "rival").get(f"/documents/{made.pk}/").status_code == 200


@pytest.mark.parametrize(
    "who", ["rival", "chamber", "office", "counsel", "elsewhere", "federation"]
)
def test_nobody_changes_a_document_of_the_firm(desk: Desk, who: str) -> None:
    made = desk.document("firm", b"one", open_=True)
    client = of(desk, who)
    file = SimpleUploadedFile("a.txt", b"two")
    for address, given in (
        ("versions/add/", {"form": "public", "file": file}),
        ("open/", {}),
        ("withdraw/", {}),
        ("share/", {"to": desk.organisations["association"].pk, "until": "2099-01-01"}),
    ):
        assert client.post(f"/documents/{made.pk}/{address}", given).status_code == 404
    made.refresh_from_db()
    assert (made.open, made.withdrawn_at, made.versions.count()) == (True, None, 1)
    assert not DocumentShare.objects.exists()


def test_whoever_opens_anothers_confidential_version_is_recorded_once_an_hour(desk: Desk) -> None:
    made = desk.both("firm", "secret words", "public words")
    sharing.share_document(
        desk.actor("firm"), made, desk.organisations["counsel"], LATER, NOW, confidential=True
    )
    counsel = of(desk, "counsel")
    for _ in range(2):
        b"".join(counsel.get(download(made)).streaming_content)
    b"".join(counsel.get(download(made, Form.PUBLIC)).streaming_content)
    b"".join(of(desk, "firm").get(download(made)).streaming_content)
    of(desk, "rival").get(download(made))
    assert reads(desk) == [("counsel方", download(made))]
    page = of(desk, "firm").get("/trail/?verb=read_files").content.decode()
    assert "opened a confidential document" in page
    assert "counsel人" in page


def test_a_passage_that_a_search_shows_is_read_too(desk: Desk) -> None:
    made = desk.both("firm", "密语 alpha", "公开 beta")
    sharing.share_document(
        desk.actor("firm"), made, desk.organisations["chamber"], LATER, NOW, confidential=True
    )
    assert "<mark>公开</mark>" in file_page(desk, "chamber", "公开")
    assert reads(desk) == []
    assert "<mark>密语</mark>" in file_page(desk, "chamber", "密语")
    assert "<mark>密语</mark>" in file_page(desk, "firm", "密语")
    assert reads(desk) == [("chamber方", download(made))]


def test_a_case_is_shown_listed_on_both_sides_and_taken_back(desk: Desk) -> None:
    chamber, counsel = of(desk, "chamber"), of(desk, "counsel")
    place = f"/cases/{desk.case.pk}/sharing/"
    to = desk.organisations["counsel"].pk
    late = chamber.post(f"{place}share/", {"to": to, "until": "2020-01-01"})
    assert "This day has passed" in late.content.decode()
    assert chamber.post(f"{place}share/", {"to": to}).status_code == 400
    chamber.post(f"{place}share/", {"to": to, "until": "2099-01-01"})
    share = CaseShare.objects.get()
    assert "counsel方" in chamber.get(place).content.decode()
    assert "counsel方" in chamber.get("/sharing/").content.decode()
    assert "Mouldings" in counsel.get("/sharing/").content.decode()
    assert counsel.get(f"/cases/{desk.case.pk}/file/").status_code == 200
    assert counsel.post(f"/sharing/cases/{share.pk}/take-back/").status_code == 404
    chamber.post(f"/sharing/cases/{share.pk}/take-back/")
    assert counsel.get(f"/cases/{desk.case.pk}/file/").status_code == 404
    assert "Mouldings" not in counsel.get("/sharing/").content.decode()
    assert "taken back" in chamber.get(place).content.decode()


def test_a_document_is_shown_alone(desk: Desk) -> None:
    made = desk.both("firm", "secret words", "public words")
    firm, abroad = of(desk, "firm"), of(desk, "association")
    given = {"to": desk.organisations["association"].pk, "until": "2099-01-01", "seen": "public"}
    firm.post(f"/documents/{made.pk}/share/", given)
    page = abroad.get(f"/documents/{made.pk}/").content.decode()
    assert "Mouldings" in page
    assert "p.docx" in page
    assert "s.docx" not in page
    assert "firm人" not in page
    assert abroad.get(download(made)).status_code == 404
    assert abroad.get(f"/cases/{desk.case.pk}/file/").status_code == 404
    assert made.title in abroad.get("/sharing/").content.decode()
    firm.post(f"/documents/{made.pk}/share/", given | {"seen": "both"})
    assert b"".join(abroad.get(download(made)).streaming_content)
    (share,) = DocumentShare.objects.filter(withdrawn_at=None)
    firm.post(f"/sharing/documents/{share.pk}/take-back/")
    assert abroad.get(f"/documents/{made.pk}/").status_code == 404
    assert abroad.get(download(made)).status_code == 404
    assert made.title not in abroad.get("/sharing/").content.decode()


def test_it_is_shown_to_nobody_that_is_not_offered(desk: Desk) -> None:
    made = desk.document("firm")
    given = {"to": desk.organisations["rival"].pk, "until": "2099-01-01", "seen": "both"}
    assert of(desk, "firm").post(f"/documents/{made.pk}/share/", given).status_code == 400
    given["to"] = desk.organisations["federation"].pk
    assert of(desk, "firm").post(f"/documents/{made.pk}/share/", given).status_code == 400
    assert not DocumentShare.objects.exists()


def test_a_file_that_was_damaged_is_not_given_out(desk: Desk) -> None:
    made = desk.document("firm", b"whole")
    storing.path_of(version(made).sha256).write_bytes(b"half")
    answer = of(desk, "firm").get(download(made))
    assert answer.status_code == 500
    assert "Tell the operator" in answer.content.decode()
    assert Version.objects.get().sha256 not in answer.content.decode()


def test_the_list_takes_as_many_queries_for_forty_documents_as_for_four(
    desk: Desk, django_assert_max_num_queries: object
) -> None:
    for number in range(40):
        made = desk.document("firm", f"text {number}".encode())
        given = part(f"public {number}".encode())
        filing.add_version(desk.actor("firm"), made, Form.PUBLIC, "p.txt", given, NOW)
    firm = of(desk, "firm")
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        firm.get(f"/cases/{desk.case.pk}/file/")
