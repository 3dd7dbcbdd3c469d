"""The page of one task, adding one by hand, what counsel sees, and forms that were left half
filled in."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from monitor.accounts.models import User
from monitor.accounts.words import Kind, Role
from monitor.cases import drafts
from monitor.cases.models import CaseChamber, CaseShare, Draft, Respondent, Task
from monitor.cases.respondents import Reply, say
from monitor.cases.words import Answer, Who
from monitor.cases.work import editing
from monitor.cases.work.laying import UNANSWERED
from tests.monitor.cases.work.office import NOW, Office
from tests.signing_in import signed_in

DUE = date(2025, 6, 20)


@pytest.fixture
def office(db: None) -> Office:
    return Office()


@pytest.fixture
def task(office: Office) -> Task:
    check = {"id": "a", "zh": "审计报告", "en": "Accounts", "done": False}
    legal = office.adopted("section-a", DUE)
    return office.task(
        note="初稿", date=legal, rule="section-a", proceeding=office.proceeding, lead=5,
        counted_from=DUE, due=date(2025, 6, 13), checks=[check],
    )  # fmt: skip


@pytest.fixture
def officer(office: Office) -> Client:
    return signed_in(office.officer)


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def shown(client: Client, task: Task) -> str:
    return text(client.get(reverse("task", args=[task.pk])))


def act(client: Client, task: Task, name: str, **given: object) -> int:
    return client.post(reverse(name, args=[task.pk]), given).status_code


def written(task: Task, **given: object) -> dict[str, object]:
    """The form as the page makes it of the task."""
    fields = {name: getattr(task, name) for name in ("title_zh", "title_en", "note", "who")}
    return fields | {"days": task.lead, "side": "before", "version": task.version} | given


# --- One task ------------------------------------------------------------------------------------


def test_it_says_what_when_why_and_what_was_done_to_it(
    office: Office, task: Task, officer: Client
) -> None:
    before = office.task(title_zh="先做这个")
    assert act(officer, task, "block_task", by=before.pk) == 302
    assert act(officer, before, "block_task", by=task.pk) == 302
    assert act(officer, task, "tick_task", check="a", done="1") == 302
    assert act(officer, task, "tick_task", check="b", done="1") == 404
    assert act(officer, task, "add_check", text="银行流水") == 302
    assert act(officer, task, "add_check", text="") == 400
    assert act(officer, task, "edit_task", **written(task, note="另写的", days="3")) == 302
    page = shown(officer, task)
    for said in ("2025-06-17", "问卷发出后21天", "先做这个", "☑", "银行流水", "另写的", "初稿"):
        assert said in page, said
    assert not before.blocked_by.exists()
    assert act(officer, task, "finish_task", back="task") == 302
    assert "先做这个" in shown(officer, task)
    assert act(officer, task, "block_task", by=before.pk, off="1") == 302
    assert act(officer, task, "finish_task", back="task") == 302
    task.refresh_from_db()
    assert task.done_at
    assert act(officer, task, "reopen_task") == 302
    assert act(officer, task, "drop_task", because="") == 400
    assert act(officer, task, "drop_task", because="合并办理") == 302
    assert "合并办理" in shown(officer, task)


def test_who_only_reads_it_has_no_buttons(office: Office, task: Task) -> None:
    reader = signed_in(office.person("reader", office.chamber, Role.READER))
    page = shown(reader, task)
    assert "初稿" in page
    assert f'action="/tasks/{task.pk}/' not in page
    assert f'action="/tasks/{task.pk}/' in shown(signed_in(office.officer), task)
    assert act(reader, task, "drop_task", because="x") == 404
    assert signed_in(office.head).get(reverse("task", args=[task.pk])).status_code == 404


def test_the_playbooks_news_is_taken_over_or_left(
    office: Office, task: Task, officer: Client
) -> None:
    wanted = {
        "title_zh": "提交A卷", "title_en": "", "who": "chamber", "lead": 3, "checks": [],
        "played": "1",
    }  # fmt: skip
    for follow, title in (("", "核对税号"), ("1", "提交A卷")):
        Task.objects.filter(pk=task.pk).update(proposed=wanted)
        assert "提交A卷" in shown(officer, task)
        assert act(officer, task, "answer_proposal", follow=follow) == 302
        task.refresh_from_db()
        assert (task.title_zh, task.proposed) == (title, None)
    assert act(officer, task, "answer_proposal", follow="1") == 302
    dropped = office.task(dropped_at=NOW, dropped_because=UNANSWERED)
    assert "企业不应诉" in shown(officer, dropped)


# --- Two at once ---------------------------------------------------------------------------------


def test_who_comes_second_sees_both_texts_and_loses_neither(
    office: Office, task: Task, officer: Client
) -> None:
    editing.edit(office.actor(office.chair), task.pk, 1, {"note": "会长写的"}, NOW)
    late = written(task, note="经办写的", title_zh="新题目")
    answer = officer.post(reverse("edit_task", args=[task.pk]), late)
    assert answer.status_code == 409
    page = text(answer)
    assert "会长写的" in page
    assert page.count("经办写的") == 2
    assert "新题目" in page
    assert 'name="version" value="2"' in page
    both = late | {"version": 2, "settle-note": "both"}
    assert officer.post(reverse("edit_task", args=[task.pk]), both).status_code == 302
    task.refresh_from_db()
    assert (task.note, task.title_zh) == ("会长写的\n\n经办写的", "新题目")


def test_an_answer_is_shown_beside_what_was_said_meanwhile(office: Office) -> None:
    firm = office.asked(office.firm, Answer.CONSIDERING)
    head = signed_in(office.head)
    officer = office.actor(office.officer)
    assert 'value="0" id="id_answer' in text(head.get(reverse("case", args=[office.case.pk])))
    said = say(firm, Reply(Answer.CONSIDERING, None, "电话里说的"), officer, NOW)
    given = {"seen": "considering", "last": "0", "answer": "considering", "text": "我们写的"}
    data = {f"answer-{firm.pk}-{name}": value for name, value in given.items()}
    address = reverse("say_answer", args=[office.case.pk, firm.pk])
    answer = head.post(address, data)
    assert answer.status_code == 400
    assert "电话里说的" in text(answer)
    assert text(answer).count("我们写的") == 2
    data[f"answer-{firm.pk}-last"] = str(said.pk)
    assert head.post(address, data).status_code == 302
    assert firm.statements.count() == 2


def test_it_is_passed_on_to_another_organisation_and_stays_readable_for_the_giver(
    office: Office, task: Task, officer: Client
) -> None:
    second = office.organisation(Kind.CHAMBER, "家具商会")
    CaseChamber.objects.create(case=office.case, organisation=second, since=NOW)
    to = {"pass-to": second.pk}
    assert "移交其他单位" in shown(officer, task)
    assert f'value="{DUE}"' in shown(officer, office.task(due=DUE))
    refused = officer.post(reverse("pass_task", args=[task.pk]), to)
    assert refused.status_code == 400
    assert f'value="{second.pk}" selected' in text(refused)
    assert act(officer, task, "pass_task", **to | {"pass-because": "他们的产品"}) == 302
    gone = shown(officer, task)
    for said in ("已移交家具商会", "他们的产品", "初稿", "审计报告"):
        assert said in gone, said
    assert 'method="post" action="/tasks/' not in gone
    assert "他们的产品" in text(officer.get(reverse("tasks"), {"whose": "ours"}))
    theirs = signed_in(office.person("second", second, Role.OFFICER))
    assert "他们的产品" in shown(theirs, task)
    assert act(officer, task, "pass_task", **to | {"pass-because": "x"}) == 404


# --- Adding --------------------------------------------------------------------------------------


def test_a_task_is_added_for_a_firm_or_for_ourselves(office: Office, officer: Client) -> None:
    firm = office.asked(office.firm)
    legal = office.adopted("section-a", date(2035, 6, 20))
    address = reverse("add_task", args=[office.case.pk])
    assert address in text(officer.get(reverse("case", args=[office.case.pk])))
    assert "提交问卷A部分" in text(officer.get(address))
    owner = office.officer.memberships.get()
    given = {
        "title_zh": "准备样品", "who": "firm", "organisation": office.firm.pk, "days": "5",
        "side": "before", "date": legal.pk, "due": "", "checks": "实样\n照片\n",
    }  # fmt: skip
    for wrong in ({"owner": owner.pk}, {"due": "2035-06-01"}, {"title_zh": ""}):
        refused = officer.post(address, given | wrong)
        assert refused.status_code == 400
        assert "照片" in text(refused)
    assert officer.post(address, given).status_code == 302
    made = Task.objects.get(title_zh="准备样品")
    assert (made.respondent, made.date, made.lead) == (firm, legal, 5)
    assert made.due == date(2035, 6, 13)
    assert [check["zh"] for check in made.checks] == ["实样", "照片"]
    mine = given | {
        "organisation": office.chamber.pk,
        "owner": owner.pk,
        "date": "",
        "who": "chamber",
    }
    assert officer.post(address, mine | {"title_zh": "打电话"}).status_code == 302
    assert Task.objects.get(title_zh="打电话").owner == office.officer
    assert (
        signed_in(office.person("elsewhere", office.other, Role.OWNER)).get(address).status_code
        == 404
    )


def test_the_chamber_says_with_whom_a_firm_answers(office: Office, officer: Client) -> None:
    joining = office.asked(office.firm, Answer.JOINS, joins="others", joins_whom="乙家")
    leading = office.asked(office.other)
    address = reverse("tie_firms", args=[office.case.pk])
    assert address in text(officer.get(reverse("case", args=[office.case.pk])))
    own = {"tie-firm": joining.pk, "tie-to": joining.pk}
    assert officer.post(address, own).status_code == 400
    assert officer.post(address, own | {"tie-to": leading.pk}).status_code == 302
    assert Respondent.objects.get(pk=joining.pk).joined == leading
    assert signed_in(office.head).post(address, own).status_code == 404


# --- Counsel -------------------------------------------------------------------------------------


@pytest.fixture
def counsel(office: Office) -> User:
    firm = office.organisation(Kind.COUNSEL, "某律师事务所")
    return office.person("counsel", firm, Role.OFFICER)


def test_counsel_sees_what_is_counsels_of_whoever_showed_the_case(
    office: Office, counsel: User
) -> None:
    firm = office.asked(office.firm)
    theirs = office.task(office.firm, title_zh="递交A卷", who=Who.COUNSEL, respondent=firm)
    for title, organisation, who in (
        ("写书状", office.chamber, Who.COUNSEL),
        ("准备账册", office.firm, Who.FIRM),
        ("乙家递交", office.other, Who.COUNSEL),
    ):
        office.task(organisation, title_zh=title, who=who, due=DUE)
    client = signed_in(counsel)
    assert "递交A卷" not in text(client.get(reverse("tasks")))
    share = CaseShare.objects.create(
        case=office.case, owner=office.firm, receiver=counsel.memberships.get().organisation,
        since=NOW,
    )  # fmt: skip
    page = text(client.get(reverse("tasks")))
    assert "递交A卷" in page
    assert [title for title in ("写书状", "准备账册", "乙家递交") if title in page] == []
    assert "递交A卷" in shown(client, theirs)
    assert act(client, theirs, "finish_task") == 404
    share.withdrawn_at = timezone.now()
    share.save()
    assert client.get(reverse("task", args=[theirs.pk])).status_code == 404


def test_counsel_makes_a_calendar_feed_of_the_cases_that_it_is_shown(
    office: Office, counsel: User
) -> None:
    day = timezone.localdate() + timedelta(days=30)
    office.adopted("section-a", day, bound="latest", happened=None)
    CaseShare.objects.create(
        case=office.case, owner=office.chamber, receiver=counsel.memberships.get().organisation,
        since=NOW,
    )  # fmt: skip
    made = signed_in(counsel).post(reverse("links"), {"name": "日历"})
    assert made.context["feeds"] == []
    feed = made.context["case_feed"]
    assert feed in text(made)
    secret = feed.partition("/feeds/cases/")[2].partition(".ics")[0]
    assert f"{day:%Y%m%d}" in text(Client().get(reverse("case_feed", args=[secret])))


# --- Half-typed ----------------------------------------------------------------------------------


def test_what_was_typed_is_offered_again_taken_and_gone_when_handed_in(
    task: Task, officer: Client
) -> None:
    form = reverse("edit_task", args=[task.pk])
    kept = written(task, note="写了一半", days="") | {"draft_of": form, "draft_key": "first-key"}
    assert officer.post(reverse("keep_draft"), kept).status_code == 204
    assert officer.post(reverse("keep_draft"), kept | {"draft_key": "!"}).status_code == 400
    draft = Draft.objects.get()
    page = shown(officer, task)
    assert "写了一半</blockquote>" in page
    taken = text(officer.get(reverse("task", args=[task.pk]), {"draft": draft.pk}))
    assert "写了一半</textarea>" in taken
    assert 'name="draft_key" value="first-key"' in taken
    refused = officer.post(form, kept | {"title_zh": ""})
    assert 'name="draft_key" value="first-key"' in text(refused)
    assert Draft.objects.exists()
    done = officer.post(form, kept | {"days": "5"})
    assert done.cookies["draft_done"].value == "first-key"
    assert not Draft.objects.exists()


def test_it_is_thrown_away_at_will_and_shown_to_nobody_else(
    office: Office, task: Task, officer: Client
) -> None:
    here = reverse("task", args=[task.pk])
    form = reverse("edit_task", args=[task.pk])
    drafts.keep(office.actor(office.officer), form, "first-key", {"note": ["只给自己"]}, NOW)
    other = signed_in(office.chair)
    assert "只给自己" not in text(other.get(here, {"draft": Draft.objects.get().pk}))
    sent = {"draft_key": "first-key", "page": here}
    other.post(reverse("throw_draft_away"), sent)
    assert Draft.objects.exists()
    assert officer.post(reverse("throw_draft_away"), sent).headers["Location"] == here
    assert not Draft.objects.exists()
    away = officer.post(reverse("throw_draft_away"), {"page": "//evil.example.org/"})
    assert away.headers["Location"] == reverse("home")
