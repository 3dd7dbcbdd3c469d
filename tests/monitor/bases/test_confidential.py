"""What may be shown of what firms make up: the rule, and that nothing else can be put together."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from monitor.bases.confidential import (
    CONFIDENTIAL,
    REST,
    Branch,
    Figure,
    Hidden,
    figure,
    hidden,
    hidden_below,
    hidden_in,
    is_open,
    together,
    without,
)

Coordinates = tuple[int, int]


def amounts(**parts: int) -> Figure:
    """`a=5, rest=2`: firms by letters."""
    return {REST if k == "rest" else ord(k): Decimal(value) for k, value in parts.items()}


figures = st.dictionaries(
    st.sampled_from([1, 2, 3, 4, REST]), st.integers(1, 9).map(Decimal), max_size=4
)


def test_three_firms_of_which_none_makes_more_than_three_quarters() -> None:
    assert is_open(amounts(a=75, b=20, c=5))
    assert not is_open(amounts(a=76, b=20, c=4))
    assert not is_open(amounts(a=50, b=50))
    assert not is_open(amounts(a=1))


def test_the_rest_counts_as_one_and_dominates_nothing() -> None:
    assert is_open(amounts(a=1, b=1, rest=98))
    assert not is_open(amounts(a=2, rest=98))
    assert not is_open(amounts(a=80, b=1, rest=19))


def test_what_no_firm_makes_up_is_open() -> None:
    assert is_open(amounts(rest=7))
    assert is_open({})


def test_the_rest_is_what_the_firms_leave_of_the_total() -> None:
    assert figure(Decimal(10), {1: Decimal(4)}) == {1: Decimal(4), REST: Decimal(6)}
    assert figure(Decimal(3), {1: Decimal(4), 2: Decimal(0)}) == {1: Decimal(4)}


def test_another_part_is_hidden_where_one_alone_could_be_subtracted() -> None:
    parts = {
        "closed": amounts(a=10),
        "small": amounts(b=1, c=1, d=1),
        "large": amounts(b=9, c=9, d=9),
    }
    assert hidden(together(parts.values()), parts) == {"closed", "small", "large"}
    parts["small"] = amounts(b=2, c=2, d=2)
    assert hidden(together(parts.values()), parts) == {"closed", "small"}


def test_what_no_part_covers_hides_too() -> None:
    part = amounts(b=9, c=9, d=9)
    assert hidden(together([part, amounts(a=2, b=2, c=2)]), {"part": part}) == set()
    assert hidden(together([part, amounts(a=2)]), {"part": part}) == {"part"}


def test_nothing_is_subtracted_from_a_whole_that_is_hidden() -> None:
    parts = {"closed": amounts(a=90), "open": amounts(b=1, c=1, d=1)}
    assert hidden(together(parts.values()), parts) == {"closed"}


def test_a_hidden_sum_hides_what_is_within_it() -> None:
    inner = {"open": Branch(amounts(b=1, c=1, d=1)), "closed": Branch(amounts(a=50))}
    outer = {
        "mixed": Branch(together(b.of for b in inner.values()), inner),
        "other": Branch(amounts(b=90, c=90, d=90)),
    }
    tree = Branch(together(b.of for b in outer.values()), outer)
    assert hidden_below(tree) == {"mixed", "open", "closed", "other"}


def test_a_cell_that_its_column_gives_away_protects_nothing() -> None:
    """Row 2 could hide the third cell beside the closed ones, if its column did not tell it."""
    open_ = amounts(b=1, c=1, d=1)
    table = {
        1: {1: open_, 2: open_, 3: open_},
        2: {1: amounts(a=2), 2: amounts(a=2), 3: open_},
        3: {1: open_, 2: open_, 3: open_},
    }
    assert_nothing_closed_is_found(table, [1, 2, 3])


def test_it_says_so() -> None:
    assert str(CONFIDENTIAL) in {"confidential", "〈保密〉"}


@given(st.lists(figures, max_size=4))
def test_what_is_made_of_open_figures_is_open(found: list[Figure]) -> None:
    assert is_open(together(each for each in found if is_open(each)))


@given(st.lists(figures, max_size=4), figures)
def test_more_of_one_firm_opens_nothing_that_it_closed(found: list[Figure], more: Figure) -> None:
    whole = together(found)
    firms = {who: value for who, value in whole.items() if who is not REST}
    if firms and not is_open(whole) and len(whole) >= 3:
        most = max(firms, key=lambda who: firms[who])
        assert not is_open(together([whole, {most: Decimal(5)}]))


@given(st.lists(figures, max_size=4), figures)
def test_what_is_put_together_can_be_taken_apart(found: list[Figure], part: Figure) -> None:
    assert without(together([*found, part]), part) == dict(together(found))


@given(st.dictionaries(st.integers(0, 4), figures, max_size=5), figures)
def test_of_a_sum_nothing_closed_can_be_found(parts: dict[int, Figure], beside: Figure) -> None:
    whole = together([*parts.values(), beside])
    lost = hidden(whole, parts)
    atoms = [*parts.values(), beside]
    known = [unit(len(atoms), [at]) for at, key in enumerate(parts) if key not in lost]
    if is_open(whole):
        known.append(np.ones(len(atoms)))
    assert_open(known, atoms)


@given(st.lists(figures, min_size=7, max_size=7))
def test_of_sums_within_sums_nothing_closed_can_be_found(atoms: list[Figure]) -> None:
    """1 holds 11 and 12, and 12 holds 121; 2 holds 21; something is in none of them."""
    within = {"1": [0, 1, 2, 3], "11": [0], "12": [1, 2], "121": [1], "2": [4, 5], "21": [4]}

    def branch(name: str) -> Branch[str]:
        below = [k for k in within if k[:-1] == name]
        return Branch(of(within[name]), {k: branch(k) for k in below})

    def of(places: Sequence[int]) -> Figure:
        return together(atoms[place] for place in places)

    whole = together(atoms)
    lost = hidden_below(Branch(whole, {"1": branch("1"), "2": branch("2")}))
    known = [unit(7, places) for name, places in within.items() if name not in lost]
    assert_open([*known, np.ones(7)] if is_open(whole) else known, atoms)


cells = st.dictionaries(st.integers(0, 2), figures, max_size=3)


@given(st.dictionaries(st.integers(0, 2), cells, min_size=1, max_size=3))
def test_of_a_table_nothing_closed_can_be_found(table: dict[int, dict[int, Figure]]) -> None:
    assert_nothing_closed_is_found(table, [0, 1, 2])


@given(st.dictionaries(st.integers(0, 2), cells, min_size=1, max_size=3))
def test_what_is_open_all_over_is_shown_all_over(table: dict[int, dict[int, Figure]]) -> None:
    every = list(chain.from_iterable(row.values() for row in table.values()))
    lost = hidden_in(table, [0, 1, 2])
    if all(map(is_open, every)):
        assert lost == Hidden(set(), set(), set(), whole=False)


def assert_nothing_closed_is_found(
    table: Mapping[int, Mapping[int, Figure]], columns: Sequence[int]
) -> None:
    places = [(row, column) for row in table for column in columns]
    atoms = [table[row].get(column, {}) for row, column in places]
    assert_open(list(shown_sums(table, columns, places)), atoms)


def shown_sums(
    table: Mapping[int, Mapping[int, Figure]],
    columns: Sequence[int],
    places: Sequence[Coordinates],
) -> Iterator["np.ndarray"]:
    """What the reader sees, as sums of cells."""
    lost = hidden_in(table, columns)

    def where(row: int | None = None, column: int | None = None) -> "np.ndarray":
        fits = [r == (row if row is not None else r) and c == (c if column is None else column)
                for r, c in places]  # fmt: skip
        return np.array(fits, dtype=float)

    yield from (where(r, c) for r, c in places if r not in lost.rows)
    yield from (where(row=row) for row in table if row not in lost.totals)
    yield from (where(column=column) for column in columns if column not in lost.columns)
    if not lost.whole:
        yield where()


def unit(length: int, places: Sequence[int]) -> "np.ndarray":
    vector = np.zeros(length)
    vector[list(places)] = 1
    return vector


def assert_open(known: Sequence["np.ndarray"], atoms: Sequence[Figure]) -> None:
    """Every union of atoms that is a linear combination of what is known is open."""
    if not known:
        return
    matrix = np.array(known)
    _, sizes, directions = np.linalg.svd(matrix)
    unknown = directions[int((sizes > 1e-9).sum()) :]
    unions = np.array(np.meshgrid(*[[0, 1]] * len(atoms))).reshape(len(atoms), -1).T
    found = unions[np.abs(unions @ unknown.T).max(axis=1, initial=0) < 1e-9]
    for union in found:
        assert is_open(together(atoms[at] for at in np.flatnonzero(union)))
