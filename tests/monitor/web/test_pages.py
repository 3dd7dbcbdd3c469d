"""Every page shows what it is for, in both languages."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils.html import format_html

from monitor.impact.models import Impact, Level
from monitor.notices.models import NoticeVersion
from monitor.search.room import room as index_room
from tests.monitor.web.house import SEEN, TITLE, House, match

CHINESE = {"headers": {"accept-language": "zh-CN"}}
ENGLISH = {"headers": {"accept-language": "en"}}


@pytest.fixture
def impact(house: House) -> Impact:
    base = house.base("forest", sample=True)
    house.line(base)
    house.chamber(base)
    house.flows(base)
    notice = house.notice(capture=house.capture())
    house.claim(notice)
    measure = house.measure("us:A-570-117", "us:anti_dumping:CN:wood moulding")
    return house.impact(base, house.entry(notice, measure), sample=True)


def _text(client: Client, path: str, language: dict[str, Any] = ENGLISH) -> str:
    response = client.get(path, **language)
    assert response.status_code == 200, path
    return response.content.decode()


def test_home_shows_bases_levels_money_and_the_next_date(client: Client, impact: Impact) -> None:
    text = _text(client, "/", CHINESE)
    assert '<html lang="zh-hans">' in text
    assert "示例数据" in text
    assert "橙" in text
    assert "3,000 万美元" in text
    assert "2025-06-20" in text
    assert "还剩 18 天" in text
    text = _text(client, "/")
    assert '<html lang="en">' in text
    assert "US$30 million" in text
    assert "18 days left" in text


def test_home_without_anything_says_what_to_do(client: Client, db: None) -> None:
    assert "fenghuo demo" in _text(client, "/")


def test_base_page(client: Client, impact: Impact) -> None:
    text = _text(client, "/bases/forest/")
    assert f'href="/impacts/{impact.pk}/"' in text
    assert 'rel="alternate" type="application/atom+xml"' in text
    assert "/feeds/bases/forest.atom?lang=en" in text
    assert "Wood mouldings" in text
    assert "Chamber" in text
    assert "US$30 million" in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", True),
        ("?level=orange", True),
        ("?level=red", False),
        ("?level=red&level=orange", True),
        ("?kind=anti_dumping&market=US", True),
        ("?market=ZZ", True),  # an unknown market is no filter
        ("?page=999999999999", True),
        ("?order=next&scope=all", True),
    ],
)
def test_base_filters(client: Client, impact: Impact, query: str, *, shown: bool) -> None:
    text = _text(client, f"/bases/forest/{query}")
    assert (f'href="/impacts/{impact.pk}/"' in text) is shown


def test_overtaken_and_old_warnings_are_not_live(client: Client, house: House) -> None:
    base = house.base("forest")
    measure = house.measure()
    old = house.notice(published=date(2024, 1, 5))
    first = house.impact(base, house.entry(old, measure), next_date=None)
    assert f"/impacts/{first.pk}/" not in _text(client, "/bases/forest/")
    assert f"/impacts/{first.pk}/" in _text(client, "/bases/forest/?scope=all")
    second = house.impact(base, house.entry(measure=measure), level=Level.RED)
    quiet = house.notice(published=date(2025, 5, 30), event="corrected")
    house.impact(base, house.entry(quiet, measure, change=[]), next_date=None)
    late = house.notice(published=date(2025, 5, 30), event="postponed")
    house.impact(base, house.entry(late, measure), level=Level.BLUE)
    assert f"/impacts/{second.pk}/" in _text(client, "/bases/forest/")
    newer = house.notice(published=date(2025, 5, 31), event="final")
    house.impact(base, house.entry(newer, measure))
    assert f"/impacts/{second.pk}/" not in _text(client, "/bases/forest/")


def test_impact_page_shows_its_evidence(client: Client, impact: Impact) -> None:
    text = _text(client, f"/impacts/{impact.pk}/")
    assert "<mark>4409.10.4010</mark>" in text
    assert "<mark>wood mouldings</mark>" in text
    assert "2,500.0" in text  # thousand dollars a month
    assert "a determination against China that touches much money" in text
    assert "printed in the notice" in text
    assert f'href="/measures/{impact.entry.measure_id}/"' in text
    assert 'href="https://www.federalregister.gov/d/' in text
    chinese = _text(client, f"/impacts/{impact.pk}/", CHINESE)
    assert '<bdi lang="en">' in chinese
    assert "待核实" not in chinese
    assert "针对我国的裁决" in chinese


HEADLINE = "美国对华木线条反倾销行政复审：初裁"


def test_pages_in_chinese_are_headed_in_chinese(
    client: Client, impact: Impact, index: None
) -> None:
    """The publisher's title stands below, in its own language."""
    notice, measure = impact.entry.notice, impact.entry.measure
    original = format_html('<bdi lang="en">{}</bdi>', TITLE)
    index_room().walk(SEEN)
    for path in ("/", "/bases/forest/", f"/impacts/{impact.pk}/", f"/measures/{measure.pk}/"):
        text = _text(client, path, CHINESE)
        assert HEADLINE in text, path
        assert original in text, path
        assert HEADLINE not in _text(client, path), path
    text = _text(client, f"/impacts/{impact.pk}/", CHINESE)
    assert f"<h1>{HEADLINE}</h1>" in text
    assert re.search(f"<title>橙色: {HEADLINE} ", text)
    assert "<h1>美国对华木线条反倾销</h1>" in _text(client, f"/measures/{measure.pk}/", CHINESE)
    by_heading = re.compile(">美国对华.*木.*反倾销行政复审：初裁</")
    for path in (f"/notices/{notice.pk}/", "/search/"):
        text = _text(client, path, CHINESE)
        assert by_heading.search(text), path
        assert original in text, path


