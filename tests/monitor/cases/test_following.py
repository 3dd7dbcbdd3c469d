"""The room that follows: once, whatever stops it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from monitor.cases import room
from monitor.cases.models import Adopted, Case, CaseMeasure, Move, Proceeding, StageChange
from monitor.cases.opening import open_case
from monitor.jobs.models import RoomFailure
from monitor.jobs.rooms import Counts, State
from monitor.notices.models import Measure
from tests.monitor.cases.forest import Forest
from tests.monitor.cases.test_opening import dumping as dumping  # noqa: PLC0414 - a fixture


class Killed(BaseException):
    """As a process is: nothing catches it."""


@pytest.fixture
def case(forest: Forest, dumping: Measure, now: datetime) -> Case:
    return open_case([dumping], forest.chamber, forest.officer, now).case


def follow(now: datetime) -> Counts:
    return room.prepare(now) + room.room().walk(now)


def preliminary(forest: Forest, measure: Measure) -> None:
    forest.entry(measure, "2025-9", date(2025, 10, 6), event="preliminary", outcome="affirmative")


def rows() -> dict[str, list[Any]]:
    """Without keys, which a repetition may use up, and without what stands in JSON."""
    fields = {
        Proceeding: ("ruleset", "proceeding", "number", "stage", "began", "ended"),
        StageChange: ("proceeding__ruleset", "stage", "day", "notice"),
        Adopted: ("proceeding__ruleset", "rule", "day", "gone_at"),
        Move: ("adopted__rule", "before", "after", "because", "notice"),
    }
    return {
        model.__name__: sorted(map(repr, model.objects.values_list(*names)))  # type: ignore[attr-defined]
        for model, names in fields.items()
    }


def test_what_is_followed_is_followed_once(case: Case, now: datetime) -> None:
    assert not follow(now)
    assert CaseMeasure.objects.get().follow_state == State.DONE


def test_a_notice_moves_stage_and_dates(
    forest: Forest, case: Case, dumping: Measure, now: datetime
) -> None:
    preliminary(forest, dumping)
    counts = follow(now)
    assert counts["cases"] == 1
    row = case.proceedings.get(ruleset="us-commerce/anti-dumping")
    assert row.stage == "preliminary"
    move = Move.objects.get(adopted__rule="hearing-request")
    assert (move.after, move.notice and move.notice.number) == (date(2025, 11, 5), "2025-9")
    before = rows()
    assert not follow(now)
    assert rows() == before


def test_several_notices_at_once_have_each_its_moves(
    forest: Forest, case: Case, dumping: Measure, now: datetime
) -> None:
    preliminary(forest, dumping)
    forest.entry(dumping, "2025-10", date(2026, 2, 16), event="order")
    follow(now)
    by = dict(Move.objects.values_list("adopted__rule", "notice__number"))
    assert by["hearing-request"] == "2025-9"
    assert by["court-summons"] == "2025-10"


def test_a_notice_that_comes_late_takes_nobodys_place(
    forest: Forest, case: Case, dumping: Measure, now: datetime
) -> None:
    """An earlier review becomes known after a later one: the rows stay those that they were."""
    review = {"proceeding": "administrative_review", "event": "preliminary"}
    period = {"start": "2023-02-01", "end": "2024-01-31", "printed": "-"}
    forest.entry(dumping, "2025-20", date(2025, 3, 3), **review, item={"period": period})
    follow(now)
    later = case.proceedings.get(proceeding="administrative_review")
    earlier = {"start": "2022-02-01", "end": "2023-01-31", "printed": "-"}
    forest.entry(dumping, "2024-20", date(2024, 3, 3), **review, item={"period": earlier})
    follow(now)
    later.refresh_from_db()
    assert later.number == 2
    first = case.proceedings.get(proceeding="administrative_review", number=1)
    assert first.period_end == date(2023, 1, 31)


def test_a_corrected_notice_is_followed_again(
    forest: Forest, case: Case, dumping: Measure, now: datetime
) -> None:
    notice = dumping.entries.get().notice
    notice.published += timedelta(days=1)
    notice.last_changed = now
    notice.save()
    assert follow(now)["woken"] == 1
    assert Adopted.objects.get(rule="quantity-and-value").day == date(2025, 6, 11)


def test_a_twin_is_answered_with_the_case(
    forest: Forest, case: Case, dumping: Measure, now: datetime
) -> None:
    twin = forest.measure("us:countervailing:CN:wood molding", kind="countervailing")
    forest.entry(twin, "2025-3", date(2025, 5, 28))
    assert follow(now)["joined"] == 1
    assert case.proceedings.filter(measure=twin, ruleset="us-commerce/countervailing").exists()
    assert not follow(now)


def test_whom_a_notice_names_is_listed_as_ours_or_not(
    forest: Forest, case: Case, dumping: Measure, now: datetime
) -> None:
    named = [
        {"name": "Sample Pine Imp & Exp Trading Co., Ltd.", "role": "respondent"},
        {"name": "Nanping Sample Redwood Company Limited", "role": "respondent"},
        {"name": "Sample Birch Co., Ltd.", "role": "respondent"},
        {"name": "Sample Millwork Coalition Inc.", "role": "petitioner"},
    ]
    forest.entry(dumping, "2025-4", date(2025, 6, 1), item={"companies": named})
    for _ in range(2):
        follow(now)
        told = case.respondents.values_list("organisation__name_zh", "named_as", "listed")
        assert set(told) == {
            ("示例青松木业", named[0]["name"], "both"),
            ("示例雪松木业", "", "exports"),
            ("示例红杉木业", named[1]["name"], "named"),
            (None, named[2]["name"], "named"),
        }
        CaseMeasure.objects.update(seen="")


def test_killed_at_every_statement_it_goes_on(
    forest: Forest, case: Case, dumping: Measure, now: datetime
) -> None:
    preliminary(forest, dumping)
    stops = _statements(lambda: follow(now))
    assert stops > 20
    whole = None
    for stop in range(0, stops, 3):
        _undo(case, dumping)
        with pytest.raises(Killed):
            _killed_after(stop, lambda: follow(now))
        follow(now)
        whole = whole or rows()
        assert rows() == whole
    assert not RoomFailure.objects.exists()


def _undo(case: Case, measure: Measure) -> None:
    """As it was before the preliminary determination came."""
    Move.objects.all().delete()
    StageChange.objects.all().delete()
    Adopted.objects.all().delete()
    Proceeding.objects.all().delete()
    CaseMeasure.objects.update(seen="", entry=measure.entries.earliest("pk").pk)


def _statements(work: Callable[[], object]) -> int:
    count = 0

    def counted(execute: Callable[..., Any], *given: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*given)

    with connection.execute_wrapper(counted):
        work()
    return count


def _killed_after(stop: int, work: Callable[[], object]) -> None:
    left = stop

    def killing(execute: Callable[..., Any], *given: Any) -> Any:
        nonlocal left
        if not left:
            raise Killed
        left -= 1
        return execute(*given)

    with connection.execute_wrapper(killing):
        work()
        raise Killed
