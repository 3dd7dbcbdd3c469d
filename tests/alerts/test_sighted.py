"""What a recipient reads of what her sentinels saw, by every channel."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from alerts import deliver, messages
from alerts.channels.slack.blocks import blocks
from alerts.models import Channel, Delivery
from alerts.recipients import unsubscribe
from alerts.saved_searches import remove
from monitor.notices.models import ProductClaim

pytestmark = pytest.mark.django_db

SECRET = "a secret of sixteen and more"


def text(message):
    with translation.override(message.language):
        return render_to_string("alerts/message.txt", {"message": message})


@pytest.fixture
def told(build):
    """A delivery about one notice, which one sentinel saw."""

    def make(language="en", kind="console", config=None, touched=True, **notice):
        recipient = build.recipient(language=language)
        seen = build.settled(**notice)
        entry = build.entry(notice=seen)
        if touched:
            build.impact(entry=entry, level="orange")
        sentinel = build.sentinel(recipient, "nails market:US", name="钢钉岗")
        sighting = build.sighting(sentinel, seen, measure=entry.measure)
        return build.told(build.channel(recipient, kind, **(config or {})), sighting)

    return make


def test_english(told, now):
    delivery = told(item={"case_numbers": ["A-570-909"]})
    message = messages.of(delivery, now)
    assert message.subject == (
        "[Sentinel] 钢钉岗: 1 notice · Certain Steel Nails From China: Preliminary Determination"
    )
    read = text(message)
    notice = delivery.sightings.get().notice
    for said in (
        "🟠 [Orange] Anti-dumping · Preliminary determination · United States\nCertain Steel Nails",
        "Published: 2025-05-20",
        "Authority: Department of Commerce",
        "Number: A-570-909",
        "Next legal date: 2025-06-20 · Hearing · 18 days left · computed: 19 CFR 351.310",
        "Sentinel: 钢钉岗",
        f"http://127.0.0.1:8000/notices/{notice.pk}/",
        "Original https://www.federalregister.gov/d/2025-00001",
    ):
        assert said in read, read


def test_chinese(told, now):
    message = messages.of(told("zh-hans"), now)
    assert message.subject == "[哨兵] 钢钉岗：1 条公告 · 美国对华钢钉反倾销调查：肯定性初裁"
    read = text(message)
    for said in (
        "[橙色] 反倾销 · 初裁 · 美国\n美国对华钢钉反倾销调查：肯定性初裁",
        "原文标题：Certain Steel Nails From China",
        "哨兵：钢钉岗",
        "还剩 18 天",
    ):
        assert said in read, read


def test_what_touches_no_base_has_no_level_and_its_printed_date(told, now):
    dates = [
        {"kind": "comments_due", "date": "2025-06-01", "printed": "June 1"},
        {"kind": "comments_due", "date": "2025-06-05", "printed": "June 5"},
        {"kind": "in_force", "date": "2025-06-03", "printed": "June 3"},
    ]
    message = messages.of(told(touched=False, item={"dates": dates}), now)
    read = text(message)
    assert "🔎 Anti-dumping · Preliminary" in read
    assert "Next legal date: 2025-06-05 · Comments due · 3 days left · printed" in read


def test_without_a_base_the_headline_is_of_the_claims(told, now):
    delivery = told("zh-hans", touched=False)
    notice = delivery.sightings.get().notice
    ProductClaim.objects.create(notice=notice, code="7317", probability=0.9, evidence=[], model="m")
    (section,) = messages.of(delivery, now).sections
    assert section.title == "美国对华钢钉、图钉等反倾销调查：肯定性初裁"


def test_one_notice_is_shown_once_loudest_first(build, now):
    recipient = build.recipient(language="en")
    old, new, loud = (build.settled(published=date(2025, 5, day)) for day in (1, 9, 5))
    build.impact(entry=build.entry(notice=loud), level="red")
    taken_back = [{"code": "withdrawn", "params": {}}]
    build.impact(entry=build.entry(notice=old), level="watch", reasons=taken_back)
    one, other = build.sentinel(recipient, name="one"), build.sentinel(recipient, name="other")
    seen = [build.sighting(one, notice) for notice in (old, new, loud)]
    seen.append(build.sighting(other, new))
    message = messages.of(build.told(build.channel(recipient), *seen), now)
    assert [section.url.split("/")[-2] for section in message.sections] == [
        str(notice.pk) for notice in (loud, new, old)
    ]
    assert [section.level for section in message.sections] == ["red", "", ""]
    assert message.subject.startswith("[Sentinel] one, other: 3 notices · ")
    assert "Sentinel: one, other" in text(message)


@pytest.mark.parametrize(
    ("language", "mark"), [("en", "[Sample data]"), ("zh-hans", "【示例数据】")]
)
def test_sample_data_is_marked(told, now, language, mark):
    message = messages.of(told(language, sample=True), now)
    assert message.subject.startswith(mark)
    assert message.sample
    assert text(message).count(mark.strip("[]【】")) >= 3


def test_what_was_removed_is_not_told(told, now):
    delivery = told()
    remove(delivery.sightings.get().sentinel, now)
    assert deliver.send_due(now) == {"withdrawn": 1}


def test_who_unsubscribes_is_told_no_more(told, now):
    delivery = told()
    unsubscribe(delivery.channel)
    assert deliver.send_due(now) == {}
    assert Delivery.objects.get().status == "withdrawn"


def test_by_console(told, now, capsys):
    told()
    assert deliver.send_due(now) == {"sent": 1}
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "/notices/" in printed.err


def test_by_mail_with_one_click_unsubscribe(told, mailbox, client, now):
    hostile = "<script>alert(1)</script>\r\nBcc: all@example.org"
    delivery = told("en", "email", {"to": "wang@example.org"}, title=hostile, url="javascript:0")
    assert deliver.send_due(now) == {"sent": 1}
    (mail,) = mailbox.mails
    assert mail["Bcc"] is None
    plain, html = (part.get_content() for part in mail.iter_parts())
    page = f"http://127.0.0.1:8000/notices/{delivery.sightings.get().notice_id}/"
    for said in ("钢钉岗", "Anti-dumping · Preliminary determination · United States", page):
        assert said in plain
        assert said in html
    assert "<script>" not in html
    assert "javascript:" not in html
    path = mail["List-Unsubscribe"].strip(" <>").removeprefix("http://127.0.0.1:8000")
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Channel.objects.get().enabled


def test_by_slack_within_its_limits(build, settings, receiver, now):
    settings.FENGHUO_WEBHOOK_ALLOW_PRIVATE = True
    recipient = build.recipient(language="en")
    sentinel = build.sentinel(recipient, name="<!channel>")
    seen = [build.sighting(sentinel, build.settled(title="Nails & <b>" * 90)) for _ in range(40)]
    channel = build.channel(recipient, "slack", webhook_url=f"{receiver.url}/services/T0/B0/hush")
    delivery = build.told(channel, *seen)
    with translation.override("en"):
        made = blocks(messages.of(delivery, now))
    assert len(made) <= 50
    texts = [block["text"]["text"] for block in made if block["type"] == "section"]
    assert all(0 < len(each) <= 3000 for each in texts)
    assert any("18 more notices" in each for each in texts)
    assert not any("<!channel>" in each for each in texts)
    assert deliver.send_due(now) == {"sent": 1}
    (request,) = receiver.requests
    assert "&lt;!channel&gt;" in request.json["text"]
    assert "/notices/" in str(request.json["blocks"])


def test_by_webhook_as_documented(told, settings, receiver, now):
    settings.FENGHUO_WEBHOOK_ALLOW_PRIVATE = True
    told("en", "webhook", {"url": f"{receiver.url}/hook", "secret": SECRET})
    assert deliver.send_due(now) == {"sent": 1}
    (request,) = receiver.requests
    content = request.json
    assert content["type"] == "sightings"
    (seen,) = content["sightings"]
    assert seen["level"] == "orange"
    assert seen["sentinels"][0]["query"] == "nails market:US"
    assert seen["notice"]["kinds"] == ["anti_dumping"]
    assert seen["next_date"]["date"] == "2025-06-20"
    written = (Path(deliver.__file__).parents[1] / "docs" / "channels.md").read_text("utf-8")
    documented = json.loads(written.split("```json")[2].split("```")[0])
    assert shape(content) == shape(documented)


def shape(value):
    """The names of the fields, all the way down; of a list, those of its first row."""
    if isinstance(value, dict):
        return {name: shape(of) for name, of in value.items()}
    return [shape(value[0])] if isinstance(value, list) and value else None
