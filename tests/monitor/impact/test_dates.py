"""What a notice starts, and the next date by which someone has to act on it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from monitor.deadlines.authority import UNCHECKED
from monitor.deadlines.library import Library, Said
from monitor.deadlines.rules import Ruleset
from monitor.impact.dates import next_date, today
from monitor.impact.dates import started as dates_of

LIBRARY = Library.load(settings.FENGHUO_DEADLINES)
ITA = "International Trade Administration"
ITC = "International Trade Commission"
REVIEW = "US/anti_dumping/administrative_review/initiated"


def said(text: str, published: str, authority: str = ITA, origin: str | None = "CN") -> Said:
    """`US/anti_dumping/investigation/initiated`."""
    jurisdiction, kind, proceeding, event = text.split("/")
    return Said(
        jurisdiction=jurisdiction,
        authority=authority,
        kinds=(kind,),
        proceeding=None if proceeding == "-" else proceeding,
        event=event,
        origins=(origin,) if origin else (),
        published=date.fromisoformat(published),
    )


def started(text: str, published: str, **more: Any) -> dict[str, str]:
    found = dates_of(LIBRARY, said(text, published, **more))
    return {each.due.rule.id: each.day.isoformat() for each in found}


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


# --- What a notice starts ------------------------------------------------------------------------


def test_a_us_initiation_starts_the_separate_rate_application() -> None:
    """30 days by practice until the rules were rewritten for 2025-01-15, 21 since."""
    text = "US/anti_dumping/investigation/initiated"
    assert started(text, "2024-11-04")["separate-rate-application"] == "2024-12-04"
    assert started(text, "2025-03-13")["separate-rate-application"] == "2025-04-03"


def test_only_a_non_market_economy_applies_for_separate_rates() -> None:
    text = "US/anti_dumping/investigation/initiated"
    assert "separate-rate-application" not in started(text, "2025-03-13", origin="KR")
    assert "separate-rate-application" not in started(text, "2025-03-13", origin=None)


def test_the_two_us_authorities_start_their_own() -> None:
    text = "US/anti_dumping/investigation/initiated"
    assert "separate-rate-application" not in started(text, "2025-03-13", authority=ITC)


def test_an_administrative_review_starts_three() -> None:
    """Published 2025-06-25: 9 July; 25 July; 23 September."""
    assert started(REVIEW, "2025-06-25") == {
        "separate-rate": "2025-07-09",
        "no-shipment-certification": "2025-07-25",
        "withdrawal": "2025-09-23",
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
    """Counted from the month's last day, which the law fixes: no estimate."""
    found = started("US/countervailing/administrative_review/opportunity", published)
    assert found == {"review-request": last}


def test_a_day_off_in_washington_moves_to_the_next_business_day() -> None:
    """30 days from 2024-12-21 are Monday 2025-01-20, a federal holiday (as in vector T2)."""
    found = started("US/anti_dumping/investigation/preliminary", "2024-12-21")
    assert found == {"hearing-request": "2025-01-21"}


def test_section_337_and_201() -> None:
    """337-TA-1270 was instituted in a notice of 2021-07-09; 20 days end on 2021-07-29. What holds
    in some cases only (a motion for temporary relief, service abroad) is left out."""
    text = "US/section_337/investigation/initiated"
    assert started(text, "2021-07-09", authority=ITC, origin=None) == {"response": "2021-07-29"}
    assert started("US/safeguard/-/initiated", "2025-12-01", authority=ITC, origin=None) == {
        "appearance": "2025-12-22"
    }


def test_both_us_authorities_review_after_five_years() -> None:
    """Thirty days from 2020-01-02 are Saturday 1 February."""
    text = "US/anti_dumping/sunset_review/initiated"
    assert started(text, "2020-01-02")["substantive-response"] == "2020-02-03"
    assert started(text, "2020-01-02", authority=ITC)["response"] == "2020-02-03"


def test_the_commission_of_the_eu() -> None:
    """Ceramic tableware, opened 2012-02-16: sampling forms had 15 days then, day 37 is a
    Saturday."""
    text = "EU/anti_dumping/investigation/initiated"
    before = started(text, "2012-02-16", authority="European Commission")
    assert before["sampling-form"] == "2012-03-02"
    assert before["questionnaire-unsampled"] == "2012-03-26"
    since = started(text, "2024-05-16", authority="European Commission")
    assert since["sampling-form"] == "2024-05-23"


def test_what_rests_on_estimates_is_no_date_of_a_warning() -> None:
    """The hearing is asked for 30 days after a preliminary determination that has no day yet."""
    assert "hearing-request" not in started("US/anti_dumping/investigation/initiated", "2025-03-13")


