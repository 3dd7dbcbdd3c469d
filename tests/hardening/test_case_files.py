"""Files that people put into cases: nothing bursts, runs, leads elsewhere, or stays half."""

import io
import re
import socket
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from monitor.cases.files import packages
from monitor.cases.models import Document, Version
from monitor.cases.words import Form
from tests.monitor.cases.files import samples
from tests.monitor.cases.files.desk import Desk, version
from tests.signing_in import signed_in

FIELDS = {"title": "答卷", "paper": "response", "form": "confidential"}


@pytest.fixture(autouse=True)
def uploads(settings: Settings, tmp_path: Path) -> Path:
    settings.FENGHUO_UPLOADS = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


@pytest.fixture
def firm(desk: Desk) -> Client:
    return signed_in(desk.people["firm"], headers={"Accept-Language": "en"})


def send(client: Client, desk: Desk, content: bytes, name: str = "a.pdf", **more: str) -> int:
    """The status of putting a document in."""
    file = SimpleUploadedFile(name, content)
    answer = client.post(f"/cases/{desk.case.pk}/file/add/", {**FIELDS, **more, "file": file})
    return answer.status_code


def kept(uploads: Path) -> list[Path]:
    return [path for path in uploads.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "content",
    [
        samples.docx("x", word_media_x__bin=bytes(packages.LARGEST_UNPACKED + 1)),
        samples.docx("x", word_vbaProject__bin=b"x"),
        samples.docx("x", word_styles__xml='<!DOCTYPE x [<!ENTITY a "b">]><x/>'),
        samples.package(samples.WORD, **{"word_/__/__": b"x", "/etc_passwd": b"x"}),
        b"MZ\x90\x00 a program",
        b"",
    ],
    ids=["zip bomb", "macros", "entities", "path names", "program", "empty"],
)
def test_what_is_refused_is_said_and_leaves_nothing(
    desk: Desk, firm: Client, uploads: Path, content: bytes
) -> None:
    assert send(firm, desk, content) == 400
    assert not Document.objects.exists()
    assert kept(uploads) == []


@pytest.mark.parametrize("name", ["../../x.pdf", "/etc/cron.d/x", "..\\..\\x", "\u202efdp.exe"])
def test_a_name_leads_nowhere(desk: Desk, firm: Client, uploads: Path, name: str) -> None:
    assert send(firm, desk, samples.pdf("x"), name) == 302
    made = version(Document.objects.get())
    assert re.fullmatch(r"[\w.]+\.pdf", made.name)
    assert [path.relative_to(uploads) for path in kept(uploads)] == [
        Path(made.sha256[:2]) / made.sha256
    ]


def test_a_file_of_the_largest_size_is_taken_and_a_larger_one_is_not(
    desk: Desk, firm: Client, uploads: Path, settings: Settings
) -> None:
    settings.FENGHUO_LARGEST_UPLOAD = 200_000
    assert send(firm, desk, b"x" * 200_000) == 302
    assert send(firm, desk, b"y" * 200_001) == 400
    assert Version.objects.get().size == 200_000
    assert len(kept(uploads)) == 1


def test_nothing_is_read_of_whoever_may_not(desk: Desk, uploads: Path) -> None:
    """Not even a folder is made."""
    for who, status in (("elsewhere", 404), ("counsel", 404), ("federation", 404)):
        assert send(signed_in(desk.people[who]), desk, b"text") == status
    assert send(Client(), desk, b"text") == 302
    assert not uploads.exists()


def test_other_addresses_take_no_file(desk: Desk, firm: Client, uploads: Path) -> None:
    file = SimpleUploadedFile("a.pdf", samples.pdf("x"))
    answer = firm.post("/sign-in/", {"address": "x@example.org", "password": "x", "file": file})
    assert answer.wsgi_request.FILES == {}
    assert not uploads.exists()


