"""Every date says where it is from, as people of either language say it."""

import pytest
from django.utils.translation import get_language, override

from monitor.deadlines.explaining import explain
from monitor.deadlines.facts import Facts, Grant, Lengthening, Printed, Stay
from monitor.deadlines.timeline import calendar
from tests.monitor.deadlines.rulesets import SOURCE, day, due, event, facts, rule, ruleset

EVENTS = [
    event("start", zh="问卷发出", en="questionnaire issued"),
    event("preliminary", zh="初裁", en="preliminary determination"),
]


def said(of, known, id="due"):  # noqa: A002
    found = explain(due(of, facts(known) if isinstance(known, str) else known, id), of)
    return found.en, found.zh


def of(*rules, **more):
    return ruleset(*rules, events=EVENTS, **more)


@pytest.mark.parametrize(
    ("period", "start", "en", "zh"),
    [
        (
            {"count": 37},
            "2025-03-03",
            (
                "37 days after 3 March 2025 (questionnaire issued) (law 1(a); read 2026-11-26) = "
                "Wednesday 9 April 2025"
            ),
            "自2025年3月3日问卷发出之日起37日（law 1(a)；2026-11-26核读），即2025年4月9日星期三",
        ),
        (
            {"count": 40},
            "2025-03-03",
            (
                "40 days after 3 March 2025 (questionnaire issued) (law 1(a); read 2026-11-26) = "
                "12 April 2025, a Saturday, so Monday 14 April 2025"
            ),
            (
                "自2025年3月3日问卷发出之日起40日（law 1(a)；2026-11-26核读），"
                "即2025年4月12日，为星期六，改为2025年4月14日星期一"
            ),
        ),
        (
            {"count": 1, "verified": "待核实"},
            "2025-07-03",
            (
                "1 day after 3 July 2025 (questionnaire issued) (law 1(a); not yet verified) = "
                "4 July 2025, a public holiday (Independence Day), so Monday 7 July 2025"
            ),
            (
                "自2025年7月3日问卷发出之日起1日（law 1(a)；待核实），"
                "即2025年7月4日，为公众假日，改为2025年7月7日星期一"
            ),
        ),
        (
            {"count": 3, "unit": "business_days", "direction": "before"},
            "2025-07-09",
            (
                "3 working days before 9 July 2025 (questionnaire issued) (law 1(a); read "
                "2026-11-26) = Thursday 3 July 2025"
            ),
            "2025年7月9日问卷发出之前3个工作日（law 1(a)；2026-11-26核读），即2025年7月3日星期四",
        ),
        (
            {"count": 0, "unit": "month_end"},
            "2025-02-04",
            (
                "the last day of the month of 4 February 2025 (questionnaire issued) (law 1(a); "
                "read 2026-11-26) = Friday 28 February 2025"
            ),
            (
                "2025年2月4日问卷发出所在月的最后一日（law 1(a)；2026-11-26核读），"
                "即2025年2月28日星期五"
            ),
        ),
        (
            {"count": 1, "unit": "anniversary_month_end"},
            "2025-02-04",
            (
                "the last day of the anniversary month, 1 year after 4 February 2025 "
                "(questionnaire issued) (law 1(a); read 2026-11-26) = 28 February 2026, "
                "a Saturday, so Monday 2 March 2026"
            ),
            (
                "自2025年2月4日问卷发出之日起1年，周年月最后一日（law 1(a)；2026-11-26核读），"
                "即2026年2月28日，为星期六，改为2026年3月2日星期一"
            ),
        ),
        (
            {"count": 0, "direction": "on"},
            "2025-03-03",
            (
                "the day of questionnaire issued, 3 March 2025 (law 1(a); read 2026-11-26) = "
                "Monday 3 March 2025"
            ),
            "问卷发出当日，2025年3月3日（law 1(a)；2026-11-26核读），即2025年3月3日星期一",
        ),
        (
            {"count": 18, "unit": "months", "first_day": True, "bound": "earliest"},
            "2021-06-14",
            (
                "18 months from 14 June 2021 on, that day included (questionnaire issued) "
                "(law 1(a); read 2026-11-26) = Tuesday 13 December 2022; not before that day"
            ),
            (
                "自2021年6月14日问卷发出当日起算（含当日）18个月（law 1(a)；2026-11-26核读），"
                "即2022年12月13日星期二；不得早于该日"
            ),
        ),
    ],
)
def test_a_count_is_told_with_its_source_and_weekday(period, start, en, zh):
    assert said(of(rule(**period)), start) == (en, zh)


def test_what_lengthened_a_period_is_told_in_its_order():
    toll = Lengthening("2024-07", day("2024-07-22"), 7, "备忘录", "memorandum of 22 July")
    known = facts(
        "2024-02-14",
        tolled=(toll,),
        stayed=(Stay(day("2024-08-01"), day("2024-08-10"), "CIT"),),
        extended=(Grant("due", days=5),),
    )
    en, zh = said(of(rule(count=190)), known)
    assert en.endswith(
        " = Thursday 22 August 2024, tolled by 7 days (memorandum of 22 July): Thursday 29 August "
        "2024, longer by 10 days of the stay of 1 August 2024 to 10 August 2024 (CIT): Sunday "
        "8 September 2024, extended by 5 days: Friday 13 September 2024"
    )
    assert zh.endswith(
        "即2024年8月22日星期四，时限顺延7日（备忘录），至2024年8月29日星期四，"
        "2024年8月1日至2024年8月10日中止进行（CIT），延长10日，至2024年9月8日星期日，"
        "获准延长5日，至2024年9月13日星期五"
    )


