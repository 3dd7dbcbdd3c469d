"""`config/playbooks/`: what is to be done in a proceeding, as data, read strictly.

A playbook names the rulesets of `config/deadlines` that it is for, or none: then it serves every
proceeding of its kinds for which no other is meant. Checklists lie in the folder `checklists`, so
that several playbooks use one.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from django.conf import settings
from pydantic import Field, ValidationError, field_validator, model_validator

from bundles.words import Kind, Proceeding
from monitor.cases.words import Answer, Stage, Who
from monitor.deadlines.tables import Id, RulesError, Table, Text, explain, toml

CHECKLISTS = "checklists"
AnyTable = TypeVar("AnyTable", bound=Table)
Days = Annotated[int, Field(ge=0, le=250)]
"""Working days of China."""


class Check(Table):
    id: Id
    zh: Text
    en: Text


class Checklist(Table):
    zh: Text
    en: Text
    checks: Annotated[tuple[Check, ...], Field(min_length=1)]


class Play(Table):
    """A task. It hangs on a legal date, the first of `rules` that the proceeding's ruleset has, or
    on a `stage`; it is due `lead` working days before that, or `lag` after. Where the ruleset has
    none of the rules, nobody knows a day until somebody gives one."""

    id: Id
    zh: Text
    en: Text
    scope: Annotated[Literal["case", "respondent"], Field(alias="for")]
    """`respondent`: once for each that answers."""
    joins: bool = False
    """Also for those who answer together with others."""
    who: Who
    rules: Annotated[tuple[Id, ...], Field(alias="rule")] = ()
    stage: Stage | None = None
    lead: Days = 0
    lag: Days = 0
    blocked_by: tuple[Id, ...] = ()
    checklists: Annotated[tuple[Id, ...], Field(alias="checklist")] = ()
    checks: tuple[Check, ...] = ()

    @field_validator("rules", "checklists", mode="before")
    @classmethod
    def _may_be_one(cls, ids: object) -> object:
        return (ids,) if isinstance(ids, str) else ids

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        if bool(self.rules) == bool(self.stage):
            raise ValueError("hangs on a rule or on a stage, one of them")
        if self.lead and self.lag:
            raise ValueError("lead (before) or lag (after), not both")
        if self.stage and self.lead:
            raise ValueError("nobody knows beforehand when a stage is reached: give a lag")
        if self.joins and self.scope != "respondent":
            raise ValueError("joins: of a task for respondents only")
        if self.who is Who.FIRM and self.scope != "respondent":
            raise ValueError('who = "firm": of a task for respondents only')
        return self

    @property
    def offset(self) -> int:
        """As `Task.lead`."""
        return self.lead or -self.lag


class Chase(Table):
    """That whoever says nothing is asked again, by an officer of the chamber: `after` so many
    working days in the state `answer`."""

    id: Id
    zh: Text
    en: Text
    answer: Literal["informed", "considering"]
    after: Annotated[int, Field(ge=1, le=60)]
    checks: tuple[Check, ...] = ()

    @property
    def state(self) -> Answer:
        return Answer(self.answer)


class Playbook(Table):
    """A file."""

    zh: Text
    en: Text
    rulesets: tuple[Text, ...] = ()
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    proceedings: Annotated[tuple[Proceeding | Literal["none"], ...], Field(min_length=1)]
    tasks: Annotated[tuple[Play, ...], Field(min_length=1)]
    chases: tuple[Chase, ...] = ()


@dataclass(frozen=True)
class Book:
    """A playbook with the checklists that it uses."""

    name: str
    file: Playbook
    checklists: dict[str, Checklist]

    @cached_property
    def plays(self) -> dict[str, Play]:
        """By the name that a task keeps: `<playbook>/<task>`, in the order of the file."""
        return {self.key(play): play for play in self.file.tasks}

    @cached_property
    def chases(self) -> dict[str, Chase]:
        return {self.key(chase): chase for chase in self.file.chases}

    def key(self, entry: Play | Chase) -> str:
        return f"{self.name}/{entry.id}"

    def checks(self, entry: Play | Chase) -> list[dict[str, Any]]:
        """Those of its checklists, then its own; as `Task.checks`, nothing done yet."""
        listed = entry.checklists if isinstance(entry, Play) else ()
        every = [check for name in listed for check in self.checklists[name].checks]
        return [{**check.model_dump(), "done": False} for check in (*every, *entry.checks)]

    def print_of(self, play: Play) -> str:
        """Changes when anything does that a task has of it."""
        return _sha256([play.model_dump(mode="json"), self.checks(play)])

    @cached_property
    def fingerprint(self) -> str:
        return _sha256([(key, self.print_of(play)) for key, play in self.plays.items()])


@dataclass(frozen=True)
class Shelf:
    """All playbooks of the deployer's."""

    books: tuple[Book, ...]

    @cached_property
    def _by_ruleset(self) -> dict[str, Book]:
        return {ruleset: book for book in self.books for ruleset in book.file.rulesets}

    def of(self, ruleset: str, kind: str, proceeding: str) -> Book | None:
        """`proceeding`: a word of the notices, or `none`. None: nobody wrote one."""
        if named := self._by_ruleset.get(ruleset):
            return named
        return next((b for b in self.books if serves(b.file, kind, proceeding)), None)


