"""Whether what the playbooks name exists: rulesets, their rules, the words of their proceedings."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from monitor.cases.work.playbooks import Book, Play, Shelf, read
from monitor.deadlines.library import Library
from monitor.deadlines.rules import Ruleset


@dataclass(frozen=True)
class Tally:
    """A playbook in figures. `rulesets`: those that it serves."""

    name: str
    zh: str
    en: str
    rulesets: tuple[str, ...]
    tasks: int
    checks: int
    chases: int


@dataclass(frozen=True)
class Report:
    """`errors`: files that cannot be used, and names of what does not exist. `unserved`: rulesets
    for which nobody has written a playbook."""

    tallies: tuple[Tally, ...]
    errors: tuple[str, ...]
    unserved: tuple[str, ...]


def check(folder: Path, library: Library) -> Report:
    """Raises RulesError: there is no such folder."""
    books, errors = read(folder)
    shelf = Shelf(books)
    served = {ruleset.name: _book(shelf, ruleset) for ruleset in library.rulesets}
    missing = [each for book in books for each in unknown(book, library, served)]
    return Report(
        tallies=tuple(_tally(book, served) for book in books),
        errors=(*errors, *missing),
        unserved=tuple(name for name, book in served.items() if book is None),
    )


def _book(shelf: Shelf, ruleset: Ruleset) -> Book | None:
    kinds, proceedings = ruleset.file.kinds, ruleset.file.proceedings
    found = (shelf.of(ruleset.name, kind, each) for kind in kinds for each in proceedings)
    return next(filter(None, found), None)


def _tally(book: Book, served: dict[str, Book | None]) -> Tally:
    return Tally(
        name=book.name,
        zh=book.file.zh,
        en=book.file.en,
        rulesets=tuple(name for name, other in served.items() if other is book),
        tasks=len(book.file.tasks),
        checks=sum(len(book.checks(play)) for play in book.file.tasks),
        chases=len(book.file.chases),
    )


def unknown(book: Book, library: Library, served: dict[str, Book | None]) -> Iterator[str]:
    """What it names and no file has. One of its rules at least has to stand in every ruleset that
    it names, and every rule in some that it serves."""
    named = {ruleset.name: ruleset for ruleset in library.rulesets}
    for absent in sorted(set(book.file.rulesets) - named.keys()):
        yield f"{book.name}: rulesets: there is no `{absent}`"
    mine = [named[name] for name, other in served.items() if other is book]
    sure = [ruleset for ruleset in mine if ruleset.name in book.file.rulesets]
    for play in book.file.tasks:
        found = [*_nowhere(play, mine), *_without(play, sure)]
        yield from (f"{book.name}: task {play.id}: {each}" for each in found)


def _nowhere(play: Play, served: list[Ruleset]) -> Iterator[str]:
    for rule in play.rules:
        if not any(rule in ruleset.versions for ruleset in served):
            yield f"rule: none of the {len(served)} rulesets that it serves has `{rule}`"


def _without(play: Play, named: list[Ruleset]) -> Iterator[str]:
    for ruleset in named:
        if play.rules and not any(rule in ruleset.versions for rule in play.rules):
            yield f"rule: {ruleset.name} has none of: {', '.join(play.rules)}"
