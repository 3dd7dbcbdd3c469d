"""Who is reminded of what, and when; and the whole of a walk."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.accounts.models import Membership
from monitor.accounts.words import Role
from monitor.cases.models import Adopted, Move, Proceeding, Reminder, Step, Task
from monitor.cases.words import Answer
from monitor.cases.work.keeping import keep_up
from monitor.cases.work.reminding import remind
from monitor.cases.work.workdays import after, is_open, left
from tests.monitor.cases.work.office import NOW, OPENED, Office


def told(step=None):
    rows = Reminder.objects.filter(**({} if step is None else {"step": step}))
    return {(r.person.name if r.person else None, r.organisation.name_zh) for r in rows}


class TestSteps:
    @pytest.mark.parametrize(
        ("days", "step"),
        [(0, 1), (1, 1), (2, 3), (3, 3), (4, 7), (7, 7), (8, 14), (14, 14), (15, 30), (30, 30)],
    )
    def test_the_nearest_only(self, office, days, step):
        office.task(due=after(OPENED, days) if days else OPENED)
        remind(NOW)
        assert {reminder.step for reminder in Reminder.objects.all()} == {step}
        count = Reminder.objects.count()
        remind(NOW)
        assert Reminder.objects.count() == count

    def test_what_is_far_away_waits(self, office):
        office.task(due=after(OPENED, 31))
        office.task()
        assert remind(NOW) == {}

    def test_overdue_once(self, office):
        office.task(due=date(2025, 5, 30), owner=office.officer)
        assert remind(NOW) == {"reminders": 2}
        assert remind(NOW + timedelta(days=1)) == {}
        assert {r.step for r in Reminder.objects.all()} == {Step.OVERDUE}

    def test_not_on_a_day_on_which_nobody_works(self, office):
        office.task(due=OPENED)
        assert remind(NOW - timedelta(days=1)) == {}
        assert remind(NOW + timedelta(days=4)) == {}

    def test_a_task_that_moved_is_reminded_of_anew(self, office):
        task = office.task(due=after(OPENED, 3), owner=office.officer)
        remind(NOW)
        Task.objects.filter(pk=task.pk).update(due=after(OPENED, 10))
        later = NOW + timedelta(days=9)
        assert is_open(later.date())
        remind(later)
        assert [r.step for r in Reminder.objects.order_by("pk")] == [3, 3]

    def test_not_of_what_is_done_dropped_or_closed(self, office):
        office.task(due=OPENED, done_at=NOW)
        office.task(due=OPENED, dropped_at=NOW)
        closed = office.opened_case(closed_at=NOW)
        office.task(due=OPENED, case=closed)
        assert remind(NOW) == {}

    @settings(
        max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(due=st.integers(0, 60), walked=st.sets(st.integers(0, 75), max_size=40))
    def test_whichever_days_it_walks_each_step_comes_once_and_is_the_nearest(
        self, office: Office, due, walked
    ):
        Task.objects.all().delete()
        task = office.task(due=OPENED + timedelta(days=due), owner=office.officer)
        expected = []
        for day in sorted(walked):
            today = OPENED + timedelta(days=day)
            remind(NOW + timedelta(days=day))
            ahead = left(today, task.due)
            if not is_open(today) or ahead > 30:
                continue
            step = -1 if today > task.due else min(s for s in (1, 3, 7, 14, 30) if s >= ahead)
            if step not in expected:
                expected.append(step)
        rows = Reminder.objects.filter(person=office.officer).order_by("pk")
        assert [row.step for row in rows] == expected


class TestTheChain:
    def test_who_took_it_then_colleagues_then_owners_then_the_chamber(self, office):
        firm = office.asked(office.firm)
        task = office.task(office.firm, respondent=firm, owner=office.clerk, due=after(OPENED, 40))
        peer = office.person("peer", office.firm, Role.OFFICER)
        expected = {
            30: {"clerk"},
            14: {"clerk"},
            7: {"clerk", "peer"},
            3: {"clerk", "peer"},
            1: {"clerk", "peer", "head"},
            -1: {"clerk", "peer", "head", "officer"},
        }
        for step, names in expected.items():
            Task.objects.filter(pk=task.pk).update(
                due=after(OPENED, step) if step > 0 else date(2025, 5, 30)
            )
            remind(NOW)
            assert {name for name, _ in told(step)} == names
        assert ("officer", "木业商会") in told(-1)
        assert peer

    def test_where_nobody_took_it_the_officers(self, office):
        office.task(office.firm, due=after(OPENED, 30))
        remind(NOW)
        assert told() == {("clerk", "甲木业")}

    def test_where_there_are_none_the_owners(self, office):
        Membership.objects.filter(user=office.clerk).update(ended_at=NOW)
        office.task(office.firm, due=after(OPENED, 30))
        remind(NOW)
        assert told() == {("head", "甲木业")}

    def test_where_there_is_nobody_the_desks(self, office):
        office.task(office.other, respondent=office.asked(office.other), due=date(2025, 5, 30))
        remind(NOW)
        assert told() == {(None, "乙木业"), ("officer", "木业商会")}

    def test_readers_are_left_alone(self, office):
        office.person("reader", office.firm, Role.READER)
        office.task(office.firm, due=date(2025, 5, 30))
        remind(NOW)
        firm, chamber = {("clerk", "甲木业"), ("head", "甲木业")}, ("officer", "木业商会")
        assert told() == firm | {chamber}

    def test_the_chambers_own_overdue_task_goes_no_further(self, office):
        firm = office.asked(office.firm)
        office.task(respondent=firm, due=date(2025, 5, 30))
        remind(NOW)
        assert told() == {("officer", "木业商会"), ("chair", "木业商会")}

    def test_whoever_left_is_not_reminded(self, office):
        Membership.objects.filter(user=office.clerk).update(ended_at=NOW)
        office.task(office.firm, owner=office.clerk, due=after(OPENED, 30))
        remind(NOW)
        assert told() == {("head", "甲木业")}


@pytest.mark.usefixtures("trial")
class TestAWalk:
    def test_does_all_of_it(self, office):
        firm = office.asked(office.firm)
        office.asked(office.other, Answer.INFORMED, informed_at=NOW - timedelta(days=7))
        office.adopted("section-a", date(2025, 6, 10))
        counts = keep_up(NOW)
        assert counts["laid"] == 4
        assert counts["chased"] == 1
        assert counts["reminders"] > 0
        assert counts["failed"] == 0
        assert keep_up(NOW) == {}
        assert Task.objects.filter(respondent=firm).count() == 2

    def test_lays_out_for_a_firm_that_answers_later(self, office):
        firm = office.asked(office.firm, Answer.CONSIDERING)
        keep_up(NOW)
        assert not Task.objects.filter(respondent=firm).exists()
        later = NOW + timedelta(hours=2)
        office.says(firm, Answer.ANSWERS, later)
        assert keep_up(later)["laid"] == 2

    def test_lays_out_what_a_later_date_makes_possible(self, office):
        office.asked(office.firm)
        old = office.adopted("section-a", OPENED - timedelta(days=1))
        keep_up(NOW)
        assert not Task.objects.filter(play="trial/file").exists()
        later = NOW + timedelta(hours=2)
        Adopted.objects.filter(pk=old.pk).update(day=date(2025, 6, 20))
        Move.objects.create(adopted=old, after=date(2025, 6, 20), because="known", at=later)
        assert keep_up(later)["laid"] == 2

    def test_looks_at_nothing_again_where_nothing_happened(
        self, office, django_assert_max_num_queries
    ):
        for _ in range(5):
            office.proceeding_of(office.case)
        keep_up(NOW)
        later = NOW + timedelta(hours=1)
        keep_up(later)
        with django_assert_max_num_queries(30):
            assert keep_up(later + timedelta(hours=1)) == {}

    def test_one_that_cannot_be_laid_out_stops_no_other(self, office, caplog):
        office.proceeding_of(office.case)
        odd = Proceeding.objects.earliest("pk")
        Proceeding.objects.filter(pk=odd.pk).update(stage="dreamt")
        counts = keep_up(NOW)
        assert (counts["failed"], counts["laid"]) == (1, 2)
        assert "was not laid out" in caplog.text
