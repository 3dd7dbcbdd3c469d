"""Which goods a claim touches, and how deep."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from monitor.impact.matching import Claim, Depth, Goods, Limits, Match, depth, match

LIMITS = Limits(
    {Depth.HS6: Decimal(1), Depth.HEADING: Decimal("0.6"), Depth.CHAPTER: Decimal("0.2")},
    floor=0.15,
    chapter_floor=0.9,
)


def goods(lines: str = "", exported: str = "") -> Goods:
    return Goods(frozenset(lines.split()), frozenset(exported.split()))


def printed(*codes: str) -> list[Claim]:
    return [Claim(code, 1.0, "printed") for code in codes]


def told(found: list[Match]) -> set[tuple[str, str, bool]]:
    return {(each.good, each.depth.value, each.exported) for each in found}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("440910", "440910", Depth.HS6),
        ("440910", "440929", None),
        ("4409", "440910", Depth.HEADING),
        ("4409", "4409", Depth.HEADING),
        ("44", "440910", Depth.CHAPTER),
        ("44", "44", Depth.CHAPTER),
        ("4409", "4412", None),
        ("440910", "441234", None),
        ("44", "94", None),
    ],
)
def test_depth(one: str, other: str, expected: Depth | None) -> None:
    assert depth(one, other) is expected
    assert depth(other, one) is expected


@pytest.mark.parametrize(
    ("claims", "base", "expected"),
    [
        # A printed subheading that the base exports: exactly that, though its line is a heading.
        (["440910"], goods("4409", "440910 440929"), {("440910", "hs6", True)}),
        # Its line is the heading, and it exports only another subheading: not this product.
        (["440910"], goods("4409", "440929"), {("440910", "heading", False)}),
        (["840790"], goods("840721", "840721"), set()),
        # It makes it, but exports none of it; the sister's exports are not this product's.
        (["440910"], goods("440910", "440929"), {("440910", "hs6", False)}),
        # Its line is the heading, and it exports nothing at all.
        (["440910"], goods("4409"), {("440910", "heading", False)}),
        # A heading touches every subheading exported under it.
        (["4409"], goods("4409", "440910 440929"),
         {("440910", "heading", True), ("440929", "heading", True)}),
        # A chapter, likewise.
        (["44"], goods("", "440910 441234"),
         {("440910", "chapter", True), ("441234", "chapter", True)}),
        # The line is a whole chapter, and nothing is exported under the heading claimed.
        (["610910"], goods("61", "620342"), {("610910", "chapter", False)}),
        # Two headings of one chapter are different goods.
        (["441234"], goods("4409", "440910"), set()),
        (["9403"], goods("9401", "940161"), set()),
    ],
)  # fmt: skip
def test_where_a_printed_code_is_met(
    claims: list[str], base: Goods, expected: set[tuple[str, str, bool]]
) -> None:
    assert told(match(printed(*claims), base, LIMITS)) == expected


def test_a_heading_derived_from_its_subheading_adds_nothing() -> None:
    base = goods("4409", "440910 440929")
    assert told(match(printed("440910", "4409", "44"), base, LIMITS)) == {("440910", "hs6", True)}


def test_a_heading_printed_only_within_its_subheading_adds_nothing_either() -> None:
    """The text agrees with the heading and makes it a little surer: it is still derived."""
    base = goods("4409", "440910 440929")
    claims = [Claim("440910", 0.98, "printed"), Claim("4409", 0.99, "printed", derived=True)]
    assert told(match(claims, base, LIMITS)) == {("440910", "hs6", True)}
    by_itself = [replace(claims[1], derived=False), claims[0]]
    assert ("440929", "heading", True) in told(match(by_itself, base, LIMITS))


def test_a_derived_heading_stands_where_its_subheading_was_rejected() -> None:
    found = match([Claim("4409", 0.99, "printed", derived=True)], goods("4409", "440910"), LIMITS)
    assert told(found) == {("440910", "heading", True)}


def test_a_heading_surer_than_its_subheadings_speaks_for_the_others() -> None:
    claims = [Claim("4409", 0.9), Claim("440910", 0.6)]
    found = match(claims, goods("4409", "440910 440929"), LIMITS)
    assert told(found) == {("440910", "hs6", True), ("440929", "heading", True)}


def test_a_stated_good_goes_by_its_best_claim_depth_times_probability() -> None:
    claims = [Claim("440910", 0.3, "ics"), Claim("4409", 0.9, "ics")]
    (found,) = match(claims, goods("", "440910"), LIMITS)
    assert (found.claim.code, found.depth, found.weight) == ("4409", "heading", Decimal("0.6"))


FANS, COMPRESSORS, OTHERS = "841451", "841480", "841490"


@pytest.mark.parametrize(
    ("claims", "base", "expected"),
    [
        # The words mean compressors: who exports fans only is not touched.
        ({"8414": 0.9, COMPRESSORS: 0.8}, goods(FANS, FANS), set()),
        ({"8414": 0.9, COMPRESSORS: 0.8}, goods(COMPRESSORS, COMPRESSORS),
         {(COMPRESSORS, "hs6", True)}),
        # They do not say which: what is not spoken for stands for all others.
        ({"8414": 0.9}, goods(FANS, FANS), {(FANS, "heading", True)}),
        ({"8414": 0.9, COMPRESSORS: 0.3}, goods(FANS, FANS), {(FANS, "heading", True)}),
        # None is likely by itself; together the base's goods are.
        ({"8414": 0.3, COMPRESSORS: 0.1, FANS: 0.1}, goods("", f"{COMPRESSORS} {FANS}"),
         {(COMPRESSORS, "heading", True), (FANS, "heading", True)}),
        # The base makes the whole heading, and exports none of what is meant.
        ({"8414": 0.9, COMPRESSORS: 0.8}, goods("8414", FANS), {("8414", "heading", False)}),
        ({"8414": 0.9, COMPRESSORS: 0.8}, goods(f"{FANS} {OTHERS}"), set()),
        # The base makes the whole chapter, and the words are nearly certain.
        ({"8414": 0.95, COMPRESSORS: 0.8}, goods("84"), {("8414", "chapter", False)}),
        ({"8414": 0.85, COMPRESSORS: 0.8}, goods("84"), set()),
    ],
)  # fmt: skip
def test_words_touch_a_base_as_far_as_its_own_subheadings_are_meant(
    claims: dict[str, float], base: Goods, expected: set[tuple[str, str, bool]]
) -> None:
    assert told(match([Claim(*each) for each in claims.items()], base, LIMITS)) == expected


def test_goods_that_are_likely_together_say_how_likely() -> None:
    claims = [Claim("8414", 0.3), Claim(COMPRESSORS, 0.1), Claim(FANS, 0.1)]
    found = match(claims, goods("", f"{COMPRESSORS} {FANS}"), LIMITS)
    assert {each.claim.probability for each in found} == {0.2}


def test_a_claim_below_the_floor_does_not_match() -> None:
    assert match([Claim("440910", 0.14)], goods("", "440910"), LIMITS) == []
    assert match([Claim("440910", 0.15)], goods("", "440910"), LIMITS)


def test_a_guess_by_the_text_does_not_touch_a_base_by_chapter_alone() -> None:
    base = goods("61", "610910")
    assert match([Claim("61", 0.8)], base, LIMITS) == []
    assert match([Claim("611020", 0.8)], base, LIMITS) == []
    assert told(match([Claim("61", 1.0, "confirmed")], base, LIMITS)) == {
        ("610910", "chapter", True)
    }


def test_the_longest_product_line_names_the_good() -> None:
    base = goods("85 8528 852872", "852872 852852 851712")
    names = {m.good: m.line for m in match(printed("852872", "852852", "851712"), base, LIMITS)}
    assert names == {"852872": "852872", "852852": "8528", "851712": "85"}


def test_a_good_without_a_line_has_no_name() -> None:
    (found,) = match(printed("440910"), goods("94", "440910"), LIMITS)
    assert found.line is None


CODES = st.sampled_from(
    ["44", "4409", "4412", "440910", "440929", "441234", "94", "9403", "940350"]
)
CLAIMS = st.lists(
    st.builds(Claim, CODES, st.floats(0, 1), st.just("text")),
    max_size=5,
    unique_by=lambda c: c.code,
)
GOODS = st.builds(
    Goods,
    st.frozensets(CODES, max_size=4),
    st.frozensets(CODES.filter(lambda code: len(code) == 6), max_size=4),
)


@given(CLAIMS.flatmap(lambda claims: st.tuples(st.just(claims), st.permutations(claims))), GOODS)
@example_settings(deadline=None)
def test_the_order_of_claims_is_irrelevant(
    orders: tuple[list[Claim], list[Claim]], base: Goods
) -> None:
    assert match(orders[0], base, LIMITS) == match(orders[1], base, LIMITS)


@given(CLAIMS, GOODS)
@example_settings(deadline=None)
def test_every_good_is_counted_once_and_belongs_to_the_base(
    claims: list[Claim], base: Goods
) -> None:
    found = match(claims, base, LIMITS)
    exported = [each.good for each in found if each.exported]
    assert len(set(exported)) == len(exported)
    assert set(exported) <= base.exported
    assert all(each.weight == LIMITS.weights[each.depth] for each in found)


@given(GOODS, CODES)
@example_settings(deadline=None)
def test_confirming_a_likely_claim_never_untouches_a_base(base: Goods, code: str) -> None:
    if match([Claim(code, 0.95)], base, LIMITS):
        assert match([Claim(code, 1.0, "confirmed")], base, LIMITS)


def test_what_is_left_over_says_little_beside_codes_that_say_more() -> None:
    limits = replace(LIMITS, residual=frozenset({"732690"}))
    base = goods("732690", "732690 860730")
    assert told(match(printed("732690"), base, limits)) == {("732690", "hs6", True)}
    assert told(match(printed("732690", "860730"), base, limits)) == {("860730", "hs6", True)}
    by_words = [Claim("7326", 0.9), Claim("732690", 0.9), Claim("940320", 0.9)]
    assert match(by_words, base, limits) == []
    assert told(match(by_words[:2], base, limits)) == {("732690", "hs6", True)}
