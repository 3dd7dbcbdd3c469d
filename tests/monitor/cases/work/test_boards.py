"""The board, my tasks, the calendar: what stands where, and for whom."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.accounts.walls.actor import ANYBODY
from monitor.accounts.walls.door import guarded
from monitor.accounts.words import Kind, Role
from monitor.cases.models import Task
from monitor.cases.work import agenda, boards
from monitor.cases.work.boards import Column, Wanted
from monitor.deadlines.rules import Whom
from tests.monitor.cases.work.office import NOW, OPENED, Office


def names(stacks):
    return {column.value: [card.zh for card in stack.cards] for column, stack in stacks.items()}


def dated(office, zh, days, **fields):
    due = None if days is None else OPENED + timedelta(days=days)
    return office.task(title_zh=zh, due=due, **fields)


class TestColumns:
    def test_each_task_stands_in_one(self, office):
        late = dated(office, "过期", -1)
        dated(office, "今天", 0)
        dated(office, "下周今天", 7)
        dated(office, "以后", 8)
        dated(office, "没有日子", None)
        dated(office, "等别人", 3).blocked_by.add(late)
        dated(office, "过期还等别人", -2).blocked_by.add(late)
        dated(office, "做完", 1, done_at=NOW - timedelta(days=1))
        dated(office, "早做完", 1, done_at=NOW - timedelta(days=31))
        dated(office, "不做", 1, dropped_at=NOW)
        with guarded():
            found = boards.board(office.actor(office.officer), NOW)
        assert names(found) == {
            "overdue": ["过期还等别人", "过期"],
            "this_week": ["今天", "下周今天"],
            "later": ["以后"],
            "waiting": ["等别人", "没有日子"],
            "done": ["做完"],
        }

    def test_a_card_says_what_a_board_shows(self, office):
        hung = office.adopted("section-a", date(2025, 7, 1))
        firm = office.asked(office.firm)
        first = office.task(office.firm, respondent=firm)
        checks = [{"id": str(n), "zh": "", "en": "", "done": n < 2} for n in range(3)]
        task = office.task(
            office.firm, respondent=firm, owner=office.clerk, date=hung, checks=checks,
            due=date(2025, 6, 24), proposed={},
        )  # fmt: skip
        task.blocked_by.add(first)
        (card,) = [
            card
            for card in boards.board(office.actor(office.officer), NOW)[Column.WAITING].cards
            if card.pk == task.pk
        ]
        assert (card.legal, card.ticked, card.checks, card.blockers) == (date(2025, 7, 1), 2, 3, 1)
        assert (card.owner_name, card.organisation_zh, card.of.firm_zh) == (
            "clerk",
            "甲木业",
            "甲木业",
        )
        assert (card.of.case_zh, card.proposed) == ("木线条反倾销案", True)

    def test_of_many_the_first_are_shown_and_all_counted(self, office):
        for days in range(8, 20):
            dated(office, str(days), days)
        actor = office.actor(office.officer)
        stack = boards.board(actor, NOW, limit=3)[Column.LATER]
        assert (stack.count, [card.zh for card in stack.cards]) == (12, ["8", "9", "10"])
        rest = boards.column(actor, NOW, Column.LATER, start=3, limit=2)
        assert [card.zh for card in rest] == ["11", "12"]

    def test_a_day_begins_where_the_reader_is(self, office):
        dated(office, "三号", 0)
        abroad = office.person("abroad", office.chamber, Role.OFFICER, time_zone="America/New_York")
        late = datetime(2025, 6, 3, 17, tzinfo=UTC)
        for user, column in ((office.officer, Column.OVERDUE), (abroad, Column.THIS_WEEK)):
            assert boards.board(office.actor(user), late)[column].count == 1

    def test_closed_cases_are_off_the_board(self, office):
        dated(office, "x", 1)
        office.case.closed_at = NOW
        office.case.save()
        assert not any(s.count for s in boards.board(office.actor(office.officer), NOW).values())

    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(
        st.lists(
            st.tuples(st.none() | st.integers(-9, 12), st.sampled_from("odx"), st.booleans()),
            max_size=12,
        )
    )
    def test_the_board_and_its_columns_agree(self, office: Office, made):
        Task.blocked_by.through.objects.all().delete()
        Task.objects.all().delete()
        blocker = office.task(title_zh="first")
        for days, state, waits in made:
            ended = {"o": {}, "d": {"done_at": NOW}, "x": {"dropped_at": NOW}}[state]
            task = dated(office, "t", days, **ended)
            if waits:
                task.blocked_by.add(blocker)
        actor = office.actor(office.officer)
        board = boards.board(actor, NOW)
        for column in Column:
            found = boards.column(actor, NOW, column)
            assert list(board[column].cards) == found
            assert board[column].count == len(found)
        live = sum(state != "x" for _, state, _ in made) + 1
        assert sum(stack.count for stack in board.values()) == live


class TestForWhom:
    @pytest.fixture
    def full(self, office):
        """A task of the chamber, of two firms, and of another chamber's case."""
        elsewhere = office.organisation(Kind.CHAMBER, "鞋业商会")
        office.person("rival", elsewhere, Role.OFFICER)
        office.task(title_zh="商会", due=OPENED)
        for firm in (office.firm, office.other):
            asked = office.asked(firm)
            office.task(firm, title_zh=firm.name_zh, respondent=asked, due=OPENED)
        office.task(elsewhere, title_zh="鞋", case=office.opened_case(elsewhere), due=OPENED)
        office.adopted("section-a", OPENED)

    def seen(self, actor):
        with guarded():
            board = boards.board(actor, NOW)
            day = agenda.between(actor, OPENED, OPENED).days.get(OPENED, agenda.Day())
            work, dates = agenda.work(actor, day.work), agenda.legal_dates(actor, day.dates)
        on_board = {card.zh for stack in board.values() for card in stack.cards}
        assert on_board == {work[pk].zh for pk in day.work}
        return on_board, len(dates)

    def test_the_chamber_sees_its_members(self, office, full):
        assert self.seen(office.actor(office.officer)) == ({"商会", "甲木业", "乙木业"}, 1)

    def test_a_firm_sees_its_own(self, office, full):
        assert self.seen(office.actor(office.clerk)) == ({"甲木业"}, 1)

    def test_another_chamber_sees_nothing_of_it(self, office, full):
        rival = office.person("rival", office.organisation(Kind.COUNSEL, "律所"), Role.OFFICER)
        assert self.seen(office.actor(rival)) == ({"鞋"}, 0)

    def test_nobody_sees_nothing(self, full, office):
        assert self.seen(ANYBODY) == (set(), 0)

    def test_what_is_asked_for(self, office, full):
        actor = office.actor(office.officer)
        for wanted, expected in (
            (Wanted(organisation=office.firm.pk), {"甲木业"}),
            (Wanted(owner=office.officer.pk), set()),
            (Wanted(unowned=True, case=office.case.pk), {"商会", "甲木业", "乙木业"}),
        ):
            stacks = boards.board(actor, NOW, wanted)
            assert {card.zh for s in stacks.values() for card in s.cards} == expected

    def test_mine_are_those_that_i_took_in_this_organisation(self, office, full):
        office.person("officer", office.other, Role.OWNER)
        office.task(title_zh="我的", due=OPENED, owner=office.officer)
        office.task(office.other, title_zh="另一单位的", due=OPENED, owner=office.officer)
        mine = boards.my_tasks(office.actor(office.officer), NOW)
        assert names(mine)["this_week"] == ["我的"]
        assert boards.my_tasks(ANYBODY, NOW)[Column.OVERDUE].count == 0


