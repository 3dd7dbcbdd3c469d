"""The pages of cases: opening one, answering, the calendar, the feed."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from monitor.accounts.models import Link, Membership, Organisation, User
from monitor.accounts.words import Role
from monitor.cases.models import Adopted, Case, KnownDay, Proceeding, Respondent, Task
from monitor.cases.words import Answer, Why
from monitor.notices.models import Measure
from tests.monitor.cases.forest import SINCE, Forest
from tests.monitor.web.house import House
from tests.signing_in import signed_in

FIRMS = ("示例青松木业", "示例雪松木业", "示例红杉木业")
As = Callable[[str], Client]


@pytest.fixture
def forest(db: None) -> Forest:
    return Forest()


@pytest.fixture
def measure(forest: Forest) -> Measure:
    """An investigation that was initiated two weeks ago, and touches three firms."""
    made = forest.measure("us:A-570-117")
    opening = forest.entry(made, "2025-1", date(2025, 5, 20), event="initiated")
    worth = [(forest.firms[name], "40000000") for name in FIRMS]
    told = [
        {"id": f.pk, "name_zh": f.name_zh, "name_en": f.name_en, "value_usd": usd}
        for f, usd in worth
    ]
    House().impact(forest.base, opening, firms=told)
    return made


@pytest.fixture
def as_(forest: Forest) -> As:
    """A browser of somebody who acts for the chamber, or for a firm by its name."""

    def client(who: str) -> Client:
        own = forest.chamber if who == "chamber" else forest.organisation(who)
        return signed_in(_person(own, Role.OFFICER if who == "chamber" else Role.OWNER))

    return client


def _person(own: Organisation, role: Role) -> User:
    user, _ = User.objects.get_or_create(username=f"{own.pk}@example.org")
    Membership.objects.get_or_create(
        user=user, organisation=own, defaults={"role": role, "since": SINCE}
    )
    return user


@pytest.fixture
def case(as_: As, measure: Measure) -> Case:
    as_("chamber").post(reverse("open_case", args=[measure.pk]))
    return Case.objects.get()


def said(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def page(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return said(answer)


# --- Opening -------------------------------------------------------------------------------------


def test_a_chamber_opens_a_case_from_the_page_of_a_measure(as_: As, measure: Measure) -> None:
    client = as_("chamber")
    assert "还没有案件" in page(client, "cases")
    address = reverse("open_case", args=[measure.pk])
    assert address in page(client, "measure", measure.pk)
    confirm = page(client, "open_case", measure.pk)
    assert "林产品" in confirm
    assert "<dd>3</dd>" in confirm
    assert Case.objects.count() == 0
    opened = client.post(address)
    case = Case.objects.get()
    assert opened.headers["Location"] == reverse("case", args=[case.pk])
    assert case.name_zh in page(client, "cases")
    assert reverse("case", args=[case.pk]) in page(client, "measure", measure.pk)
    assert client.get(address).status_code == 302


def test_a_firm_opens_none_and_sees_the_one_it_is_asked_to_answer(as_: As, case: Case) -> None:
    client = as_(FIRMS[0])
    measure = case.measures.get()
    assert client.get(reverse("open_case", args=[measure.pk])).status_code == 404
    assert case.name_zh in page(client, "cases")
    assert page(as_("示例银杏木业"), "cases").count(case.name_zh) == 0


def test_the_list_is_filtered(as_: As, case: Case) -> None:
    client = as_("chamber")
    for query, there in (
        ("?market=US", True), ("?base=forestry", True), ("?state=closed", False),
        ("?market=nonsense", True),
    ):  # fmt: skip
        assert (case.name_zh in said(client.get(reverse("cases") + query))) is there, query


# --- Answering -----------------------------------------------------------------------------------


def say(client: Client, case: Case, firm: str, **given: str) -> object:
    row = Respondent.objects.get(case=case, organisation__name_zh=firm)
    fields = {"seen": row.answer, **given}
    data = {f"answer-{row.pk}-{name}": value for name, value in fields.items()}
    return client.post(reverse("say_answer", args=[case.pk, row.pk]), data)


def test_a_firm_answers_and_others_do_not_read_it(as_: As, case: Case) -> None:
    say(as_(FIRMS[0]), case, FIRMS[0], answer="answers", text="已请律师")
    row = Respondent.objects.get(organisation__name_zh=FIRMS[0])
    assert row.answer == Answer.ANSWERS
    assert "已请律师" in page(as_("chamber"), "case", case.pk)
    other = page(as_(FIRMS[1]), "case", case.pk)
    assert "已请律师" not in other
    assert FIRMS[0] not in other


def test_whoever_does_not_answer_says_why(as_: As, case: Case) -> None:
    client = as_(FIRMS[0])
    refused = say(client, case, FIRMS[0], answer="declines", text="小单")
    assert refused.status_code == 400  # type: ignore[attr-defined]
    assert "小单" in said(refused)
    say(client, case, FIRMS[0], answer="declines", why="cost")
    row = Respondent.objects.get(organisation__name_zh=FIRMS[0])
    assert (row.answer, row.why) == (Answer.DECLINES, Why.COST)


def test_who_comes_second_is_told_and_loses_nothing(as_: As, case: Case) -> None:
    say(as_("chamber"), case, FIRMS[0], answer="considering", text="电话里说的")
    late = say(as_(FIRMS[0]), case, FIRMS[0], seen="listed", answer="answers", text="我们写的")
    assert late.status_code == 400  # type: ignore[attr-defined]
    assert "我们写的" in said(late)
    assert Respondent.objects.get(organisation__name_zh=FIRMS[0]).answer == Answer.CONSIDERING


def test_a_firm_does_not_speak_for_another(as_: As, case: Case) -> None:
    answer = say(as_(FIRMS[0]), case, FIRMS[1], answer="answers")
    assert answer.status_code == 404  # type: ignore[attr-defined]


# --- The calendar --------------------------------------------------------------------------------


def test_every_date_explains_itself(as_: As, case: Case) -> None:
    shown = page(as_("chamber"), "case_calendar", case.pk)
    date_ = Adopted.objects.exclude(day=None).filter(day__gte=date(2025, 6, 2)).first()
    assert date_ is not None
    assert date_.due["explanation_zh"].split("（")[0] in shown
    assert 'role="img"' in shown
    assert "<desc" in shown


def test_only_what_is_the_readers(as_: As, case: Case) -> None:
    client = as_(FIRMS[0])
    address = reverse("case_calendar", args=[case.pk])
    whom = 'tag">调查机关<'
    assert whom in said(client.get(address))
    assert whom not in said(client.get(f"{address}?mine=1"))


def test_what_happened_moves_what_waited_for_it(as_: As, case: Case) -> None:
    row = Adopted.objects.filter(day=None, proceeding__ruleset__endswith="anti-dumping")
    event = next(each.due["waits_for"][0] for each in row if len(each.due["waits_for"]) == 1)
    proceeding = Proceeding.objects.get(ruleset__endswith="us-commerce/anti-dumping")
    data = {
        "form": "happened",
        f"happened-{proceeding.pk}-name": event,
        f"happened-{proceeding.pk}-day": "2025-05-30",
        f"happened-{proceeding.pk}-source": "案卷 42",
    }
    address = reverse("know_day", args=[case.pk, proceeding.pk])
    assert as_(FIRMS[0]).post(address, data).status_code == 404
    assert (
        as_("chamber").post(address, data | {f"happened-{proceeding.pk}-day": "x"}).status_code
        == 400
    )
    assert as_("chamber").post(address, data).status_code == 302
    assert KnownDay.objects.get().name == event
    assert "案卷 42" in page(as_("chamber"), "case_calendar", case.pk)


def test_a_tolling_wants_its_days_and_a_stay_its_end(as_: As, case: Case) -> None:
    proceeding = Proceeding.objects.get(ruleset__endswith="us-commerce/anti-dumping")
    address = reverse("know_day", args=[case.pk, proceeding.pk])

    def enter(**given: str) -> str:
        given = {"day": "2025-06-03", "source": "备忘录 7"} | given
        data = {f"pause-{proceeding.pk}-{name}": text for name, text in given.items()}
        return said(as_("chamber").post(address, data | {"form": "pause"}, follow=True))

    assert "请填写天数" in enter(kind="tolled")
    assert "不能早于起始日" in enter(kind="stayed", until="2025-06-01")
    assert not KnownDay.objects.exists()
    assert "顺延" in enter(kind="tolled", days="10", until="2025-06-01")
    assert "2025-06-12" in enter(kind="stayed", until="2025-06-12")
    assert "已收回" in enter(kind="stayed")
    assert as_("chamber").post(address, {"form": "nonsense"}).status_code == 404


def test_what_the_rules_say_now_is_taken_over_only_as_it_was_shown(as_: As, case: Case) -> None:
    row = Adopted.objects.exclude(day=None).order_by("-day")[0]
    proposed = row.due | {"day": "2027-01-05", "mark": "another"}
    Adopted.objects.filter(pk=row.pk).update(proposed=proposed)
    client = as_("chamber")
    assert "2027-01-05" in page(client, "case_calendar", case.pk)
    address = reverse("take_over_date", args=[case.pk, row.pk])
    client.post(address, {"mark": "older"})
    row.refresh_from_db()
    assert row.proposed
    client.post(address, {"mark": "another"})
    row.refresh_from_db()
    assert (row.day, row.proposed) == (date(2027, 1, 5), None)


# --- The feed ------------------------------------------------------------------------------------


def test_a_calendar_program_reads_the_dates_until_the_link_is_revoked(as_: As, case: Case) -> None:
    made = as_(FIRMS[0]).post(reverse("links"), {"name": "手机日历"})
    secret = made.context["case_feed"].partition("/feeds/cases/")[2].partition(".ics")[0]
    address = reverse("case_feed", args=[secret])
    answer = Client().get(address)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    dates = {event["dtstart"].dt for event in events}
    mine = Adopted.objects.filter(whom__in=["exporter", "party"], gone_at=None)
    assert dates
    assert dates <= set(mine.values_list("day", flat=True))
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert case.name_zh in str(events[0]["summary"])
    Link.objects.update(revoked_at=datetime.now(UTC))
    assert Client().get(address).status_code == 404


# --- Tasks ---------------------------------------------------------------------------------------


def test_a_task_is_taken_handed_over_and_done(as_: As, case: Case, forest: Forest) -> None:
    task = Task.objects.create(
        case=case,
        organisation=forest.chamber,
        title_zh="通知会员",
        due=date(2025, 6, 3),
        created_at=SINCE,
    )
    client = as_("chamber")
    colleague = User.objects.create(username="colleague@example.org", name="徐干事")
    to = Membership.objects.create(
        user=colleague, organisation=forest.chamber, role=Role.OFFICER, since=SINCE
    )
    assert "通知会员" in page(client, "case", case.pk)
    assert "通知会员" not in page(client, "tasks")
    client.post(reverse("take_task", args=[task.pk]))
    assert "通知会员" in page(client, "tasks")
    assert as_(FIRMS[0]).post(reverse("take_task", args=[task.pk])).status_code == 404
    client.post(reverse("hand_over_task", args=[task.pk]), {"to": to.pk})
    task.refresh_from_db()
    assert task.owner == colleague
    client.post(reverse("finish_task", args=[task.pk]), {"back": "case"})
    task.refresh_from_db()
    assert task.done_at


def test_what_waits_for_another_is_done_only_on_purpose(
    as_: As, case: Case, forest: Forest
) -> None:
    first, second = (
        Task.objects.create(
            case=case, organisation=forest.chamber, title_zh=title, created_at=SINCE
        )
        for title in ("先做", "后做")
    )
    second.blocked_by.add(first)
    address = reverse("finish_task", args=[second.pk])
    as_("chamber").post(address)
    second.refresh_from_db()
    assert second.done_at is None
    as_("chamber").post(address, {"anyhow": "1"})
    second.refresh_from_db()
    assert second.done_at
