"""Facts → dues: versions, variants, chains of events, respondents, hours."""

from datetime import UTC, datetime

from monitor.deadlines.facts import Facts, Grant, Known, Printed
from monitor.deadlines.renewing import renewed
from monitor.deadlines.timeline import calendar, strangers
from tests.monitor.deadlines.rulesets import SOURCE, day, due, event, facts, last, rule, ruleset

AUTHORITY = {"for": "authority"}


def test_the_earliest_stands_first_and_what_waits_last() -> None:
    of = ruleset(rule("late", count=60), rule("soon", count=10), rule("waits", **{"from": "other"}))
    assert [found.rule.id for found in calendar(of, facts("2025-03-03"))] == [
        "soon", "late", "waits",
    ]  # fmt: skip


def test_an_event_that_has_not_happened_is_estimated_by_its_rule() -> None:
    of = ruleset(
        rule("preliminary", count=140, event="preliminary", **AUTHORITY),
        rule("final", count=75, **{"from": "preliminary"}),
    )
    guess = due(of, "2025-03-03", "final")
    assert (guess.estimated, guess.rests_on) == (True, ("preliminary",))
    assert guess.day == day("2025-10-06")  # 21 July and 75 days: 4 October, a Saturday
    known = facts({"start": "2025-03-03", "preliminary": "2025-07-15"})
    assert due(of, known, "final").estimated is False
    assert last(of, known, "final") == "2025-09-29"  # 28 September: Sunday
    assert due(of, known, "preliminary").happened == day("2025-07-15")


def test_what_waits_says_for_what() -> None:
    of = ruleset(rule("final", **{"from": "preliminary"}))
    found = due(of, "2025-03-03", "final")
    assert (found.day, found.waits_for) == (None, ("preliminary",))


def test_what_may_not_be_earlier_never_dates_an_event() -> None:
    of = ruleset(
        rule("not-before", count=60, event="provisional", bound="earliest"),
        rule("comments", count=15, **{"from": "provisional"}),
    )
    assert due(of, "2025-03-03", "comments").waits_for == ("provisional",)


def test_what_is_expected_dates_an_event_before_the_last_day_does() -> None:
    of = ruleset(
        rule("last-day", count=8, unit="months", event="provisional"),
        rule("aim", count=7, unit="months", event="provisional", bound="expected"),
        rule("comments", count=15, **{"from": "provisional"}),
    )
    assert due(of, "2025-03-03", "comments").rests_on == ("aim",)


def test_a_decision_has_been_taken_once_it_is_published() -> None:
    of = ruleset(
        rule("preliminary", count=140, event="preliminary"),
        events=[
            event("start"),
            event("preliminary", notice="preliminary", day="decided"),
            event("preliminary-published", notice="preliminary"),
        ],
    )
    known = facts({"start": "2025-03-03", "preliminary-published": "2025-07-25"})
    assert due(of, known, "preliminary").happened == day("2025-07-25")


def test_the_version_is_that_of_the_deciding_day() -> None:
    """The 30 days of practice until 14 January 2025, then the 21 of the regulation."""
    of = ruleset(
        rule(count=30, valid_to="2025-01-14"),
        rule(count=21, valid_from="2025-01-15"),
        rule("other", **{"from": "questionnaire"}),
    )
    assert last(of, "2024-11-04") == "2024-12-04"
    assert last(of, "2025-03-13") == "2025-04-03"
    assert due(of, "2025-03-13").rule.version == "2025-01-15.."
    later = facts({"start": "2024-12-20", "questionnaire": "2025-02-03"})
    assert due(of, later).rule.version == "..2025-01-14"


def test_a_version_whose_deciding_day_is_unknown_is_assumed() -> None:
    of = ruleset(
        rule(count=30, valid_to="2025-01-14", decided_by="petition"),
        rule(count=21, valid_from="2025-01-15", decided_by="petition"),
    )
    found = due(of, "2024-11-04")
    assert (found.assumed, found.rule.count) == (True, 30)
    assert due(of, {}).rule.count == 21


def test_a_rule_that_did_not_hold_yet_gives_nothing() -> None:
    of = ruleset(rule(valid_from="2018-06-08"))
    assert calendar(of, facts("2012-02-16")) == ()


def test_a_rule_against_some_origins_only() -> None:
    of = ruleset(rule(origins=["CN", "VN"]))
    assert calendar(of, facts("2025-03-03", origins=("KR",))) == ()
    assert calendar(of, facts("2025-03-03", origins=())) == ()
    assert last(of, facts("2025-03-03", origins=("CN", "KR"))) == "2025-04-02"
    assert last(of, facts("2025-03-03")) == "2025-04-02"


