"""Which past cases are like a measure, and who followed whom."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from bundles.words import Kind
from models.nomenclature import hs
from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import ANYBODY, Actor
from monitor.accounts.words import Kind as OrganisationKind
from monitor.accounts.words import Role
from monitor.cases.models import Case, CaseChamber, CaseMeasure
from monitor.cases.past import wording
from monitor.cases.past.echoing import chain, heard
from monitor.cases.past.figures import figures
from monitor.cases.past.library import PastCases
from monitor.cases.past.near import Asked, near, shared
from monitor.cases.past.own import ended
from monitor.impact.matching import Depth
from tests.monitor.web.house import House

AT = datetime(2025, 6, 1, tzinfo=UTC)
LIBRARY = PastCases.load()
CODES = st.lists(
    st.sampled_from(sorted({c for case in LIBRARY.cases for c in case.goods.hs} | {"440910"}))
    | st.sampled_from(hs.headings()),
    max_size=4,
)
KINDS = st.lists(st.sampled_from(list(Kind)), max_size=2)
MARKETS = st.sampled_from(["US", "EU", "DE", "BR", "JP"])


@contextmanager
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def ids(*codes: str, kind: str = "anti_dumping", market: str = "US") -> list[str]:
    return [each.case.id for each in near(LIBRARY.cases, Asked.of(codes, [kind], market))]


@given(CODES, KINDS, MARKETS)
def test_whatever_is_near_shares_what_it_says(
    codes: list[str], kinds: list[str], market: str
) -> None:
    for each in near(LIBRARY.cases, Asked.of(codes, kinds, market), limit=50):
        digits = {Depth.HS6: 6, Depth.HEADING: 4, Depth.CHAPTER: 2}[each.depth]
        assert each.shared
        for code in each.shared:
            assert len(code) == digits
            assert any(own.startswith(code) for own in each.case.goods.hs)
            assert any(asked.startswith(code) for asked in codes)
        assert set(each.same_kinds) == set(each.case.kinds) & set(kinds)
        if each.depth == Depth.CHAPTER:
            assert each.same_market
            assert each.same_kinds


@given(CODES, KINDS, MARKETS)
def test_what_shares_more_digits_stands_before_what_shares_fewer(
    codes: list[str], kinds: list[str], market: str
) -> None:
    order = list(Depth)
    ranks = [
        order.index(each.depth)
        for each in near(LIBRARY.cases, Asked.of(codes, kinds, market), limit=50)
    ]
    assert ranks == sorted(ranks)


@given(CODES, KINDS, MARKETS)
def test_order_and_repetition_of_the_codes_do_not_matter(
    codes: list[str], kinds: list[str], market: str
) -> None:
    one = near(LIBRARY.cases, Asked.of(codes, kinds, market))
    other = near(LIBRARY.cases, Asked.of([*reversed(codes), *codes], kinds, market))
    assert one == other


@given(CODES, KINDS, MARKETS, st.sampled_from(hs.headings()))
def test_more_codes_never_lose_a_case(
    codes: list[str], kinds: list[str], market: str, more: str
) -> None:
    few = near(LIBRARY.cases, Asked.of(codes, kinds, market), limit=50)
    many = near(LIBRARY.cases, Asked.of([*codes, more], kinds, market), limit=50)
    assert {each.case.id for each in few} <= {each.case.id for each in many}


def test_every_case_is_nearest_to_itself() -> None:
    for case in LIBRARY.cases:
        asked = Asked.of(case.goods.hs, case.kinds, case.jurisdiction)
        found = near(LIBRARY.cases, asked, limit=50)
        assert case.id in [each.case.id for each in found if each.depth == found[0].depth]


def test_the_same_market_and_kind_go_first_among_those_as_near() -> None:
    assert ids("691110", market="EU")[:2] == [
        "eu-2012-ceramic-tableware",
        "br-2012-ceramic-tableware",
    ]
    assert ids("691110", market="BR")[0] == "br-2012-ceramic-tableware"
    assert ids("691110", market="DE")[0] == "eu-2012-ceramic-tableware"


def test_a_chapter_alone_says_too_little() -> None:
    assert ids("441231") == ["us-2020-wood-mouldings"]
    assert ids("441231", market="JP") == []
    assert ids("441231", kind="recall") == []
    assert shared(["4409"], ["441231"]) == (Depth.CHAPTER, ("44",))


def test_a_measure_of_the_library_is_known_by_its_number() -> None:
    asked = Asked.of([], ["countervailing"], "US", ["C-570-118"])
    (found,) = near(LIBRARY.cases, asked)
    assert (found.case.id, found.itself) == ("us-2020-wood-mouldings", True)


def test_one_line_says_reason_ending_duration_and_what_answering_brought() -> None:
    (found, *_) = near(LIBRARY.cases, Asked.of(["691110"], ["anti_dumping"], "EU"))
    with english():
        assert wording.line(found) == (
            "Ceramic tableware and kitchenware · European Union 2012 "
            "(same subheading 6911.10; same market; same kind): "
            "ended with a measure, after 14 months, answered: from 13.1%; all others: 36.1%"
        )
    with translation.override("zh-hans"):
        assert "应诉最低 13.1%，其余企业 36.1%" in wording.line(found)


def test_who_followed_when_the_union_opened_on_tableware() -> None:
    (found,) = heard(LIBRARY, ["691110"], "EU")
    with english():
        assert wording.heard(found) == (
            "When European Union (2012-02-16) opened on Ceramic tableware, there followed: "
            "Brazil 10 months later (2012-12-26)."
        )


def test_a_market_outside_of_the_chain_hears_how_it_began() -> None:
    (found,) = heard(LIBRARY, ["6911"], "MX")
    assert (found.first.jurisdiction, found.is_asked) == ("ID", False)
    assert [(link.jurisdiction, months) for link, months in found.then] == [("EU", 7), ("BR", 18)]


def test_the_last_of_a_chain_is_followed_by_nobody() -> None:
    assert heard(LIBRARY, ["6911"], "BR") == []
    assert heard(LIBRARY, ["6909"], "EU") == []


def test_goods_of_other_origins_are_named_so() -> None:
    (found,) = heard(LIBRARY, ["540233"], "US")
    with english():
        said = wording.heard(found)
    assert "United States on goods of Indonesia, Malaysia, Thailand, Viet Nam 24 months" in said


def test_chains_run_forward_in_time() -> None:
    for echo in LIBRARY.echoes:
        years = [link.day.first.year for link in chain(LIBRARY, echo).links]
        assert years == sorted(years), echo.id


def test_figures_count_every_case_once() -> None:
    rows = figures(LIBRARY)
    assert sum(row.cases for row in rows) == len(LIBRARY.cases)
    assert all(row.cases == sum(count for _, count in row.endings) for row in rows)
    (commerce,) = [row for row in rows if row.authority.en == "U.S. Department of Commerce"]
    assert commerce.took is not None
    assert commerce.took.shortest <= commerce.took.middle <= commerce.took.longest


@pytest.fixture
def house(db: None) -> House:
    return House()


def test_our_own_ended_case_is_found_by_those_who_see_it(house: House) -> None:
    chamber = Organisation.objects.create(
        kind=OrganisationKind.CHAMBER, name_zh="林产商会", created_at=AT
    )
    measure = house.measure("us:A-570-117")
    house.claim(house.entry(measure=measure).notice)
    case = Case.objects.create(
        name_zh="木线条案",
        name_en="Mouldings",
        jurisdiction="US",
        opened_at=AT,
        closed_at=AT,
        closed_because="零税率",
    )
    CaseMeasure.objects.create(case=case, measure=measure)
    CaseChamber.objects.create(case=case, organisation=chamber, leads=True, since=AT)
    asked = Asked.of(["440910"], ["anti_dumping"], "US")
    ours = Actor(organisation=chamber, role=Role.OFFICER)
    (found,) = ended(asked, ours)
    assert (found.case, found.depth, found.same_market) == (case, Depth.HS6, True)
    assert ended(asked, ours, leave_out=[case.pk]) == []
    assert ended(Asked.of(["7307"], [], "US"), ours) == []
    stranger = Organisation.objects.create(
        kind=OrganisationKind.CHAMBER, name_zh="别家商会", created_at=AT
    )
    assert ended(asked, Actor(organisation=stranger, role=Role.OFFICER)) == []
    assert ended(asked, ANYBODY) == []


def test_a_running_case_is_not_an_ended_one(house: House) -> None:
    chamber = Organisation.objects.create(
        kind=OrganisationKind.CHAMBER, name_zh="林产商会", created_at=AT
    )
    measure = house.measure()
    house.claim(house.entry(measure=measure).notice)
    case = Case.objects.create(
        name_zh="木线条案", name_en="Mouldings", jurisdiction="US", opened_at=AT
    )
    CaseMeasure.objects.create(case=case, measure=measure)
    CaseChamber.objects.create(case=case, organisation=chamber, leads=True, since=AT)
    asked = Asked.of(["440910"], ["anti_dumping"], "US")
    assert ended(asked, Actor(organisation=chamber, role=Role.OFFICER)) == []
