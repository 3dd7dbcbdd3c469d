"""A task that goes to another organisation of the case, and what each side keeps of it."""

import pytest

from monitor.accounts.models import Affiliation
from monitor.accounts.walls.door import guarded
from monitor.accounts.words import Kind, Role
from monitor.cases.models import CaseChamber, Reminder, Task, TaskChange
from monitor.cases.permission import MayNotError
from monitor.cases.work import doing, editing
from monitor.cases.work.doing import NotTheirs
from monitor.cases.work.passing import left_by, pass_on, passed_on, receivers
from tests.monitor.cases.work.office import NOW


@pytest.fixture
def second(office):
    """Another chamber of the case, that has admitted none of its firms."""
    chamber = office.organisation(Kind.CHAMBER, "家具商会")
    CaseChamber.objects.create(case=office.case, organisation=chamber, since=NOW)
    return chamber


@pytest.fixture
def officer(office):
    return office.actor(office.officer)


def seen(actor, task):
    changes = TaskChange.objects.for_actor(actor).filter(task=task)
    return [each.what for each in changes.order_by("pk")]


def test_a_chamber_passes_to_its_firms_and_to_the_other_chambers(office, officer, second):
    mine, other = office.asked(office.firm), office.asked(office.other)
    free, firms_own = office.task(), office.task(respondent=mine)
    with guarded():
        assert receivers(officer, free) == [second, office.other, office.firm]
        assert receivers(officer, firms_own) == [office.firm]
        theirs = Task.objects.for_actor(officer).get(pk=free.pk)
        pass_on(officer, theirs.pk, office.firm, "贵司最了解", NOW)
    Affiliation.objects.create(member=office.other, of=second, since=NOW)
    assert second in receivers(officer, office.task(respondent=other))
    reminder = Reminder.objects.get()
    assert (reminder.person, reminder.organisation) == (office.clerk, office.firm)


def test_a_firm_gives_back_to_its_chamber_for_a_reason_and_to_nobody_else(office, officer, second):
    task = office.task(office.firm, respondent=office.asked(office.firm), owner=office.clerk)
    clerk = office.actor(office.clerk)
    with guarded():
        assert receivers(clerk, task) == receivers(officer, task) == [office.chamber]
        with pytest.raises(ValueError, match="reason"):
            pass_on(clerk, task.pk, office.chamber, "  ", NOW)
        for stranger in (second, office.other):
            with pytest.raises(NotTheirs):
                pass_on(clerk, task.pk, stranger, "x", NOW)
        pass_on(clerk, task.pk, office.chamber, "没有人手", NOW)
        with pytest.raises(MayNotError):
            pass_on(clerk, task.pk, office.chamber, "又一次", NOW)
    task.refresh_from_db()
    assert (task.organisation, task.owner) == (office.chamber, None)


def test_each_side_reads_what_was_done_while_it_had_the_task(office, officer, second):
    rival = office.actor(office.person("rival", second, Role.OFFICER))
    task = office.task(note="只给自己看的")
    editing.edit(officer, task.pk, 1, {"note": "交给你们的"}, NOW)
    pass_on(officer, task.pk, second, "他们的产品", NOW)
    doing.take(rival, task.pk, NOW)
    with guarded():
        assert seen(officer, task) == ["edited", "handed"]
        assert seen(rival, task) == ["handed", "taken"]
        assert not Task.objects.for_actor(officer).filter(pk=task.pk).exists()
        (gone,) = passed_on(officer)
        assert gone == left_by(officer, task.pk)
        assert (gone.because, gone.was["as_given"]["note"]) == ("他们的产品", "交给你们的")
        assert passed_on(rival) == []
    pass_on(rival, task.pk, office.chamber, "还是贵会", NOW)
    assert seen(officer, task) == ["edited", "handed", "handed"]
    assert passed_on(officer) == []


def test_what_one_firm_had_goes_to_no_other_and_none_learns_of_it(office, officer):
    office.asked(office.firm)
    office.asked(office.other)
    stranger = office.actor(office.person("stranger", office.other, Role.OWNER))
    task = office.task()
    pass_on(officer, task.pk, office.firm, "请填写", NOW)
    doing.take(office.actor(office.clerk), task.pk, NOW)
    pass_on(office.actor(office.clerk), task.pk, office.chamber, "填不了", NOW)
    task = Task.objects.select_related("organisation", "case").get(pk=task.pk)
    with guarded():
        assert receivers(officer, task) == [office.firm]
        with pytest.raises(NotTheirs):
            pass_on(officer, task.pk, office.other, "x", NOW)
        assert seen(office.actor(office.clerk), task) == ["handed", "taken", "handed"]
        assert seen(stranger, task) == []
