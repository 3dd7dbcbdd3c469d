"""What holds of every assessment, whatever the claims, the exports and the measure."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.conf import settings
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from bundles.words import Event, Kind, Outcome, Proceeding
from monitor.bases.flows import BaseFlows, Cell, Flows, Sums
from monitor.bases.models import Base
from monitor.deadlines.library import Library
from monitor.impact import levels
from monitor.impact.assess import Case, Fields, assess
from monitor.impact.matching import Claim, Goods
from monitor.impact.models import LOUDNESS, Level
from monitor.impact.world import Home, House, World
from monitor.notices.models import Entry, Measure, Notice

HOUSE = House(levels.load(settings.FENGHUO_LEVELS), Library.load(settings.FENGHUO_DEADLINES))
MARKETS = ("DE", "FR", "US")
HS6 = ("440910", "440929", "441234")

USD = st.integers(0, 10**8).map(Decimal)
EXPORTS = st.dictionaries(st.tuples(st.sampled_from(HS6), st.sampled_from(MARKETS)), USD)
CLAIMS = st.lists(
    st.builds(
        Claim,
        st.sampled_from(["44", "4409", "440910", "440929", "441234"]),
        st.floats(0.2, 1),
        st.sampled_from(["printed", "text", "confirmed"]),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda claim: claim.code,
)


def world_of(exports: dict[tuple[str, str], Decimal]) -> World:
    """A world of one base, all of whose exports went out in the last twelve months."""
    cells: dict[str, dict[str, Cell]] = {}
    for (hs6, market), usd in exports.items():
        cells.setdefault(hs6, {})[market] = Cell(now=Sums(usd, Decimal(1), frozenset({"kg"})))
    flows = Flows({1: BaseFlows(date(2025, 4, 1), sample=False, cells=cells)})
    home = Home(
        base=Base(pk=1, code="forestry"),
        goods=Goods(frozenset({"4409"}), frozenset(flows.base_hs6(1))),
        names={"4409": ("木制装饰线条", "Wood mouldings")},
        total=flows.base_total(1),
        as_of=date(2025, 4, 1),
        sample=False,
    )
    return World(flows, [home], {})


@st.composite
def cases(draw: st.DrawFn, against: str | None = None) -> Case:
    notice = Notice(
        proceeding=draw(st.none() | st.sampled_from([*Proceeding])),
        event=draw(st.sampled_from([*Event])),
        outcome=draw(st.none() | st.sampled_from([*Outcome])),
    )
    measure = Measure(kind=draw(st.sampled_from([*Kind])), jurisdiction="US")
    return Case(
        entry=Entry(notice=notice, measure=measure),
        against=against or draw(st.sampled_from(["ours", "others", "any"])),
        origins=("VN",),
        markets=MARKETS,
        next_date=None,
        days=draw(st.none() | st.integers(0, 40)),
    )


def assessed(about: Case, claims: list[Claim], world: World) -> Fields | None:
    return assess(about, claims, world.homes[0], HOUSE, world)


def loudness(fields: Fields | None) -> int:
    return fields["loudness"] if fields else 0


@given(cases(), CLAIMS, EXPORTS, st.data())
@example_settings(deadline=None)
def test_a_level_never_falls_when_exposure_rises(
    about: Case, claims: list[Claim], exports: dict[tuple[str, str], Decimal], data: st.DataObject
) -> None:
    """More exports of goods that are touched; what else the base exports stays as it is."""
    before = assessed(about, claims, world_of(exports))
    touched = {m["hs6"] for m in before["matches"]} if before else set()
    more = {cell: data.draw(USD) if cell[0] in touched else Decimal(0) for cell in exports}
    after = assessed(about, claims, world_of({c: exports[c] + more[c] for c in exports}))
    if before and after and after["share"] >= before["share"]:
        assert after["exposure_usd"] >= before["exposure_usd"]
        assert loudness(after) >= loudness(before)


@given(cases(), CLAIMS, EXPORTS)
@example_settings(deadline=None)
def test_exposure_adds_up_over_markets(
    about: Case, claims: list[Claim], exports: dict[tuple[str, str], Decimal]
) -> None:
    world = world_of(exports)
    whole = assessed(about, claims, world)
    parts = [assessed(replace(about, markets=(market,)), claims, world) for market in MARKETS]
    if whole is not None:
        assert whole["exposure_usd"] == sum(part["exposure_usd"] for part in parts if part)


@given(cases(), CLAIMS.flatmap(lambda c: st.tuples(st.just(c), st.permutations(c))), EXPORTS)
@example_settings(deadline=None)
def test_the_order_of_claims_is_irrelevant(
    about: Case,
    orders: tuple[list[Claim], list[Claim]],
    exports: dict[tuple[str, str], Decimal],
) -> None:
    world = world_of(exports)
    assert assessed(about, orders[0], world) == assessed(about, orders[1], world)


@given(cases(against="others"), CLAIMS, EXPORTS)
@example_settings(deadline=None)
def test_watch_is_never_louder_than_watch(
    about: Case, claims: list[Claim], exports: dict[tuple[str, str], Decimal]
) -> None:
    assert loudness(assessed(about, claims, world_of(exports))) <= LOUDNESS[Level.WATCH]


@given(cases(), CLAIMS, EXPORTS)
@example_settings(deadline=None)
def test_exposure_is_never_more_than_the_goods_touched(
    about: Case, claims: list[Claim], exports: dict[tuple[str, str], Decimal]
) -> None:
    fields = assessed(about, claims, world_of(exports))
    if fields:
        assert (
            0 <= fields["exposure_usd"] <= sum(Decimal(m["value_usd"]) for m in fields["matches"])
        )
        assert 0 <= fields["share"] <= 1
