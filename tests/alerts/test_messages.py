"""What a recipient reads, in her language and by her calendar."""

from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from alerts import messages
from bundles.places import UNIONS
from monitor.accounts.words import Kind

pytestmark = pytest.mark.django_db


def text(message):
    with translation.override(message.language):
        return render_to_string("alerts/message.txt", {"message": message})


@pytest.fixture
def warned(build):
    """A delivery about one measure and two bases, for a reader of the language."""

    def make(language="zh-hans", time_zone="Asia/Shanghai", **impact):
        recipient = build.recipient(language=language, time_zone=time_zone)
        tools = build.base("tools", name_zh="五金基地", name_en="Tools base")
        build.subscription(recipient, kinds=["anti_dumping"], markets=["US"])
        notice = build.notice(item={"case_numbers": ["A-570-909", "A-570-910"]})
        entry = build.entry(notice=notice)
        impacts = [
            build.impact(tools, entry, level="yellow"),
            build.impact(entry=entry, **impact),
        ]
        return build.delivery(build.channel(recipient), build.warning(recipient, *impacts))

    return make


def test_english(warned, now):
    message = messages.of(warned("en"), now)
    assert message.subject == (
        "[Red] Footwear base, Tools base: Anti-dumping · Preliminary determination · "
        "United States: Certain Steel Nails From China: Preliminary Determination"
    )
    read = text(message)
    for said in (
        "What happened: Anti-dumping · Investigation · Preliminary determination · Affirmative",
        "Authority: Department of Commerce",
        "Number: A-570-909, A-570-910",
        "Origin: China",
        "Product: certain steel nails",
        "Next legal date: 2025-06-20 · Hearing · 18 days left",
        "18 days left · computed: 19 CFR 351.310 (to be verified)",
        "Exports at stake: US$12.3 million, 4.5% of the base's exports (twelve months to 2025-04)",
        "Firms: 2 firms: Jia (US$3 million), 乙公司 (confidential)",
        "Level: Duties bite (rule ad-preliminary)",
        "You follow Footwear base: Blue and above; Anti-dumping; United States.",
        "You followed Tools base when this was found.",
        "https://www.federalregister.gov/d/2025-00001",
        "2025-06-02 09:00 (Asia/Shanghai)",
    ):
        assert said in read, read


def test_chinese(warned, now):
    message = messages.of(warned("zh-hans"), now)
    assert message.subject == "【红色】鞋类基地、五金基地｜美国对华钢钉反倾销调查：肯定性初裁"
    read = text(message)
    for said in (
        "🔴 [红色] 美国对华钢钉反倾销调查：肯定性初裁\n\n原文标题：Certain Steel Nails From China",
        "还剩 18 天",
        "待核实",
        "1,235 万美元",
        "4.5%",
        "您订阅了鞋类基地",
        "2 家：甲公司",
    ):
        assert said in read, read
    assert "Exports" not in read


TABLEWARE = {
    "hs6": "691110",
    "claim": "691110",
    "depth": "hs6",
    "weight": "1",
    "probability": 0.98,
    "value_usd": "30000000",
    "product_line": "6911",
}


@pytest.mark.parametrize(("level", "is_told"), [("red", True), ("orange", True), ("yellow", False)])
def test_a_loud_warning_names_a_similar_case(build, now, level, is_told):
    recipient = build.recipient(language="en")
    impact = build.impact(level=level, matches=[TABLEWARE])
    message = messages.of(
        build.delivery(build.channel(recipient), build.warning(recipient, impact)), now
    )
    said = (
        "Similar case: Ceramic tableware · Brazil 2012 (same subheading 6911.10; same kind): "
        "ended with a measure, after 12 months, answered: from USD 1.84 per kg; "
        "all others: USD 5.14 per kg"
    )
    assert (said in text(message)) == is_told


def test_goods_without_a_past_case_have_no_such_line(warned, now):
    assert "Similar case" not in text(messages.of(warned("en", level="red"), now))


