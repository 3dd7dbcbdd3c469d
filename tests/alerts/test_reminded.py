"""What somebody reads of what they have to do, by every channel."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from alerts import deliver, messages, reminders
from alerts.channels.slack.blocks import blocks
from alerts.models import Channel, Delivery, Recipient
from alerts.personal import reach
from monitor.accounts.models import Membership
from monitor.accounts.organisations import members
from monitor.cases.models import Adopted
from monitor.cases.work import doing, passing
from monitor.cases.work.dating import follow_dates
from monitor.cases.work.leaving import take_back
from monitor.cases.work.reminding import remind
from tests.alerts.test_sighted import shape
from tests.monitor.cases.work.office import NOW, OPENED, Office

EXAMPLES = Path(__file__).with_name("examples")
SECRET = "a secret of sixteen and more"
DAY = timedelta(days=1)


@pytest.fixture
def office(db) -> Office:
    return Office()


@pytest.fixture
def day(office):
    """All that can be told on one day, of a firm's clerk: overdue, due soon, moved, handed over,
    and a colleague who left."""
    firm = office.asked(office.firm)
    section_a = office.adopted("section-a", date(2025, 6, 5))
    brief = office.adopted(
        "case-brief", date(2025, 8, 29), zh="提交案件书状", en="Case brief", verified="待核实",
        explanation_zh="初裁公布后50天",
        explanation_en="50 days after the preliminary determination",
    )  # fmt: skip
    common = {"respondent": firm, "proceeding": office.proceeding, "owner": office.clerk}
    checks = [{"id": str(n), "zh": "", "en": "", "done": n < 2} for n in range(7)]
    draft = office.task(
        office.firm, title_zh="A部分初稿", title_en="Draft of Section A", due=date(2025, 5, 29),
        rule="section-a", date=section_a, counted_from=section_a.day, lead=5, checks=checks,
        **common,
    )  # fmt: skip
    filed = office.task(
        office.firm, title_zh="递交A部分", title_en="File Section A", due=date(2025, 6, 4),
        rule="section-a", date=section_a, counted_from=section_a.day, lead=1, **common,
    )  # fmt: skip
    filed.blocked_by.add(draft)
    office.task(
        office.firm, title_zh="案件书状", title_en="Case brief", due=date(2025, 8, 22),
        rule="case-brief", date=brief, counted_from=brief.day, lead=5, **common,
    )  # fmt: skip
    handed = office.task(office.firm, title_zh="翻译章程", title_en="Translate the articles")
    left = office.task(office.firm, title_zh="找单证", title_en="Find the papers", respondent=firm)
    leaver = office.person("leaver", office.firm, "officer")
    doing.take(office.actor(leaver), left.pk, NOW)
    doing.hand_over(office.actor(office.head), handed.pk, office.clerk, NOW)
    Membership.objects.filter(user=office.clerk).update(role="owner")
    members.let_go(Membership.objects.get(user=leaver), NOW)
    Adopted.objects.filter(pk=brief.pk).update(day=date(2025, 9, 15))
    follow_dates(NOW)
    take_back(NOW)
    remind(NOW)
    return office


def delivery(channel: Channel) -> Delivery:
    reminders.room().walk(NOW)
    reminders.daily(NOW)
    return Delivery.objects.get(channel=channel, kind="reminders")


def text(message):
    with translation.override(message.language):
        return render_to_string("alerts/message.txt", {"message": message})


def normal(text, office):
    """Without the numbers that the database gives."""
    for task in office.case.tasks.all():
        text = text.replace(f"/cases/{task.case_id}/#task-{task.pk}", f"/cases/·/#{task.title_en}")
    return "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_as_the_example(day, language):
    day.clerk.language = language
    day.clerk.save()
    message = messages.of(delivery(reach(day.clerk)), NOW)
    expected = (EXAMPLES / f"reminders.{language}.txt").read_text("utf-8")
    assert normal(text(message), day) == expected


def test_what_was_passed_on_says_by_whom_and_why(office):
    office.asked(office.firm)
    officer = office.actor(office.officer)
    passing.pass_on(officer, office.task().pk, office.firm, "贵司最了解", NOW)
    message = messages.of(delivery(reach(office.clerk)), NOW)
    assert "由木业商会移交：贵司最了解" in text(message)


def test_each_task_once_the_most_urgent_first(day):
    message = messages.of(delivery(reach(day.clerk)), NOW)
    assert [section.level for section in message.sections] == ["red", "orange", "", "", ""]
    assert message.subject == "[办案] 1 项逾期、1 项将到期、3 项有变动 · A部分初稿"


def test_at_a_desk_of_the_organisation_too(day):
    recipient = Recipient.objects.create(name="甲", organisation=day.firm, language="en")
    channel = Channel.objects.create(recipient=recipient, kind="console")
    message = messages.of(delivery(channel), NOW)
    assert len(message.sections) == 5


def test_what_comes_first_is_named_to_whom_may_know_it(day):
    filed = day.case.tasks.get(title_en="File Section A")
    filed.blocked_by.set([day.task(title_zh="商会内部")])
    message = messages.of(delivery(reach(day.clerk)), NOW)
    assert "商会内部" not in text(message)


def test_sample_data_is_marked(day):
    day.case.sample = True
    day.case.save()
    message = messages.of(delivery(reach(day.clerk)), NOW)
    assert message.sample
    assert message.subject.startswith("【示例数据】")


def test_by_mail_in_text_and_html(day, mailbox):
    day.case.name_zh = "<script>alert(1)</script>\r\nBcc: all@example.org"
    day.case.save()
    delivery(reach(day.clerk))
    assert deliver.send_due(NOW) == {"sent": 1}
    (mail,) = mailbox.mails
    assert mailbox.recipients == ["clerk@example.org"]
    assert mail["Bcc"] is None
    plain, html = (part.get_content() for part in mail.iter_parts())
    for said in ("A部分初稿", "逾期", "2025-06-05", "问卷发出后21天", "已完成 2/7 项"):
        assert said in plain
        assert said in html
    assert "<script>" not in html


def test_by_slack_within_its_limits(office):
    office.asked(office.firm)
    for number in range(40):
        office.task(office.firm, title_zh=f"<!channel> {number}", due=OPENED)
    recipient = Recipient.objects.create(name="甲", organisation=office.firm, language="en")
    channel = Channel.objects.create(recipient=recipient, kind="slack", config={})
    remind(NOW)
    message = messages.of(delivery(channel), NOW)
    with translation.override("en"):
        made = blocks(message)
    assert len(made) <= 50
    texts = [block["text"]["text"] for block in made if block["type"] == "section"]
    assert any("18 more tasks" in each for each in texts)
    assert "*due today*" in texts[1]
    assert not any("<!channel>" in each for each in texts)


def test_by_webhook_as_documented(day, settings, receiver):
    settings.FENGHUO_WEBHOOK_ALLOW_PRIVATE = True
    recipient = Recipient.objects.create(name="甲", organisation=day.firm, language="en")
    config = {"url": f"{receiver.url}/hook", "secret": SECRET}
    delivery(Channel.objects.create(recipient=recipient, kind="webhook", config=config))
    assert deliver.send_due(NOW) == {"sent": 1}
    (request,) = receiver.requests
    assert request.json["type"] == "reminders"
    first = request.json["reminders"][0]
    assert (first["working_days_left"], first["legal_date"]) == (-2, "2025-06-05")
    assert first["because"][0]["step"] == -1
    written = (Path(deliver.__file__).parents[1] / "docs" / "channels.md").read_text("utf-8")
    documented = json.loads(written.split("```json")[3].split("```")[0])
    assert shape(request.json) == shape(documented)
