"""The pages of organisations: people, invitations, member firms, sharing."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from monitor.accounts.models import Affiliation, Invitation, Membership, Organisation, Share, User
from monitor.accounts.words import Kind, Role
from monitor.bases.confidential import CONFIDENTIAL
from monitor.bases.models import Enterprise
from tests.monitor.accounts.conftest import Town
from tests.signing_in import signed_in

PASSWORD = "an old tea house by the river"
SINCE = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def town(db: None) -> Town:
    return Town()


@pytest.fixture
def chamber(town: Town) -> Organisation:
    return town.organisation(Kind.CHAMBER)


def of(town: Town, organisation: Organisation | None, role: Role = Role.OWNER) -> Client:
    return signed_in(town.person(organisation, role))


def linked(message: mail.EmailMessage) -> str:
    found = re.search(r"https?://[^/]+(/\S+)", str(message.body))
    assert found
    return found[1]


def invited(town: Town, chamber: Organisation, email: str = "new@example.org") -> str:
    """The address in the mail."""
    of(town, chamber).post(reverse("invite"), {"email": email, "role": "officer"})
    return linked(mail.outbox[-1])


def test_an_owner_invites_and_the_new_one_comes_in(town: Town, chamber: Organisation) -> None:
    link = invited(town, chamber)
    guest = Client()

    assert chamber.name_zh in guest.get(link).content.decode()
    answer = guest.post(link, {"name": "林新", "language": "zh-hans", "password": PASSWORD})

    assert answer.headers["Location"] == reverse("sign_in")
    membership = Membership.objects.get(user__username="new@example.org")
    assert (membership.organisation, membership.role) == (chamber, Role.OFFICER)
    assert guest.get(link).status_code == 404


def test_a_weak_password_lets_nobody_in(town: Town, chamber: Organisation) -> None:
    link = invited(town, chamber)
    answer = Client().post(link, {"name": "林新", "language": "en", "password": "password"})
    assert answer.status_code == 400
    assert not User.objects.filter(username="new@example.org").exists()


def test_an_address_that_has_an_account_signs_in_to_accept(
    town: Town, chamber: Organisation
) -> None:
    known, other = town.person(), town.person()
    link = invited(town, chamber, known.username)

    guest = Client().post(link, {"name": "x", "language": "en", "password": PASSWORD})
    assert reverse("sign_in") in guest.content.decode()
    assert signed_in(other).post(link).status_code == 200
    assert not Membership.objects.filter(user__in=[known, other]).exists()

    signed_in(known).post(link)
    assert Membership.objects.get(user=known).organisation == chamber


def test_links_that_lead_nowhere_say_the_same(town: Town, chamber: Organisation) -> None:
    used, expired = invited(town, chamber, "a@example.org"), invited(town, chamber, "b@example.org")
    Client().post(used, {"name": "x", "language": "en", "password": PASSWORD})
    Invitation.objects.filter(email="b@example.org").update(expires_at=SINCE)
    guest = Client()
    answers = {
        re.sub(r'(value|href)="[^"]*"', "", guest.get(link).content.decode())
        for link in (used, expired, reverse("invitation", args=["never-was"]))
    }
    assert len(answers) == 1
    assert guest.get(used).status_code == 404


def test_only_owners_change_who_acts_for_it(town: Town, chamber: Organisation) -> None:
    other = town.person(chamber, Role.READER)
    membership = Membership.objects.get(user=other)
    officer = of(town, chamber, Role.OFFICER)
    stranger = of(town, town.organisation(Kind.CHAMBER))
    for client in (officer, stranger):
        for name in ("change_role", "let_go"):
            answer = client.post(reverse(name, args=[membership.pk]), {"role": "owner"})
            assert answer.status_code == 404
    assert officer.get(reverse("members")).status_code == 200

    of(town, chamber).post(reverse("change_role", args=[membership.pk]), {"role": "owner"})

    assert Membership.objects.get(user=other, ended_at=None).role == Role.OWNER


def test_the_last_owner_is_told_to_hand_over_and_does(town: Town, chamber: Organisation) -> None:
    owner, heir = town.person(chamber), town.person(chamber, Role.READER)
    client = signed_in(owner)
    mine = Membership.objects.get(user=owner)

    client.post(reverse("leave", args=[mine.pk]))
    assert Membership.objects.get(user=owner).ended_at is None

    page = client.get(reverse("members")).content.decode()
    assert reverse("hand_over") in page
    to = Membership.objects.get(user=heir).pk
    answer = client.post(reverse("hand_over"), {"to": to, "stays": ""})

    assert answer.headers["Location"] == reverse("organisations")
    assert Membership.objects.get(user=heir, ended_at=None).role == Role.OWNER
    assert not Membership.objects.filter(user=owner, ended_at=None).exists()
    assert client.get(reverse("members")).status_code == 404


def test_leaving_what_is_somebody_elses_is_leaving_nothing(
    town: Town, chamber: Organisation
) -> None:
    other = Membership.objects.create(
        user=town.person(), organisation=chamber, role=Role.READER, since=SINCE
    )
    assert of(town, chamber).post(reverse("leave", args=[other.pk])).status_code == 404


def test_member_firms_and_how_they_stand(town: Town, chamber: Organisation) -> None:
    pending, acted_for, silent = (town.firm(chamber) for _ in range(3))
    rival = town.firm(town.organisation(Kind.CHAMBER))
    town.person(acted_for.organisation)
    _imported(pending)

    page = of(town, chamber, Role.OFFICER).get(reverse("firms")).content.decode()

    for firm in (pending, acted_for, silent):
        assert firm.name_zh in page
    assert f">{rival.name_zh}<" not in page
    assert "未批准" in page
    assert "1 人" in page


def test_an_import_is_approved_as_a_whole_or_one_by_one(town: Town, chamber: Organisation) -> None:
    one, two, theirs = town.firm(chamber), town.firm(chamber), town.firm()
    made = [_imported(firm, f"boss{at}@example.org") for at, firm in enumerate((one, two, theirs))]
    officer = of(town, chamber, Role.OFFICER)

    answer = officer.post(reverse("send_invitation", args=[made[2].pk]))
    assert answer.status_code == 404
    officer.post(reverse("send_invitation", args=[made[0].pk]))
    assert [message.to for message in mail.outbox] == [["boss0@example.org"]]

    officer.post(reverse("approve_import"), {"made": SINCE.isoformat()})

    assert [message.to for message in mail.outbox[1:]] == [["boss1@example.org"]]
    assert Invitation.objects.filter(approved_by=None).get() == made[2]


def test_a_reader_of_the_chamber_approves_nothing(town: Town, chamber: Organisation) -> None:
    made = _imported(town.firm(chamber))
    reader = of(town, chamber, Role.READER)
    assert reader.post(reverse("send_invitation", args=[made.pk])).status_code == 404
    assert reader.post(reverse("approve_import"), {"made": SINCE.isoformat()}).status_code == 404
    assert mail.outbox == []


def test_a_chamber_lets_a_firm_go(town: Town, chamber: Organisation) -> None:
    firm = town.firm(chamber)
    officer = of(town, chamber, Role.OFFICER)

    officer.post(reverse("let_firm_go", args=[firm.pk]))

    assert Affiliation.objects.get().ended_at
    assert officer.get(reverse("firm", args=[firm.pk])).status_code == 404


def test_a_firms_page_shows_its_figure_to_whom_it_shows_it(
    town: Town, chamber: Organisation
) -> None:
    firm = town.firm(chamber)
    Enterprise.objects.filter(pk=firm.pk).update(annual_export_usd="12340000", hs_codes=["6403"])
    address = reverse("firm", args=[firm.pk])
    officer, own = of(town, chamber), of(town, firm.organisation)

    assert "1,234 万美元" not in officer.get(address).content.decode()
    with translation.override("zh-hans"):
        assert str(CONFIDENTIAL) in officer.get(address).content.decode()
    assert "1,234 万美元" in own.get(address).content.decode()
    assert own.get(reverse("firms")).headers["Location"] == address

    town.shares(firm, chamber)
    assert "1,234 万美元" in officer.get(address).content.decode()


def test_a_sheet_is_changed_by_the_firm_and_by_its_chamber_the_figure_by_the_firm(
    town: Town, chamber: Organisation
) -> None:
    firm = town.firm(chamber)
    address = reverse("edit_firm", args=[firm.pk])
    said = {
        "name_zh": "新名",
        "hs_codes": "6403、640411",
        "markets": "美国、DE、Japan",
        "employees": "12人",
    }

    of(town, chamber, Role.OFFICER).post(address, {**said, "annual_export_usd": "5"})

    firm.refresh_from_db()
    assert (firm.name_zh, str(firm.organisation)) == ("新名", "新名")
    assert (firm.hs_codes, firm.markets, firm.employees) == (
        ["6403", "640411"],
        ["US", "DE", "JP"],
        12,
    )
    assert firm.annual_export_usd is None

    of(town, firm.organisation).post(address, {**said, "annual_export_usd": "5"})
    firm.refresh_from_db()
    assert firm.annual_export_usd == 5


def test_what_cannot_be_read_is_said_at_its_field(town: Town, chamber: Organisation) -> None:
    firm, rival = town.firm(chamber), town.firm()
    client = of(town, firm.organisation)
    address = reverse("edit_firm", args=[firm.pk])
    for said in ({"name_zh": ""}, {"name_zh": "x", "hs_codes": "99"}, {"name_zh": rival.name_zh}):
        answer = client.post(address, said)
        assert answer.status_code == 400
        assert "errorlist" in answer.content.decode()


def test_a_firm_shares_and_takes_back(town: Town, chamber: Organisation) -> None:
    firm = town.firm(chamber)
    owner, officer = of(town, firm.organisation), of(town, chamber)
    until = (datetime.now(UTC) + timedelta(days=30)).date()

    past = owner.post(reverse("share"), {"receiver": chamber.pk, "until": "2020-01-01"})
    assert past.status_code == 400
    owner.post(reverse("share"), {"receiver": chamber.pk, "until": until.isoformat()})

    made = Share.objects.get()
    assert made.until
    assert firm.name_zh in officer.get(reverse("sharing")).content.decode()
    take_back = reverse("take_back", args=[made.pk])
    assert officer.post(take_back).status_code == 404
    owner.post(take_back)

    made.refresh_from_db()
    assert made.withdrawn_at
    assert "已收回" in officer.get(reverse("sharing")).content.decode()


def test_nothing_is_shared_with_whom_one_may_not_choose(town: Town, chamber: Organisation) -> None:
    firm, rival = town.firm(chamber), town.firm(chamber)
    assert rival.organisation
    owner = of(town, firm.organisation)
    for receiver in (rival.organisation, town.organisation(Kind.CHAMBER)):
        assert owner.post(reverse("share"), {"receiver": receiver.pk}).status_code == 400
    officer = of(town, firm.organisation, Role.OFFICER)
    assert officer.post(reverse("share"), {"receiver": chamber.pk}).status_code == 404
    assert not Share.objects.exists()


def _imported(firm: Enterprise, email: str = "boss@example.org") -> Invitation:
    return Invitation.objects.create(
        organisation=firm.organisation, email=email, role=Role.OWNER, created_at=SINCE
    )
