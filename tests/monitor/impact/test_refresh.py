"""Days pass, and nobody is warned again."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from monitor.impact.models import Impact
from monitor.impact.refresh import refresh
from monitor.jobs.rooms import State

pytestmark = pytest.mark.django_db

M = 1_000_000
REVIEW = {"proceeding": "administrative_review", "event": "initiated"}


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=17, tzinfo=UTC)


def standing() -> tuple[str, date | None, str]:
    impact = Impact.objects.get()
    return impact.level, impact.next_date, impact.warn_state


@pytest.fixture
def petition(new_base: Any, new_entry: Any, assess: Any) -> Impact:
    """A petition of 2025-05-27, much exposed, with comments due on 2025-07-01."""
    new_base("forestry", "4409", _440910_US=60 * M)
    dates = [
        {"kind": "comments_due", "date": "2025-07-01", "printed": "July 1, 2025"},
        {"kind": "hearing", "date": "2025-08-04", "printed": "August 4, 2025"},
    ]
    new_entry({"440910": 1.0}, event="complaint", dates=dates)
    assess()
    Impact.objects.update(warn_state=State.DONE)
    return Impact.objects.get()


def test_a_level_follows_the_days(petition: Impact) -> None:
    comments, hearing = date(2025, 7, 1), date(2025, 8, 4)
    assert standing() == ("orange", comments, State.DONE)

    assert refresh(at("2025-06-15")) == {"at": 1}
    assert standing() == ("orange", comments, State.DONE)

    assert refresh(at("2025-06-16")) == {"at": 1, "louder": 1}
    assert standing() == ("red", comments, State.DONE)

    assert refresh(at("2025-07-02")) == {"at": 1, "quieter": 1, "moved": 1}
    assert standing() == ("yellow", hearing, State.DONE)

    assert refresh(at("2025-07-20")) == {"at": 1, "louder": 1}
    assert refresh(at("2025-08-05")) == {"at": 1, "quieter": 1, "moved": 1}
    assert standing() == ("yellow", None, State.DONE)

    assert refresh(at("2025-08-06")) == {}


def test_the_reasons_follow_too(petition: Impact) -> None:
    refresh(at("2025-06-16"))
    impact = Impact.objects.get()
    assert [reason["code"] for reason in impact.reasons] == [
        "happened", "match", "exposure", "deadline", "rule"
    ]  # fmt: skip
    assert impact.reasons[-1]["params"]["id"] == "case-deadline-high"
    refresh(at("2025-08-05"))
    codes = [reason["code"] for reason in Impact.objects.get().reasons]
    assert codes == ["happened", "match", "exposure", "rule"]


def test_it_gives_what_a_new_assessment_would(petition: Impact, assess: Any) -> None:
    fields = ("level", "next_date", "next_date_what", "reasons")
    refresh(at("2025-06-16"))
    refreshed = Impact.objects.values(*fields).get()
    petition.entry.notice.assess_state = State.READY
    petition.entry.notice.save()
    assess(at("2025-06-16"))
    assert Impact.objects.values(*fields).get() == refreshed


def test_what_is_watched_stays_watched(new_base: Any, new_entry: Any, assess: Any) -> None:
    new_base("forestry", "4409", _440910_US=60 * M)
    new_entry({"440910": 1.0}, origin="VN", **REVIEW)
    assess()
    assert refresh(at("2025-06-20"))["louder"] == 0
    assert standing()[0] == "watch"


def test_a_base_without_figures_keeps_its_band(new_base: Any, new_entry: Any, assess: Any) -> None:
    new_base("forestry", "4409")
    new_entry({"440910": 1.0})
    assess()
    assert standing()[0] == "orange"
    refresh(at("2025-06-16"))
    assert standing()[0] == "orange"


def test_far_dates_and_none_are_not_looked_at(new_base: Any, new_entry: Any, assess: Any) -> None:
    new_base("forestry", "4409", _440910_US=60 * M)
    dates = [{"kind": "comments_due", "date": "2025-12-01", "printed": "1 December 2025"}]
    new_entry({"440910": 1.0}, event="order", dates=dates)
    new_entry({"440910": 1.0}, event="order")
    assess()
    assert refresh(at("2025-06-16")) == {}
