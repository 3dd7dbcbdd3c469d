"""What people do with tasks, and who may."""

from datetime import timedelta

import pytest

from monitor.accounts.walls.door import guarded
from monitor.accounts.words import Kind, Role
from monitor.cases.models import Reminder, Task, TaskChange
from monitor.cases.permission import MayNotError
from monitor.cases.work import doing
from monitor.cases.work.doing import Blocked, Circle, NotTheirs
from tests.monitor.cases.work.office import NOW

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def task(office):
    """A firm's own part of its answer."""
    checks = [{"id": i, "zh": i, "en": i, "done": False} for i in ("a", "b")]
    return office.task(office.firm, respondent=office.asked(office.firm), checks=checks)


def changes(task):
    return [(c.what, c.said_by and c.said_by.name) for c in task.changes.order_by("pk")]


class TestWhoMay:
    @pytest.fixture
    def deeds(self, task):
        return {
            "take": lambda actor: doing.take(actor, task.pk, NOW),
            "hand": lambda actor: doing.hand_over(actor, task.pk, None, NOW),
            "finish": lambda actor: doing.finish(actor, task.pk, NOW),
            "drop": lambda actor: doing.drop(actor, task.pk, "so", NOW),
            "reopen": lambda actor: doing.reopen(actor, task.pk, NOW),
            "tick": lambda actor: doing.tick(actor, task.pk, "a", NOW, done=True),
            "place": lambda actor: doing.place(actor, task.pk, None, NOW),
        }

    def test_nobody_of_another_firm_or_chamber_nor_who_only_reads(self, office, deeds):
        stranger = office.person("stranger", office.other, Role.OWNER)
        office.asked(office.other)
        elsewhere = office.organisation(Kind.CHAMBER, "鞋业商会")
        rival = office.person("rival", elsewhere, Role.OWNER)
        reader = office.person("reader", office.firm, Role.READER)
        with guarded():
            for user in (stranger, rival, reader):
                for deed in deeds.values():
                    with pytest.raises(MayNotError):
                        deed(office.actor(user))
        assert not TaskChange.objects.exists()

    def test_its_own_people_and_the_chamber_within_a_request(self, office, deeds):
        with guarded():
            for user in (office.clerk, office.officer):
                for name in ("tick", "place", "finish", "reopen", "drop", "reopen"):
                    deeds[name](office.actor(user))


class TestTakingAndHandingOver:
    def test_taken(self, office, task):
        doing.take(office.actor(office.clerk), task.pk, NOW)
        task.refresh_from_db()
        assert task.owner == office.clerk
        assert changes(task) == [("taken", "clerk")]
        assert task.version == 2
        doing.take(office.actor(office.clerk), task.pk, LATER)
        assert task.changes.count() == 1

    def test_the_chamber_does_not_take_a_firms(self, office, task):
        with pytest.raises(NotTheirs):
            doing.take(office.actor(office.officer), task.pk, NOW)

    def test_handed_to_a_colleague_who_is_told(self, office, task):
        doing.take(office.actor(office.clerk), task.pk, NOW)
        doing.hand_over(office.actor(office.clerk), task.pk, office.head, LATER)
        task.refresh_from_db()
        assert task.owner == office.head
        reminder = Reminder.objects.get()
        assert (reminder.person, reminder.change.what) == (office.head, "handed")

    def test_whoever_hands_it_to_themselves_is_not_told(self, office, task):
        doing.hand_over(office.actor(office.clerk), task.pk, office.clerk, NOW)
        assert not Reminder.objects.exists()

    def test_nobody_from_outside_nor_a_reader_is_handed_anything(self, office, task):
        reader = office.person("reader", office.firm, Role.READER)
        for user in (office.officer, reader):
            with pytest.raises(NotTheirs):
                doing.hand_over(office.actor(office.clerk), task.pk, user, NOW)


