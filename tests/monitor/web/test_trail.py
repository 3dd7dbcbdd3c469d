"""The pages of the trail: who did what, who looked at our figures, what is recorded of me."""

import csv
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from monitor.accounts.models import Membership, Organisation, Share, User
from monitor.accounts.walls.acting import acting
from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Kind, Role
from monitor.bases.models import Base, Enterprise
from monitor.impact.models import Impact
from monitor.trail.hand import by
from monitor.trail.models import Entry
from monitor.trail.recording import read, record
from monitor.trail.verifying import checkpoint, verify
from tests.monitor.web.house import SEEN, House
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

FIGURE = "1234567.00"


def person(name: str, organisation: Organisation, role: Role = Role.OWNER) -> User:
    user = User.objects.create(username=f"{name}@example.org", name=name)
    Membership.objects.create(user=user, organisation=organisation, role=role, since=SEEN)
    return user


def organisation(kind: Kind, name: str) -> Organisation:
    return Organisation.objects.create(kind=kind, name_zh=name, created_at=SEEN)


@pytest.fixture
def firm(house: House) -> Enterprise:
    own = organisation(Kind.ENTERPRISE, "甲公司")
    return Enterprise.objects.create(name_zh="甲公司", name_en="Jia", organisation=own)


@pytest.fixture
def owner(firm: Enterprise) -> User:
    assert firm.organisation
    return person("甲主", firm.organisation)


@pytest.fixture
def lawyer(house: House) -> Actor:
    return acting(person("白律师", organisation(Kind.COUNSEL, "律师事务所"), Role.READER))


@pytest.fixture
def impact(house: House, firm: Enterprise) -> Impact:
    base: Base = house.base("ceramics")
    firm.bases.add(base)
    told = {"id": firm.pk, "name_zh": "甲公司", "name_en": "Jia", "value_usd": FIGURE}
    notice = house.notice()
    entry = house.entry(notice, house.measure("us:A-570-117"))
    return house.impact(base, entry, firms=[told])


@pytest.fixture
def office(impact: Impact, firm: Enterprise) -> Actor:
    """Of the province's office, to whom the firm shows its figures."""
    actor = acting(person("林经办", organisation(Kind.OFFICE, "省商务厅"), Role.OFFICER))
    Share.objects.create(
        owner=firm.organisation, receiver=actor.organisation, what="figures", since=SEEN
    )
    return actor


def text(response: HttpResponseBase) -> str:
    assert response.status_code == 200, response
    if response.streaming:
        return b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    return response.content.decode()  # type: ignore[attr-defined]


def rows(client: Client, question: str = "") -> list[list[str]]:
    return list(csv.reader(StringIO(text(client.get(reverse("trail_export") + question)))))[1:]


def looks() -> list[Entry]:
    return list(Entry.objects.filter(verb="read_figures"))


def test_who_looked_at_our_figures_is_told_by_name(
    impact: Impact, office: Actor, owner: User
) -> None:
    assert office.user
    client = signed_in(office.user, REMOTE_ADDR="192.0.2.7")
    page = reverse("impact", args=[impact.pk])
    for _ in range(3):
        client.get(page)
    (look,) = looks()
    assert (look.page, look.acting_for, str(look.address)) == (
        page,
        office.organisation,
        "192.0.2.7",
    )
    said = text(signed_in(owner).get(reverse("trail")))
    for word in ("林经办", "省商务厅", page, "查看了数据"):
        assert word in said
    # From where they came is their own organisation's to know.
    assert "192.0.2.7" not in said
    assert verify() == checkpoint()


def test_ones_own_figures_and_hidden_ones_are_no_look(
    impact: Impact, office: Actor, owner: User
) -> None:
    signed_in(owner).get(reverse("impact", args=[impact.pk]))
    Share.objects.update(withdrawn_at=SEEN)
    assert office.user
    signed_in(office.user).get(reverse("impact", args=[impact.pk]))
    assert looks() == []


def test_others_do_not_see_the_trail_of_a_firm(
    firm: Enterprise, lawyer: Actor, owner: User
) -> None:
    assert firm.organisation
    rival = person("乙主", organisation(Kind.ENTERPRISE, "乙公司"))
    reader = person("读者", firm.organisation, Role.READER)
    read(lawyer, "/impacts/1/", [firm.organisation], SEEN)
    assert "白律师" in text(signed_in(owner).get(reverse("trail")))
    assert "白律师" not in text(signed_in(rival).get(reverse("trail")))
    for name in ("trail", "trail_export"):
        assert signed_in(reader).get(reverse(name)).status_code == 404
        assert Client().get(reverse(name)).status_code == 302