def test_one_notice_on_two_measures_has_one_headline(build, now):
    recipient = build.recipient()
    notice = build.notice(kinds=["anti_dumping", "countervailing"], event="initiated", outcome=None)
    kinds = ("anti_dumping", "countervailing")
    entries = [build.entry(build.measure(kind=kind), notice=notice) for kind in kinds]
    warnings = [build.warning(recipient, build.impact(entry=entry)) for entry in entries]
    message = messages.of(build.delivery(build.channel(recipient), *warnings), now)
    assert message.subject == "【红色】鞋类基地｜美国对华钢钉双反调查：立案"
    assert {section.title for section in message.sections} == {
        "美国对华钢钉反倾销调查：立案",
        "美国对华钢钉反补贴调查：立案",
    }


def test_a_chinese_title_stands_as_it_is(build, now):
    notice = build.notice(title="美国对钢钉作出反倾销初裁", language="zh")
    recipient = build.recipient()
    warning = build.warning(recipient, build.impact(entry=build.entry(notice=notice)))
    message = messages.of(build.delivery(build.channel(recipient), warning), now)
    assert message.subject.endswith("｜反倾销 · 初裁 · 美国｜美国对钢钉作出反倾销初裁")
    assert "原文标题" not in text(message)


def test_days_are_counted_by_the_readers_calendar(warned):
    late = datetime(2025, 6, 19, 20, 0, tzinfo=UTC)  # in Shanghai it is already the 20th
    assert "Hearing · today" in text(messages.of(warned("en"), late))
    assert "1 day left" in text(messages.of(warned("en", "America/New_York"), late))
    after = datetime(2025, 6, 21, 20, 0, tzinfo=UTC)
    assert "Hearing · past" in text(messages.of(warned("en"), after))


def test_a_printed_date_says_so(warned, now):
    what = {"source": "printed", "kind": "hearing", "zh": "听证", "en": "Hearing", "verified": True}
    message = messages.of(warned("en", next_date_what=what), now)
    assert "18 days left · printed in the notice" in text(message)


def test_loudest_base_first_each_once_and_its_newest_word(build, now):
    recipient = build.recipient(language="en")
    tools = build.base("tools", name_zh="五金基地", name_en="Tools base")
    measure = build.measure()
    old = build.entry(measure, notice=build.notice(published="2025-05-01"))
    new = build.entry(measure, notice=build.notice(published="2025-05-20"))
    impacts = [
        build.impact(entry=old, level="red"),
        build.impact(tools, old, level="orange"),
        build.impact(entry=new, level="yellow"),
    ]
    delivery = build.delivery(build.channel(recipient), build.warning(recipient, *impacts))
    (section,) = messages.of(delivery, now).sections
    assert [(t.base, t.level) for t in section.touched] == [
        ("Tools base", "orange"),
        ("Footwear base", "yellow"),
    ]


def test_what_was_taken_back_is_not_told(build, now):
    recipient = build.recipient()
    impact = build.impact(reasons=[{"code": "withdrawn", "params": {}}])
    delivery = build.delivery(build.channel(recipient), build.warning(recipient, impact))
    with pytest.raises(messages.NothingToSay):
        messages.of(delivery, now)


@pytest.mark.parametrize("whose", ["impact", "base", "notice", "measure"])
@pytest.mark.parametrize(("language", "mark"), [("en", "Sample data"), ("zh-hans", "示例数据")])
def test_sample_data_is_marked(build, now, whose, language, mark):
    recipient = build.recipient(language=language)
    measure = build.measure(sample=whose == "measure")
    entry = build.entry(measure, notice=build.notice(sample=whose == "notice"))
    base = build.base(sample=whose == "base")
    impact = build.impact(base, entry, sample=whose == "impact")
    delivery = build.delivery(build.channel(recipient), build.warning(recipient, impact))
    message = messages.of(delivery, now)
    assert mark in message.subject
    assert text(message).count(mark) >= 3


def test_real_data_is_not(warned, now):
    assert "示例" not in text(messages.of(warned(), now))


def test_a_union_is_named_as_one(warned, now):
    message = messages.of(warned("en", markets=["GB", *UNIONS["EU"]]), now)
    assert "Markets: European Union, United Kingdom" in text(message)


