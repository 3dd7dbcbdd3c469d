"""Every address, asked by everybody: what it answers, and what it must not say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.walls.conftest import Province
from tests.walls.reading import answers, leaks, read

TABLE = Path(__file__).with_name("matrix.txt")


def _rows() -> dict[str, dict[str, int]]:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.strip()]
    heading = next(line for line in lines if line.startswith("# address"))
    who = heading.removeprefix("# address").split()
    found = {}
    for line in lines:
        if not line.startswith("#"):
            name, *cells = line.split()
            assert len(cells) == len(who), f"{TABLE.name}: {name} has {len(cells)} cells"
            found[name] = dict(zip(who, _statuses(cells), strict=True))
    return found


def _statuses(cells: list[str]) -> Iterator[int]:
    last = 0
    for cell in cells:
        last = last if cell == "-" else int(cell)
        yield last


MATRIX = _rows()
PEOPLE = list(next(iter(MATRIX.values())))


def names(patterns: "list[URLPattern | URLResolver] | None" = None) -> Iterator[str]:
    """Of every address of the house."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        else:
            assert pattern.name, f"{pattern} has no name, so no line in {TABLE.name} either"
            yield pattern.name


def test_every_address_has_a_line() -> None:
    assert sorted(names()) == sorted(MATRIX)


@pytest.mark.django_db
def test_every_line_has_an_address(province: Province) -> None:
    assert sorted(province.addresses) == sorted(MATRIX)
    assert sorted(province.people) == sorted(PEOPLE)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_reads_what_is_theirs_and_nothing_else(
    province: Province, who: str, language: str
) -> None:
    said = answers(province, who, language)
    statuses: dict[str, set[int]] = {}
    for answer in said:
        statuses.setdefault(answer.name, set()).add(answer.status)
    assert statuses == {name: {MATRIX[name][who]} for name in MATRIX}
    assert leaks(province, who, said) == []


def test_whoever_may_read_a_secret_finds_it_somewhere(province: Province) -> None:
    """Else the test above would look for what nobody prints."""
    (impact,) = province.addresses["impact"]
    said = {who: read(province.client(who).get(impact)) for who in PEOPLE}
    assert all("甲秘字号" in said[who] for who in ("office", "chamber", "firm"))
    assert "1,481 万美元" in said["firm"]
