"""My account: how I read, my password, my address, for whom I act."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from monitor.accounts.entrance import mail_changes
from monitor.accounts.models import MailChange, Membership, Organisation, Session, User
from monitor.accounts.words import Kind, Role
from tests.signing_in import PASSWORD, QUICK, link_in, person, signed_in, tries

NEW = "seven quiet turbines 92"
SINCE = datetime(2025, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [QUICK]


@pytest.fixture
def lin(_quick: None) -> User:
    return person()


@pytest.fixture
def desk(lin: User) -> Client:
    return signed_in(lin)


def mails() -> dict[str, str]:
    return {sent.to[0]: str(sent.body) for sent in mail.outbox}


# --- The password --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short 7 x", "12"),
        ("Password1234!", "guessed first"),
        ("1qaz2wsx3edc", "common"),
        ("lin@example.org", "similar"),
    ],
)
def test_a_weak_password_is_refused(lin: User, password: str, said: str) -> None:
    desk = signed_in(lin, headers={"Accept-Language": "en"})
    form = {"password": PASSWORD, "new_password1": password, "new_password2": password}
    response = desk.post(reverse("password"), form)
    assert response.status_code == 200
    assert said in response.content.decode()
    lin.refresh_from_db()
    assert lin.check_password(PASSWORD)


def test_another_password_asks_for_the_one_before(desk: Client, lin: User) -> None:
    form = {"password": "wrong", "new_password1": NEW, "new_password2": NEW}
    for _ in range(5):
        assert desk.post(reverse("password"), form).status_code == 200
    # And does not let anybody guess it here, either.
    assert desk.post(reverse("password"), form | {"password": PASSWORD}).status_code == 200
    lin.refresh_from_db()
    assert lin.check_password(PASSWORD)


# --- A password that was forgotten ---------------------------------------------------------------


def asked(address: str) -> str:
    response = Client().post(reverse("forgotten"), {"address": address}, follow=True)
    lines = response.content.decode().splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)


def test_whoever_asks_is_told_the_same_whether_the_address_is_known(lin: User) -> None:
    assert asked("lin@example.org") == asked("nobody@example.org")
    assert list(mails()) == ["lin@example.org"]


def test_sample_people_and_those_who_left_get_no_link(lin: User) -> None:
    person("sample@example.org", sample=True)
    person("gone@example.org", is_active=False)
    asked("sample@example.org")
    asked("gone@example.org")
    assert mail.outbox == []


def test_an_address_is_not_flooded_with_links(lin: User) -> None:
    for _ in range(10):
        asked("lin@example.org")
    assert len(mail.outbox) == 3


def test_the_link_lets_one_choose_a_password_once(lin: User, desk: Client) -> None:
    asked("LIN@example.org")
    path = link_in(str(mail.outbox[0].body))
    visitor = Client()
    form = visitor.get(path, follow=True)
    assert path not in form.request["PATH_INFO"]
    response = visitor.post(form.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW})
    assert response.headers["Location"] == reverse("sign_in")
    assert desk.get(reverse("account")).status_code == 302
    assert "过期" in Client().get(path, follow=True).content.decode()
    # The device is known now: what strangers do does not slow it.
    for _ in range(8):
        tries(Client(), "lin@example.org", "wrong")
    assert tries(visitor, "lin@example.org", NEW).status_code == 302


def test_the_link_expires(lin: User, settings: Settings) -> None:
    asked("lin@example.org")
    settings.PASSWORD_RESET_TIMEOUT = -1
    page = Client().get(link_in(str(mail.outbox[0].body)), follow=True)
    assert "过期" in page.content.decode()


# --- The mail address ----------------------------------------------------------------------------


def change_to(desk: Client, address: str) -> dict[str, str]:
    response = desk.post(reverse("mail"), {"address": address, "password": PASSWORD})
    assert response.status_code == 302
    return mails()


def test_an_address_changes_when_its_new_owner_confirms(desk: Client, lin: User) -> None:
    letters = change_to(desk, "Hong@example.org")
    assert sorted(letters) == ["hong@example.org", "lin@example.org"]
    path = link_in(letters["hong@example.org"])
    Client().get(path)
    lin.refresh_from_db()
    assert lin.username == "lin@example.org"
    assert Client().post(path).status_code == 200
    lin.refresh_from_db()
    assert (lin.username, lin.email) == ("hong@example.org", "hong@example.org")
    assert Client().post(path).status_code == 404


def test_the_old_address_undoes_it_and_throws_everybody_out(desk: Client, lin: User) -> None:
    letters = change_to(desk, "thief@example.org")
    Client().post(link_in(letters["thief@example.org"]))
    path = link_in(letters["lin@example.org"])
    assert Client().get(path).status_code == 200
    mail.outbox.clear()
    assert Client().post(path).status_code == 302
    lin.refresh_from_db()
    assert lin.username == "lin@example.org"
    assert not lin.has_usable_password()
    assert desk.get(reverse("account")).status_code == 302
    assert list(mails()) == ["lin@example.org"]
    assert Client().get(link_in(mails()["lin@example.org"]), follow=True).status_code == 200
    assert Client().post(path).status_code == 404


def test_the_old_address_stops_it_before_it_is_confirmed(desk: Client, lin: User) -> None:
    letters = change_to(desk, "thief@example.org")
    Client().post(link_in(letters["lin@example.org"]))
    assert Client().post(link_in(letters["thief@example.org"])).status_code == 404


def test_an_address_that_somebody_has_is_told_so_there_alone(desk: Client) -> None:
    person("wu@example.org")
    letters = change_to(desk, "wu@example.org")
    assert "http" not in letters["wu@example.org"]


def test_of_two_changes_the_later_counts(desk: Client, lin: User) -> None:
    first = link_in(change_to(desk, "first@example.org")["first@example.org"])
    second = link_in(change_to(desk, "second@example.org")["second@example.org"])
    assert Client().post(first).status_code == 404
    assert Client().post(second).status_code == 200


def test_links_end(lin: User) -> None:
    now = timezone.now()
    to_new, to_old = mail_changes.ask(lin, "hong@example.org", now)
    confirm = str(to_new.words["link"]).rsplit("/", 2)[1]
    undo = str(to_old.words["link"]).rsplit("/", 2)[1]
    day = timedelta(days=1)
    assert mail_changes.to_confirm(confirm, now + day - timedelta(seconds=1))
    assert mail_changes.to_confirm(confirm, now + day) is None
    assert mail_changes.to_undo(undo, now + 30 * day - timedelta(seconds=1))
    assert mail_changes.to_undo(undo, now + 30 * day) is None
    assert confirm not in str(MailChange.objects.values())


# --- How I read, and for whom I act --------------------------------------------------------------


def test_language_and_zone_are_kept_and_hold_at_once(desk: Client, lin: User) -> None:
    form = {"name": "Lin", "language": "en", "time_zone": "America/New_York"}
    page = desk.post(reverse("account"), form, follow=True).content.decode()
    assert "My account" in page
    assert "America/New_York" in page.split("<footer>")[1]
    lin.refresh_from_db()
    assert (lin.name, lin.language, lin.time_zone) == ("Lin", "en", "America/New_York")


def test_nothing_but_what_the_form_shows_is_taken(desk: Client, lin: User) -> None:
    form = {"name": "Lin", "language": "en", "time_zone": "UTC", "is_operator": "on"}
    desk.post(reverse("account"), form | {"username": "root@example.org"})
    lin.refresh_from_db()
    assert (lin.is_operator, lin.username) == (False, "lin@example.org")


@pytest.fixture
def two(lin: User) -> list[Organisation]:
    made = []
    for number, name in enumerate(("陶瓷商会", "家具商会")):
        chamber = Organisation.objects.create(kind=Kind.CHAMBER, name_zh=name, created_at=SINCE)
        since = SINCE + timedelta(days=number)
        Membership.objects.create(user=lin, organisation=chamber, role=Role.OWNER, since=since)
        made.append(chamber)
    return made


def acts_for(client: Client) -> str:
    return str(client.get(reverse("account")).context["request"].actor.organisation)


def test_one_acts_for_one_at_a_time_and_chooses(desk: Client, two: list[Organisation]) -> None:
    assert acts_for(desk) == "陶瓷商会"
    assert "陶瓷商会" in desk.get("/").content.decode()
    assert desk.post(reverse("acting"), {"organisation": two[1].pk}).status_code == 302
    assert acts_for(desk) == "家具商会"


def test_nobody_acts_for_what_is_not_theirs(desk: Client, two: list[Organisation]) -> None:
    other = Organisation.objects.create(kind=Kind.CHAMBER, name_zh="鞋业商会", created_at=SINCE)
    assert desk.post(reverse("acting"), {"organisation": other.pk}).status_code == 404
    Membership.objects.filter(organisation=two[1]).update(ended_at=SINCE + timedelta(days=9))
    assert desk.post(reverse("acting"), {"organisation": two[1].pk}).status_code == 404


def test_a_page_of_ones_own_needs_signing_in() -> None:
    for name in ("account", "password", "mail", "sessions", "second_factor", "authenticator"):
        response = Client().get(reverse(name))
        assert response.headers["Location"].startswith(reverse("sign_in"))


def test_sessions_know_whose_they_are(desk: Client, lin: User) -> None:
    assert [row.user for row in Session.objects.all()] == [lin]
