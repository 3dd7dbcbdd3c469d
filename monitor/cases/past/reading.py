"""`past_cases/*.toml`, read strictly and once per process: an error names the file, the case and
what to do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from pydantic import ValidationError

from monitor.cases.past.tables import ORDERED, Echo, Group, PastCase
from monitor.deadlines.authority import UNCHECKED
from monitor.deadlines.tables import RulesError, explain, toml

Authorities = Mapping[str, str]
"""Of the legal calendars: id → jurisdiction."""


def read(folder: Path, authorities: Authorities) -> dict[str, Group]:
    """The groups by the names of their files. Raises RulesError that lists all that is wrong."""
    return _read(folder, tuple(sorted(authorities.items())))


@cache
def _read(folder: Path, authorities: tuple[tuple[str, str], ...]) -> dict[str, Group]:
    if not folder.is_dir():
        raise RulesError(f"{folder}: no such folder")
    groups: dict[str, Group] = {}
    errors: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            groups[path.stem] = _group(path)
        except RulesError as error:
            errors.append(str(error))
    errors += _unsound(folder, groups, dict(authorities))
    if errors:
        raise RulesError("\n".join(errors))
    return groups


def _group(path: Path) -> Group:
    table = toml(path)
    try:
        return Group.model_validate(table)
    except ValidationError as error:
        raise RulesError(explain(path, error, table)) from error


def _unsound(folder: Path, groups: Mapping[str, Group], authorities: Authorities) -> Iterator[str]:
    """What no table can see by itself."""
    cases = [case.id for group in groups.values() for case in group.cases]
    chains = [echo.id for group in groups.values() for echo in group.echoes]
    for name, group in groups.items():
        path = folder / f"{name}.toml"
        for case in group.cases:
            yield from (f"{path}: case {case.id}: {e}" for e in _of_case(case, authorities))
        for echo in group.echoes:
            yield from (f"{path}: echo {echo.id}: {e}" for e in _of_echo(echo, cases))
    for twice in sorted({i for ids in (cases, chains) for i in ids if ids.count(i) > 1}):
        yield f"{folder}: `{twice}` stands twice; every id is unique over all files"


def _of_case(case: PastCase, authorities: Authorities) -> Iterator[str]:
    yield from _sources(case.sources, [fact.source for fact in case.facts()])
    if isinstance(case.authority, str):
        if case.authority not in authorities:
            yield (
                f"authority: there are no legal calendars of `{case.authority}`; "
                'give { zh = "…", en = "…" }, or one of: ' + ", ".join(sorted(authorities))
            )
        elif authorities[case.authority] != case.jurisdiction:
            yield f"authority: `{case.authority}` is not of {case.jurisdiction}"
    for kind in sorted({rate.kind for rate in case.rates} - set(case.kinds)):
        yield f"rates: the case is not of kind {kind}"
    yield from _order(case)


def _sources(sources: Mapping[str, str], used: Iterable[str]) -> Iterator[str]:
    named = {key for key in used if key != UNCHECKED}
    for key in sorted(named - set(sources)):
        yield f"source `{key}` is not among its sources; name one of them, or say {UNCHECKED}"
    for key in sorted(set(sources) - named):
        yield f"sources: nothing was read in `{key}`"


def _order(case: PastCase) -> Iterator[str]:
    found = [day for what in ORDERED if (day := case.first(what))]
    for earlier, later in pairwise(found):
        if later.day.first < earlier.day.first and later.day.is_day and earlier.day.is_day:
            yield (f"days: {later.what} ({later.day}) is before {earlier.what} ({earlier.day})")


def _of_echo(echo: Echo, cases: Sequence[str]) -> Iterator[str]:
    for step in echo.steps:
        if step.case is not None and step.case not in cases:
            yield f"steps: there is no case `{step.case}`"
    yield from _sources(echo.sources, [step.source for step in echo.steps if step.source])
