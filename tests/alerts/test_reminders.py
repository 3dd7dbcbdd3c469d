"""Reminders go out: to whom, when, and once, whatever is killed."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from alerts import deliver, reminders
from alerts.channels.email import Config
from alerts.models import Channel, Delivery, Recipient, Reminded
from alerts.personal import reach
from alerts.recipients import unsubscribe
from monitor.accounts.words import Kind, Role
from monitor.cases.models import Reminder, Task
from monitor.cases.work.keeping import keep_up
from monitor.cases.work.reminding import remind
from monitor.jobs.rooms import State
from tests.monitor.cases.work.office import NOW, OPENED, Office

DAY = timedelta(days=1)


@pytest.fixture
def office(db) -> Office:
    return Office()


def desk(organisation, name="值班台", **fields):
    recipient = Recipient.objects.create(name=name, organisation=organisation, **fields)
    Channel.objects.create(recipient=recipient, kind="console")
    return recipient


def walk(now):
    return reminders.room().walk(now) + reminders.daily(now)


def sent():
    """(recipient, tasks) of every message in the outbox."""
    rows = Delivery.objects.filter(kind="reminders").order_by("pk")
    return [
        (row.channel.recipient.name, sorted(r.reminder.task_id for r in row.reminders.all()))
        for row in rows
    ]


class TestToWhom:
    def test_a_person_at_their_own_address(self, office):
        reach(office.clerk)
        desk(office.firm)
        task = office.task(office.firm, owner=office.clerk, due=OPENED + 30 * DAY)
        remind(NOW)
        assert walk(NOW) == {"rows": 1, "reminded": 1, "digests": 1, "reminders": 1}
        assert sent() == [("clerk@example.org (own)", [task.pk])]
        assert Channel.objects.get(kind="email").config == {"to": "clerk@example.org"}

    def test_who_has_none_at_the_desks_of_the_organisation(self, office):
        desk(office.firm, "甲")
        desk(office.chamber, "商会")
        task = office.task(office.firm, owner=office.clerk, due=OPENED + 30 * DAY)
        remind(NOW)
        walk(NOW)
        assert sent() == [("甲", [task.pk])]

    def test_who_has_switched_theirs_off_too(self, office):
        unsubscribe(reach(office.clerk))
        desk(office.firm, "甲")
        office.task(office.firm, owner=office.clerk, due=OPENED + 30 * DAY)
        remind(NOW)
        walk(NOW)
        assert [name for name, _ in sent()] == ["甲"]
        reach(office.clerk)
        assert Channel.objects.get(kind="email").enabled

    def test_nobody_to_reach_is_counted(self, office):
        office.task(office.firm, due=OPENED + 30 * DAY)
        remind(NOW)
        assert walk(NOW) == {"rows": 1, "unreachable": 1}

    def test_a_member_overdue_goes_up_to_the_chamber(self, office):
        for user in (office.clerk, office.head, office.officer):
            reach(user)
        firm = office.asked(office.firm)
        task = office.task(office.firm, respondent=firm, due=OPENED - DAY)
        remind(NOW)
        walk(NOW)
        assert sorted(sent()) == [
            (f"{name}@example.org (own)", [task.pk]) for name in ("clerk", "head", "officer")
        ]

    def test_the_desk_follows_the_person(self, office):
        reach(office.clerk)
        office.clerk.username, office.clerk.language = "new@example.org", "en"
        office.clerk.time_zone = "America/New_York"
        office.clerk.save()
        office.task(office.firm, owner=office.clerk, due=OPENED + 30 * DAY)
        remind(NOW)
        reminders.room().walk(NOW)
        recipient = Recipient.objects.get(person=office.clerk)
        assert (recipient.language, recipient.time_zone) == ("en", "America/New_York")
        assert recipient.channels.get().config == Config(to="new@example.org").model_dump()

    def test_two_people_of_one_name_have_each_their_own(self, office):
        Recipient.objects.create(name="clerk@example.org (own)")
        assert reach(office.clerk).recipient.name == f"clerk@example.org (own) {office.clerk.pk}"
        assert reach(office.clerk) == reach(office.clerk)


class TestWhen:
    def test_one_message_a_day_with_all_that_is_due(self, office):
        reach(office.clerk)
        tasks = [
            office.task(office.firm, owner=office.clerk, due=OPENED + n * DAY)
            for n in (-1, 0, 5, 12)
        ]
        remind(NOW)
        walk(NOW)
        assert sent() == [("clerk@example.org (own)", [task.pk for task in tasks])]
        late = office.task(office.firm, owner=office.clerk, due=OPENED)
        remind(NOW)
        assert walk(NOW + timedelta(hours=3)) == {"rows": 2, "reminded": 1, "unreachable": 1}
        remind(NOW + DAY)
        walk(NOW + DAY)
        assert late.pk in sent()[-1][1]
        assert len(sent()) == 2

    def test_in_the_readers_morning(self, office):
        office.clerk.time_zone = "America/New_York"
        office.clerk.save()
        reach(office.clerk)
        office.task(office.firm, owner=office.clerk, due=OPENED + 30 * DAY)
        seven, eight = NOW + timedelta(hours=9), NOW + timedelta(hours=10)
        remind(seven)
        assert walk(seven) == {"rows": 1, "reminded": 1}
        assert walk(eight) == {"digests": 1, "reminders": 1}

    def test_what_was_done_meanwhile_is_not_told(self, office):
        desk(office.firm)
        task = office.task(office.firm, due=OPENED)
        remind(NOW)
        walk(NOW)
        Task.objects.filter(pk=task.pk).update(done_at=NOW)
        assert deliver.send_due(NOW) == {"withdrawn": 1}


class TestForWhom:
    def test_whoever_left_reads_nothing_more(self, office):
        channel = reach(office.clerk)
        office.task(office.firm, owner=office.clerk, due=OPENED + 30 * DAY)
        remind(NOW)
        walk(NOW)
        office.clerk.memberships.update(ended_at=NOW)
        assert deliver.send_due(NOW) == {"withdrawn": 1}
        assert channel.deliveries.get().status == "withdrawn"

    def test_a_persons_own_desk_is_seen_by_nobody_else(self, office):
        channel = reach(office.clerk)
        for user, seen in ((office.clerk, 1), (office.head, 0), (office.officer, 0)):
            actor = office.actor(user)
            assert Recipient.objects.for_actor(actor).filter(person=office.clerk).count() == seen
            assert Channel.objects.for_actor(actor).filter(pk=channel.pk).count() == seen

    def test_reminders_are_seen_by_whom_they_are_for(self, office):
        office.task(office.firm, owner=office.clerk, due=OPENED + 30 * DAY)
        remind(NOW)
        assert Reminder.objects.for_actor(office.actor(office.clerk)).count() == 1
        assert Reminder.objects.for_actor(office.actor(office.head)).count() == 0

    def test_somebody_of_two_organisations_has_one_message_about_both(self, office):
        office.person("clerk", office.other, Role.OFFICER)
        reach(office.clerk)
        both = [
            office.task(firm, owner=office.clerk, due=OPENED + 30 * DAY)
            for firm in (office.firm, office.other)
        ]
        remind(NOW)
        walk(NOW)
        assert sent() == [("clerk@example.org (own)", [task.pk for task in both])]


class Killed(BaseException):
    """What no handler of the house catches, as nothing catches SIGKILL."""


class Assassin:
    """Kills at the statement of this number, before the database has it. Reads are not counted:
    whoever dies of one leaves what the write before it left."""

    def __init__(self, number):
        self.left = number

    def __call__(self, execute, sql, params, many, context):
        self.left -= not sql.startswith("SELECT")
        if self.left == 0:
            raise Killed
        return execute(sql, params, many, context)


def everything(now):
    keep_up(now)
    walk(now)
    deliver.send_due(now)


@pytest.mark.django_db(transaction=True)
def test_killed_at_every_step_each_reminder_goes_out_once(settings, receiver, tmp_path):
    """At every statement that changes anything, the whole way: dates moved, rows written, gathered,
    claimed, sent. A message may arrive twice, as any may (ADR 0005): both copies carry one key."""
    settings.FENGHUO_WEBHOOK_ALLOW_PRIVATE = True
    (tmp_path / "checklists").mkdir()
    settings.FENGHUO_PLAYBOOKS = tmp_path
    office = Office()
    elsewhere = office.organisation(Kind.CHAMBER, "鞋业商会")
    for organisation, name in ((office.firm, "甲"), (office.chamber, "商会"), (elsewhere, "鞋")):
        recipient = Recipient.objects.create(name=name, organisation=organisation)
        config = {
            "url": f"{receiver.url}/{organisation.pk}",
            "secret": "a secret of sixteen and more",
        }
        Channel.objects.create(recipient=recipient, kind="webhook", config=config)
    firm = office.asked(office.firm)
    hung = office.adopted("section-a", OPENED + 40 * DAY)

    _fresh(office, firm, hung)
    statements = _statements()
    assert statements > 30
    for number in range(1, statements + 1):
        _fresh(office, firm, hung)
        receiver.requests.clear()
        assert not _lived(number)
        _recover()
        _check(receiver)


def _fresh(office, firm, hung):
    """Two tasks overdue, one due soon, one whose date has moved; nobody was told of any."""
    Delivery.objects.all().delete()
    Reminded.objects.all().delete()
    Task.objects.all().update(done_at=NOW)
    Reminder.objects.all().delete()
    office.task(office.firm, respondent=firm, due=OPENED - DAY, title_zh="过期")
    office.task(due=OPENED - DAY, title_zh="商会过期")
    office.task(office.firm, respondent=firm, due=OPENED + DAY, title_zh="明天")
    office.task(
        office.firm, respondent=firm, proceeding=office.proceeding, rule="section-a", date=hung,
        due=OPENED + 30 * DAY, counted_from=OPENED + 30 * DAY, title_zh="移动",
    )  # fmt: skip


def _statements():
    """How many there are, all told."""
    counter = Assassin(10_000)
    with connection.execute_wrapper(counter):
        everything(NOW)
    return 10_000 - counter.left


def _lived(number):
    try:
        with connection.execute_wrapper(Assassin(number)):
            everything(NOW)
    except Killed:
        return False
    return True


def _recover():
    """A new process comes at once, and once more when the dead one's claim has run out."""
    everything(NOW)
    deliver.send_due(NOW + deliver.CLAIM + timedelta(seconds=5))


def _check(receiver):
    made = Counter(Reminder.objects.values_list("task", "step", "change", "person"))
    assert set(made.values()) == {1}
    assert Reminder.objects.filter(tell_state=State.DONE).count() == len(made)
    told = {r.headers["Idempotency-Key"]: r.json for r in receiver.requests}
    tasks = Counter(
        (request["subject"], each["task"])
        for request in told.values()
        for each in request["reminders"]
    )
    assert set(tasks.values()) == {1}
    titles = sorted(
        each["title"]["zh"] for request in told.values() for each in request["reminders"]
    )
    # The firm's desk has all three of its own, the chamber's its own and the member's overdue one.
    assert titles == sorted(["过期", "明天", "移动", "商会过期", "过期"])
    assert len(told) == 2
    assert len(receiver.requests) <= len(told) + 1
    assert not Delivery.objects.exclude(status="sent").exists()
