"""The database itself refuses to change or to lose a line; who meddles with it is found out."""

from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from monitor.trail.chain import Broken, Fault, Line, Link, sealed
from monitor.trail.models import Entry, Head
from monitor.trail.verifying import NoSuchLineError, check, checkpoint, verify
from tests.monitor.trail.conftest import Write
from tests.monitor.trail.meddling import meddle, without_triggers

pytestmark = pytest.mark.django_db

REFUSED = {
    "changing": "UPDATE trail_entry SET verb = 'x' WHERE number = 2",
    "changing to the same": "UPDATE trail_entry SET verb = verb",
    "deleting": "DELETE FROM trail_entry WHERE number = 2",
    "deleting all": "DELETE FROM trail_entry",
}
IN_SQLITE = {
    "replacing": "REPLACE INTO trail_entry SELECT * FROM trail_entry WHERE number = 2",
    "replacing on conflict": "INSERT OR REPLACE INTO trail_entry SELECT * FROM trail_entry",
}
IN_POSTGRESQL = {
    "truncating": "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE trail_entry CASCADE",
    "overwriting": "INSERT INTO trail_entry SELECT * FROM trail_entry WHERE number = 2 "
    "ON CONFLICT (number) DO UPDATE SET verb = 'x'",
}


@pytest.mark.parametrize("how", [*REFUSED, *IN_SQLITE, *IN_POSTGRESQL])
def test_the_database_refuses(write: Write, how: str) -> None:
    statements = REFUSED | (IN_SQLITE if connection.vendor == "sqlite" else IN_POSTGRESQL)
    if how not in statements:
        pytest.skip(f"{connection.vendor} has no such statement")
    write(3)
    kept = list(Entry.objects.values())
    with (
        pytest.raises(DatabaseError, match="a line of the trail is not"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statements[how])
    assert list(Entry.objects.values()) == kept


def test_neither_does_the_model_get_through(write: Write) -> None:
    first, *_ = write(2)
    for attempt in (
        first.save,
        first.delete,
        lambda: Entry.objects.filter(number=1).update(verb="x"),
        Entry.objects.all().delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert Entry.objects.count() == 2


def test_a_changed_line_is_found(write: Write) -> None:
    write(5)
    meddle("UPDATE trail_entry SET verb = 'read' WHERE number = 3")
    assert verify() == verify(3) == Broken(3, Fault.CHANGED)
    assert verify(4) == checkpoint()


def test_a_missing_line_is_found(write: Write) -> None:
    write(5)
    meddle("DELETE FROM trail_entry WHERE number IN (3, 5)")
    assert verify() == Broken(3, Fault.MISSING)
    assert verify(4) == Broken(3, Fault.MISSING)
    assert verify(5) == Broken(5, Fault.MISSING)


def test_a_missing_beginning_is_found(write: Write) -> None:
    write(3)
    meddle("DELETE FROM trail_entry WHERE number < 3")
    assert verify() == Broken(1, Fault.MISSING)


def test_a_cut_off_end_is_found(write: Write) -> None:
    write(5)
    meddle("DELETE FROM trail_entry WHERE number > 3")
    assert verify() == Broken(4, Fault.MISSING)
    Head.objects.all().delete()
    assert verify() == Broken(4, Fault.MISSING)


def test_a_cut_that_takes_the_head_along_is_found_by_a_checkpoint(write: Write) -> None:
    lines = write(5)
    noted, early = checkpoint(), Link(2, lines[1].hash)
    meddle("DELETE FROM trail_entry WHERE number > 3")
    Head.objects.update(number=3, hash=lines[2].hash)
    assert verify() == Link(3, lines[2].hash)
    assert check(early) is None
    assert check(noted) == Broken(5, Fault.MISSING)


def test_an_end_that_was_written_anew_is_found_by_a_checkpoint(write: Write, now: datetime) -> None:
    lines = write(4)
    noted = checkpoint()
    meddle("DELETE FROM trail_entry WHERE number > 2")
    Head.objects.update(number=2, hash=lines[1].hash)
    write(2, now.replace(year=2026))
    assert verify() == checkpoint() != noted
    assert check(noted) == Broken(4, Fault.CHANGED)


def test_a_line_that_was_rewritten_with_its_hash_is_found_behind_it(write: Write) -> None:
    lines = write(4)
    row = Entry.objects.filter(number=2).values_list(*Line._fields).get()
    forged = sealed(Line(*row)._replace(verb="add"))
    meddle("UPDATE trail_entry SET verb = 'add', hash = %s WHERE number = 2", forged.hash)
    assert verify() == Broken(3, Fault.DETACHED)
    assert lines[1].hash != forged.hash


def test_a_line_behind_the_end_is_found(write: Write) -> None:
    (line,) = write(1)
    row = Entry.objects.values_list(*Line._fields).get()
    forged = sealed(Line(*row)._replace(number=2, previous=line.hash))
    Entry(**forged._asdict()).save(force_insert=True)
    assert verify() == Broken(2, Fault.ADDED)


def test_lines_that_changed_places_are_found_at_the_first(write: Write) -> None:
    write(5)
    with without_triggers(), connection.cursor() as cursor:
        for now_, then in ((2, 100), (4, 2), (100, 4)):
            cursor.execute("UPDATE trail_entry SET number = %s WHERE number = %s", [then, now_])
    assert verify() == Broken(2, Fault.CHANGED)


def test_of_nothing_nothing_is_missing() -> None:
    assert verify() == checkpoint() == Link(0, "0" * 64)
    with pytest.raises(NoSuchLineError, match="no line 7"):
        verify(7)


def test_who_takes_the_head_away_does_not_start_the_trail_anew(write: Write) -> None:
    lines = write(2)
    Head.objects.all().delete()
    (third,) = write(1)
    assert (third.number, third.previous) == (3, lines[1].hash)
