"""Any change, removal, insertion or reordering of lines is found, and where it is."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.trail.chain import (
    START,
    Broken,
    Fault,
    Line,
    Link,
    canonical,
    digest,
    ended,
    sealed,
    walk,
)

AT = datetime(2025, 6, 2, 1, 0, tzinfo=UTC)
VALUES = st.dictionaries(
    st.text(max_size=5),
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8"), max_size=8),
    max_size=3,
)


def line(number: int, previous: str, **given: Any) -> Line:
    return sealed(
        Line(
            **{
                "number": number,
                "at": AT,
                "by": "person",
                "person_id": UUID(int=1),
                "acting_for_id": 3,
                "key": None,
                "verb": "change",
                "app": "accounts",
                "model": "membership",
                "row": "5",
                "page": "",
                "concerned_id": 7,
                "about_id": None,
                "address_id": None,
                "before": {},
                "after": {},
                **given,
            },
            previous=previous,
        )
    )


@st.composite
def chains(draw: st.DrawFn) -> list[Line]:
    made: list[Line] = []
    for number in range(1, draw(st.integers(2, 8)) + 1):
        previous = made[-1].hash if made else START.hash
        made.append(line(number, previous, before=draw(VALUES), after=draw(VALUES)))
    return made


def fault(lines: list[Line], end: Line) -> Broken | None:
    last = walk(lines, START)
    return last if isinstance(last, Broken) else ended(last, Link(end.number, end.hash))


@given(chains())
def test_what_nobody_touched_is_whole(chain: list[Line]) -> None:
    assert fault(chain, chain[-1]) is None


CHANGES: dict[str, Callable[[Any], Any]] = {
    "at": lambda at: at + timedelta(microseconds=1),
    "by": lambda _: "house",
    "person_id": lambda _: UUID(int=2),
    "acting_for_id": lambda pk: pk + 1,
    "key": lambda _: 1,
    "verb": lambda verb: verb + "d",
    "app": lambda _: "",
    "model": lambda _: "share",
    "row": lambda row: row + "0",
    "page": lambda _: "/",
    "concerned_id": lambda _: None,
    "about_id": lambda _: UUID(int=1),
    "address_id": lambda _: UUID(int=1),
    "before": lambda values: values | {"role": "owner"},
    "after": lambda values: {**values, "role": None},
    "previous": lambda hash_: hash_[::-1] + "0",
    "hash": lambda hash_: hash_[::-1] + "0",
}


def test_every_field_is_covered() -> None:
    assert set(CHANGES) == set(Line._fields) - {"number"}


@given(chains(), st.data(), st.sampled_from(sorted(CHANGES)))
def test_a_changed_line_is_found(chain: list[Line], data: st.DataObject, name: str) -> None:
    at = data.draw(st.integers(0, len(chain) - 1))
    end = chain[-1]
    chain[at] = chain[at]._replace(**{name: CHANGES[name](getattr(chain[at], name))})
    assert fault(chain, end) == Broken(at + 1, Fault.CHANGED)


@given(chains(), st.data())
def test_a_line_that_was_rewritten_with_its_hash_is_found_behind_it(
    chain: list[Line], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(chain) - 1))
    end = chain[-1]
    chain[at] = sealed(chain[at]._replace(verb="added"))
    # At the end nothing follows; the house knows what its hash was.
    behind = (
        Broken(at + 2, Fault.DETACHED) if at + 1 < len(chain) else Broken(at + 1, Fault.CHANGED)
    )
    assert fault(chain, end) == behind


@given(chains(), st.data())
def test_a_missing_line_is_found(chain: list[Line], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(chain) - 1))
    end = chain[-1]
    del chain[at]
    assert fault(chain, end) == Broken(at + 1, Fault.MISSING)


@given(chains(), st.data())
def test_a_line_put_in_is_found(chain: list[Line], data: st.DataObject) -> None:
    """With the right hashes of its own, and the others moved on."""
    at = data.draw(st.integers(0, len(chain) - 1))
    end = chain[-1]
    before = chain[at - 1].hash if at else START.hash
    moved = [each._replace(number=each.number + 1) for each in chain[at:]]
    put_in = [*chain[:at], line(at + 1, before), *moved]
    assert fault(put_in, end) == Broken(at + 2, Fault.CHANGED)


@given(chains(), st.data())
def test_lines_that_changed_places_are_found_at_the_first(
    chain: list[Line], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(chain) - 2))
    second = data.draw(st.integers(first + 1, len(chain) - 1))
    end = chain[-1]
    swapped = list(chain)
    swapped[first] = chain[second]._replace(number=first + 1)
    swapped[second] = chain[first]._replace(number=second + 1)
    assert fault(swapped, end) == Broken(first + 1, Fault.CHANGED)


@given(chains())
def test_a_line_behind_the_end_is_found(chain: list[Line]) -> None:
    end = chain[-1]
    longer = [*chain, line(end.number + 1, end.hash)]
    assert fault(longer, end) == Broken(end.number + 1, Fault.ADDED)


def test_an_end_that_nobody_knows_of_is_no_end() -> None:
    assert ended(START, None) is None
    assert ended(Link(2, "0" * 64), None) == Broken(3, Fault.MISSING)


def test_the_hash_is_of_this_text() -> None:
    """A contract: whoever verifies a trail elsewhere computes the same."""
    said = line(1, START.hash, after={"role": "经办", "at": None})
    assert canonical(said).decode() == (
        '{"about_id":null,"acting_for_id":3,"address_id":null,"after":{"at":null,"role":"经办"},'
        '"app":"accounts","at":"2025-06-02T01:00:00.000000+00:00","before":{},"by":"person",'
        '"concerned_id":7,"key":null,"model":"membership","number":1,"page":"",'
        '"person_id":"00000000-0000-0000-0000-000000000001",'
        f'"previous":"{START.hash}","row":"5","verb":"change"}}'
    )
    assert len(digest(said)) == 64


def test_a_moment_is_the_same_in_every_zone() -> None:
    there = AT.astimezone(timezone(timedelta(hours=8)))
    assert digest(line(1, "", at=there)) == digest(line(1, "", at=AT))


def test_what_has_no_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError, match="canonical"):
        line(1, "", after={"value": object()})
    with pytest.raises(ValueError, match="JSON"):
        line(1, "", after={"value": float("nan")})
