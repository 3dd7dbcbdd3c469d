"""Claim, work and change of state happen together or not at all."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime

import pytest

from monitor.jobs.models import RoomFailure
from monitor.jobs.rooms import OutsideUnavailable, Room, State
from monitor.notices.models import Bundle, Notice

Work = Callable[[Sequence[Notice], datetime], "Counter[str]"]


@pytest.fixture
def notices(transactional_db: None, now: datetime) -> list[Notice]:
    return Notice.objects.bulk_create(
        Notice(
            source="us-federal-register",
            number=str(number),
            title="A title",
            language="en",
            published=date(2024, 1, 1),
            url="https://example.org",
            authority="Commerce",
            jurisdiction="US",
            kinds=["other"],
            event="other",
            item={},
            fingerprint="",
            first_seen=now,
            last_changed=now,
        )
        for number in range(5)
    )


def room(work: Work) -> Room[Notice]:
    return Room("classify", Notice.objects.all(), "classify_state", work)


def leaves_a_trace(rows: Sequence[Notice], now: datetime) -> Counter[str]:
    for row in rows:
        Bundle.objects.create(name=row.number, source="-", arrived_at=now, items=0)
    return Counter(worked=len(rows))


def states() -> Counter[str]:
    return Counter(Notice.objects.values_list("classify_state", flat=True))


def test_walks_until_nothing_waits(notices: list[Notice], now: datetime) -> None:
    steps: list[Counter[str]] = []
    total = room(leaves_a_trace).walk(now, limit=2, seen=steps.append)
    assert total == Counter(worked=5, rows=5)
    assert len(steps) == 3
    assert states() == {State.DONE: 5}
    assert room(leaves_a_trace).walk(now) == Counter()


def test_a_row_that_fails_does_not_stop_the_others(notices: list[Notice], now: datetime) -> None:
    def work(rows: Sequence[Notice], now: datetime) -> Counter[str]:
        counts = leaves_a_trace(rows, now)
        if any(row.number == "3" for row in rows):
            raise ZeroDivisionError("row 3 is odd")
        return counts

    total = room(work).walk(now)
    assert total == Counter(worked=4, rows=5, failed=1)
    assert states() == {State.DONE: 4, State.FAILED: 1}
    failure = RoomFailure.objects.get()
    assert (failure.row, failure.label) == (notices[3].pk, "us-federal-register 3")
    assert "row 3 is odd" in failure.error
    assert set(Bundle.objects.values_list("name", flat=True)) == {"0", "1", "2", "4"}


def test_a_room_that_dies_leaves_every_row_as_it_was(notices: list[Notice], now: datetime) -> None:
    def dies(rows: Sequence[Notice], now: datetime) -> Counter[str]:
        leaves_a_trace(rows, now)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        room(dies).step(now, limit=5)
    assert states() == {State.READY: 5}
    assert not Bundle.objects.exists()


def test_when_the_outside_is_down_all_rows_wait(notices: list[Notice], now: datetime) -> None:
    def unreachable(rows: Sequence[Notice], now: datetime) -> Counter[str]:
        raise OutsideUnavailable("index locked")

    with pytest.raises(OutsideUnavailable):
        room(unreachable).walk(now)
    assert states() == {State.READY: 5}
    assert not RoomFailure.objects.exists()
