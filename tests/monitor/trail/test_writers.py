"""Many writers at the same moment make one chain."""

import threading
from datetime import datetime

import pytest
from django.db import connection, transaction

from monitor.accounts.models import User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Kind
from monitor.trail.chain import Link
from monitor.trail.models import Entry
from monitor.trail.recording import read, record
from monitor.trail.verifying import checkpoint, verify
from tests.monitor.accounts.conftest import Town

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, LINES = 6, 15


def at_once(work: "list") -> None:
    """Run in threads that begin together. Raises what one of them raised."""
    gate, failed = threading.Barrier(len(work)), []

    def run(each) -> None:
        try:
            gate.wait(timeout=30)
            each()
        except BaseException as error:  # noqa: BLE001 - raised again below
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[each]) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    if failed:
        raise failed[0]


def test_writers_wait_for_each_other(now: datetime) -> None:
    users = [User.objects.create(username=f"{n}@example.org") for n in range(WRITERS)]

    def writer(user: User):
        def write() -> None:
            for _ in range(LINES):
                record(Actor(user), "x", user, concerned=None, now=now, address="192.0.2.7")

        return write

    at_once([writer(user) for user in users])
    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, WRITERS * LINES + 1))
    assert isinstance(verify(), Link)


def test_what_is_taken_back_leaves_no_gap(now: datetime) -> None:
    def write() -> None:
        for number in range(LINES):
            with transaction.atomic():
                record(None, "x", None, concerned=None, now=now)
                if number % 3 == 0:
                    transaction.set_rollback(True)

    at_once([write] * WRITERS)
    assert checkpoint().number == WRITERS * 10
    assert verify() == checkpoint()


def test_the_same_page_read_at_the_same_moment_is_read_once(now: datetime) -> None:
    town = Town()
    actor, firm = town.actor(town.organisation(Kind.CHAMBER)), town.organisation(Kind.ENTERPRISE)
    at_once([lambda: read(actor, "/impacts/1/", [firm], now)] * WRITERS)
    assert Entry.objects.count() == 1


def test_who_verifies_while_others_write_finds_nothing_wrong(now: datetime) -> None:
    found, done = [], threading.Event()

    def write() -> None:
        try:
            for _ in range(60):
                record(None, "x", None, concerned=None, now=now)
        finally:
            done.set()

    def look() -> None:
        while not done.is_set():
            found.append(verify())

    at_once([write, look])
    assert found
    assert all(isinstance(each, Link) for each in found)
