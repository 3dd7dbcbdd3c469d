"""入会申请: who gets in by it, and where to."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail

from monitor.accounts.models import Affiliation, Invitation, Organisation, Share
from monitor.accounts.words import Kind, Role
from monitor.bases import applications
from monitor.bases.applications import State
from monitor.bases.models import Application, Base, Chamber, Enterprise
from tests.monitor.accounts.conftest import Town

NOW = datetime(2025, 6, 2, tzinfo=UTC)
SHEET: dict[str, Any] = {
    "name_zh": "新鞋业有限公司",
    "name_en": "",
    "uscc": "91999999000000019D",
    "city": "泉州",
    "hs_codes": ["6403"],
    "markets": ["US"],
    "employees": 12,
    "annual_export_usd": Decimal("1234.50"),
}


@pytest.fixture
def town(db: None) -> Town:
    return Town()


@pytest.fixture
def chamber(town: Town) -> Organisation:
    base = Base.objects.create(code="footwear", name_zh="鞋类", name_en="Footwear")
    organisation = town.organisation(Kind.CHAMBER)
    chamber = Chamber.objects.create(name_zh="鞋类商会", name_en="F", organisation=organisation)
    chamber.bases.add(base)
    return organisation


def by_mail(chamber: Organisation, *, shares: bool = False, **said: Any) -> Application:
    applications.begin(chamber, "New@Example.com", NOW)
    found = applications.found(secret())
    assert found
    applications.file(found, {**SHEET, **said}, NOW, shares_figures=shares)
    found.refresh_from_db()
    return found


def secret() -> str:
    found = re.search(r"/apply/form/([\w-]+)/", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_the_form_is_filed_once_by_whoever_has_the_mail(chamber: Organisation) -> None:
    filed = by_mail(chamber)

    assert (filed.state, filed.email) == (State.WAITING, "new@example.com")
    assert filed.sheet["annual_export_usd"] == "1234.50"
    with pytest.raises(applications.AlreadyDecidedError):
        applications.file(filed, SHEET, NOW, shares_figures=True)


def test_the_link_ends(chamber: Organisation) -> None:
    applications.begin(chamber, "new@example.com", NOW)
    found = applications.found(secret())
    assert found
    late = NOW + timedelta(days=14)
    assert applications.fillable(found, late - timedelta(seconds=1))
    with pytest.raises(applications.AlreadyDecidedError):
        applications.file(found, SHEET, late, shares_figures=False)


def test_nobody_is_flooded_with_links(chamber: Organisation) -> None:
    for minutes in (0, 5, 9, 11):
        applications.begin(chamber, "new@example.com", NOW + timedelta(minutes=minutes))
    assert len(mail.outbox) == 2
    assert Application.objects.count() == 1


def test_approval_makes_the_firm_a_member_and_invites_whoever_applied(
    town: Town, chamber: Organisation
) -> None:
    filed = by_mail(chamber)

    state = applications.approve(town.actor(chamber, Role.OFFICER), filed, NOW)

    firm = Enterprise.objects.get()
    assert state == State.APPROVED
    assert (firm.annual_export_usd, firm.employees) == (Decimal("1234.50"), 12)
    assert [base.code for base in firm.bases.all()] == ["footwear"]
    assert Affiliation.objects.get().member == firm.organisation
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role) == ("new@example.com", Role.OWNER)
    assert invitation.mailed_at == NOW
    assert not Share.objects.exists()
    with pytest.raises(applications.AlreadyDecidedError):
        applications.refuse(town.actor(chamber), filed, "late", NOW)


def test_figures_are_shown_where_the_box_was_ticked(town: Town, chamber: Organisation) -> None:
    applications.approve(town.actor(chamber), by_mail(chamber, shares=True), NOW)
    assert Share.objects.get().receiver == chamber


def test_a_refusal_says_why(town: Town, chamber: Organisation) -> None:
    filed = by_mail(chamber)

    applications.refuse(town.actor(chamber), filed, "不生产鞋", NOW)

    filed.refresh_from_db()
    assert (filed.state, filed.reason) == (State.REFUSED, "不生产鞋")
    assert "不生产鞋" in str(mail.outbox[-1].body)
    assert not Enterprise.objects.exists()


def test_whoever_takes_the_name_of_a_firm_elsewhere_is_not_let_into_it(
    town: Town, chamber: Organisation
) -> None:
    elsewhere = town.firm(town.organisation(Kind.CHAMBER))
    filed = by_mail(chamber, name_zh=elsewhere.name_zh, uscc=None)

    assert applications.approve(town.actor(chamber), filed, NOW) == State.REFERRED

    assert not Affiliation.objects.filter(of=chamber).exists()
    assert not Invitation.objects.exists()
    filed.refresh_from_db()
    office = town.actor(town.organisation(Kind.OFFICE, ""))
    assert Application.objects.for_actor(office).get() == filed
    abroad = town.actor(town.organisation(Kind.OFFICE, "厦门"))
    assert not Application.objects.for_actor(abroad).exists()
    assert applications.approve(office, filed, NOW) == State.APPROVED
    assert Affiliation.objects.get(of=chamber).member == elsewhere.organisation


def test_nobody_is_let_into_a_firm_that_people_act_for(town: Town, chamber: Organisation) -> None:
    firm = town.firm(chamber)
    town.person(firm.organisation)
    filed = by_mail(chamber, name_zh=firm.name_zh, uscc=None)

    with pytest.raises(applications.AlreadyActedForError):
        applications.approve(town.actor(chamber), filed, NOW)

    filed.refresh_from_db()
    assert filed.state == State.WAITING
    assert not Invitation.objects.exists()


def test_a_firm_that_is_here_applies_as_itself(town: Town, chamber: Organisation) -> None:
    firm = town.firm()
    assert firm.organisation
    owner = town.actor(firm.organisation)

    filed = applications.file_for(owner, firm, chamber, NOW, shares_figures=True)
    again = applications.file_for(owner, firm, chamber, NOW, shares_figures=True)
    applications.approve(town.actor(chamber), again, NOW)

    assert not Application.objects.filter(pk=filed.pk).exists()
    assert Affiliation.objects.get(of=chamber).member == firm.organisation
    assert Share.objects.get().shared_by == owner.user
    assert not Invitation.objects.exists()


def test_an_application_is_read_by_both_sides_and_nobody_else(
    town: Town, chamber: Organisation
) -> None:
    firm = town.firm()
    assert firm.organisation
    owner = town.actor(firm.organisation)
    filed = applications.file_for(owner, firm, chamber, NOW, shares_figures=False)
    seen = {
        "chamber": town.actor(chamber, Role.OFFICER),
        "firm": owner,
        "reader of the chamber": town.actor(chamber, Role.READER),
        "other chamber": town.actor(town.organisation(Kind.CHAMBER)),
        "office": town.actor(town.organisation(Kind.OFFICE, "")),
    }
    found = {who: list(Application.objects.for_actor(actor)) for who, actor in seen.items()}
    assert found == {
        "chamber": [filed],
        "firm": [filed],
        "reader of the chamber": [],
        "other chamber": [],
        "office": [],
    }