def test_a_base_without_figures_says_so(warned, now):
    message = messages.of(warned("en", as_of_month=None, firms=[], reasons=[]), now)
    assert "Exports at stake: no export figures are known" in text(message)


@pytest.mark.parametrize(("language", "count"), [("en", "2 warnings"), ("zh-hans", "共 2 条")])
def test_digest(build, now, language, count):
    recipient = build.recipient(language=language)
    quiet = build.warning(recipient, build.impact(level="blue"))
    loud = build.warning(recipient, build.impact(level="red"))
    delivery = build.delivery(build.channel(recipient), quiet, loud, kind="digest")
    message = messages.of(delivery, now)
    assert count in message.subject
    assert "2025-06-02" in message.subject
    assert [s.level for s in message.sections] == ["red", "blue"]


def test_a_title_cannot_add_a_line_to_the_subject(build, now):
    entry = build.entry(notice=build.notice(title="Nails\r\nBcc: all@example.org\x01\u202egnp.exe"))
    recipient = build.recipient(language="en")
    delivery = build.delivery(
        build.channel(recipient), build.warning(recipient, build.impact(entry=entry))
    )
    subject = messages.of(delivery, now).subject
    assert "Nails Bcc: all@example.org gnp.exe" in subject
    assert subject.isprintable()


def test_the_links_lead_to_pages(client, warned, now):
    message = messages.of(warned(), now)
    for url in (message.sections[0].url, message.sections[0].data["measure"]["url"]):
        assert client.get(url.removeprefix("http://127.0.0.1:8000")).status_code == 200


DESKS = {
    "the firm's": (Kind.ENTERPRISE, "甲公司", "Firms: 2 firms: Jia (US$3 million)"),
    "a rival chamber's": (Kind.CHAMBER, "茶业商会", "Firms: 2 firms\n"),
    "the office's": (Kind.OFFICE, "省商务厅", "2 firms: 乙公司 (confidential), Jia (confidential)"),
}


@pytest.mark.parametrize("whose", DESKS)
def test_a_desk_is_told_what_its_organisation_may_see(build, now, whose):
    kind, name, said = DESKS[whose]
    build.chamber()
    desk = build.recipient(language="en", organisation=build.organisation(kind, name))
    message = messages.of(
        build.delivery(build.channel(desk), build.warning(desk, build.impact())), now
    )
    assert said in text(message)


def test_the_houses_own_desk_is_told_of_no_firm(build, now):
    build.chamber()
    desk = build.recipient(language="en", organisation=None)
    message = messages.of(
        build.delivery(build.channel(desk), build.warning(desk, build.impact())), now
    )
    read = text(message)
    assert "Firms: 2 firms\n" in read
    assert "US$12.3 million" in read
    assert message.sections[0].data["impacts"][0]["firms"] == []


@pytest.mark.parametrize(("language", "said"), [("en", "confidential"), ("zh-hans", "〈保密〉")])
def test_what_few_firms_make_up_is_not_told(build, now, language, said):
    exposure = {
        "code": "exposure",
        "params": {
            "market": "US",
            "usd": "4000000.00",
            "share": "0.045",
            "as_of": "2025-04",
            "weighted": False,
        },
    }
    impact = build.impact(exposure_usd="4000000.00", reasons=[exposure])
    desk = build.recipient(language=language, organisation=None)
    message = messages.of(build.delivery(build.channel(desk), build.warning(desk, impact)), now)
    read, data = text(message), message.sections[0].data["impacts"][0]
    assert read.count(said) == 2
    assert "4.5%" not in read
    assert (data["exposure_usd"], data["share"]) == (None, None)
    assert "4000000" not in str(data)


def test_whoever_may_not_read_of_bases_is_told_nothing(build, now):
    desk = build.recipient(organisation=build.organisation(Kind.COUNSEL, "律所"))
    delivery = build.delivery(build.channel(desk), build.warning(desk, build.impact()))
    with pytest.raises(messages.NothingToSay):
        messages.of(delivery, now)
