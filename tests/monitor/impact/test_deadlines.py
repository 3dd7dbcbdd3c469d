"""The legal calendar: vectors of real cases, and what is refused of a deadlines file."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from bundles.words import ACTIONABLE_DATES
from monitor.impact.dates import next_date, today
from monitor.impact.deadlines import Authority, Calendar, Start, due, load
from monitor.impact.rules import RulesError

CALENDAR = load(settings.FENGHUO_DEADLINES)
ITA = "International Trade Administration"
ITC = "International Trade Commission"


def start(text: str, published: str, authority: str = ITA, origin: str | None = "CN") -> Start:
    """`US/anti_dumping/investigation/initiated`."""
    jurisdiction, kind, proceeding, event = text.split("/")
    return Start(
        jurisdiction=jurisdiction,
        authority=authority,
        kind=kind,
        proceeding=None if proceeding == "-" else proceeding,
        event=event,
        origin=origin,
        published=date.fromisoformat(published),
    )


def started(text: str, published: str, **more: Any) -> dict[str, str]:
    return {r.id: d.isoformat() for r, d in CALENDAR.started(start(text, published, **more))}


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


# --- What a notice starts ------------------------------------------------------------------------


def test_a_us_initiation_starts_the_separate_rate_application() -> None:
    """30 days by practice until the rules were rewritten for 2025-01-15, 21 since."""
    text = "US/anti_dumping/investigation/initiated"
    assert started(text, "2024-11-04") == {
        "us-ad-separate-rate-application-before-2025": "2024-12-04"
    }
    assert started(text, "2025-03-13") == {"us-ad-separate-rate-application": "2025-04-03"}


def test_only_a_non_market_economy_applies_for_separate_rates() -> None:
    text = "US/anti_dumping/investigation/initiated"
    assert started(text, "2025-03-13", origin="KR") == {}


def test_the_two_us_authorities_start_their_own() -> None:
    text = "US/anti_dumping/investigation/initiated"
    assert started(text, "2025-03-13", authority=ITC) == {}


def test_an_administrative_review_starts_three() -> None:
    """Published 2025-06-25: 9 July; 25 July; 23 September."""
    assert started("US/anti_dumping/administrative_review/initiated", "2025-06-25") == {
        "us-ar-separate-rate": "2025-07-09",
        "us-ar-no-shipment": "2025-07-25",
        "us-ar-withdrawal": "2025-09-23",
    }


@pytest.mark.parametrize(
    ("published", "last"),
    [
        ("2025-02-04", "2025-02-28"),
        ("2024-02-02", "2024-02-29"),
        ("2025-08-01", "2025-09-02"),  # 31 August is a Sunday, 1 September Labor Day
        ("2025-05-02", "2025-06-02"),  # 31 May is a Saturday
        ("2024-12-03", "2024-12-31"),
    ],
)
def test_a_review_is_asked_for_by_the_end_of_the_anniversary_month(
    published: str, last: str
) -> None:
    found = started("US/countervailing/administrative_review/opportunity", published)
    assert found == {"us-ar-request": last}


def test_a_day_off_in_washington_moves_to_the_next_business_day() -> None:
    """30 days from 2024-12-21 are Monday 2025-01-20, a federal holiday (as in vector T2)."""
    found = started("US/anti_dumping/investigation/preliminary", "2024-12-21")
    assert found == {"us-preliminary-hearing-request": "2025-01-21"}


def test_section_337_and_201() -> None:
    """337-TA-1270 was instituted in a notice of 2021-07-09; 20 days end on 2021-07-29."""
    text = "US/section_337/investigation/initiated"
    assert started(text, "2021-07-09", authority=ITC, origin=None) == {
        "us-337-response": "2021-07-29"
    }
    assert started("US/safeguard/-/initiated", "2025-12-01", authority=ITC, origin=None) == {
        "us-201-appearance": "2025-12-22"
    }


def test_both_us_authorities_review_after_five_years() -> None:
    """Thirty days from 2020-01-02 are Saturday 1 February."""
    text = "US/anti_dumping/sunset_review/initiated"
    assert started(text, "2020-01-02") == {"us-sunset-substantive-response": "2020-02-03"}
    assert started(text, "2020-01-02", authority=ITC) == {"us-itc-sunset-response": "2020-02-03"}


def test_the_commission_of_the_eu() -> None:
    """Ceramic tableware, opened 2012-02-16: sampling forms had 15 days then."""
    text = "EU/anti_dumping/investigation/initiated"
    assert started(text, "2012-02-16", authority="European Commission") == {
        "eu-sampling-form-before-2018": "2012-03-02",
        "eu-questionnaire": "2012-03-26",  # day 37 is a Saturday
    }
    assert "eu-sampling-form" in started(text, "2024-05-16", authority="European Commission")


def test_every_rule_gives_an_actionable_date_and_says_where_it_is_from() -> None:
    for authority in CALENDAR.authorities:
        for rule in authority.rules:
            assert rule.stands_for in ACTIONABLE_DATES
            assert rule.basis
            assert due(rule, authority, date(2025, 3, 3)) > date(2025, 3, 3)


# --- Counting ------------------------------------------------------------------------------------


def authority(roll: str = "none", holidays: str | None = None, **rule: Any) -> Authority:
    one = {
        "id": "r", "kinds": ["anti_dumping"], "proceedings": ["investigation"],
        "events": ["initiated"], "stands_for": "response_due", "what_zh": "一", "what_en": "a",
        "who": "exporter", "count": 20, "unit": "days", "basis": "law",
        "citation": "https://example.org", "verified": "sourced", **rule,
    }  # fmt: skip
    return Authority.model_validate(
        {"jurisdiction": "US", "authorities": ["A"], "zone": "UTC", "roll": roll,
         "holidays": holidays, "rules": [one]}
    )  # fmt: skip


def last_day(of: Authority, first: str) -> str:
    return due(of.rules[0], of, date.fromisoformat(first)).isoformat()


@pytest.mark.parametrize(
    ("first", "days", "last"),
    [
        # The arithmetic of real cases: petition to initiation, initiation to determination.
        ("2019-03-06", 20, "2019-03-26"),
        ("2020-01-08", 20, "2020-01-28"),
        ("2019-04-10", 20, "2019-04-30"),
        ("2024-06-20", 20, "2024-07-10"),
        ("2024-02-14", 190, "2024-08-22"),
        ("2020-01-28", 190, "2020-08-05"),
        ("2009-02-27", 90, "2009-05-28"),
        ("2000-08-10", 90, "2000-11-08"),
        ("2000-08-10", 120, "2000-12-08"),
    ],
)
def test_calendar_days(first: str, days: int, last: str) -> None:
    assert last_day(authority(count=days), first) == last


def test_weekends_and_holidays() -> None:
    """Paper plates: 135 days from 2024-09-05 are Saturday 2025-01-18, and Monday is a holiday."""
    assert last_day(authority(count=135), "2024-09-05") == "2025-01-18"
    assert last_day(authority("weekend", count=135), "2024-09-05") == "2025-01-20"
    assert last_day(authority("business_day", "US", count=135), "2024-09-05") == "2025-01-21"
    # Low-speed vehicles: 135 days from 2025-01-30 are Saturday 14 June.
    assert last_day(authority("business_day", "US", count=135), "2025-01-30") == "2025-06-16"


def test_business_days_and_months() -> None:
    bd = authority("none", "US", unit="business_days", count=3)
    assert last_day(bd, "2025-07-03") == "2025-07-09"  # over the Fourth of July and a weekend
    assert last_day(authority(unit="months", count=1), "2025-01-31") == "2025-02-28"
    assert last_day(authority(unit="months", count=14), "2024-12-15") == "2026-02-15"


# --- The next date -------------------------------------------------------------------------------

REVIEW = "US/anti_dumping/administrative_review/initiated"


def printed(kind: str, day: str) -> dict[str, str]:
    return {"kind": kind, "date": day, "printed": f"by {day}"}


def test_the_next_date_is_the_earliest_that_has_not_passed() -> None:
    about = start(REVIEW, "2025-06-25")
    for moment, day in [
        ("2025-06-25", "2025-07-09"),
        ("2025-07-10T12:00", "2025-07-25"),
        ("2025-08-01", "2025-09-23"),
    ]:
        found = next_date([], CALENDAR, about, at(moment))
        assert found is not None
        assert found.day.isoformat() == day
    assert next_date([], CALENDAR, about, at("2025-10-01")) is None


def test_a_computed_date_says_rule_basis_and_whether_it_was_checked() -> None:
    found = next_date([], CALENDAR, start(REVIEW, "2025-06-25"), at("2025-07-10T12:00"))
    assert found is not None
    assert found.what["source"] == "computed"
    assert found.what["rule"] == "us-ar-no-shipment"
    assert found.what["verified"] is True
    assert found.what["zh"]
    assert found.what["citation"].startswith("https://")
    unchecked = next_date(
        [],
        CALENDAR,
        start("US/anti_dumping/investigation/initiated", "2025-03-13"),
        at("2025-03-14"),
    )
    assert unchecked is not None
    assert unchecked.what["verified"] is False


def test_a_printed_date_beats_the_rule_for_the_same_thing() -> None:
    about = start(REVIEW, "2025-06-25")
    found = next_date([printed("response_due", "2025-07-31")], CALENDAR, about, at("2025-06-26"))
    assert found is not None
    assert (found.day.isoformat(), found.what["source"]) == ("2025-07-31", "printed")
    # Also when it has passed: what the notice says of its replies is not made up again.
    past = next_date([printed("response_due", "2025-06-27")], CALENDAR, about, at("2025-07-01"))
    assert past is not None
    assert past.what["rule"] == "us-ar-withdrawal"


def test_what_happens_to_the_reader_is_no_deadline_of_hers() -> None:
    dates = [printed("in_force", "2025-08-01"), printed("comments_due", "2025-07-15")]
    about = start("BR/technical_regulation/-/proposed", "2025-06-01", authority="INMETRO")
    found = next_date(dates, CALENDAR, about, at("2025-06-02"))
    assert found is not None
    assert found.day.isoformat() == "2025-07-15"
    assert next_date(dates[:1], CALENDAR, about, at("2025-06-02")) is None


def test_a_day_ends_where_the_authority_sits() -> None:
    """02:00 UTC on the 16th is the evening of the 15th in Washington, 11:00 in Tokyo; where the
    zone is not known, the 15th lasts until it is over everywhere."""
    assert today(CALENDAR, "US", at("2025-07-16T02:00")).isoformat() == "2025-07-15"
    assert today(CALENDAR, "EU", at("2025-07-16T02:00")).isoformat() == "2025-07-16"
    assert today(CALENDAR, "JP", at("2025-07-16T02:00")).isoformat() == "2025-07-15"
    dates = [printed("comments_due", "2025-07-15")]
    about = start("US/technical_regulation/-/proposed", "2025-06-01")
    assert next_date(dates, CALENDAR, about, at("2025-07-16T02:00"))
    assert next_date(dates, CALENDAR, about, at("2025-07-16T05:00")) is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["comments_due", "response_due", "hearing", "in_force"]),
            st.dates(date(2025, 1, 1), date(2026, 12, 31)),
        )
    ),
    st.dates(date(2025, 1, 15), date(2026, 6, 1)),
    st.datetimes(datetime(2025, 1, 15), datetime(2026, 12, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
@example_settings(deadline=None)
def test_the_next_date_has_never_passed(
    dates: list[tuple[str, date]], published: date, now: datetime
) -> None:
    lines = [printed(kind, day.isoformat()) for kind, day in dates]
    found = next_date(lines, CALENDAR, start(REVIEW, published.isoformat()), now)
    assert found is None or found.day >= today(CALENDAR, "US", now)


# --- What is refused -----------------------------------------------------------------------------

HEAD = """
jurisdiction = "US"
authorities = ["A"]
zone = "UTC"
roll = "none"
"""
RULE = """
[[rules]]
id = "r"
kinds = ["anti_dumping"]
proceedings = ["investigation"]
events = ["initiated"]
stands_for = "response_due"
what_zh = "一"
what_en = "a"
who = "exporter"
count = 20
unit = "days"
basis = "law"
citation = "https://example.org"
verified = "sourced"
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD, "rules: Field required"),
        (HEAD.replace("UTC", "Mars/Olympus") + RULE, "`Mars/Olympus` is no time zone"),
        (HEAD.replace('"none"', '"business_day"') + RULE, "holidays: to be named"),
        (HEAD.replace('"none"', '"business_day"\nholidays = "QQ"') + RULE, "no calendar of `QQ`"),
        (HEAD + RULE.replace("initiated", "started"), "rules.1.events.1"),
        (HEAD + RULE.replace("anti_dumping", "dumping"), "rules.1.kinds.1"),
        (HEAD + RULE.replace('"days"', '"weeks"'), "rules.1.unit"),
        (HEAD + RULE.replace("20", "-20"), "rules.1.count"),
        (HEAD + RULE.replace('"sourced"', '"maybe"'), "rules.1.verified"),
        (HEAD + RULE.replace("https", "ftp"), "rules.1.citation"),
        (HEAD + RULE.replace('basis = "law"', ""), "rules.1.basis: Field required"),
        (HEAD + RULE + "who_else = 1", "rules.1.who_else: Extra inputs"),
        (HEAD + RULE + "valid_from = 2025-02-01\nvalid_to = 2025-01-01", "valid_from is after"),
        (HEAD + RULE + RULE, "two rules are called r"),
        (HEAD + "[[rules]", "deadlines.toml"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "deadlines.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as error:
        load(tmp_path)
    assert says in str(error.value)


def test_without_files_nothing_is_computed(tmp_path: Path) -> None:
    assert load(tmp_path) == Calendar(())
    with pytest.raises(RulesError, match="no such folder"):
        load(tmp_path / "absent")