class TestAgenda:
    def test_days_in_order_with_what_falls_on_them(self, office):
        office.adopted("section-a", date(2025, 7, 1))
        office.adopted("case-brief", date(2025, 6, 20), estimated=True)
        office.adopted("rebuttal-brief", None)
        dated(office, "任务", 17)
        actor = office.actor(office.officer)
        found = agenda.between(actor, OPENED, date(2025, 7, 1))
        assert list(found.days) == [date(2025, 6, 20), date(2025, 7, 1)]
        assert found.cases == {office.case.pk}
        first = found.days[date(2025, 6, 20)]
        assert [work.zh for work in agenda.work(actor, first.work).values()] == ["任务"]
        (legal,) = agenda.legal_dates(actor, first.dates).values()
        assert (legal.zh, legal.verified, legal.estimated) == ("提交问卷A部分", "2026-11-26", True)
        assert legal.of.case_en == "Wood mouldings"

    def test_dates_of_those_who_are_asked_for(self, office):
        office.adopted("section-a", OPENED)
        actor = office.actor(office.officer)
        counts = {
            whom: len(agenda.between(actor, OPENED, OPENED, [whom]).days)
            for whom in (Whom.EXPORTER, Whom.AUTHORITY)
        }
        assert counts == {Whom.EXPORTER: 1, Whom.AUTHORITY: 0}

    def test_dates_that_hold_no_more_are_not_in_it(self, office):
        adopted = office.adopted("section-a", date(2025, 7, 1))
        adopted.gone_at = NOW
        adopted.save()
        assert self.seen(office.actor(office.officer)) == []

    def test_an_extension_of_one_firm_is_not_anothers_to_see(self, office):
        one = office.asked(office.firm)
        office.asked(office.other)
        yi = office.person("yi", office.other, Role.OWNER)
        everybody = office.adopted("section-a", date(2025, 7, 1))
        granted = office.adopted("section-a", date(2025, 7, 15), one)
        for user, seen in ((office.clerk, [everybody, granted]), (yi, [everybody])):
            actor = office.actor(user)
            assert self.seen(actor) == [row.pk for row in seen]
            for pks in ([everybody.pk, granted.pk], [granted.pk, everybody.pk]):
                found = agenda.legal_dates(actor, pks)
                assert list(found) == [pk for pk in pks if pk in self.seen(actor)]

    def test_what_of_a_closed_case_falls_on_a_day_is_nobodys_to_do(self, office):
        office.adopted("section-a", date(2025, 7, 1))
        office.case.closed_at = NOW
        office.case.save()
        assert self.seen(office.actor(office.officer)) == []

    def seen(self, actor):
        found = agenda.between(actor, OPENED, date(2025, 8, 1))
        return [pk for day in found.days.values() for pk in day.dates]
