"""The exports of a measure's goods: counted as the records have them, drawn, marked as sample."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Kind, Role
from monitor.bases.models import Base, ExportFlow
from monitor.web.charts import bars
from monitor.web.exports import months
from monitor.web.statistics import Statistics, statistics
from tests.monitor.web.house import LAST_MONTH, SEEN, House

CHINESE = {"accept-language": "zh-CN"}
ENGLISH = {"accept-language": "en"}


def _flow(base: Base, month: date, usd: str, **given: object) -> ExportFlow:
    fields = {"hs6": "440910", "market": "US", "quantity": Decimal(10), "unit": "kg"}
    return ExportFlow.objects.create(
        base=base, month=month, value_usd=Decimal(usd), **{**fields, **given}
    )


def _office() -> Actor:
    own, _made = Organisation.objects.get_or_create(
        kind=Kind.OFFICE, name_zh="省商务厅", defaults={"created_at": SEEN}
    )
    return Actor(organisation=own, role=Role.READER)


def _asked(codes: list[str], jurisdiction: str = "US") -> Statistics:
    found = statistics(codes, jurisdiction, _office())
    assert found is not None
    return found


def test_twelve_months_of_every_base_most_money_first(house: House) -> None:
    small, large, none = house.base(), house.base(), house.base()
    house.flows(large, usd="300")
    house.flows(large, hs6="640399", usd="100")
    house.flows(small, usd="20")
    house.flows(none, hs6="640399")
    found = _asked(["440910"])
    assert found.months == months(LAST_MONTH)
    assert [row.base for row in found.rows] == [large, small]
    assert found.rows[0].values == [Decimal(300)] * 12
    assert found.rows[0].sums.value == 3600
    assert found.rows[0].share == Decimal("0.75")
    assert found.all.sums.value == 3840
    assert found.all.values == [Decimal(320)] * 12
    assert not found.sample


@pytest.mark.parametrize(
    ("codes", "total"),
    [(["440910"], 1), (["4409"], 3), (["44"], 7), (["440910", "4418"], 5), (["4409", "440910"], 3),
     (["440922", "440910"], 3), (["6403"], 0)],
)  # fmt: skip
def test_a_heading_holds_its_subheadings_and_nothing_is_counted_twice(
    house: House, codes: list[str], total: int
) -> None:
    base = house.base()
    for hs6, usd in (("440910", "1"), ("440922", "2"), ("441899", "4"), ("940360", "8")):
        _flow(base, LAST_MONTH, usd, hs6=hs6)
    assert _asked(codes).all.sums.value == total


def test_a_union_is_its_members_and_a_firms_rows_are_part_of_the_bases(house: House) -> None:
    base = house.base()
    _flow(base, LAST_MONTH, "5", market="DE")
    _flow(base, LAST_MONTH, "7", market="FR")
    _flow(base, LAST_MONTH, "90", market="GB")
    _flow(base, LAST_MONTH, "5", market="DE", enterprise=house.firm(base))
    found = _asked(["440910"], "EU")
    assert found.all.sums.value == 12
    assert found.rows[0].total == 102


def test_a_price_needs_one_unit_and_every_quantity(house: House) -> None:
    kilos, mixed, partly = house.base(), house.base(), house.base()
    for month in months(LAST_MONTH)[-2:]:
        _flow(kilos, month, "25")
    _flow(mixed, LAST_MONTH, "25")
    _flow(mixed, LAST_MONTH, "25", hs6="440922", unit="m3")
    _flow(partly, LAST_MONTH, "25")
    _flow(partly, LAST_MONTH, "25", hs6="440922", quantity=None, unit="")
    found = {row.base: row for row in _asked(["4409"]).rows}
    assert (found[kilos].price, found[kilos].unit) == (Decimal("2.5"), "kg")
    assert found[mixed].price is None
    assert found[partly].price is None
    assert _asked(["4409"]).all.price is None


def test_a_base_whose_figures_end_earlier_says_so_and_months_without_any_are_empty(
    client: Client, house: House, index: None
) -> None:
    late, early = house.base(), house.base()
    _flow(late, LAST_MONTH, "1000000")
    _flow(early, date(2024, 12, 1), "500000", sample=True)
    _flow(early, date(2023, 12, 1), "70000000")  # before the twelve months
    found = _asked(["440910"])
    assert [row.last for row in found.rows] == [LAST_MONTH, date(2024, 12, 1)]
    assert found.all.values.count(None) == 10
    assert found.sample
    notice = house.notice()
    house.claim(notice)
    text = client.get(f"/notices/{notice.pk}/", headers=ENGLISH).content.decode()
    assert "figures to 2024-12" in text
    assert "US$1.5 million" in text
    assert 'class="tag tag-note">Sample data' in text
    chinese = client.get(f"/notices/{notice.pk}/", headers=CHINESE).content.decode()
    assert "示例数据" in chinese
    assert "150 万美元" in chinese


def test_nothing_to_count_is_said(client: Client, house: House, index: None) -> None:
    notice, unclear = house.notice(), house.notice()
    house.claim(notice)
    house.claim(unclear, probability=0.3)
    assert statistics(["440910"], "US", _office()) is None
    assert statistics([], "US", _office()) is None
    address = f"/notices/{notice.pk}/"
    assert "fenghuo import flows" in client.get(address, headers=ENGLISH).content.decode()
    house.flows(house.base(), hs6="640399")
    assert _asked(["440910"]).rows == []
    text = client.get(address, headers=ENGLISH).content.decode()
    assert "No base has exports of these goods to this market on record." in text
    text = client.get(f"/notices/{unclear.pk}/", headers=ENGLISH).content.decode()
    assert "It is not certain enough which goods these are." in text


def test_a_measure_counts_the_goods_of_all_its_notices(
    client: Client, house: House, index: None
) -> None:
    base = house.base(name_en="<b>Forest</b>", name_zh="<b>林</b>")
    house.flows(base)
    house.flows(base, hs6="441899", usd="1000000")
    measure = house.measure()
    for code in ("440910", "441899"):
        notice = house.notice()
        house.entry(notice, measure)
        house.claim(notice, code)
    text = client.get(f"/measures/{measure.pk}/", headers=ENGLISH).content.decode()
    assert "US$42 million" in text
    assert text.count("<rect") == 12
    assert "3,500.0" in text  # thousand dollars a month
    assert "<b>Forest" not in text


def test_few_questions_however_many_rows(house: House, django_assert_num_queries: object) -> None:
    for _ in range(15):
        house.flows(house.base())
    office, firm = _office(), house.actor(Kind.ENTERPRISE)
    for actor, queries in ((office, 4), (firm, 6)):
        with django_assert_num_queries(queries):  # type: ignore[operator]
            found = statistics(["440910"], "US", actor)
        assert found
        assert len(found.rows) == 15


@given(st.lists(st.none() | st.decimals(0, 10**12, places=2), min_size=12, max_size=12))
def test_bars_fill_the_drawing_and_never_leave_it(values: list[Decimal | None]) -> None:
    drawn = bars(months(LAST_MONTH), values)
    heights = [float(bar.height.rstrip("%")) for bar in drawn]
    assert all(0 <= height <= 100 for height in heights)
    assert max(heights) == (100 if any(values) else 0)
    for bar, height in zip(drawn, heights, strict=True):
        assert float(bar.y.rstrip("%")) + height == pytest.approx(100, abs=0.02)
        assert float(bar.x.rstrip("%")) + float(bar.width.rstrip("%")) <= 100
    assert [bar.month for bar in drawn if bar.year] == [date(2024, 5, 1), date(2025, 1, 1)]
