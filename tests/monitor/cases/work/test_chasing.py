"""Silence becomes a task of the chamber; leaving gives tasks back."""

from datetime import date, timedelta

import pytest

from monitor.accounts.models import Affiliation, Membership
from monitor.accounts.organisations import members
from monitor.accounts.words import Kind, Role
from monitor.cases.models import CaseChamber, Reminder, Task, TaskChange
from monitor.cases.words import Answer
from monitor.cases.work.chasing import chase
from monitor.cases.work.leaving import take_back
from tests.monitor.cases.work.office import NOW

pytestmark = pytest.mark.usefixtures("trial")


def days(count):
    return NOW + timedelta(days=count)


class TestChasing:
    def test_after_two_working_days_of_silence(self, office):
        silent = office.asked(office.firm, Answer.INFORMED, informed_at=NOW)
        assert chase(days(1)) == {}
        assert chase(days(2)) == {"chased": 1}
        task = Task.objects.get()
        assert (task.title_zh, task.title_en) == ("催问甲木业", "Ask Jia Wood again")
        assert (task.organisation, task.respondent) == (office.chamber, silent)
        assert task.due == date(2025, 6, 6)
        assert chase(days(3)) == {}

    def test_weekends_are_no_silence(self, office):
        office.asked(office.firm, Answer.INFORMED, informed_at=days(3))
        assert chase(days(5)) == {}
        assert chase(days(6)) == {}
        assert chase(days(7)) == {"chased": 1}

    def test_of_both_measures_of_a_case_once(self, office):
        office.proceeding_of(office.case)
        office.asked(office.firm, Answer.INFORMED, informed_at=NOW)
        assert chase(days(9)) == {"chased": 1}

    def test_whoever_answers_is_chased_no_more(self, office):
        silent = office.asked(office.firm, Answer.INFORMED, informed_at=NOW)
        chase(days(2))
        office.says(silent, Answer.ANSWERS, days(3))
        assert chase(days(3)) == {"answered": 1}
        task = Task.objects.get()
        assert (task.done_at, task.done_by) == (days(3), None)
        assert chase(days(9)) == {}

    def test_whoever_considers_for_long_is_asked_to_decide(self, office):
        silent = office.asked(office.firm, Answer.INFORMED, informed_at=NOW)
        chase(days(2))
        office.says(silent, Answer.CONSIDERING, days(3))
        assert chase(days(3)) == {"answered": 1}
        assert chase(days(7)) == {}
        assert chase(days(8)) == {"chased": 1}
        assert Task.objects.get(done_at=None).title_zh == "请甲木业定下来"

    def test_by_the_chamber_that_has_admitted_the_firm(self, office):
        own = office.organisation(Kind.CHAMBER, "乙县木业商会")
        CaseChamber.objects.create(case=office.case, organisation=own, since=NOW)
        Affiliation.objects.filter(member=office.other).update(of=own)
        for firm in (office.firm, office.other):
            office.asked(firm, Answer.INFORMED, informed_at=NOW)
        chase(days(2))
        found = {task.respondent.organisation: task.organisation for task in Task.objects.all()}
        assert found == {office.firm: office.chamber, office.other: own}

    def test_nobody_is_chased_in_a_closed_case_nor_before_being_told(self, office):
        office.asked(office.firm, Answer.LISTED)
        assert chase(days(9)) == {}
        office.asked(office.other, Answer.INFORMED, informed_at=NOW)
        office.case.closed_at = NOW
        office.case.save()
        assert chase(days(9)) == {}


class TestLeaving:
    def test_open_tasks_fall_to_the_organisation_and_its_owners_are_told(self, office):
        mine = office.task(office.firm, owner=office.clerk)
        done = office.task(office.firm, owner=office.clerk, done_at=NOW)
        members.let_go(Membership.objects.get(user=office.clerk), NOW)
        assert take_back(NOW) == {"fell": 1}
        mine.refresh_from_db()
        done.refresh_from_db()
        assert (mine.owner, done.owner) == (None, office.clerk)
        change = TaskChange.objects.get()
        assert (change.what, change.was, change.said_by) == (
            "fell",
            {"owner": office.clerk.pk},
            None,
        )
        reminder = Reminder.objects.get()
        assert (reminder.person, reminder.organisation) == (office.head, office.firm)
        assert take_back(NOW) == {}

    def test_whoever_has_another_role_keeps_theirs(self, office):
        office.task(office.firm, owner=office.clerk)
        members.change_role(Membership.objects.get(user=office.clerk), Role.OWNER, NOW)
        assert take_back(NOW) == {}

    def test_what_they_do_for_another_organisation_stays(self, office):
        office.person("clerk", office.other, Role.OFFICER)
        office.task(office.firm, owner=office.clerk)
        kept = office.task(office.other, owner=office.clerk)
        members.let_go(Membership.objects.get(user=office.clerk, organisation=office.firm), NOW)
        assert take_back(NOW) == {"fell": 1}
        kept.refresh_from_db()
        assert kept.owner == office.clerk
