"""The next review opens by itself: expected, told, lapsed."""

from datetime import UTC, date, datetime

import pytest

from bundles.items import NoticeItem
from monitor.cases import room
from monitor.cases.knowing import Word, know
from monitor.cases.models import Adopted, KnownDay, Move, Proceeding, Task
from monitor.cases.outcomes.expecting import outlook
from monitor.cases.words import Stage
from monitor.cases.work.keeping import keep_up
from tests.monitor.cases.conftest import Publish
from tests.monitor.cases.forest import Forest
from tests.monitor.cases.walking import noon

AD, EU = "anti_dumping", "EU"


@pytest.fixture
def in_force(forest: Forest, publish: Publish) -> Proceeding:
    """An order of 16 February 2021, with the review that it expects."""
    opening = notice("2020-1", date(2020, 2, 5), "initiated")
    order = notice("2021-1", date(2021, 2, 16), "order")
    for each in (opening, order):
        publish(noon(each.published), each)
    return Proceeding.objects.get(expected_on=date(2022, 2, 1))


def notice(number: str, day: date, event: str, **given: object) -> NoticeItem:
    fields = {
        "source": "us-federal-register",
        "number": number,
        "title": f"Sample: {event}",
        "published": day,
        "url": f"https://example.org/{number}",
        "language": "en",
        "authority": "International Trade Administration",
        "jurisdiction": "US",
        "kinds": [AD],
        "proceeding": "investigation",
        "event": event,
        "origins": ["CN"],
        "codes": [
            {"printed": "4409.10.40", "digits": "4409.10.40", "system": "HTSUS",
             "hs6": ["440910"], "heading": "4409", "chapter": "44", "exists": True,
             "where": "abstract"}
        ],
        "threads": [
            {"kind": AD, "origin": "CN", "title": "Mouldings", "keys": ["us:A-570-117"]}
        ],
    }  # fmt: skip
    return NoticeItem.model_validate({**fields, **given})


def dates(row: Proceeding) -> dict[str, date | None]:
    rows = Adopted.objects.filter(proceeding=row, gone_at=None)
    return dict(rows.values_list("rule", "day"))


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def test_an_order_expects_its_first_review_and_its_end(in_force: Proceeding) -> None:
    assert dates(in_force) == {
        "anniversary-month": date(2022, 2, 28),
        "review-request": date(2022, 2, 28),
        "deferral-objection": date(2022, 3, 15),
        "initiation": date(2022, 3, 31),
    }
    sunset = Proceeding.objects.get(proceeding="sunset_review")
    assert (sunset.stage, sunset.expected_on) == (Stage.EXPECTED, date(2026, 2, 16))
    ahead = [(each.word, each.on.year) for each in outlook([in_force, sunset])]
    assert ahead == [
        *(("administrative_review", year) for year in range(2022, 2026)),
        ("administrative_review", 2026), ("sunset_review", 2026),
        ("administrative_review", 2027), ("sunset_review", 2031),
    ]  # fmt: skip


def test_the_notice_makes_the_expected_one_a_real_one(
    in_force: Proceeding, publish: Publish
) -> None:
    told = notice("2022-1", date(2022, 2, 8), "opportunity", proceeding="administrative_review")
    publish(noon(told.published), told)
    in_force.refresh_from_db()
    assert (in_force.expected_on, in_force.number) == (None, 1)
    assert "separate-rate" in dates(in_force)
    assert not Move.objects.filter(adopted__proceeding=in_force).exists()
    following = Proceeding.objects.get(expected_on=date(2023, 2, 1))
    assert following.number == 2023


def test_where_no_notice_comes_it_lapses_and_the_next_is_expected(in_force: Proceeding) -> None:
    assert room.prepare(at(date(2022, 6, 27)))["woken"] == 0
    later = at(date(2022, 7, 4))
    assert room.prepare(later)["woken"] == 1
    room.room().walk(later)
    in_force.refresh_from_db()
    assert (in_force.stage, in_force.ended) == (Stage.ENDED, later.date())
    assert Proceeding.objects.filter(expected_on=date(2023, 2, 1), ended=None).count() == 1
    assert room.prepare(later)["woken"] == 0


def test_a_notice_that_becomes_known_late_takes_up_what_had_lapsed(
    in_force: Proceeding, publish: Publish
) -> None:
    later = at(date(2022, 7, 4))
    room.prepare(later)
    room.room().walk(later)
    late = notice(
        "2022-2", date(2022, 4, 12), "initiated", proceeding="administrative_review",
        period={"start": date(2020, 8, 1), "end": date(2022, 1, 31), "printed": "-"},
    )  # fmt: skip
    publish(at(date(2022, 8, 1)), late)
    in_force.refresh_from_db()
    assert (in_force.stage, in_force.ended, in_force.number) == (Stage.OPENED, None, 1)


def test_what_people_know_of_an_expected_review_leaves_its_dates(
    in_force: Proceeding, forest: Forest
) -> None:
    said = date(2022, 2, 25)
    know(
        in_force,
        Word(KnownDay.What.PRINTED, "review-request", said, "mail"),
        forest.officer,
        at(date(2022, 1, 10)),
    )
    assert dates(in_force)["review-request"] == said
    assert dates(in_force)["initiation"] == date(2022, 3, 31)


def test_tasks_come_when_it_is_near(in_force: Proceeding) -> None:
    keep_up(at(date(2021, 9, 1)))
    mine = Task.objects.filter(proceeding=in_force)
    assert not mine.exists()
    keep_up(at(date(2021, 10, 15)))
    assert mine.exists()
    assert not mine.filter(due=None).exists()
    assert not Task.objects.filter(proceeding__proceeding="sunset_review").exists()


def test_a_measure_that_ends_expects_nothing_any_more(
    in_force: Proceeding, publish: Publish
) -> None:
    end = notice("2026-1", date(2021, 9, 7), "revoked", proceeding="sunset_review")
    publish(noon(end.published), end)
    assert not Proceeding.objects.exclude(expected_on=None).filter(ended=None).exists()