def test_a_postponement_changes_what_the_law_says_it_changes() -> None:
    variant = {**SOURCE, "basis": "law 2", "count": 135, "from": "published"}
    of = ruleset(rule(count=75, postponed=variant))
    known = facts({"start": "2024-08-29", "published": "2024-09-05"}, postponed=frozenset({"due"}))
    found = due(of, known)
    assert (found.day, found.period and found.period.basis) == (day("2025-01-21"), "law 2")
    assert last(of, facts("2024-08-29")) == "2024-11-12"


def test_a_postponement_that_the_law_does_not_know_changes_nothing() -> None:
    assert last(ruleset(rule()), facts("2025-03-03", postponed=frozenset({"due"}))) == "2025-04-02"


def test_of_several_periods_the_later_or_the_earlier_holds() -> None:
    other = {**SOURCE, "count": 45, "unit": "days", "from": "final"}
    known = facts({"start": "2025-03-03", "final": "2025-06-02"})
    assert last(ruleset(rule(count=120, later_of=[other])), known) == "2025-07-17"
    assert last(ruleset(rule(count=120, earlier_of=[other])), known) == "2025-07-01"


def test_a_period_whose_event_is_not_known_is_waited_for_beside_the_date() -> None:
    other = {**SOURCE, "count": 45, "unit": "days", "from": "final"}
    found = due(ruleset(rule(count=120, later_of=[other])), "2025-03-03")
    assert (found.day, found.waits_for) == (day("2025-07-01"), ("final",))


def test_an_extension_for_one_respondent_is_a_due_of_its_own() -> None:
    granted = (Grant("due", days=14, to="Acme"), Grant("due", day=day("2025-04-30"), to="Beta"))
    found = calendar(ruleset(rule()), facts("2025-03-03", extended=granted))
    assert [(d.to, d.day) for d in found] == [
        (None, day("2025-04-02")), ("Acme", day("2025-04-16")), ("Beta", day("2025-04-30")),
    ]  # fmt: skip


def test_a_printed_date_needs_no_event() -> None:
    found = due(ruleset(rule()), facts({}, printed={"due": Printed(day("2025-04-05"))}))
    assert (found.day, found.computed, found.difference) == (day("2025-04-05"), None, None)


def test_what_counts_from_a_printed_date_uses_it() -> None:
    of = ruleset(
        rule("preliminary", count=140, event="preliminary", **AUTHORITY),
        rule("final", count=75, **{"from": "preliminary"}),
    )
    printed = {"preliminary": Printed(day("2025-09-08"))}
    assert last(of, facts("2025-03-03", printed=printed), "final") == "2025-11-24"  # a Saturday


def test_filing_ends_at_an_hour_of_the_authority_in_summer_and_winter() -> None:
    of = ruleset(
        rule(), rule("decides", **AUTHORITY), filing={**SOURCE, "hour": "17:00"}
    )  # fmt: skip
    summer, winter = due(of, "2025-06-02").moment, due(of, "2025-01-06").moment
    assert summer is not None
    assert winter is not None
    assert summer.astimezone(UTC) == datetime(2025, 7, 2, 21, tzinfo=UTC)
    assert winter.astimezone(UTC) == datetime(2025, 2, 5, 22, tzinfo=UTC)
    assert due(of, "2025-06-02", "decides").moment is None


def test_facts_that_a_ruleset_does_not_know_are_named() -> None:
    known = Facts(
        days={"landing": Known(day("2025-03-03"))},
        postponed=frozenset({"lunch"}),
        extended=(Grant("dinner", days=1),),
    )
    assert strangers(ruleset(rule()), known) == ["event landing", "rule dinner", "rule lunch"]


def test_a_change_of_rules_is_listed_and_moves_nothing_by_itself() -> None:
    known = facts("2025-03-03")
    old = calendar(ruleset(rule("a"), rule("b"), rule("gone")), known)
    new = calendar(ruleset(rule("a", count=21), rule("b"), rule("fresh")), known)
    changes = {change.rule: change for change in renewed(old, new)}
    assert set(changes) == {"a", "gone", "fresh"}
    assert changes["a"].days == -9
    assert changes["gone"].new is None
    assert changes["fresh"].old is None
    assert renewed(old, old) == []