def test_hostile_words_in_a_headline_are_text(client: Client, house: House) -> None:
    notice = house.notice(product="<img src=x>\u202enails", title="<script>")
    impact = house.impact(house.base("forest"), house.entry(notice), reasons=[])
    for path in ("/bases/forest/", f"/impacts/{impact.pk}/", f"/notices/{notice.pk}/"):
        text = _text(client, path, CHINESE)
        assert "美国对华&lt;img src=x&gt;nails 反倾销" in text, path
        assert "<img src=x" not in text, path


def test_what_the_base_makes_but_does_not_export_says_so(client: Client, impact: Impact) -> None:
    impact.matches = [match(value_usd="0", weight="0.6")]
    impact.save()
    text = _text(client, f"/impacts/{impact.pk}/", CHINESE)
    assert '<span class="sub">无出口</span>' in text
    assert "60.0% 计入" not in text


def test_a_code_of_the_measure_leads_to_the_notice_that_prints_it(
    client: Client, house: House, impact: Impact
) -> None:
    notice = impact.entry.notice
    later = house.notice(event="final")
    lent = {"kind": "measure", "notice": str(notice), "id": notice.pk, "codes": ["4409.10.4010"]}
    house.claim(later, evidence=[lent])
    house.claim(later, "9403", evidence=[{"kind": "person"}], verdict="confirmed")
    text = _text(client, f"/notices/{later.pk}/")
    assert f'<a href="/notices/{notice.pk}/">{notice}</a> <code>4409.10.4010</code>' in text
    assert "as in another notice of the measure" in text
    assert "added by hand" in text
    chinese = _text(client, f"/notices/{later.pk}/", CHINESE)
    assert "依同一措施的其他公告" in chinese
    assert "人工补充" in chinese