@pytest.fixture
def told(firm: Enterprise, owner: User, lawyer: Actor) -> User:
    """Lines of two days: two looks, and a person who was let in and made an officer."""
    assert firm.organisation
    read(lawyer, "/impacts/1/", [firm.organisation], SEEN)
    read(lawyer, "/impacts/2/", [firm.organisation], SEEN + timedelta(days=1))
    newcomer = User.objects.create(username="new@example.org", name="新人")
    with by(acting(owner), SEEN, "192.0.2.7"):
        made = Membership.objects.create(
            user=newcomer, organisation=firm.organisation, role=Role.READER, since=SEEN
        )
        made.role = Role.OFFICER
        made.save()
    return newcomer


def test_what_changed_is_told_with_before_and_after(told: User, owner: User) -> None:
    said = text(signed_in(owner).get(reverse("trail") + "?verb=change"))
    assert "新人" in said
    assert "只读" in said
    assert "经办" in said
    # Of one's own organisation's people.
    assert "192.0.2.7" in said


@pytest.mark.parametrize(
    ("question", "pages"),
    [
        ("?verb=read_figures", ["/impacts/2/", "/impacts/1/"]),
        ("?verb=read_figures&since=2025-05-21", ["/impacts/2/"]),
        ("?verb=read_figures&until=2025-05-20", ["/impacts/1/"]),
        ("?verb=read_figures&since=2025-05-22", []),
        ("?verb=nonsense&since=2025-02-30&until=x", ["/impacts/2/", "/impacts/1/"]),
    ],
)
def test_lines_are_found_by_day_and_verb(
    told: User, owner: User, question: str, pages: list[str]
) -> None:
    client = signed_in(owner)
    found = [row[5] for row in rows(client, question) if row[5].startswith("/")]
    assert found == pages
    shown = text(client.get(reverse("trail") + question))
    assert [page for page in ("/impacts/2/", "/impacts/1/") if page in shown] == pages


def test_pages_are_turned_and_the_export_has_them_all(
    firm: Enterprise, owner: User, lawyer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert firm.organisation
    monkeypatch.setattr("monitor.web.trail.BATCH", 25)
    for number in range(60):
        read(lawyer, f"/impacts/{number:02}/", [firm.organisation], SEEN)
    client = signed_in(owner)
    first, second = (text(client.get(reverse("trail") + f"?page={n}")) for n in (1, 2))
    assert "/impacts/59/" in first
    assert "/impacts/09/" not in first
    assert "/impacts/09/" in second
    assert [row[5] for row in rows(client)] == [f"/impacts/{n:02}/" for n in range(59, -1, -1)]


def test_the_export_runs_no_formula(firm: Enterprise, owner: User, now: datetime) -> None:
    rogue = person("=1+1", organisation(Kind.COUNSEL, "@sum"))
    assert firm.organisation
    read(acting(rogue), "/impacts/1/", [firm.organisation], now)
    ((_, _, who, acting_for, *_),) = rows(signed_in(owner))
    assert (who, acting_for) == ("'=1+1", "'@sum")


def test_others_text_is_shown_as_text(firm: Enterprise, owner: User, now: datetime) -> None:
    rogue = person("<script>alert(1)</script>", organisation(Kind.COUNSEL, "<b>x"))
    assert firm.organisation
    record(acting(rogue), "<i>", None, concerned=firm.organisation, after={"<u>": "<s>"}, now=now)
    said = text(signed_in(owner).get(reverse("trail")))
    for markup in ("<script>alert", "<b>x", "<i>", "<u>", "<s>"):
        assert markup not in said


def test_a_person_sees_what_is_recorded_of_them(told: User, owner: User) -> None:
    said = text(signed_in(told).get(reverse("my_trail")))
    assert "甲主" in said
    assert "甲公司" in said
    assert "登录" in said
    assert "/impacts/1/" not in said
    assert Client().get(reverse("my_trail")).status_code == 302


def test_who_was_forgotten_is_nobody(told: User, owner: User, lawyer: Actor) -> None:
    from monitor.trail.forgetting import forget  # noqa: PLC0415 - beside what it is about

    assert lawyer.user
    forget(lawyer.user.username, SEEN)
    said = text(signed_in(owner).get(reverse("trail")))
    assert "白律师" not in said
    assert "未保留姓名" in said


def test_a_page_of_the_trail_asks_few_questions(
    told: User, owner: User, django_assert_max_num_queries
) -> None:
    client = signed_in(owner)
    with django_assert_max_num_queries(12):
        client.get(reverse("trail"))
