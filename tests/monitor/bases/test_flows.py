from datetime import date
from decimal import Decimal

import pytest

from monitor.bases.flows import Exposure, Flows
from monitor.bases.models import Base, Enterprise, ExportFlow

pytestmark = pytest.mark.django_db


@pytest.fixture
def base() -> Base:
    return Base.objects.create(code="footwear", name_zh="鞋类", name_en="Footwear")


@pytest.fixture
def firm(base: Base) -> Enterprise:
    firm = Enterprise.objects.create(name_zh="甲公司")
    firm.bases.add(base)
    return firm


def flow(
    base: Base,
    month: str,
    value: str,
    *,
    hs6: str = "640399",
    market: str = "US",
    pairs: str | None = None,
    unit: str = "pairs",
    firm: Enterprise | None = None,
    sample: bool = False,
) -> None:
    ExportFlow.objects.create(
        base=base,
        enterprise=firm,
        hs6=hs6,
        market=market,
        month=date.fromisoformat(f"{month}-01"),
        value_usd=Decimal(value),
        quantity=Decimal(pairs) if pairs else None,
        unit=unit if pairs else "",
        sample=sample,
    )


def test_twelve_months_up_to_the_bases_last_month_count(base: Base) -> None:
    for month, value in (("2025-03", "1"), ("2024-04", "10"), ("2024-03", "100")):
        flow(base, month, value)

    found = Flows.load().exposure(base.pk, ["640399"], ["US"])

    assert found.value_usd == Decimal("11.00")
    assert found.as_of_month == date(2025, 3, 1)


def test_only_months_before_the_day_asked_for_count(base: Base) -> None:
    for month, value in (("2025-03", "1"), ("2025-02", "10"), ("2024-02", "100")):
        flow(base, month, value)

    flows = Flows.load(date(2025, 3, 31))

    assert flows.as_of_month(base.pk) == date(2025, 2, 1)
    assert flows.base_total(base.pk) == Decimal("10.00")


def test_goods_and_markets_that_were_not_asked_for_do_not_count(base: Base) -> None:
    flow(base, "2025-03", "1")
    flow(base, "2025-03", "2", market="DE")
    flow(base, "2025-03", "4", market="FR", hs6="640411")
    flow(base, "2025-03", "8", hs6="640520")
    flows = Flows.load()

    found = flows.exposure(base.pk, {"640399", "640411", "611030"}, ("DE", "FR", "IT"))

    assert found.value_usd == Decimal("6.00")
    assert found.by_hs6 == {"640399": Decimal("2.00"), "640411": Decimal("4.00")}
    assert flows.base_total(base.pk) == Decimal("15.00")
    assert flows.base_hs6(base.pk) == {"640399", "640411", "640520"}


def test_firms_are_listed_and_never_added(base: Base, firm: Enterprise) -> None:
    other = Enterprise.objects.create(name_zh="乙公司")
    flow(base, "2025-03", "10")
    flow(base, "2025-03", "3", firm=firm)
    flow(base, "2024-05", "3", firm=firm)
    flow(base, "2025-03", "4", firm=other)
    flow(base, "2024-01", "90", firm=other)

    flows = Flows.load()
    found = flows.exposure(base.pk, ["640399"], ["US"])

    assert found.value_usd == flows.base_total(base.pk) == Decimal("10.00")
    assert found.firms == [(firm.pk, Decimal("6.00")), (other.pk, Decimal("4.00"))]


def test_the_unit_value_and_its_change(base: Base) -> None:
    flow(base, "2025-03", "100", pairs="10")
    flow(base, "2025-02", "50", pairs="5", market="CA")
    flow(base, "2024-03", "160", pairs="20")

    found = Flows.load().exposure(base.pk, ["640399"], ["US", "CA"])

    assert (found.quantity, found.unit) == (Decimal("15.000"), "pairs")
    assert found.unit_value == Decimal("10.0000")
    assert found.unit_value_change == Decimal("0.2500")
    assert found.reason is None


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([("2025-03", {"pairs": "1"}), ("2025-02", {"pairs": "1", "unit": "kg"})], "units_differ"),
        ([("2025-03", {"pairs": "1"}), ("2025-02", {})], "no_quantity"),
        ([("2025-03", {"pairs": "1"})], "no_year_before"),
        ([("2025-03", {"pairs": "1"}), ("2024-03", {})], "no_quantity"),
        ([("2025-03", {"pairs": "1"}), ("2024-03", {"pairs": "1", "unit": "kg"})], "units_differ"),
        ([("2025-03", {"market": "DE"}), ("2024-03", {"pairs": "1"})], "no_exports"),
    ],
)
def test_where_there_is_no_unit_value_or_change_it_says_why(
    base: Base, rows: list[tuple[str, dict[str, str]]], reason: str
) -> None:
    for month, more in rows:
        flow(base, month, "5", **more)  # type: ignore[arg-type]

    found = Flows.load().exposure(base.pk, ["640399"], ["US"])

    assert found.unit_value_change is None
    assert found.reason == reason


def test_a_base_without_flows_is_exposed_to_nothing(base: Base) -> None:
    flows = Flows.load()

    assert flows.exposure(base.pk, ["640399"], ["US"]) == Exposure()
    assert flows.base_total(base.pk) == 0
    assert flows.base_hs6(base.pk) == set()
    assert flows.as_of_month(base.pk) is None


def test_sample_figures_are_carried_as_such(base: Base) -> None:
    flow(base, "2025-03", "5", sample=True)
    flows = Flows.load()

    assert flows.sample(base.pk)
    assert flows.exposure(base.pk, ["640399"], ["US"]).sample
    assert flows.exposure(base.pk, ["640399"], ["DE"]).sample


def test_a_hundred_thousand_cents_add_up_to_the_cent(base: Base) -> None:
    ExportFlow.objects.bulk_create(
        ExportFlow(
            base=base,
            hs6=f"{at:06d}",
            market="US",
            month=date(2025, 3, 1),
            value_usd=Decimal("33333333.33"),
        )
        for at in range(300)
    )

    assert Flows.load().base_total(base.pk) == Decimal("9999999999.00")