class TestFinishing:
    def test_done_and_open_again(self, office, task):
        actor = office.actor(office.clerk)
        doing.finish(actor, task.pk, NOW)
        task.refresh_from_db()
        assert (task.done_at, task.done_by) == (NOW, office.clerk)
        doing.finish(actor, task.pk, LATER)
        doing.reopen(actor, task.pk, LATER)
        task.refresh_from_db()
        assert task.is_open
        assert [what for what, _ in changes(task)] == ["done", "reopened"]

    def test_what_comes_first_comes_first(self, office, task):
        first = office.task(office.firm)
        actor = office.actor(office.clerk)
        doing.block(actor, task.pk, first.pk, NOW)
        with pytest.raises(Blocked) as blocked:
            doing.finish(actor, task.pk, NOW)
        assert (blocked.value.by, blocked.value.hidden) == ([first], 0)
        doing.finish(actor, first.pk, NOW)
        assert doing.finish(actor, task.pk, NOW).done_at

    def test_what_they_do_not_see_is_not_named(self, office, task):
        doing.block(office.actor(office.officer), task.pk, office.task(title_zh="商会内部").pk, NOW)
        with pytest.raises(Blocked) as blocked:
            doing.finish(office.actor(office.clerk), task.pk, NOW)
        assert (blocked.value.by, blocked.value.hidden, str(blocked.value)) == ([], 1, "")

    def test_unless_they_know_better(self, office, task):
        actor = office.actor(office.clerk)
        doing.block(actor, task.pk, office.task(office.firm).pk, NOW)
        assert doing.finish(actor, task.pk, NOW, anyhow=True).done_at

    def test_dropped_for_a_reason(self, office, task):
        with pytest.raises(ValueError, match="reason"):
            doing.drop(office.actor(office.clerk), task.pk, "  ", NOW)
        doing.drop(office.actor(office.clerk), task.pk, " 不适用 ", NOW)
        task.refresh_from_db()
        assert (task.dropped_because, task.dropped_by) == ("不适用", office.clerk)


class TestTicking:
    def test_two_at_once_lose_nothing(self, office, task):
        one, other = office.actor(office.clerk), office.actor(office.head)
        doing.tick(one, task.pk, "a", NOW, done=True)
        doing.tick(other, task.pk, "b", NOW, done=True)
        task.refresh_from_db()
        assert all(check["done"] for check in task.checks)
        doing.tick(one, task.pk, "a", LATER, done=False)
        doing.tick(one, task.pk, "a", LATER, done=False)
        assert [(c.became, c.said_by) for c in task.changes.order_by("pk")] == [
            ({"a": True}, office.clerk), ({"b": True}, office.head), ({"a": False}, office.clerk),
        ]  # fmt: skip

    def test_a_check_that_is_not_there(self, office, task):
        with pytest.raises(KeyError):
            doing.tick(office.actor(office.clerk), task.pk, "c", NOW, done=True)


class TestOrder:
    def test_no_task_waits_for_itself(self, office):
        one, two, three = (office.task() for _ in range(3))
        actor = office.actor(office.officer)
        doing.block(actor, two.pk, one.pk, NOW)
        doing.block(actor, three.pk, two.pk, NOW)
        for task in (one, two):
            with pytest.raises(Circle):
                doing.block(actor, task.pk, three.pk, NOW)
        doing.unblock(actor, three.pk, two.pk, NOW)
        doing.block(actor, one.pk, three.pk, NOW)

    def test_nor_for_what_the_actor_does_not_see(self, office):
        elsewhere = office.organisation(Kind.CHAMBER, "鞋业商会")
        hidden = office.task(elsewhere, case=office.opened_case(elsewhere))
        with pytest.raises(MayNotError):
            doing.block(office.actor(office.officer), office.task().pk, hidden.pk, NOW)

    def test_put_in_order(self, office):
        one, two, three, four = (office.task(position=n) for n in (1, 2, 3, 9))
        actor = office.actor(office.officer)
        doing.place(actor, four.pk, one.pk, NOW)
        assert list(Task.objects.order_by("position")) == [one, four, two, three]
        doing.place(actor, three.pk, None, NOW)
        assert Task.objects.order_by("position", "pk").first() == three
        doing.place(actor, three.pk, four.pk, NOW)
        assert list(Task.objects.order_by("position")) == [one, four, three, two]