def test_without_its_token_nothing_is_kept(desk: Desk, uploads: Path) -> None:
    client = signed_in(desk.people["firm"], enforce_csrf_checks=True)
    assert send(client, desk, b"text") == 403
    assert kept(uploads) == []
    page = client.get(f"/cases/{desk.case.pk}/file/")
    (token,) = re.findall(
        r'action="[^"]*/add/".*?name="csrfmiddlewaretoken" value="(\w+)"',
        page.content.decode(),
        re.DOTALL,
    )
    assert send(client, desk, b"text", csrfmiddlewaretoken=token) == 302


@pytest.mark.parametrize("form", Form)
def test_a_page_that_was_filed_does_not_run(desk: Desk, firm: Client, form: Form) -> None:
    assert send(firm, desk, samples.HTML, "page.html", form=form) == 302
    made = version(Document.objects.get(), form)
    answer = firm.get(f"/documents/{made.document_id}/versions/1/{form}/download")
    assert b"".join(answer.streaming_content) == samples.HTML
    assert answer.headers["Content-Disposition"] == 'attachment; filename="page.html"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Length"] == str(len(samples.HTML))


def test_texts_and_names_of_others_stay_text(desk: Desk, firm: Client) -> None:
    from monitor.cases.files import extracting  # noqa: PLC0415
    from tests.monitor.cases.files.desk import NOW  # noqa: PLC0415

    hostile = "<img src=x onerror=alert(1)>"
    send(firm, desk, f"needle {hostile}".encode(), f"{hostile}.txt", title=f"needle {hostile}")
    extracting.room().walk(NOW)
    document = Document.objects.get()
    for page in (f"/cases/{desk.case.pk}/file/?q=needle", f"/documents/{document.pk}/"):
        said = firm.get(page).content.decode()
        assert "<img src=x" not in said
        assert "&lt;img src=x" in said


# --- A connection that is cut, and a length that is not the body's --------------------------------

HEAD = (
    b'--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nx\r\n'
    b'--b\r\nContent-Disposition: form-data; name="paper"\r\n\r\nother\r\n'
    b'--b\r\nContent-Disposition: form-data; name="form"\r\n\r\npublic\r\n'
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
)  # fmt: skip
BODY = HEAD + b"0123456789" * 20_000 + b"\r\n--b--\r\n"


@pytest.mark.parametrize(
    ("body", "length", "status"),
    [
        (BODY, len(BODY), 302),
        (BODY, len(BODY) - 1000, 400),
        (BODY, len(HEAD) + 5, 400),
        (BODY[:-1000], len(BODY), 400),
        (BODY[: len(HEAD) + 5], len(BODY), 400),
        (BODY[:-8], len(BODY) - 8, 400),
        (BODY, 0, 400),
    ],
)
def test_a_body_of_another_length_than_was_said_is_no_file(
    desk: Desk, firm: Client, uploads: Path, body: bytes, length: int, status: int
) -> None:
    answer = firm.generic(
        "POST",
        f"/cases/{desk.case.pk}/file/add/",
        body,
        content_type="multipart/form-data; boundary=b",
        CONTENT_LENGTH=str(length),
        **{"wsgi.input": io.BytesIO(body)},
    )
    assert answer.status_code == status
    assert Version.objects.count() == len(kept(uploads)) == (status == 302)


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_cut_leaves_nothing(live_server: LiveServer, uploads: Path) -> None:
    desk = Desk()
    firm = signed_in(desk.people["firm"])
    place = urlsplit(live_server.url)
    head = (
        f"POST /cases/{desk.case.pk}/file/add/ HTTP/1.1\r\nHost: {place.netloc}\r\n"
        f"Cookie: sessionid={firm.cookies['sessionid'].value}; csrftoken={'x' * 32}\r\n"
        f"Content-Length: {len(BODY)}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
    )
    with socket.create_connection((place.hostname, place.port)) as connection:
        connection.sendall(head.encode() + BODY[:150_000])
        _until(lambda: kept(uploads) != [])
    _until(lambda: kept(uploads) == [])
    assert not Version.objects.exists()


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
