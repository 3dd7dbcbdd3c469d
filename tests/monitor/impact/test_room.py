"""The assess room on real rows."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import F

from alerts.models import Recipient, Warning  # noqa: A004 - 预警 is the field's word
from monitor.bases.models import ExportFlow
from monitor.impact.models import Impact
from monitor.impact.room import ask_again, room
from monitor.jobs.models import RoomFailure
from monitor.jobs.rooms import State
from monitor.notices.models import Entry, Notice, ProductClaim

pytestmark = pytest.mark.django_db

M = 1_000_000
OWN = "forestry"


def said(impact: Impact) -> list[str]:
    return [reason["code"] for reason in impact.reasons]


def params(impact: Impact, code: str) -> dict[str, Any]:
    return next(r["params"] for r in impact.reasons if r["code"] == code)


def again(entry: Entry) -> None:
    Notice.objects.filter(pk=entry.notice_id).update(assess_state=State.READY)


def test_a_new_case_touches_the_base_that_exports_the_product(
    new_base: Any, new_entry: Any, only_impact: Any
) -> None:
    base = new_base(OWN, "4409", _440910_US=60 * M, _440929_US=5 * M, _440910_DE=35 * M)
    entry = new_entry({"440910": 1.0})
    impact = only_impact()

    assert (impact.base, impact.entry) == (base, entry)
    assert (impact.level, impact.loudness) == ("red", 5)
    assert impact.exposure_usd == 60 * M
    assert impact.share == Decimal("0.6")
    assert impact.markets == ["US"]
    assert impact.matches == [
        {
            "hs6": "440910", "claim": "440910", "depth": "hs6", "weight": "1", "probability": 1.0,
            "evidence": "printed", "value_usd": "60000000.00", "product_line": "4409",
        }
    ]  # fmt: skip
    assert [(f["name_zh"], f["value_usd"]) for f in impact.firms] == [
        ("forestry公司", "60000000.00")
    ]
    assert (impact.unit, impact.unit_value) == ("kg", Decimal(4))
    assert impact.as_of_month == date(2025, 4, 1)
    assert impact.warn_state == State.READY
    assert not impact.sample
    assert said(impact) == ["happened", "match", "exposure", "deadline", "rule"]
    assert params(impact, "rule")["id"] == "case-opened-high"


def test_the_next_date_is_computed_where_none_is_printed(
    new_base: Any, new_entry: Any, only_impact: Any
) -> None:
    """21 days from 2025-05-27."""
    new_base(OWN, "4409", _440910_US=M)
    new_entry({"440910": 1.0})
    impact = only_impact()
    assert impact.next_date == date(2025, 6, 17)
    assert impact.next_date_what["rule"] == "separate-rate-application"
    assert "21 days after 27 May 2025" in impact.next_date_what["explanation_en"]


def test_a_base_that_makes_nothing_of_the_kind_is_left_alone(
    new_base: Any, new_entry: Any, assess: Any
) -> None:
    new_base("furniture", "9403", _940350_US=60 * M)
    new_entry({"440910": 1.0})
    assert assess() == {"rows": 1}
    assert not Impact.objects.exists()


def test_every_base_and_every_measure_of_a_notice_has_its_impact(
    new_base: Any, new_entry: Any, assess: Any
) -> None:
    new_base(OWN, "4409", _440910_US=60 * M)
    new_base("furniture", "9403 4409", _440910_US=2 * M, _940350_US=998 * M)
    first = new_entry({"440910": 1.0})
    second = new_entry({}, kind="countervailing")
    Entry.objects.filter(pk=second.pk).update(notice=first.notice)
    counts = assess()
    assert counts["impacts"] == 4
    assert (counts["red"], counts["orange"]) == (2, 2)


def test_a_union_is_the_sum_of_its_members(new_base: Any, new_entry: Any, only_impact: Any) -> None:
    new_base(OWN, "4409", _440910_DE=3 * M, _440910_FR=4 * M, _440910_GB=50 * M)
    new_entry({"440910": 1.0}, jurisdiction="EU", authority="European Commission")
    impact = only_impact()
    assert impact.exposure_usd == 7 * M
    assert len(impact.markets) == 27


def test_shallow_matches_weigh_less_for_base_and_firms(
    new_base: Any, new_entry: Any, only_impact: Any
) -> None:
    new_base(OWN, "4409", _440910_US=10 * M, _440929_US=100 * M)
    new_entry({"440910": 0.4, "4409": 0.9}, evidence="text")
    impact = only_impact()
    assert impact.exposure_usd == 70 * M
    assert impact.firms[0]["value_usd"] == "70000000.00"
    assert [(m["hs6"], m["depth"], m["value_usd"]) for m in impact.matches] == [
        ("440929", "heading", "100000000.00"),
        ("440910", "hs6", "10000000.00"),
    ]
    assert params(impact, "exposure")["weighted"] is True


def test_no_exports_to_that_market_is_watch(
    new_base: Any, new_entry: Any, only_impact: Any
) -> None:
    new_base(OWN, "4409", _440910_DE=60 * M)
    new_entry({"440910": 1.0})
    impact = only_impact()
    assert (impact.level, impact.exposure_usd, impact.share) == ("watch", 0, 0)
    assert "exposure_none" in said(impact)
    assert impact.firms == []


def test_a_base_without_figures_is_not_one_without_exports(
    new_base: Any, new_entry: Any, only_impact: Any
) -> None:
    new_base(OWN, "4409")
    new_entry({"440910": 1.0})
    impact = only_impact()
    assert impact.level == "orange"
    assert "exposure_unknown" in said(impact)
    assert impact.as_of_month is None


# --- Whom it is against --------------------------------------------------------------------------


@pytest.mark.parametrize("origin", ["VN", "HK"])
def test_a_case_against_others_is_watched(
    new_base: Any, new_entry: Any, only_impact: Any, origin: str
) -> None:
    new_base(OWN, "4409", _440910_US=60 * M)
    new_entry({"440910": 1.0}, origin=origin)
    impact = only_impact()
    assert (impact.level, impact.loudness) == ("watch", 1)
    assert params(impact, "echo")["origins"] == [origin]
    assert params(impact, "happened")["against"] == "others"


def test_origins_of_the_notice_count_where_the_measure_names_none(
    new_base: Any, new_entry: Any, assess: Any
) -> None:
    new_base(OWN, "4409", _440910_US=60 * M)
    new_entry({"440910": 1.0}, origin=None, origins=["VN", "KR"])
    new_entry({"440910": 1.0}, origin=None, origins=["VN", "CN"])
    new_entry({"440910": 1.0}, origin=None, origins=[])
    assess()
    found = Impact.objects.order_by("pk")
    assert [(i.level, params(i, "happened")["against"]) for i in found] == [
        ("watch", "others"), ("red", "ours"), ("red", "any")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("origin", "level"), [("CN", "yellow"), ("HK", "yellow"), ("VN", None), (None, "yellow")]
)
def test_a_refusal_of_other_origins_is_nobodys_business(
    new_base: Any, new_entry: Any, assess: Any, origin: str | None, level: str | None
) -> None:
    new_base("agrifood", "0712", _071239_DE=20 * M)
    new_entry(
        {"071239": 1.0}, kind="border_refusal", jurisdiction="DE", origin=origin,
        proceeding=None, event="refused",
    )  # fmt: skip
    assess()
    assert list(Impact.objects.values_list("level", flat=True)) == ([level] if level else [])


def test_our_own_authorities_are_not_warned_of(new_base: Any, new_entry: Any, assess: Any) -> None:
    new_base(OWN, "4409", _440910_US=60 * M)
    new_entry({"440910": 1.0}, jurisdiction="CN", origin=None, kind="standard", proceeding=None)
    assess()
    assert not Impact.objects.exists()


# --- Claims --------------------------------------------------------------------------------------


def test_an_analysts_verdict_counts(new_base: Any, new_entry: Any, assess: Any) -> None:
    new_base(OWN, "4409 9403", _440910_US=60 * M, _940350_US=60 * M)
    entry = new_entry({"440910": 1.0, "9403": 0.3}, evidence="text")
    ProductClaim.objects.filter(code="440910").update(verdict="rejected")
    ProductClaim.objects.filter(code="9403").update(verdict="confirmed")
    assess()
    (match,) = Impact.objects.get(entry=entry).matches
    assert (match["claim"], match["probability"], match["evidence"]) == ("9403", 1.0, "confirmed")


def test_a_heading_counts_by_itself_only_where_it_is_printed_by_itself(
    new_base: Any, new_entry: Any, assess: Any
) -> None:
    new_base(OWN, "4409", _440910_US=10 * M, _440929_US=100 * M)
    derived = new_entry({"440910": 0.98, "4409": 0.99})
    ProductClaim.objects.filter(code="4409").update(
        evidence=[{"kind": "printed", "digits": "4409.10.0500"}, {"kind": "text"}]
    )
    own = new_entry({"440910": 0.98, "4409": 0.99})
    assess()
    assert Impact.objects.get(entry=derived).exposure_usd == 10 * M
    assert Impact.objects.get(entry=own).exposure_usd == 70 * M


def test_a_guess_is_not_loud(new_base: Any, new_entry: Any, only_impact: Any) -> None:
    new_base(OWN, "4409", _440910_US=60 * M)
    new_entry({"4409": 0.3}, evidence="text")
    assert only_impact().level == "blue"


def test_a_guess_at_the_chapter_makes_no_impact(new_base: Any, new_entry: Any, assess: Any) -> None:
    new_base(OWN, "44", _441234_US=60 * M)
    new_entry({"440910": 0.6}, evidence="text")
    assess()
    assert not Impact.objects.exists()


# --- Again ---------------------------------------------------------------------------------------


@pytest.fixture
def warned(new_base: Any, new_entry: Any, assess: Any) -> Impact:
    """An orange impact that the warn room has seen."""
    new_base(OWN, "4409", _440910_US=M, _440929_DE=999 * M)
    new_entry({"440910": 1.0})
    assess()
    Impact.objects.update(warn_state=State.DONE)
    return Impact.objects.get()


def test_assessed_again_it_is_updated_in_place_and_wakes_nobody(
    warned: Impact, assess: Any, now: datetime
) -> None:
    ExportFlow.objects.filter(hs6="440910").update(value_usd=F("value_usd") * 2)
    assert ask_again() == 1
    counts = assess(now + timedelta(hours=1))
    after = Impact.objects.get()
    assert (counts["again"], counts["impacts"]) == (1, 0)
    assert after.pk == warned.pk
    assert (after.exposure_usd, after.level) == (2 * M, "orange")
    assert after.assessed_at == now + timedelta(hours=1)
    assert after.warn_state == State.DONE


def test_louder_wakes(warned: Impact, assess: Any) -> None:
    ExportFlow.objects.filter(hs6="440910").update(value_usd=F("value_usd") * 100)
    again(warned.entry)
    assess()
    after = Impact.objects.get()
    assert (after.level, after.warn_state) == ("red", State.READY)


def test_quieter_does_not_wake(warned: Impact, assess: Any) -> None:
    ProductClaim.objects.update(probability=0.3)
    again(warned.entry)
    assess()
    after = Impact.objects.get()
    assert (after.level, after.warn_state) == ("blue", State.DONE)


def test_another_date_wakes(warned: Impact, assess: Any) -> None:
    item = {"dates": [{"kind": "response_due", "date": "2025-06-20", "printed": "June 20, 2025"}]}
    Notice.objects.update(item=item)
    again(warned.entry)
    assess()
    after = Impact.objects.get()
    assert (after.next_date, after.warn_state) == (date(2025, 6, 20), State.READY)


def test_a_change_that_people_act_on_wakes(warned: Impact, assess: Any) -> None:
    Entry.objects.update(change=["event", "scope"])
    again(warned.entry)
    assess()
    assert Impact.objects.get().warn_state == State.READY


def test_what_nobody_was_told_is_removed(warned: Impact, assess: Any) -> None:
    ProductClaim.objects.update(verdict="rejected")
    again(warned.entry)
    assert assess()["gone"] == 1
    assert not Impact.objects.exists()


def test_what_was_told_is_kept_quiet_and_says_so(
    warned: Impact, assess: Any, now: datetime
) -> None:
    told = Warning.objects.create(
        recipient=Recipient.objects.create(name="商会"), measure=warned.entry.measure,
        occasion=warned.entry.occasion, pace="now", created_at=now,
    )  # fmt: skip
    told.impacts.add(warned)
    ProductClaim.objects.update(verdict="rejected")
    again(warned.entry)
    assess()
    after = Impact.objects.get()
    assert after.pk == warned.pk
    assert list(told.impacts.all()) == [after]
    assert (after.level, after.exposure_usd, after.next_date) == ("watch", 0, None)
    assert said(after) == ["withdrawn"]
    assert after.warn_state == State.DONE
    # And it comes back loud when it is touched after all.
    ProductClaim.objects.update(verdict=None)
    again(warned.entry)
    assess()
    back = Impact.objects.get()
    assert (back.level, back.warn_state) == ("orange", State.READY)


# --- The room ------------------------------------------------------------------------------------


def test_flows_that_come_in_during_a_walk_count(
    new_base: Any, new_entry: Any, now: datetime
) -> None:
    new_base(OWN, "4409", _440910_US=M)
    walking = room()
    new_entry({"440910": 1.0})
    walking.walk(now)
    ExportFlow.objects.update(value_usd=F("value_usd") * 100)
    entry = new_entry({"440910": 1.0})
    walking.walk(now)
    assert Impact.objects.get(entry=entry).exposure_usd == 100 * M


def test_a_row_that_cannot_be_assessed_waits_with_its_reason(
    new_base: Any, new_entry: Any, assess: Any
) -> None:
    new_base(OWN, "4409", _440910_US=M)
    new_entry({"440910": 1.0})
    bad = new_entry({"440910": 1.0}, event="exploded")
    counts = assess()
    assert (counts["impacts"], counts["failed"]) == (1, 1)
    assert "no rule for" in RoomFailure.objects.get(row=bad.notice_id).error


def test_a_batch_asks_few_questions(
    new_base: Any, new_entry: Any, now: datetime, django_assert_max_num_queries: Any
) -> None:
    new_base(OWN, "4409", _440910_US=60 * M)
    for _ in range(30):
        new_entry({"440910": 1.0})
    with django_assert_max_num_queries(25):
        assert room().walk(now)["impacts"] == 30


def test_notices_without_claims_cost_almost_nothing(
    new_base: Any, new_entry: Any, now: datetime, django_assert_max_num_queries: Any
) -> None:
    new_base(OWN, "4409", _440910_US=60 * M)
    for _ in range(30):
        new_entry({})
    with django_assert_max_num_queries(10):
        assert room().walk(now) == {"rows": 30}
