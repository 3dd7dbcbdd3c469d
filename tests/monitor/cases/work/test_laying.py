"""A playbook laid out: what comes, what stays, what is proposed."""

from datetime import date, timedelta

import pytest

from monitor.accounts.words import Kind
from monitor.cases.models import CaseChamber, Proceeding, Task, TaskChange
from monitor.cases.permission import MayNotError
from monitor.cases.words import Answer, Stage
from monitor.cases.work import doing, proposing
from monitor.cases.work.laying import lay
from tests.monitor.cases.work.office import BOOK, NOW, OPENED, PAPERS, shelve

pytestmark = pytest.mark.usefixtures("trial")
LATER = NOW + timedelta(days=1)


def tasks(office):
    rows = Task.objects.filter(proceeding=office.proceeding).order_by("pk")
    return {(t.play.removeprefix("trial/"), t.organisation.name_zh): t for t in rows}


class TestWhatComes:
    def test_the_cases_own_without_any_firm(self, office):
        office.adopted("case-brief", date(2025, 7, 10))
        assert lay(office.proceeding, NOW) == {"laid": 2}
        tell, brief = tasks(office).values()
        assert (tell.due, tell.stage, tell.lead) == (date(2025, 6, 4), "opened", -1)
        assert (brief.due, brief.rule) == (date(2025, 7, 8), "case-brief")
        assert brief.date.day == date(2025, 7, 10)
        assert list(brief.blocked_by.all()) == [tell]
        assert tell.checks == [{"id": "called", "zh": "打电话", "en": "Telephone", "done": False}]
        assert {t.organisation for t in (tell, brief)} == {office.chamber}

    def test_for_each_firm_that_answers(self, office):
        answering = office.asked(office.firm)
        office.asked(office.other, Answer.CONSIDERING)
        office.adopted("section-a", date(2025, 7, 1))
        assert lay(office.proceeding, NOW) == {"laid": 4}
        found = tasks(office)
        draft, filed = found["draft", "甲木业"], found["file", "甲木业"]
        assert (draft.due, filed.due) == (date(2025, 6, 24), date(2025, 6, 30))
        assert draft.respondent == filed.respondent == answering
        assert set(filed.blocked_by.all()) == {draft, found["tell", "木业商会"]}
        assert [check["id"] for check in draft.checks] == ["accounts", "totals"]

    def test_who_joins_has_what_joiners_do(self, office):
        office.asked(office.firm, Answer.JOINS)
        lay(office.proceeding, NOW)
        assert [play for play, firm in tasks(office) if firm == "甲木业"] == ["file"]

    def test_what_is_extended_for_one_is_theirs(self, office):
        one, other = office.asked(office.firm), office.asked(office.other)
        office.adopted("section-a", date(2025, 7, 1))
        longer = office.adopted("section-a", date(2025, 7, 15), one)
        lay(office.proceeding, NOW)
        assert Task.objects.get(play="trial/file", respondent=one).date == longer
        assert Task.objects.get(play="trial/file", respondent=other).date.day == date(2025, 7, 1)

    def test_without_a_day_it_waits(self, office):
        office.adopted("case-brief", None)
        lay(office.proceeding, NOW)
        brief = tasks(office)["brief", "木业商会"]
        assert (brief.due, brief.rule) == (None, "case-brief")

    def test_what_is_over_does_not_come(self, office):
        office.asked(office.firm)
        office.adopted("section-a", OPENED - timedelta(days=1))
        lay(office.proceeding, NOW)
        assert {play for play, _firm in tasks(office)} == {"tell", "brief"}

    def test_what_should_have_been_done_by_now_is_due_now(self, office):
        office.asked(office.firm)
        office.adopted("section-a", date(2025, 6, 6))
        lay(office.proceeding, NOW)
        found = tasks(office)
        assert found["draft", "甲木业"].due == OPENED
        assert found["file", "甲木业"].due == date(2025, 6, 5)

    def test_a_stage_that_is_left_behind_asks_for_nothing(self, office):
        office.reached(Stage.PRELIMINARY, OPENED)
        lay(office.proceeding, NOW)
        assert {play for play, _firm in tasks(office)} == {"brief"}

    def test_a_case_that_nobody_leads_has_its_firms_tasks(self, office):
        CaseChamber.objects.update(ended_at=NOW)
        office.asked(office.firm)
        assert lay(office.proceeding, NOW) == {"laid": 2}

    def test_a_closed_case_has_none(self, office):
        office.case.closed_at = NOW
        office.case.save()
        assert lay(office.proceeding, NOW) == {}

    def test_a_proceeding_without_a_playbook_has_none(self, office):
        other = office.proceeding_of(office.case, ruleset="", proceeding="litigation")
        assert lay(other, NOW) == {}


class TestAgain:
    def test_nothing_is_laid_twice(self, office):
        office.asked(office.firm)
        lay(office.proceeding, NOW)
        before = list(Task.objects.order_by("pk").values())
        assert lay(office.proceeding, LATER) == {}
        assert list(Task.objects.order_by("pk").values()) == before
        assert TaskChange.objects.count() == len(before)

    def test_only_the_missing_come(self, office):
        office.asked(office.firm)
        lay(office.proceeding, NOW)
        office.asked(office.other)
        assert lay(office.proceeding, LATER) == {"laid": 2}
        filed = tasks(office)["file", "乙木业"]
        assert {task.organisation.name_zh for task in filed.blocked_by.all()} == {
            "乙木业",
            "木业商会",
        }

    def test_what_people_did_stays(self, office):
        lay(office.proceeding, NOW)
        tell = tasks(office)["tell", "木业商会"]
        officer = office.actor(office.officer)
        doing.take(officer, tell.pk, NOW)
        doing.tick(officer, tell.pk, "called", NOW, done=True)
        doing.finish(officer, tell.pk, NOW)
        lay(office.proceeding, LATER)
        tell.refresh_from_db()
        assert tell.owner == office.officer
        assert tell.done_at == NOW
        assert tell.checks[0]["done"]


