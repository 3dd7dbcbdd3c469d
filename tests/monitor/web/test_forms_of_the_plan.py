"""申请表, 名录表, 汇总表 on the screen; and firms that are made one."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from monitor.accounts.models import Affiliation, Organisation
from monitor.accounts.words import Kind, Role
from monitor.bases.confidential import CONFIDENTIAL
from monitor.bases.models import Application, Base, Chamber, Enterprise, Merger
from tests.monitor.accounts.conftest import Town
from tests.signing_in import signed_in


@pytest.fixture
def town(db: None) -> Town:
    return Town()


@pytest.fixture
def chamber(town: Town) -> Chamber:
    base = Base.objects.create(code="footwear", name_zh="鞋类", name_en="Footwear")
    organisation = town.organisation(Kind.CHAMBER)
    chamber = Chamber.objects.create(name_zh="鞋类商会", name_en="F", organisation=organisation)
    chamber.bases.add(base)
    return chamber


def of(town: Town, organisation: Organisation | None, role: Role = Role.OWNER) -> Client:
    return signed_in(town.person(organisation, role))


def filed(chamber: Chamber, **said: str) -> Application:
    """By somebody from outside."""
    guest = Client()
    assert "鞋类商会" in guest.get(reverse("apply")).content.decode()
    answer = guest.post(reverse("apply_to", args=[chamber.pk]), {"email": "new@example.org"})
    assert answer.status_code == 200
    link = re.search(r"https?://[^/]+(/apply/form/\S+)", str(mail.outbox[-1].body))
    assert link
    form = guest.get(link[1]).content.decode()
    assert 'name="uscc"' in form
    assert guest.post(link[1], {"name_zh": "新鞋业", **said}).status_code == 302
    assert "新鞋业" in guest.get(link[1]).content.decode()
    return Application.objects.get()


def test_a_firm_from_outside_applies_and_is_admitted(town: Town, chamber: Chamber) -> None:
    found = filed(chamber, hs_codes="6403", annual_export_usd="7654321")
    officer = of(town, chamber.organisation, Role.OFFICER)
    page = officer.get(reverse("filed_application", args=[found.pk])).content.decode()
    assert "新鞋业" in page
    assert "765.43" not in page
    assert "7654321" not in page

    officer.post(reverse("approve_application", args=[found.pk]))

    assert Affiliation.objects.get().member.name_zh == "新鞋业"
    assert mail.outbox[-1].to == ["new@example.org"]
    assert "/invitations/" in str(mail.outbox[-1].body)


def test_a_refusal_needs_a_reason_and_the_link_says_it(town: Town, chamber: Chamber) -> None:
    found = filed(chamber)
    officer = of(town, chamber.organisation, Role.OFFICER)
    refuse = reverse("refuse_application", args=[found.pk])

    assert officer.post(refuse, {"reason": ""}).status_code == 400
    officer.post(refuse, {"reason": "不生产鞋"})

    link = re.search(r"https?://[^/]+(/apply/form/\S+)", str(mail.outbox[0].body))
    assert link
    assert "不生产鞋" in Client().get(link[1]).content.decode()


def test_others_neither_see_an_application_nor_decide_it(town: Town, chamber: Chamber) -> None:
    found = filed(chamber)
    for client in (
        of(town, town.organisation(Kind.CHAMBER)),
        of(town, chamber.organisation, Role.READER),
        of(town, town.firm().organisation),
    ):
        assert client.get(reverse("filed_application", args=[found.pk])).status_code == 404
        assert client.post(reverse("approve_application", args=[found.pk])).status_code == 404
    found.refresh_from_db()
    assert found.state == "waiting"


def test_a_firm_does_not_approve_its_own_application(town: Town, chamber: Chamber) -> None:
    firm = town.firm()
    owner = of(town, firm.organisation)
    owner.post(reverse("apply_to", args=[chamber.pk]), {"shares_figures": "on"})
    found = Application.objects.get()
    assert found.shares_figures
    assert owner.get(reverse("filed_application", args=[found.pk])).status_code == 200
    assert owner.post(reverse("approve_application", args=[found.pk])).status_code == 404


def test_the_summary_counts_and_its_export_runs_no_formula(town: Town, chamber: Chamber) -> None:
    assert chamber.organisation
    hostile, shown = town.firm(chamber.organisation), town.firm(chamber.organisation)
    elsewhere = town.firm()
    Enterprise.objects.filter(pk=hostile.pk).update(
        name_zh='=HYPERLINK("http://evil","x")', employees=10, annual_export_usd=7777777
    )
    Enterprise.objects.filter(pk=shown.pk).update(annual_export_usd=5000000, markets=["US"])
    town.shares(shown, chamber.organisation)
    officer = of(town, chamber.organisation, Role.READER)

    page = officer.get(reverse("summary")).content.decode()
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(officer.get(reverse("export_summary")).streaming_content))  # type: ignore[attr-defined]
    )

    assert "500 万美元" in page
    assert "777" not in page
    rows = list(book.worksheets[0].iter_rows())
    texts = [[cell.value for cell in row] for row in rows]
    assert {cell.data_type for row in rows for cell in row} <= {"s", "inlineStr"}
    assert [row[2] for row in texts[1:]] == ['=HYPERLINK("http://evil","x")', shown.name_zh]
    with translation.override("zh-hans"):
        assert [row[-1] for row in texts[1:]] == [str(CONFIDENTIAL), "5000000.00"]
    assert "美国" in texts[2]
    assert not any(elsewhere.name_zh in str(row) for row in texts)


def test_two_firms_are_compared_made_one_and_taken_apart(
    town: Town, chamber: Chamber, settings: Settings, tmp_path: Path
) -> None:
    settings.FENGHUO_INDEX = tmp_path / "index"
    assert chamber.organisation
    first, second = town.firm(chamber.organisation), town.firm(chamber.organisation)
    Enterprise.objects.filter(pk=first.pk).update(name_zh="晋江市远帆鞋业有限公司", city="泉州")
    Enterprise.objects.filter(pk=second.pk).update(name_zh="福建省晋江市远帆鞋业公司", city="晋江")
    owner = of(town, chamber.organisation)
    address = reverse("merge", args=[first.pk, second.pk])

    assert address in owner.get(reverse("duplicates")).content.decode()
    assert "晋江市远帆鞋业有限公司" in owner.get(address).content.decode()
    said = {"name_zh": "kept", "city": "merged", "reason": "同一家"}
    assert owner.post(address, {**said, "reason": ""}).status_code == 400
    owner.post(address, said)

    first.refresh_from_db()
    assert first.city == "晋江"
    made = Merger.objects.get()
    assert "同一家" in owner.get(reverse("duplicates")).content.decode()

    owner.post(reverse("undo_merger", args=[made.pk]))

    assert Enterprise.objects.get(pk=second.pk).city == "晋江"
    first.refresh_from_db()
    assert first.city == "泉州"


def test_only_owners_who_reach_both_make_firms_one(town: Town, chamber: Chamber) -> None:
    assert chamber.organisation
    first, second = town.firm(chamber.organisation), town.firm()
    address = reverse("merge", args=[first.pk, second.pk])
    assert of(town, chamber.organisation).get(address).status_code == 404
    officer = of(town, chamber.organisation, Role.OFFICER)
    assert officer.get(reverse("duplicates")).status_code == 404
