"""Where somebody is signed in, and ending that."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from monitor.accounts.entrance import braking, mail_changes
from monitor.accounts.entrance.braking import Place
from monitor.accounts.entrance.sessions import LOOK, SEAT, SessionStore
from monitor.accounts.models import Session, User
from monitor.accounts.secrets.bearer import digest
from monitor.accounts.tidying import tidy
from monitor.web.agents import described
from tests.signing_in import PASSWORD, QUICK, person, tries

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
PHONE = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Mobile Safari/537.36"
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def lin(settings: Settings) -> User:
    settings.PASSWORD_HASHERS = [QUICK]
    return person()


@pytest.fixture
def desk(lin: User) -> Client:
    return came_in(lin, FIREFOX, "203.0.113.1")


@pytest.fixture
def phone(lin: User) -> Client:
    return came_in(lin, PHONE, "203.0.113.2")


def came_in(user: User, agent: str, address: str) -> Client:
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)
    assert tries(client, user.username).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def test_the_page_lists_them_with_device_and_address(desk: Client, phone: Client) -> None:
    page = desk.get(reverse("sessions")).content.decode()
    for said in ("Firefox 145, Linux", "Chrome 142, Android", "203.0.113.1", "203.0.113.2"):
        assert said in page


def test_one_is_ended_and_the_others_go_on(desk: Client, phone: Client) -> None:
    key = digest(phone.cookies["sessionid"].value)
    response = desk.post(reverse("end_session"), {"session": key})
    assert response.headers["Location"] == reverse("sessions")
    assert is_in(desk)
    assert not is_in(phone)


def test_all_others_are_ended_at_once(lin: User, desk: Client, phone: Client) -> None:
    third = came_in(lin, PHONE, "203.0.113.3")
    desk.post(reverse("end_other_sessions"))
    assert [is_in(client) for client in (desk, phone, third)] == [True, False, False]


def test_nobody_sees_or_ends_those_of_others(desk: Client) -> None:
    other = came_in(person("wu@example.org"), PHONE, "198.51.100.9")
    assert "198.51.100.9" not in desk.get(reverse("sessions")).content.decode()
    key = digest(other.cookies["sessionid"].value)
    assert desk.post(reverse("end_session"), {"session": key}).status_code == 404
    assert is_in(other)


def test_another_password_ends_all_others(desk: Client, phone: Client) -> None:
    new = "seven quiet turbines 92"
    form = {"password": PASSWORD, "new_password1": new, "new_password2": new}
    assert desk.post(reverse("password"), form).status_code == 302
    assert is_in(desk)
    assert not is_in(phone)
    assert Session.objects.count() == 1


def test_signing_out_leaves_no_row(desk: Client) -> None:
    desk.post(reverse("sign_out"))
    assert not Session.objects.filter(user__isnull=False).exists()


def test_whoever_reads_the_table_cannot_come_in_by_it(desk: Client) -> None:
    (row,) = Session.objects.all()
    thief = Client()
    thief.cookies["sessionid"] = row.session_key
    assert not is_in(thief)
    assert desk.cookies["sessionid"].value not in row.session_data


def test_last_seen_is_written_now_and_then(desk: Client, lin: User) -> None:
    (row,) = Session.objects.all()
    is_in(desk)
    assert Session.objects.get().seen_at == row.seen_at
    earlier = datetime.now(UTC) - LOOK - timedelta(minutes=1)
    session = desk.session
    session[SEAT] = session[SEAT] | {"seen_at": earlier.isoformat()}
    session.save()
    desk.get(reverse("account"), REMOTE_ADDR="203.0.113.77")
    row = Session.objects.get()
    assert row.seen_at
    assert row.seen_at > earlier
    assert row.address == "203.0.113.77"


def test_what_has_expired_is_no_session_and_is_cleared(lin: User) -> None:
    store = SessionStore()
    store[SESSION_KEY] = str(lin.pk)
    store.set_expiry(timedelta(seconds=-1))
    store.save()
    assert SessionStore(store.session_key).load() == {}
    assert Session.objects.count() == 1
    SessionStore.clear_expired()
    assert Session.objects.count() == 0


def test_what_nobody_needs_any_more_is_thrown_away(lin: User, desk: Client) -> None:
    now = datetime.now(UTC)
    mail_changes.ask(lin, "hong@example.org", now)
    braking.attempt(Place("203.0.113.1").marks("a@example.org"), now)
    assert tidy(now) == Counter()
    later = now + timedelta(days=31)
    assert tidy(later) == Counter(sessions=1, failures=4, mail_changes=1)


def test_a_session_that_was_ended_is_not_written_again(lin: User) -> None:
    store = SessionStore()
    store["a"] = 1
    store.save()
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("", "未知设备"),
        ("curl/8.5", "未知设备"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0",
            "Edge 142, Windows",
        ),
        (
            "(iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari 18, iPhone",
        ),
        (
            "(Linux; Android 14) Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0.50",
            "WeChat 8, Android",
        ),
    ],
)
def test_a_browser_is_described_in_short(agent: str, said: str) -> None:
    assert described(agent) == said
