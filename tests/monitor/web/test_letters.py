"""The pages of letters: filling one in, looking at it, making it, a template of one's own."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document as Docx
from pytest_django import Settings

from monitor.accounts.models import Membership, User
from monitor.accounts.words import Role
from monitor.cases.letters.rendering import lines
from monitor.cases.models import Case, Document, Letter, LetterTemplate
from tests.monitor.cases.forest import SINCE, Forest
from tests.monitor.cases.letters.conftest import forest, plain
from tests.monitor.cases.letters.test_templates import docx
from tests.signing_in import signed_in

__all__ = ["forest", "plain"]
FIRM = "示例青松木业"
As = Callable[[str], Client]


@pytest.fixture
def as_(forest: Forest, settings: Settings, tmp_path: Path) -> As:
    settings.FENGHUO_UPLOADS = tmp_path / "uploads"

    def client(who: str) -> Client:
        own = forest.chamber if who == "chamber" else forest.organisation(who)
        user, _ = User.objects.get_or_create(username=f"{own.pk}@example.org", name="林经办")
        Membership.objects.get_or_create(
            user=user, organisation=own, defaults={"role": Role.OFFICER, "since": SINCE}
        )
        return signed_in(user, headers={"Accept-Language": "en"})

    return client


def said(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_a_letter_is_looked_at_made_and_downloaded(as_: As, plain: Case) -> None:
    client = as_("chamber")
    here = reverse("case_letter", args=[plain.pk, "hearing", "en"])
    assert here in said(client.get(reverse("case_letters", args=[plain.pk])))
    form = said(client.get(here))
    assert "Secretary of Commerce" in form
    assert "Not known. Left empty, the letter says" in form
    given = {"f-case_name": "Mouldings", "f-issues": "Dumping <b>margin", "form": "public"}
    make = reverse("make_letter", args=[plain.pk, "hearing", "en"])
    shown = said(client.post(make, {**given, "act": "preview"}))
    assert "<mark>[to be filled in: signed by]</mark>" in shown
    assert "Dumping &lt;b&gt;margin" in shown
    assert not Document.objects.exists()
    answer = client.post(make, {**given, "act": "make"}, follow=True)
    letter = Letter.objects.get()
    assert "Version 1 is in the file" in said(answer)
    assert "Dumping &lt;b&gt;margin" in said(answer)  # offered again the next time
    download = reverse("download", args=[letter.document_id, 1, "public"])
    assert download in said(answer)
    content = b"".join(client.get(download).streaming_content)  # type: ignore[attr-defined]
    assert "Dumping <b>margin" in lines(content)
    assert client.post(make, {"form": "nonsense"}).status_code == 400


def test_every_firm_gets_its_letter_and_reads_it(as_: As, plain: Case) -> None:
    client = as_("chamber")
    make = reverse("make_letter", args=[plain.pk, "members", "zh"])
    data = {"f-reply_by": "2020年2月14日", "form": "confidential", "act": "make"}
    assert f'<p><bdi lang="zh">{FIRM}：</bdi></p>' in said(
        client.post(make, {**data, "act": "preview"})
    )
    answer = said(client.post(make, data, follow=True))
    assert "Letters to 5 firms are in the file" in answer
    packed = client.get(reverse("letters_of_all", args=[plain.pk, "members", "zh"]))
    assert packed.headers["Content-Type"] == "application/zip"
    content = b"".join(packed.streaming_content)  # type: ignore[attr-defined]
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 5
    file = said(as_(FIRM).get(reverse("case_file", args=[plain.pk])))
    assert f"致会员企业函 · {FIRM}" in file
    assert file.count("致会员企业函") == 1
    assert as_(FIRM).post(make, data).status_code == 404


def test_letters_to_many_firms_are_made_in_several_goes(
    as_: As, plain: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.web.cases.letters.views.AT_ONCE", 2)
    client, make = as_("chamber"), reverse("make_letter", args=[plain.pk, "members", "zh"])
    here = reverse("case_letter", args=[plain.pk, "members", "zh"])
    data = {"f-more": "改用<b>电子版", "form": "confidential", "act": "make"}
    first = said(client.post(make, data))
    assert "2 of 5 are in the file." in first
    assert 'name="f-more" value="改用&lt;b&gt;电子版"' in first
    assert "Made so far: 2 of 5." in said(client.get(here))
    assert "4 of 5 are in the file." in said(client.post(make, data))
    assert "Letters to 5 firms are in the file" in said(client.post(make, data, follow=True))
    assert Letter.objects.count() == Document.objects.count() == 5


def test_a_template_is_put_in_and_a_faulty_one_is_told_where(as_: As, plain: Case) -> None:
    client, add = as_("chamber"), reverse("add_letter_template")
    assert "extension_to" in said(client.get(reverse("letter_templates")))
    common = client.get(reverse("letter_template", args=["hearing", "en"]))
    assert Docx(BytesIO(common.content)).paragraphs[0].text == "Request for a Hearing"
    fields = {"letter": "hearing", "language": "en"}
    bad = SimpleUploadedFile("a.docx", docx("{{ party.__class__ }}"))
    refused = client.post(add, {**fields, "file": bad})
    assert refused.status_code == 400
    assert "word/document.xml, paragraph 1" in said(refused)
    assert not LetterTemplate.objects.exists()
    good = SimpleUploadedFile("ours.docx", docx("Ours: {{ party }}"))
    assert client.post(add, {**fields, "file": good}).status_code == 302
    kept = LetterTemplate.objects.get()
    assert "ours.docx" in said(client.get(reverse("letter_templates")))
    letter = reverse("case_letter", args=[plain.pk, "hearing", "en"])
    assert "From your own template ours.docx" in said(client.get(letter))
    client.post(reverse("end_letter_template", args=[kept.pk]))
    assert "From your own template" not in said(client.get(letter))
    assert as_(FIRM).get(reverse("letter_templates")).status_code == 404
