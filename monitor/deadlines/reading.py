"""`deadlines/<authority>/`: a folder of rules as rulesets, read strictly and once per process."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from monitor.deadlines.authority import Authority
from monitor.deadlines.rules import Procedure, Rule, Ruleset
from monitor.deadlines.tables import RulesError, Table, explain, toml

AUTHORITY = "authority.toml"
AnyTable = TypeVar("AnyTable", bound=Table)


@cache
def load(folder: Path) -> tuple[Ruleset, ...]:
    """All rulesets, by name. Raises RulesError that lists everything wrong in every file."""
    rulesets, errors = read(folder)
    if errors:
        raise RulesError("\n".join(errors))
    return rulesets


def read(folder: Path) -> tuple[tuple[Ruleset, ...], list[str]]:
    """What can be used, and what is wrong with the rest. Raises RulesError: no such folder."""
    if not folder.is_dir():
        raise RulesError(f"{folder}: no such folder")
    found: list[Ruleset] = []
    errors: list[str] = []
    for path in sorted(folder.iterdir()):
        if not path.is_dir():
            errors += _stray(path)
            continue
        try:
            authority = _authority(path)
        except RulesError as error:
            errors.append(str(error))
            continue
        own: list[Ruleset] = []
        for file in _procedures(path):
            try:
                own.append(_ruleset(authority, file))
            except RulesError as error:
                errors.append(str(error))
        errors += [f"{path / AUTHORITY}: {found}" for found in _tolling_nothing(authority, own)]
        found += own
    return tuple(found), errors


def _tolling_nothing(authority: Authority, own: list[Ruleset]) -> Iterator[str]:
    for toll in authority.tolls:
        rules = {r for each in own if toll.concerns(each.procedure) for r in each.versions}
        for absent in sorted(set(toll.rules or ()) - rules):
            yield f"toll {toll.id}: rules: no rule of its procedures is called `{absent}`"


def _stray(path: Path) -> list[str]:
    if path.suffix != ".toml":
        return []
    return [f"{path}: rules stand in a folder of their authority: <authority>/<procedure>.toml"]


def _procedures(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.toml") if path.name != AUTHORITY)


def _authority(folder: Path) -> Authority:
    path = folder / AUTHORITY
    authority = _table(path, Authority)
    if authority.id != folder.name:
        raise RulesError(f'{path}: id: should be "{folder.name}", as its folder')
    procedures = {file.stem for file in _procedures(folder)}
    if not procedures:
        raise RulesError(f"{folder}: no procedure: write <procedure>.toml beside {AUTHORITY}")
    for toll in authority.tolls:
        for absent in sorted(set(toll.procedures or ()) - procedures):
            raise RulesError(f"{path}: toll {toll.id}: procedures: there is no {absent}.toml")
    return authority


def _ruleset(authority: Authority, path: Path) -> Ruleset:
    ruleset = Ruleset(authority, path.stem, _table(path, Procedure))
    errors = [f"{path}: {found}" for found in _unsound(ruleset)]
    if errors:
        raise RulesError("\n".join(errors))
    return ruleset


def _table(path: Path, model: type[AnyTable]) -> AnyTable:
    table = toml(path)
    try:
        return model.model_validate(table)
    except ValidationError as error:
        raise RulesError(explain(path, error, table)) from error


def _unsound(ruleset: Ruleset) -> Iterator[str]:
    """What no table can see by itself."""
    ids = [event.id for event in ruleset.file.events]
    for twice in sorted({i for i in ids if ids.count(i) > 1}):
        yield f"events: `{twice}` stands twice"
    yield from _undeclared(ruleset)
    for versions in ruleset.versions.values():
        yield from _at_odds(ruleset, versions)
    circle = _circle(ruleset)
    if circle:
        yield f"rules count in a circle: {' → '.join(circle)}"


def _undeclared(ruleset: Ruleset) -> Iterator[str]:
    for rule in ruleset.file.rules:
        named = {"from": rule.starts(), "event": [rule.event], "decided_by": [rule.decided_by]}
        for field, events in named.items():
            for event in sorted({event for event in events if event} - set(ruleset.events)):
                yield (
                    f"rule {rule.id}: {field}: `{event}` is no event of this file; "
                    f"declare it under [[events]], or use one of: {', '.join(ruleset.events)}"
                )


def _at_odds(ruleset: Ruleset, versions: tuple[Rule, ...]) -> Iterator[str]:
    for one, other in combinations(versions, 2):
        if (one.event, ruleset.decider(one)) != (other.event, ruleset.decider(other)):
            yield f"rule {one.id}: its versions differ in event or decided_by"
        if _meet(one, other):
            yield (
                f"rule {one.id}: two of its versions hold on one day "
                f"({one.version or 'always'} and {other.version or 'always'}); "
                "give each its valid_from and valid_to, or another id"
            )


def _meet(one: Rule, other: Rule) -> bool:
    begins = max(one.valid_from or date.min, other.valid_from or date.min)
    ends = min(one.valid_to or date.max, other.valid_to or date.max)
    return begins <= ends and one.is_against(other.origins)


def _circle(ruleset: Ruleset) -> list[str]:
    """Events of which each counts from the next, if there are such."""
    onwards: dict[str, set[str]] = {}
    for rule in ruleset.file.rules:
        if rule.event:
            onwards.setdefault(rule.event, set()).update(rule.starts())
    for event in onwards:
        walked = _walk(event, onwards, [])
        if walked:
            return walked
    return []


def _walk(event: str, onwards: dict[str, set[str]], path: list[str]) -> list[str]:
    if event in path:
        return [*path[path.index(event) :], event]
    for further in sorted(onwards.get(event, ())):
        found = _walk(further, onwards, [*path, event])
        if found:
            return found
    return []