# --- The next date -------------------------------------------------------------------------------


def printed(kind: str, day: str) -> dict[str, str]:
    return {"kind": kind, "date": day, "printed": f"by {day}"}


def test_the_next_date_is_the_earliest_that_has_not_passed() -> None:
    about = said(REVIEW, "2025-06-25")
    for moment, day in [
        ("2025-06-25", "2025-07-09"),
        ("2025-07-10T12:00", "2025-07-25"),
        ("2025-08-01", "2025-09-23"),
    ]:
        found = next_date([], LIBRARY, about, at(moment))
        assert found is not None
        assert found.day.isoformat() == day
    assert next_date([], LIBRARY, about, at("2025-10-01")) is None


def test_a_computed_date_says_rule_basis_and_whether_it_was_checked() -> None:
    found = next_date([], LIBRARY, said(REVIEW, "2025-06-25"), at("2025-07-10T12:00"))
    assert found is not None
    assert found.what["source"] == "computed"
    assert found.what["rule"] == "no-shipment-certification"
    assert found.what["verified"] is True
    assert found.what["zh"]
    assert found.what["citation"].startswith("https://")
    assert found.what["ruleset"] == "us-commerce/administrative-review"


def test_a_computed_date_explains_itself_in_both_languages() -> None:
    found = next_date([], LIBRARY, said(REVIEW, "2025-06-25"), at("2025-06-26"))
    assert found is not None
    assert found.what["explanation_en"].startswith("14 days after 25 June 2025")
    assert found.what["explanation_en"].endswith("= Wednesday 9 July 2025")
    assert found.what["explanation_zh"].endswith("即2025年7月9日星期三")


def test_a_rule_that_nobody_has_checked_says_so() -> None:
    ruleset = LIBRARY.named("us-commerce/administrative-review")
    rules = [rule.model_copy(update={"verified": UNCHECKED}) for rule in ruleset.file.rules]
    file = ruleset.file.model_copy(update={"rules": tuple(rules)})
    library = Library((Ruleset(ruleset.authority, ruleset.procedure, file),))
    found = next_date([], library, said(REVIEW, "2025-06-25"), at("2025-06-26"))
    assert found is not None
    assert found.what["verified"] is False
    assert "not yet verified" in found.what["explanation_en"]
    assert "待核实" in found.what["explanation_zh"]


def test_a_printed_date_beats_the_rule_for_the_same_thing() -> None:
    about = said(REVIEW, "2025-06-25")
    found = next_date([printed("response_due", "2025-07-31")], LIBRARY, about, at("2025-06-26"))
    assert found is not None
    assert (found.day.isoformat(), found.what["source"]) == ("2025-07-31", "printed")
    # Also when it has passed: what the notice says of its replies is not made up again.
    past = next_date([printed("response_due", "2025-06-27")], LIBRARY, about, at("2025-07-01"))
    assert past is not None
    assert past.what["rule"] == "withdrawal"


def test_what_happens_to_the_reader_is_no_deadline_of_hers() -> None:
    dates = [printed("in_force", "2025-08-01"), printed("comments_due", "2025-07-15")]
    about = said("BR/technical_regulation/-/proposed", "2025-06-01", authority="INMETRO")
    found = next_date(dates, LIBRARY, about, at("2025-06-02"))
    assert found is not None
    assert found.day.isoformat() == "2025-07-15"
    assert next_date(dates[:1], LIBRARY, about, at("2025-06-02")) is None


def test_a_day_ends_where_the_authority_sits() -> None:
    """02:00 UTC on the 16th is the evening of the 15th in Washington, 11:00 in Tokyo; where the
    zone is not known, the 15th lasts until it is over everywhere."""
    assert today(LIBRARY, "US", at("2025-07-16T02:00")).isoformat() == "2025-07-15"
    assert today(LIBRARY, "EU", at("2025-07-16T02:00")).isoformat() == "2025-07-16"
    assert today(LIBRARY, "JP", at("2025-07-16T02:00")).isoformat() == "2025-07-16"
    assert today(LIBRARY, "CL", at("2025-07-16T02:00")).isoformat() == "2025-07-15"
    dates = [printed("comments_due", "2025-07-15")]
    about = said("US/technical_regulation/-/proposed", "2025-06-01")
    assert next_date(dates, LIBRARY, about, at("2025-07-16T02:00"))
    assert next_date(dates, LIBRARY, about, at("2025-07-16T05:00")) is None


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
    found = next_date(lines, LIBRARY, said(REVIEW, published.isoformat()), now)
    assert found is None or found.day >= today(LIBRARY, "US", now)
