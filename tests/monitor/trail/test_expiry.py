"""After six years lines go; what stays can be verified from the boundary on."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from monitor.accounts.walls.actor import Actor
from monitor.trail.chain import Broken, Fault, Link
from monitor.trail.expiry import NEVER, expire, years_ago
from monitor.trail.models import Address, Entry, Permit, Person
from monitor.trail.recording import record
from monitor.trail.verifying import NoSuchLineError, check, checkpoint, verify
from tests.monitor.trail.conftest import Write
from tests.monitor.trail.meddling import meddle

pytestmark = pytest.mark.django_db


def numbers() -> list[int]:
    return list(Entry.objects.order_by("number").values_list("number", flat=True))


@pytest.fixture
def old(now: datetime) -> datetime:
    return years_ago(now, 6) - timedelta(days=1)


def test_what_is_older_than_six_years_goes(
    write: Write, actor: Actor, now: datetime, old: datetime
) -> None:
    lines = write(3, old)
    write(2)
    gone = expire(actor, now)
    assert gone
    assert (gone.lines, gone.last, gone.boundary) == (3, Link(3, lines[2].hash), 6)
    assert numbers() == [4, 5, 6]
    assert verify() == checkpoint()
    boundary = Entry.objects.get(number=6)
    assert boundary.person
    assert boundary.person.user == actor.user
    assert boundary.after == {
        "through": 3,
        "hash": lines[2].hash,
        "lines": 3,
        "before": years_ago(now, 6).isoformat(),
    }
    assert not Permit.objects.exists()


def test_what_is_younger_stays(write: Write, actor: Actor, now: datetime) -> None:
    write(3, years_ago(now, 6))
    assert expire(actor, now) is None
    assert numbers() == [1, 2, 3]


def test_an_old_line_behind_a_younger_one_stays(
    write: Write, actor: Actor, now: datetime, old: datetime
) -> None:
    """As after a clock that was wrong: nothing is taken from the middle of the chain."""
    write(1, old)
    write(1, now)
    write(1, old)
    assert expire(actor, now)
    assert numbers() == [2, 3, 4]


def test_all_of_it_may_go_again_and_again(
    write: Write, actor: Actor, now: datetime, old: datetime
) -> None:
    write(2, old)
    expire(actor, now)
    assert numbers() == [3]
    assert verify() == checkpoint()
    later = datetime(2031, 6, 3, tzinfo=UTC)
    assert expire(actor, later)
    assert numbers() == [4]
    assert verify() == checkpoint()
    write(1, later)
    assert verify() == checkpoint()


def test_a_line_missing_behind_the_boundary_is_found(
    write: Write, actor: Actor, now: datetime, old: datetime
) -> None:
    write(2, old)
    write(3)
    expire(actor, now)
    meddle("DELETE FROM trail_entry WHERE number = 3")
    assert verify() == Broken(1, Fault.MISSING)


def test_without_the_boundary_nothing_may_be_missing(
    write: Write, actor: Actor, now: datetime, old: datetime
) -> None:
    write(2, old)
    write(3)
    expire(actor, now)
    meddle("UPDATE trail_entry SET verb = 'x' WHERE verb = 'expire'")
    assert verify() == Broken(1, Fault.MISSING)


def test_a_checkpoint_that_expired_says_so(
    write: Write, actor: Actor, now: datetime, old: datetime
) -> None:
    lines = write(3, old)
    expire(actor, now)
    assert check(Link(3, lines[2].hash)) is None
    assert check(Link(3, "0" * 64)) == Broken(3, Fault.CHANGED)
    with pytest.raises(NoSuchLineError, match="expired"):
        check(Link(2, lines[1].hash))


def permit(write: Write, now: datetime, **given: object) -> None:
    old = years_ago(now, 7)
    write(3, old)
    boundary = record(None, "expire", None, concerned=None, now=now)
    Permit.objects.create(
        **{
            "through": 2,
            "before": years_ago(now, 6),
            "boundary": boundary.number,
            "never_id": NEVER,
            **given,
        }
    )


def delete(number: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM trail_entry WHERE number = %s", [number])


def test_the_trigger_lets_through_what_the_permit_names(write: Write, now: datetime) -> None:
    permit(write, now)
    delete(2)
    with pytest.raises(DatabaseError, match="not deleted"):
        delete(3)
    Permit.objects.all().delete()


@pytest.mark.parametrize(
    "given", [{"before": datetime(2000, 1, 1, tzinfo=UTC)}, {"boundary": 3}, {"boundary": 99}]
)
def test_a_permit_is_for_old_lines_and_needs_a_boundary(
    write: Write, now: datetime, given: dict[str, object]
) -> None:
    permit(write, now, **given)
    with pytest.raises(DatabaseError, match="not deleted"):
        delete(1)
    Permit.objects.all().delete()


def test_who_stands_in_no_line_any_more_is_not_kept(
    write: Write, actor: Actor, now: datetime, old: datetime
) -> None:
    record(None, "x", None, concerned=None, now=old, about="gone@example.org", address="192.0.2.9")
    record(None, "x", None, concerned=None, now=now, about="here@example.org", address="192.0.2.8")
    expire(actor, now)
    assert set(Person.objects.values_list("mail", flat=True)) == {
        "here@example.org",
        actor.user.username if actor.user else "",
    }
    assert list(Address.objects.values_list("text", flat=True)) == ["192.0.2.8"]


def test_six_years_before_a_leap_day() -> None:
    assert years_ago(datetime(2028, 2, 29, 5, tzinfo=UTC), 6) == datetime(
        2022, 2, 28, 5, tzinfo=UTC
    )


@pytest.mark.django_db(transaction=True)
def test_no_transaction_ends_with_a_permit(write: Write, now: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        permit(write, now)
    assert not Permit.objects.exists()
