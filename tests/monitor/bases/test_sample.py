import hashlib
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.conf import settings
from django.db.models import Sum

from models.nomenclature import hs
from monitor.bases import uscc
from monitor.bases.flows import Flows
from monitor.bases.load import load, read
from monitor.bases.models import Base, Chamber, Enterprise, ExportFlow
from monitor.bases.sample import drop_sample, load_sample
from monitor.bases.sampling import (
    Sample,
    Subject,
    draw,
    months_before,
    new_year,
    price_of,
    season_of,
)
from monitor.bases.units import LABELS

AS_OF = date(2025, 6, 2)
NOW = datetime(2025, 6, 2, 1, tzinfo=UTC)
FOOTWEAR = Subject("footwear", "鞋类", "Footwear", ("泉州", "莆田"), ("6401", "6403", "640411"))


def digest(sample: Sample) -> str:
    return hashlib.sha256(repr((sample.firms, sample.flows)).encode()).hexdigest()


def test_the_same_seed_and_month_draw_the_same_rows() -> None:
    first = draw(FOOTWEAR, AS_OF, seed=1)

    assert digest(draw(FOOTWEAR, date(2025, 6, 30), seed=1)) == digest(first)
    assert digest(draw(FOOTWEAR, AS_OF, seed=2)) != digest(first)
    assert digest(draw(FOOTWEAR, date(2025, 7, 1), seed=1)) != digest(first)


def test_another_process_draws_the_same_rows() -> None:
    """Sets and dicts are ordered by hashes that every process salts anew: none may decide."""
    code = (
        "import hashlib; from datetime import date; from monitor.bases.sampling import *;"
        f"s = draw({FOOTWEAR!r}, date(2025, 6, 2), 1);"
        "print(hashlib.sha256(repr((s.firms, s.flows)).encode()).hexdigest())"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONHASHSEED": "12345", "PYTHONPATH": str(settings.FENGHUO_BASES.parents[1])},
    )

    assert told.stdout.strip() == digest(draw(FOOTWEAR, AS_OF, seed=1))


def test_thirty_six_months_end_with_the_one_before() -> None:
    months = months_before(date(2025, 1, 15))

    assert len(months) == 36
    assert (months[0], months[-1]) == (date(2022, 1, 1), date(2024, 12, 1))


@pytest.mark.parametrize(
    ("year", "day"),
    [(2010, date(2010, 2, 14)), (2023, date(2023, 1, 22)), (2025, date(2025, 1, 29))],
)
def test_the_new_year_is_right_to_a_day(year: int, day: date) -> None:
    assert abs((new_year(year) - day).days) <= 1


def test_the_new_year_empties_its_month() -> None:
    assert season_of(date(2024, 2, 1)) < 0.7 < season_of(date(2024, 7, 1))
    assert season_of(date(2023, 1, 1)) < season_of(date(2024, 1, 1))


def test_every_product_of_every_base_has_a_unit_and_goes_to_the_united_states() -> None:
    for base in read(settings.FENGHUO_BASES):
        lines = tuple(line.hs for line in base.lines)
        sample = draw(Subject(base.code, base.name_zh, base.name_en, base.cities, lines), AS_OF, 7)
        products = {flow.hs6 for flow in sample.flows}
        to_us = {flow.hs6 for flow in sample.flows if flow.market == "US"}

        assert all(any(code.startswith(line) for line in lines) for code in products)
        assert all(hs.exists(code) for code in products)
        assert {flow.unit for flow in sample.flows} <= LABELS.keys()
        assert len(to_us) > len(products) * 0.5
        assert all(flow.value_usd > 0 and flow.quantity > 0 for flow in sample.flows)


def test_every_code_of_the_nomenclature_has_a_price() -> None:
    assert all(price_of(code)[1] > 0 for code in hs.subheadings())


def test_firms_are_parts_of_the_base() -> None:
    totals: dict[tuple[str, str, date], Decimal] = {}
    parts: dict[tuple[str, str, date], Decimal] = {}
    for flow in draw(FOOTWEAR, AS_OF, seed=1).flows:
        side = totals if flow.firm is None else parts
        cell = (flow.hs6, flow.market, flow.month)
        side[cell] = side.get(cell, Decimal(0)) + flow.value_usd

    assert parts
    assert all(value <= totals[cell] for cell, value in parts.items())


def test_firms_are_obviously_invented() -> None:
    firms = draw(FOOTWEAR, AS_OF, seed=1).firms

    assert 8 <= len(firms) <= 12
    assert firms[0].name_zh == "示例鞋业一厂"
    assert firms[0].name_en == "Sample Footwear No. 1"
    assert all(uscc.fault(firm.uscc) is None and firm.uscc[2:8] == "999999" for firm in firms)


@pytest.fixture
def two_bases() -> None:
    load()
    Base.objects.exclude(code__in=["footwear", "ships"]).delete()


@pytest.mark.slow
@pytest.mark.django_db
def test_the_whole_sample_is_of_the_size_of_the_province() -> None:
    counts = load_sample(NOW)

    assert counts["bases"] == 15
    assert 80_000 <= counts["flows"] == ExportFlow.objects.count() <= 100_000
    assert not ExportFlow.objects.filter(sample=False).exists()
    assert not Enterprise.objects.filter(sample=False).exists()
    for base in Base.objects.all():
        year = base.flows.filter(enterprise=None, month__gte=date(2024, 6, 1))
        total = year.aggregate(total=Sum("value_usd"))["total"]
        assert Decimal("0.9e9") < total < Decimal("16.5e9"), base.code
        assert base.flows.values("market").distinct().count() >= 20
        assert base.flows.values("month").distinct().count() == 36
    flows = Flows.load(AS_OF)
    markets = set(ExportFlow.objects.values_list("market", flat=True))
    for base in Base.objects.all():
        everything = flows.exposure(base.pk, flows.base_hs6(base.pk), markets)
        assert everything.value_usd == flows.base_total(base.pk)
        assert sum(value for _, value in everything.firms) <= everything.value_usd
        assert everything.sample


@pytest.mark.django_db
def test_the_sample_is_replaced_and_dropped(two_bases: None) -> None:
    counts = load_sample(NOW)
    firms = dict(Enterprise.objects.values_list("uscc", "pk"))

    assert load_sample(NOW) == counts
    assert dict(Enterprise.objects.values_list("uscc", "pk")) == firms
    assert ExportFlow.objects.count() == counts["flows"]

    dropped = drop_sample()

    assert dropped == {"flows": counts["flows"], "firms": counts["firms"], "chambers": 0}
    assert not ExportFlow.objects.exists()
    assert not Enterprise.objects.exists()
    assert Base.objects.count() == 2


@pytest.mark.django_db
def test_a_base_with_real_flows_gets_no_sample(two_bases: None) -> None:
    footwear = Base.objects.get(code="footwear")
    Chamber.objects.all().delete()
    month = date(2025, 4, 1)
    ExportFlow.objects.create(
        base=footwear, hs6="640399", market="US", month=month, value_usd=Decimal(5)
    )

    counts = load_sample(NOW)

    assert counts["bases_with_real_flows"] == 1
    assert footwear.flows.count() == 1
    assert Base.objects.get(code="ships").chambers.get().sample


@pytest.mark.django_db
def test_a_base_without_product_lines_gets_no_sample() -> None:
    Base.objects.create(code="new", name_zh="新基地", name_en="New")

    assert load_sample(NOW) == {"bases_without_lines": 1}