def test_a_computed_date_says_its_rule_and_that_nobody_has_verified_it(
    client: Client, impact: Impact
) -> None:
    impact.next_date_what = {
        "source": "computed",
        "kind": "response_due",
        "zh": "提交被诉企业登记",
        "en": "Entry of appearance",
        "rule": "us-ad-entry",
        "basis": "7 days from publication",
        "citation": "19 CFR 351.103(d)",
        "verified": False,
    }
    impact.save()
    text = _text(client, f"/impacts/{impact.pk}/", CHINESE)
    assert "待核实" in text
    assert "提交被诉企业登记" in text
    assert "19 CFR 351.103(d)" in text


def test_measure_page_is_a_timeline_newest_first(
    client: Client, impact: Impact, house: House
) -> None:
    order = house.notice(published=date(2021, 2, 16), event="order", title="The order", version=2)
    house.entry(order, impact.entry.measure)
    text = _text(client, f"/measures/{impact.entry.measure_id}/")
    assert text.index("Preliminary Results") < text.index("The order")
    assert "<li>A-570-117</li>" in text
    assert "<li>Anti-dumping · China · wood moulding</li>" in text
    assert "version 2" in text
    assert f'href="/impacts/{impact.pk}/"' in text


def test_notice_page_shows_all_that_was_read(client: Client, impact: Impact) -> None:
    notice = impact.entry.notice
    NoticeVersion.objects.create(
        notice=notice, version=1, item={"title": "An earlier title"}, seen_until=SEEN
    )
    text = _text(client, f"/notices/{notice.pk}/")
    for said in (
        "A-570-117",
        "86 FR 9486",
        "Fujian Yinfeng",
        "does not exist",
        "no edition of the HS has chapter 99",
        notice.capture.sha256,
        "2025-05-20 11:30",  # Asia/Shanghai
        "An earlier title",
        "June 20, 2025",
    ):
        assert said in text, said


@pytest.mark.parametrize(
    "path", ["/bases/none/", "/impacts/1/", f"/impacts/{10**30}/", "/notices/0/", "/nowhere"]
)
@pytest.mark.parametrize(
    ("language", "said"), [(CHINESE, "没有这个页面"), (ENGLISH, "Page not found")]
)
def test_not_found(
    client: Client, db: None, path: str, language: dict[str, Any], said: str
) -> None:
    response = client.get(path, **language)
    assert response.status_code == 404
    assert said in response.content.decode()


def test_language_switch(client: Client, db: None) -> None:
    assert '<html lang="zh-hans">' in client.get("/").content.decode()
    response = client.post("/i18n/setlang/", {"language": "en", "next": "/sources/"})
    assert response.headers["Location"] == "/sources/"
    assert '<html lang="en">' in client.get("/").content.decode()


def test_stake_counts_the_same_exports_once(client: Client, house: House) -> None:
    """An anti-dumping and a countervailing case on one product: the money is the same money."""
    base = house.base("forest")
    for kind in ("anti_dumping", "countervailing"):
        house.impact(base, house.entry(measure=house.measure(kind=kind)))
    house.impact(base, level=Level.WATCH, exposure_usd=Decimal(9_000_000))
    assert "US$30 million" in _text(client, "/")
    assert "US$60 million" not in _text(client, "/")


def test_an_overtaken_warning_points_to_the_newest(
    client: Client, impact: Impact, house: House
) -> None:
    assert "has been overtaken" not in _text(client, f"/impacts/{impact.pk}/")
    final = house.notice(published=date(2025, 5, 30), event="final")
    newer = house.impact(impact.base, house.entry(final, impact.entry.measure), level=Level.RED)
    text = _text(client, f"/impacts/{impact.pk}/")
    assert "has been overtaken: Final determination" in text
    assert f'href="/impacts/{newer.pk}/"' in text


def test_a_passed_date_says_so(client: Client, impact: Impact) -> None:
    impact.next_date = date(2025, 6, 2) - timedelta(days=1)
    impact.save()
    assert "1 day ago" in _text(client, f"/impacts/{impact.pk}/")