def serves(file: Playbook, kind: str, proceeding: str) -> bool:
    """Whether it is for every proceeding of this sort."""
    return not file.rulesets and kind in file.kinds and proceeding in file.proceedings


def shelf() -> Shelf:
    """The deployer's, read once per process. Raises RulesError."""
    return load(settings.FENGHUO_PLAYBOOKS)


@cache
def load(folder: Path) -> Shelf:
    """Raises RulesError that lists everything wrong in every file."""
    books, errors = read(folder)
    if errors:
        raise RulesError("\n".join(errors))
    return Shelf(books)


def read(folder: Path) -> tuple[tuple[Book, ...], list[str]]:
    """What can be used, and what is wrong with the rest. Raises RulesError: no such folder."""
    if not folder.is_dir():
        raise RulesError(f"{folder}: no such folder")
    errors: list[str] = []
    lists = _tables(folder / CHECKLISTS, Checklist, errors)
    files = _tables(folder, Playbook, errors)
    for name, each in lists.items():
        errors += [f"{folder / CHECKLISTS / name}.toml: {found}" for found in _twice(each.checks)]
    for name, file in files.items():
        errors += [f"{folder / name}.toml: {found}" for found in _unsound(file, lists)]
    errors += [f"{folder}: {found}" for found in _rivals(files)]
    return tuple(Book(name, file, lists) for name, file in files.items()), errors


def _tables(folder: Path, model: type[AnyTable], errors: list[str]) -> dict[str, AnyTable]:
    found: dict[str, AnyTable] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            found[path.stem] = _table(path, model)
        except RulesError as error:
            errors.append(str(error))
    return found


def _table(path: Path, model: type[AnyTable]) -> AnyTable:
    table = toml(path)
    try:
        return model.model_validate(table)
    except ValidationError as error:
        raise RulesError(explain(path, error, table)) from error


def _unsound(file: Playbook, lists: dict[str, Checklist]) -> Iterator[str]:
    """What no table can see by itself."""
    yield from _twice((*file.tasks, *file.chases))
    scopes = {play.id: play.scope for play in file.tasks}
    for play in file.tasks:
        for name in sorted(set(play.checklists) - lists.keys()):
            yield f"task {play.id}: checklist: there is no {CHECKLISTS}/{name}.toml"
        used = [lists[name] for name in play.checklists if name in lists]
        known = [check for each in used for check in each.checks]
        yield from (f"task {play.id}: {each}" for each in _twice((*known, *play.checks)))
        for other in play.blocked_by:
            yield from _no_blocker(play, other, scopes)
    if circle := _circle(file):
        yield f"blocked_by goes in a circle: {' → '.join(circle)}"


def _no_blocker(play: Play, other: str, scopes: Mapping[str, str]) -> Iterator[str]:
    if other not in scopes:
        yield f"task {play.id}: blocked_by: `{other}` is no task of this file"
    elif play.scope == "case" and scopes[other] != "case":
        yield f"task {play.id}: blocked_by: `{other}` is one for each respondent, this is not"


def _twice(entries: tuple[Check | Play | Chase, ...]) -> Iterator[str]:
    ids = [entry.id for entry in entries]
    yield from (f"`{each}` stands twice" for each in sorted({i for i in ids if ids.count(i) > 1}))


def _circle(file: Playbook) -> list[str]:
    onwards = {play.id: play.blocked_by for play in file.tasks}
    return next((walked for start in onwards if (walked := _walk(start, onwards, []))), [])


def _walk(task: str, onwards: dict[str, tuple[str, ...]], path: list[str]) -> list[str]:
    if task in path:
        return [*path[path.index(task) :], task]
    further = (_walk(other, onwards, [*path, task]) for other in onwards.get(task, ()))
    return next(filter(None, further), [])


def _rivals(files: dict[str, Playbook]) -> Iterator[str]:
    """Two that would serve the same proceeding."""
    seen: dict[str, str] = {}
    for name, file in files.items():
        claims = file.rulesets or [f"{k} {p}" for k in file.kinds for p in file.proceedings]
        for claim in claims:
            if (other := seen.setdefault(claim, name)) != name:
                yield f"{other} and {name} are both for {claim}"


def _sha256(content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
