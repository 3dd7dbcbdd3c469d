"""What is recorded of people themselves: their mail address, their standings, what lets them in."""

from datetime import datetime
from uuid import UUID

import pytest
from django.urls import reverse

from monitor.accounts.entrance import factors, mail_changes
from monitor.accounts.models import MailChange, User
from monitor.accounts.walls.actor import ANYBODY, Actor
from monitor.accounts.words import Kind
from monitor.trail.forgetting import forget
from monitor.trail.hand import by
from monitor.trail.models import Entry, Person
from monitor.trail.verifying import checkpoint, verify
from tests.monitor.accounts.conftest import Town
from tests.signing_in import person, signed_in

pytestmark = pytest.mark.django_db

OLD, NEW = "lin@example.org", "lin.xh@example.cn"


@pytest.fixture
def lin(db: None) -> User:
    return person(OLD)


def moved(lin: User, now: datetime) -> MailChange:
    """They have another mail address now, which they confirmed without signing in."""
    with by(Actor(lin), now, "192.0.2.7"):
        mail_changes.ask(lin, NEW, now)
    change = MailChange.objects.get()
    with by(ANYBODY, now, "192.0.2.8"):
        assert mail_changes.confirm(change, now)
    lin.refresh_from_db()
    return change


def mails(entry: Entry) -> tuple[str, str]:
    """Before and after, of the pseudonyms that stand there."""
    before, after = (UUID(v["username"]["person"]) for v in (entry.before, entry.after))
    return Person.objects.get(pk=before).mail, Person.objects.get(pk=after).mail


def test_another_mail_address_stands_there_before_and_after(lin: User, now: datetime) -> None:
    moved(lin, now)
    asked, confirmed, changed = Entry.objects.order_by("number")
    assert (asked.verb, asked.model, asked.by) == ("add", "mailchange", Entry.By.PERSON)
    assert (confirmed.verb, confirmed.model, confirmed.by) == ("change", "mailchange", "anybody")
    assert (changed.verb, changed.model, changed.by) == ("change", "user", "anybody")
    assert mails(changed) == (OLD, NEW)
    assert str(changed.address) == "192.0.2.8"
    for line in (asked, confirmed, changed):
        assert line.about
        assert line.about.user == lin
        assert Entry.objects.for_actor(Actor(lin)).filter(pk=line.pk).exists()
    assert "example" not in str(list(Entry.objects.values()))
    assert verify() == checkpoint()


def test_undoing_it_does_too(lin: User, now: datetime) -> None:
    change = moved(lin, now)
    with by(ANYBODY, now):
        mail_changes.undo(change, now)
    back = Entry.objects.filter(model="user", after__has_key="username").latest("number")
    assert mails(back) == (NEW, OLD)
    no_password = Entry.objects.filter(model="user").latest("number")
    assert no_password.after == {"password": {"withheld": True}}


def test_who_has_moved_is_forgotten_whole(lin: User, now: datetime) -> None:
    moved(lin, now)
    assert len(forget(NEW, now)) == 2
    assert not Person.objects.exclude(mail="", name="").exists()
    assert verify() == checkpoint()


def test_whoever_has_the_address_now_is_somebody_else(lin: User, now: datetime) -> None:
    moved(lin, now)
    other = person(OLD, name="另一位")
    with by(Actor(other), now):
        other.time_zone = "Europe/Berlin"
        other.save()
    line = Entry.objects.latest("number")
    assert line.about
    assert line.about.user == other
    assert not Entry.objects.for_actor(Actor(lin)).filter(pk=line.pk).exists()
    assert [p.user for p in forget(OLD, now)] == [other]
    assert Person.objects.filter(user=lin, mail=OLD).exists()


def test_they_read_both_addresses_on_their_page(lin: User, now: datetime) -> None:
    moved(lin, now)
    said = signed_in(lin).get(reverse("my_trail")).content.decode()
    assert OLD in said
    assert NEW in said


@pytest.mark.parametrize("standing", ["is_operator", "is_analyst", "is_active"])
def test_what_somebody_is_stands_there(
    lin: User, actor: Actor, now: datetime, standing: str
) -> None:
    before = getattr(lin, standing)
    with by(actor, now):
        User.objects.filter(pk=lin.pk).update(**{standing: not before})
    line = Entry.objects.get()
    assert (line.verb, line.model, line.row) == ("change", "user", str(lin.pk))
    assert (line.before, line.after) == ({standing: before}, {standing: not before})
    assert line.concerned is None
    assert line.about
    assert line.about.user == lin
    assert line.person
    assert line.person.user == actor.user


def test_neither_name_nor_password_stand_there(lin: User, now: datetime) -> None:
    with by(Actor(lin), now):
        lin.name = "林小兰"
        lin.set_password("meteor-cabbage-trombone-91")
        lin.save()
    line = Entry.objects.get()
    assert line.after == {"name": {"withheld": True}, "password": {"withheld": True}}


def test_signing_in_is_no_change(lin: User) -> None:
    signed_in(lin)
    assert list(Entry.objects.values_list("verb", flat=True)) == ["sign_in"]


def test_what_lets_them_in_stands_there(lin: User, now: datetime) -> None:
    secret = factors.fresh_secret()
    with by(Actor(lin), now):
        code = factors.pyotp.TOTP(secret).at(now)
        assert factors.keep(lin, secret, code, now)
        (used, *_others) = factors.fresh_codes(lin)
        assert factors.recover(lin, used, now)
        factors.drop(lin)
    lines = list(Entry.objects.order_by("number").values_list("verb", "model"))
    codes = ("recoverycode",) * factors.CODES
    assert lines == [
        ("add", "authenticator"),
        *(("add", model) for model in codes),
        ("change", "recoverycode"),
        ("remove", "authenticator"),
        *(("remove", model) for model in codes),
    ]
    assert secret not in str(list(Entry.objects.values()))


def test_organisations_themselves_stand_there(town: Town, actor: Actor, now: datetime) -> None:
    with by(actor, now):
        made = town.organisation(Kind.COUNSEL)
        made.name_zh = "新律师事务所"
        made.save()
    add, change = Entry.objects.order_by("number")
    assert add.concerned == change.concerned == made
    assert change.before["name_zh"] != change.after["name_zh"] == "新律师事务所"
