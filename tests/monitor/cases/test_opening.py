"""A case is opened by an officer or by a rule; what is one affair is one case."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django import Settings

from monitor.accounts.words import Role
from monitor.bases.models import Base
from monitor.cases import rules
from monitor.cases.models import Case, CaseChamber, CaseMeasure, Respondent
from monitor.cases.opening import NotTouchedError, open_by_rules, open_case
from monitor.cases.permission import MayNotError
from monitor.deadlines.tables import RulesError
from monitor.impact.models import LOUDNESS, Impact, Level
from monitor.notices.models import Entry, Measure
from tests.monitor.cases.forest import Forest

MAY = date(2025, 5, 27)


def impact(
    entry: Entry, base: Base, now: datetime, level: Level = Level.RED, **given: object
) -> Impact:
    fields = {
        "markets": ["US"],
        "matches": [],
        "exposure_usd": Decimal(60_000_000),
        "share": Decimal("0.5"),
        "reasons": [],
        "assessed_at": now,
    }
    return Impact.objects.create(
        entry=entry, base=base, level=level, loudness=LOUDNESS[level], **{**fields, **given}
    )


def firms(forest: Forest) -> list[dict[str, object]]:
    worth = {"示例青松木业": "40000000.00", "示例雪松木业": "20000000.00"}
    return [
        {"id": forest.firms[name].pk, "name_zh": name, "name_en": "", "value_usd": value}
        for name, value in worth.items()
    ]


@pytest.fixture
def dumping(forest: Forest, now: datetime) -> Measure:
    measure = forest.measure("us:A-570-117", "us:anti_dumping:CN:wood molding")
    entry = forest.entry(measure, "2025-1", MAY)
    impact(entry, forest.base, now, firms=firms(forest))
    return measure


@pytest.fixture
def subsidy(forest: Forest) -> Measure:
    measure = forest.measure("us:countervailing:CN:wood molding", kind="countervailing")
    forest.entry(measure, "2025-2", MAY)
    return measure


def test_an_officer_opens_a_case(
    forest: Forest, dumping: Measure, subsidy: Measure, now: datetime
) -> None:
    found = open_case([dumping], forest.chamber, forest.officer, now)
    case = found.case
    assert found.is_new
    assert case.name_zh == "美国对华 Wood mouldings 双反"
    assert (
        case.name_en
        == "United States, anti-dumping and countervailing against China (Wood mouldings)"
    )
    assert set(case.measures.all()) == {dumping, subsidy}
    assert list(case.bases.all()) == [forest.base]
    assert [(seat.organisation, seat.leads) for seat in case.seats.all()] == [
        (forest.chamber, True)
    ]
    listed = case.respondents.order_by("-value_usd").values_list(
        "organisation__name_zh", "value_usd"
    )
    assert list(listed) == [
        ("示例青松木业", Decimal("40000000.00")),
        ("示例雪松木业", Decimal("20000000.00")),
    ]
    assert case.proceedings.count() == 2


def test_a_second_opening_finds_the_case(
    forest: Forest, dumping: Measure, subsidy: Measure, now: datetime
) -> None:
    first = open_case([dumping], forest.chamber, forest.officer, now)
    again = open_case([subsidy], forest.chamber, forest.officer, now)
    assert (again.case, again.is_new, again.joined) == (first.case, False, False)
    assert Case.objects.count() == CaseChamber.objects.count() == 1
    assert Respondent.objects.count() == 2


def test_another_chamber_joins_and_does_not_lead(
    forest: Forest, dumping: Measure, now: datetime
) -> None:
    base = Base.objects.create(code="furniture", name_zh="家具", name_en="Furniture")
    other = forest.seated("示例家具商会", base)
    open_case([dumping], forest.chamber, forest.officer, now)
    with pytest.raises(NotTouchedError):
        open_case([dumping], other, forest.acting(other), now)
    impact(dumping.entries.get(), base, now, Level.ORANGE)
    found = open_case([dumping], other, forest.acting(other), now)
    assert (found.is_new, found.joined) == (False, True)
    assert list(found.case.seats.filter(leads=True).values_list("organisation")) == [
        (forest.chamber.pk,)
    ]
    assert set(found.case.bases.all()) == {forest.base, base}


def test_whoever_may_not_opens_nothing(forest: Forest, dumping: Measure, now: datetime) -> None:
    reader = forest.acting(forest.chamber, Role.READER)
    firm = forest.organisation("示例青松木业")
    with pytest.raises(MayNotError):
        open_case([dumping], forest.chamber, reader, now)
    with pytest.raises(MayNotError):
        open_case([dumping], forest.chamber, forest.owner("示例青松木业"), now)
    with pytest.raises(MayNotError):
        open_case([dumping], firm, forest.owner("示例青松木业"), now)
    assert not Case.objects.exists()


def test_the_house_opens_what_the_rules_say_once(
    forest: Forest, dumping: Measure, now: datetime
) -> None:
    assert open_by_rules(now) == {"opened": 1}
    case = Case.objects.get()
    assert (case.opened_for, case.opened_by) == ("initiation-red", None)
    assert not open_by_rules(now)
    assert CaseMeasure.objects.count() == 1


@pytest.mark.parametrize(
    ("level", "given"),
    [
        (Level.ORANGE, {}),
        (Level.RED, {"event": "final"}),
        (Level.RED, {"published": date(2025, 1, 2)}),
        (Level.RED, {"proceeding": "sunset_review"}),
    ],
)
def test_the_house_opens_nothing_else(
    forest: Forest, now: datetime, level: Level, given: dict[str, object]
) -> None:
    published = given.pop("published", MAY)
    assert isinstance(published, date)
    entry = forest.entry(forest.measure("us:A-1"), "2025-1", published, **given)
    impact(entry, forest.base, now, level)
    assert not open_by_rules(now)


def test_two_bases_open_one_case_and_the_one_with_more_leads(
    forest: Forest, dumping: Measure, now: datetime
) -> None:
    base = Base.objects.create(code="furniture", name_zh="家具", name_en="Furniture")
    other = forest.seated("示例家具商会", base)
    impact(dumping.entries.get(), base, now, exposure_usd=Decimal(90_000_000))
    open_by_rules(now)
    seats = Case.objects.get().seats.values_list("organisation", "leads")
    assert set(seats) == {(other.pk, True), (forest.chamber.pk, False)}


def test_products_of_other_names_are_other_affairs(
    forest: Forest, dumping: Measure, now: datetime
) -> None:
    other = forest.measure("us:countervailing:CN:steel nail", kind="countervailing")
    both = dumping.entries.get().notice
    Entry.objects.create(notice=both, measure=other, occasion="-")
    case = open_case([dumping], forest.chamber, forest.officer, now).case
    assert list(case.measures.all()) == [dumping]


def test_a_wrong_file_names_its_place(tmp_path: Path, settings: Settings) -> None:
    good = Path(settings.FENGHUO_CASES).read_text(encoding="utf-8")
    for wrong, told in (
        (good.replace('"red"', '"rot"'), "levels: unknown rot; allowed: red, orange, yellow, blue"),
        (good.replace("within_days = 60", "within_days = 0"), "within_days"),
        (good.replace("events =", "event ="), "event"),
        (good + good, "two rules are called initiation-red"),
    ):
        file = tmp_path / f"{len(list(tmp_path.iterdir()))}.toml"
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(RulesError, match=told):
            rules.load(file)
