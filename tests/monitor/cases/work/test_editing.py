"""Writing into tasks: own ones, and two people at once."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.accounts.walls.door import guarded
from monitor.cases.models import Task
from monitor.cases.overtaking import Overtaken
from monitor.cases.permission import MayNotError
from monitor.cases.words import Who
from monitor.cases.work import doing, editing
from monitor.cases.work.editing import Draft
from tests.monitor.cases.work.office import NOW, Office

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def task(office):
    return office.task(note="初稿", due=date(2025, 6, 20))


class TestTwoAtOnce:
    def test_the_second_is_told_and_has_both_texts(self, office, task):
        form = {"title_zh": task.title_zh, "note": task.note}
        editing.edit(office.actor(office.officer), task.pk, 1, {**form, "note": "甲写的"}, NOW)
        with pytest.raises(Overtaken) as told:
            editing.edit(office.actor(office.chair), task.pk, 1, {**form, "note": "乙写的"}, LATER)
        assert told.value.mine == {"note": "乙写的"}
        assert told.value.theirs == {"note": "甲写的"}
        assert told.value.by == ["officer"]
        task.refresh_from_db()
        assert (task.note, task.version) == ("甲写的", 2)

    def test_and_can_write_on_the_newer_one(self, office, task):
        editing.edit(office.actor(office.officer), task.pk, 1, {"note": "甲"}, NOW)
        editing.edit(office.actor(office.chair), task.pk, 2, {"note": "甲和乙"}, LATER)
        task.refresh_from_db()
        assert task.note == "甲和乙"
        assert [c.was["note"] for c in task.changes.order_by("pk")] == ["初稿", "甲"]

    def test_different_fields_are_put_together(self, office, task):
        form = {"title_zh": task.title_zh, "note": task.note}
        editing.edit(office.actor(office.officer), task.pk, 1, {**form, "note": "甲"}, NOW)
        editing.edit(office.actor(office.chair), task.pk, 1, {**form, "title_zh": "新名"}, LATER)
        task.refresh_from_db()
        assert (task.note, task.title_zh) == ("甲", "新名")

    def test_the_same_words_are_no_quarrel(self, office, task):
        for user in (office.officer, office.chair):
            editing.edit(office.actor(user), task.pk, 1, {"note": "同"}, NOW)
        assert task.changes.count() == 1

    def test_whoever_ticks_is_in_nobodys_way(self, office):
        check = {"id": "a", "zh": "a", "en": "a", "done": False}
        task = office.task(checks=[check])
        doing.tick(office.actor(office.officer), task.pk, "a", NOW, done=True)
        editing.edit(office.actor(office.chair), task.pk, 1, {"note": "好"}, NOW)
        task.refresh_from_db()
        assert (task.note, task.checks[0]["done"]) == ("好", True)

    @settings(
        max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(
        st.lists(
            st.tuples(
                st.booleans(),
                st.sampled_from(["note", "title_en"]),
                st.sampled_from("甲乙丙"),
                st.booleans(),
            ),
            max_size=8,
        )
    )
    def test_whatever_is_written_is_kept_somewhere(self, office: Office, edits):
        """Two forms, opened now and then; each text is in the task, in its past, or handed back."""
        task = office.task()
        forms = {}
        written, back = [], []
        for number, (who, name, text, fresh) in enumerate(edits):
            user = office.officer if who else office.chair
            if fresh or who not in forms:
                forms[who] = Task.objects.get(pk=task.pk)
            form, said = forms[who], f"{text}{number}"
            try:
                editing.edit(office.actor(user), task.pk, form.version, {name: said}, NOW)
                written.append((name, said))
            except Overtaken as overtaken:
                back.append((overtaken, {name: said}))
        task.refresh_from_db()
        past = [(n, v) for c in task.changes.all() for n, v in (*c.was.items(), *c.became.items())]
        assert set(written) <= set(past)
        for name in ("note", "title_en"):
            last = [said for n, said in written if n == name]
            assert not last or getattr(task, name) == last[-1]
        for overtaken, mine in back:
            assert overtaken.mine == mine
            assert overtaken.theirs.keys() == mine.keys()


class TestOwnTasks:
    def test_on_a_day(self, office):
        with guarded():
            draft = Draft("请专家", checks=("电话", "报价"), due=date(2025, 6, 9))
            task = editing.add(
                office.actor(office.officer), office.case, office.chamber, draft, NOW
            )
        assert (task.due, task.play) == (date(2025, 6, 9), "")
        assert [check["id"] for check in task.checks] == ["own-1", "own-2"]
        assert [c.what for c in task.changes.all()] == ["added"]

    def test_on_a_legal_date(self, office):
        hung = office.adopted("case-brief", date(2025, 7, 10))
        draft = Draft("请专家", date=hung, lead=3, who=Who.COUNSEL)
        task = editing.add(office.actor(office.officer), office.case, office.chamber, draft, NOW)
        assert (task.due, task.rule, task.proceeding) == (
            date(2025, 7, 7), "case-brief", office.proceeding,
        )  # fmt: skip

    def test_a_firm_adds_to_its_own_not_to_the_chambers(self, office):
        office.asked(office.firm)
        actor = office.actor(office.clerk)
        editing.add(actor, office.case, office.firm, Draft("找单证"), NOW)
        with pytest.raises(MayNotError):
            editing.add(actor, office.case, office.chamber, Draft("找单证"), NOW)

    def test_nobody_adds_to_a_case_that_they_do_not_see(self, office):
        with pytest.raises(MayNotError):
            editing.add(office.actor(office.clerk), office.case, office.firm, Draft("x"), NOW)

    def test_its_parts_are_of_the_case(self, office):
        other = office.proceeding_of(office.opened_case())
        draft = Draft("x", proceeding=other)
        with pytest.raises(ValueError, match="another case"):
            editing.add(office.actor(office.officer), office.case, office.chamber, draft, NOW)

    def test_a_check_of_ones_own(self, office, task):
        for text in ("甲", "乙"):
            editing.add_check(office.actor(office.officer), task.pk, text, NOW)
        task.refresh_from_db()
        assert [(c["id"], c["zh"]) for c in task.checks] == [("own-1", "甲"), ("own-2", "乙")]


class TestDays:
    def test_another_lead_is_another_day(self, office):
        hung = office.adopted("case-brief", date(2025, 7, 10))
        task = editing.add(
            office.actor(office.officer), office.case, office.chamber, Draft("x", date=hung), NOW
        )
        wanted = {"lead": 2, "due": date(2025, 6, 4)}
        task = editing.edit(office.actor(office.officer), task.pk, 1, wanted, NOW)
        assert (task.lead, task.due) == (2, date(2025, 7, 8))

    def test_what_hangs_on_nothing_has_its_own(self, office, task):
        wanted = {"due": date(2025, 6, 30)}
        assert editing.edit(office.actor(office.officer), task.pk, 1, wanted, NOW).due == date(
            2025, 6, 30
        )

    def test_nothing_else_is_edited(self, office, task):
        with pytest.raises(ValueError, match="organisation"):
            editing.edit(office.actor(office.officer), task.pk, 1, {"organisation": 1}, NOW)