def test_whose_extension_it_is_is_told():
    rules = of(rule())
    known = facts("2025-03-03", extended=(Grant("due", day=day("2025-04-30"), to="Acme"),))
    _, granted = calendar(rules, known)
    found = explain(granted, rules)
    assert found.en.endswith(", extended to Wednesday 30 April 2025 (for Acme only)")
    assert found.zh.endswith("，获准延至2025年4月30日星期三（仅限Acme）")


@pytest.mark.parametrize(
    ("printed", "en", "zh"),
    [
        ("2025-04-04", "2 days later", "比推算晚2日"),
        ("2025-04-01", "1 day earlier", "比推算早1日"),
        ("2025-04-02", "the same day", "与推算一致"),
    ],
)
def test_a_printed_date_is_compared(printed, en, zh):
    known = facts("2025-03-03", printed={"due": Printed(day(printed), "2025-1234")})
    english, chinese = said(of(rule()), known)
    assert english.endswith(en)
    assert "; printed in 2025-1234: " in english
    assert chinese.endswith(zh)
    assert "；2025-1234载明" in chinese


def test_a_printed_date_that_nothing_computes_stands_alone():
    known = Facts(printed={"due": Printed(day("2025-04-02"))})
    en, zh = said(of(rule()), known)
    assert en == "printed: Wednesday 2 April 2025; waits for: questionnaire issued"
    assert zh == "公告载明2025年4月2日星期三；尚待：问卷发出"


def test_an_estimate_and_what_is_waited_for_are_told():
    rules = of(
        rule("preliminary", count=140, event="preliminary"),
        rule("final", count=75, **{"from": "preliminary"}),
    )
    en, zh = said(rules, "2025-03-03", "final")
    assert en.startswith("75 days after 21 July 2025 (preliminary determination, itself computed)")
    assert en.endswith("; estimated")
    assert zh.startswith("自2025年7月21日初裁（推算）之日起75日")
    assert zh.endswith("；推算日期，待前一环节确定")
    assert said(rules, Facts(), "preliminary") == (
        "waits for: questionnaire issued",
        "尚待：问卷发出",
    )


def test_a_postponement_a_choice_and_an_expectation_are_told():
    variant = {**SOURCE, "basis": "law 2", "count": 50}
    put_off = facts("2025-03-03", postponed=frozenset({"due"}))
    en, zh = said(of(rule(postponed=variant, bound="expected")), put_off)
    assert en.startswith("Postponed: 50 days after 3 March 2025 (questionnaire issued) (law 2;")
    assert en.endswith("; expected, no legal limit")
    assert zh.startswith("延期后，自2025年3月3日问卷发出之日起50日（law 2；")
    other = {**SOURCE, "count": 45, "unit": "days", "from": "preliminary"}
    both = facts({"start": "2025-03-03", "preliminary": "2025-03-10"})
    later = said(of(rule(later_of=[other])), both)
    assert later[0].startswith("The later of its periods: 45 days after 10 March 2025")
    assert later[1].startswith("数个期限取较晚者：自2025年3月10日初裁之日起45日")
    earlier = said(of(rule(earlier_of=[other])), both)
    assert earlier[0].startswith("The earlier of its periods: 30 days after 3 March 2025")


def test_a_closure_an_assumed_version_and_unknown_holidays_are_told():
    days = [{"on": "2025-04-02", "zh": "大雪", "en": "snow"}]
    snow = {**SOURCE, "days": days}
    en, zh = said(of(rule(), closures=[snow]), "2025-03-03")
    assert en.endswith(
        "2 April 2025, a day on which the authority is closed (snow), so Thursday 3 April 2025"
    )
    assert "主管机关当日不办公（大雪）" in zh
    versions = (rule(valid_to="2025-01-14", decided_by="preliminary"),)
    assert said(of(*versions), "2024-03-04")[0].endswith(
        "; which version holds is assumed until this is known: preliminary determination"
    )
    beyond = said(of(rule(), holidays=[], closures=[snow]), "2026-03-03")
    assert beyond[0].endswith("; closed days of 2026 are not all known")
    assert beyond[1].endswith("；2026年休息日未全部掌握")


def test_a_closure_that_nobody_read_is_told_and_moves_nothing_later():
    days = [{"on": "2025-04-02", "zh": "大雪", "en": "snow"}]
    snow = {**SOURCE, "verified": "待核实", "days": days}
    en, zh = said(of(rule(), closures=[snow]), "2025-03-03")
    assert en.endswith(
        "Wednesday 2 April 2025; the authority may be closed on that day (snow; not yet "
        "verified), which does not move the date"
    )
    assert zh.endswith("；主管机关当日可能不办公（大雪，待核实），未据此顺延")
    en, zh = said(of(rule(roll="previous"), closures=[snow]), "2025-03-03")
    assert "a day on which the authority may be closed (snow; not yet verified), so Tuesday" in en
    assert "主管机关当日可能不办公（大雪，待核实）" in zh


def test_the_active_language_is_left_alone():
    with override("zh-hans"):
        rules = of(rule())
        explain(due(rules, "2025-03-03"), rules)
        assert get_language() == "zh-hans"
