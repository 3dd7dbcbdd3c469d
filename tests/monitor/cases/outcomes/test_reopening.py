"""A closed case is opened again: by whoever leads it, or by a rule, and nothing of it is lost."""

from datetime import date, timedelta

import pytest

from monitor.accounts.walls.door import guarded
from monitor.cases import room
from monitor.cases.models import Case, CaseChamber, Proceeding, Reopening
from monitor.cases.outcomes.closing import close
from monitor.cases.outcomes.reopening import may_reopen, news, reopen, with_news
from monitor.cases.permission import MayNotError
from monitor.cases.work.dating import opened_tasks
from monitor.cases.work.keeping import keep_up
from tests.monitor.cases.outcomes.conftest import NOW, PINE, Answered

SUMMARY = "措施已到期，五家中四家应诉。"
LATER = NOW + timedelta(days=40)
TODAY = LATER.date()


@pytest.fixture
def closed(answered: Answered) -> Case:
    close(answered.case, SUMMARY, answered.forest.officer, NOW, known_over=True)
    return answered.case


def told_later(answered: Answered, number: str, day: date, **given: object) -> None:
    given = {"proceeding": "changed_circumstances_review", "first_seen": LATER} | given
    answered.forest.entry(answered.measure, number, day, **given)


def test_its_leading_chamber_opens_it_and_the_summary_stays(
    answered: Answered, closed: Case
) -> None:
    forest = answered.forest
    second = forest.seated("示例家具商会", forest.base)
    stone = forest.acting(forest.seated("示例石材商会"))
    CaseChamber.objects.create(case=closed, organisation=second, since=NOW)
    with guarded():
        for stranger in (forest.owner(PINE), forest.acting(second)):
            assert not may_reopen(stranger, closed)
            with pytest.raises(MayNotError):
                reopen(closed, "复审立案", stranger, LATER)
        with pytest.raises(ValueError, match="reason"):
            reopen(closed, " ", forest.officer, LATER)
        reopen(closed, "复审立案", forest.officer, LATER)
        reopen(closed, "又一次", forest.officer, LATER)
    case = Case.objects.get()
    assert (case.closed_at, case.closed_because) == (None, "")
    row = Reopening.objects.get()
    assert (row.closed_at, row.closed_because, row.because) == (NOW, SUMMARY, "复审立案")
    with guarded():
        assert Reopening.objects.for_actor(forest.owner(PINE)).get() == row
        assert not Reopening.objects.for_actor(stone).exists()


def test_the_next_reviews_and_tasks_go_on(answered: Answered, closed: Case) -> None:
    keep_up(LATER)
    assert not opened_tasks().exists()
    reopen(closed, "复审将至", answered.forest.officer, LATER)
    assert Proceeding.objects.filter(expected_on__gt=TODAY, ended=None).exists()
    answered.proceeding("sunset_review", "us-commerce/sunset-review")
    keep_up(LATER)
    assert opened_tasks().filter(case=closed).exists()


def test_an_initiation_that_nobody_knew_of_opens_it_by_rule(
    answered: Answered, closed: Case
) -> None:
    told_later(answered, "2025-7", TODAY)
    assert room.prepare(LATER)["reopened"] == 1
    room.room().walk(LATER)
    row = Reopening.objects.get()
    assert (row.said_by, row.rule) == (None, "initiation-after-closing")
    assert row.notice
    assert row.notice.number == "2025-7"
    assert Proceeding.objects.filter(proceeding="changed_circumstances_review").exists()
    close(closed, SUMMARY, answered.forest.officer, LATER + timedelta(days=1), known_over=True)
    assert room.prepare(LATER + timedelta(days=2))["reopened"] == 0


def test_what_no_rule_takes_up_is_news_of_the_case(answered: Answered, closed: Case) -> None:
    told_later(answered, "2025-8", TODAY, event="final")
    told_later(answered, "2024-1", TODAY - timedelta(days=300))
    told_later(answered, "2025-6", TODAY, first_seen=NOW - timedelta(days=1))
    assert room.prepare(LATER)["reopened"] == 0
    with guarded():
        assert [each.notice.number for each in news(closed)] == ["2025-8", "2024-1"]
        assert with_news([closed]) == {closed.pk}
