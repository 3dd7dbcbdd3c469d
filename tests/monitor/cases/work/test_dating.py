"""Tasks move with what they hang on, and say so."""

from datetime import date, timedelta

import pytest

from monitor.cases.models import Adopted, Reminder, Task, TaskChange
from monitor.cases.words import Stage
from monitor.cases.work.dating import counted, follow_dates
from monitor.cases.work.laying import lay
from tests.monitor.cases.work.office import NOW, OPENED

pytestmark = pytest.mark.usefixtures("trial")
LATER = NOW + timedelta(days=1)


@pytest.fixture
def draft(office):
    """Of a firm's Section A, which was due on 1 July."""
    office.adopted("section-a", date(2025, 7, 1))
    office.asked(office.firm)
    lay(office.proceeding, NOW)
    return Task.objects.get(play="trial/draft")


@pytest.mark.parametrize(
    ("anchor", "lead", "due"),
    [
        ("2025-07-01", 0, "2025-07-01"),
        ("2025-07-05", 0, "2025-07-04"),
        ("2025-07-01", 1, "2025-06-30"),
        ("2025-10-09", 1, "2025-09-30"),
        ("2025-06-04", 9, "2025-06-03"),
        ("2025-06-03", -3, "2025-06-06"),
        ("2025-01-03", -3, "2025-06-03"),
        ("2025-01-03", 1, "2025-01-02"),
    ],
)
def test_counted(anchor, lead, due):
    found = counted(date.fromisoformat(anchor), lead, OPENED)
    assert found == date.fromisoformat(due)


def test_it_moves_with_the_legal_date(draft):
    Adopted.objects.update(day=date(2025, 7, 15))
    assert follow_dates(LATER) == {"moved": 2}
    draft.refresh_from_db()
    assert draft.due == date(2025, 7, 8)
    assert follow_dates(LATER) == {}


def test_and_says_so(office, draft):
    Task.objects.filter(pk=draft.pk).update(owner=office.clerk)
    Adopted.objects.update(day=date(2025, 7, 15))
    follow_dates(LATER)
    change = TaskChange.objects.get(task=draft, what="moved")
    assert (change.was, change.became) == ({"due": "2025-06-24"}, {"due": "2025-07-08"})
    assert (change.said_by, change.at, change.version) == (None, LATER, 2)
    reminder = Reminder.objects.get(task=draft)
    assert (reminder.person, reminder.change, reminder.step) == (office.clerk, change, None)


def test_a_date_that_comes_to_be_known(office):
    office.adopted("case-brief", None)
    lay(office.proceeding, NOW)
    Adopted.objects.update(day=date(2025, 8, 4))
    assert follow_dates(LATER) == {"moved": 1}
    assert Task.objects.get(play="trial/brief").due == date(2025, 7, 31)


def test_a_date_that_stands_in_the_calendar_later(office):
    lay(office.proceeding, NOW)
    found = office.adopted("case-brief", date(2025, 8, 4))
    follow_dates(LATER)
    assert Task.objects.get(play="trial/brief").date == found


def test_a_date_that_holds_no_more(draft):
    Adopted.objects.update(gone_at=LATER)
    follow_dates(LATER)
    draft.refresh_from_db()
    assert (draft.due, draft.date) == (None, None)


def test_an_extension_for_one_firm_moves_that_ones_alone(office, draft):
    other = office.asked(office.other)
    lay(office.proceeding, NOW)
    office.adopted("section-a", date(2025, 7, 15), draft.respondent)
    assert follow_dates(LATER) == {"moved": 2}
    assert Task.objects.get(play="trial/file", respondent=other).due == date(2025, 6, 30)
    assert Task.objects.get(play="trial/file", respondent=draft.respondent).due == date(2025, 7, 14)


def test_what_hangs_on_a_stage(office):
    proceeding = office.proceeding_of(office.case, stage=Stage.EXPECTED, number=2)
    lay(proceeding, NOW)
    tell = Task.objects.get(play="trial/tell")
    assert tell.due is None
    office.reached(Stage.OPENED, date(2025, 6, 10), proceeding)
    follow_dates(LATER)
    tell.refresh_from_db()
    assert tell.due == date(2025, 6, 11)


def test_what_is_done_or_closed_stays(office, draft):
    Task.objects.filter(pk=draft.pk).update(done_at=NOW)
    Adopted.objects.update(day=date(2025, 7, 15))
    assert follow_dates(LATER) == {"moved": 1}
    office.case.closed_at = NOW
    office.case.save()
    Adopted.objects.update(day=date(2025, 8, 15))
    assert follow_dates(LATER) == {}