class TestFirmsThatChangeTheirMind:
    def test_a_firm_that_declines_has_nothing_left_to_do(self, office):
        firm = office.asked(office.firm)
        lay(office.proceeding, NOW)
        office.says(firm, Answer.DECLINES, NOW)
        assert lay(office.proceeding, LATER) == {"dropped": 2}
        draft = tasks(office)["draft", "甲木业"]
        assert draft.dropped_at == LATER
        assert draft.dropped_by is None

    def test_and_has_it_again_when_it_answers(self, office):
        firm = office.asked(office.firm)
        lay(office.proceeding, NOW)
        dropped = tasks(office)["file", "甲木业"]
        doing.drop(office.actor(office.clerk), dropped.pk, "律师已交", NOW)
        office.says(firm, Answer.DECLINES, NOW)
        lay(office.proceeding, LATER)
        office.says(firm, Answer.ANSWERS, LATER)
        assert lay(office.proceeding, LATER) == {"taken_up": 1}
        found = tasks(office)
        assert found["draft", "甲木业"].is_open
        assert not found["file", "甲木业"].is_open

    def test_when_it_is_over_what_never_had_a_day_goes(self, office):
        lay(office.proceeding, NOW)
        Proceeding.objects.update(ended=OPENED, stage=Stage.ENDED)
        assert lay(office.proceeding, LATER) == {"dropped": 1}
        assert not tasks(office)["brief", "木业商会"].is_open
        assert tasks(office)["tell", "木业商会"].is_open


class TestAPlaybookThatChanged:
    @pytest.fixture
    def changed(self, office, settings, tmp_path):
        """Laid out, with one check ticked; then the playbook says otherwise of two tasks."""
        office.asked(office.firm)
        office.adopted("section-a", date(2025, 7, 1))
        lay(office.proceeding, NOW)
        draft = tasks(office)["draft", "甲木业"]
        doing.tick(office.actor(office.clerk), draft.pk, "totals", NOW, done=True)
        book = BOOK.replace("lead = 5", "lead = 8").replace('id = "brief"', 'id = "submission"')
        papers = PAPERS + '[[checks]]\nid = "chart"\nzh = "股权图"\nen = "Ownership chart"\n'
        settings.FENGHUO_PLAYBOOKS = shelve(tmp_path / "changed", book, papers)
        return draft

    def test_proposes_and_rewrites_nothing(self, office, changed):
        before = {t.pk: (t.title_zh, t.due, t.checks) for t in Task.objects.all()}
        assert lay(office.proceeding, LATER) == {"laid": 1, "proposed": 2}
        now = {t.pk: (t.title_zh, t.due, t.checks) for t in Task.objects.filter(pk__in=before)}
        assert now == before
        changed.refresh_from_db()
        assert changed.proposed["lead"] == 8
        assert tasks(office)["brief", "木业商会"].proposed == {}
        assert lay(office.proceeding, LATER) == {}

    def test_whoever_follows_keeps_what_they_ticked(self, office, changed):
        lay(office.proceeding, LATER)
        task = proposing.follow(office.actor(office.clerk), changed.pk, LATER)
        task.refresh_from_db()
        assert task.due == date(2025, 6, 19)
        assert [(c["id"], c["done"]) for c in task.checks] == [
            ("accounts", False), ("totals", True), ("chart", False),
        ]  # fmt: skip
        assert task.proposed is None
        assert lay(office.proceeding, LATER) == {}

    def test_whoever_keeps_theirs_is_not_asked_again(self, office, changed):
        lay(office.proceeding, LATER)
        task = proposing.keep(office.actor(office.clerk), changed.pk, LATER)
        task.refresh_from_db()
        assert (task.lead, task.proposed) == (5, None)
        assert lay(office.proceeding, LATER) == {}
        with pytest.raises(proposing.NothingProposed):
            proposing.keep(office.actor(office.clerk), changed.pk, LATER)

    def test_a_task_that_it_has_no_more_is_dropped_only_by_a_person(self, office, changed):
        lay(office.proceeding, LATER)
        brief = tasks(office)["brief", "木业商会"]
        assert brief.is_open
        with pytest.raises(MayNotError):
            proposing.follow(office.actor(office.clerk), brief.pk, LATER)
        proposing.follow(office.actor(office.officer), brief.pk, LATER)
        brief.refresh_from_db()
        assert not brief.is_open
        assert lay(office.proceeding, LATER) == {}


def test_the_shipped_playbook_over_a_whole_investigation(office, settings, request):
    settings.FENGHUO_PLAYBOOKS = request.config.rootpath / "config" / "playbooks"
    for firm in (office.firm, office.other):
        office.asked(firm)
    office.asked(office.organisation(Kind.ENTERPRISE, "丙木业"), Answer.JOINS)
    assert lay(office.proceeding, NOW)["laid"] > 60
    assert lay(office.proceeding, LATER) == {}
    joined = Task.objects.filter(respondent__answer=Answer.JOINS)
    assert "us-anti-dumping-investigation/separate-rate-application" in {t.play for t in joined}
    assert "us-anti-dumping-investigation/section-a" not in {t.play for t in joined}
