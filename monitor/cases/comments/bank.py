"""`config/comments/`: the questions that matter, and the articles of the Agreements that a comment
leans on, as data, read strictly."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from django.conf import settings
from pydantic import Field, ValidationError, model_validator

from monitor.cases.words import Asks
from monitor.deadlines.tables import Id, RulesError, Table, Text, explain, toml

Family = Literal["tbt", "sps"]
AnyTable = TypeVar("AnyTable", bound=Table)


class Group(Table):
    """Goods that some questions are for alone: HS chapters, two digits each."""

    id: Id
    zh: Text
    en: Text
    chapters: Annotated[tuple[str, ...], Field(min_length=1)]


class Choice(Table):
    id: Id
    zh: Text
    en: Text


class Question(Table):
    """`groups`: empty, it is for all goods; `usual`: chosen unless the chamber drops it."""

    id: Id
    zh: Text
    en: Text
    kind: Asks
    unit_zh: str = ""
    unit_en: str = ""
    choices: tuple[Choice, ...] = ()
    families: Annotated[tuple[Family, ...], Field(alias="for", min_length=1)]
    groups: tuple[Id, ...] = ()
    usual: bool = False

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        if (self.kind is Asks.NUMBER) != bool(self.unit_zh and self.unit_en):
            raise ValueError("a number has a unit (unit_zh, unit_en), nothing else has")
        if (self.kind is Asks.CHOICE) != (len(self.choices) > 1):
            raise ValueError("a choice has at least two choices, nothing else has any")
        return self


class Article(Table):
    """`zh`, `en`: what it asks of Members, in our words."""

    id: Id
    agreement: Family
    number: Text
    zh: Text
    en: Text


class _Questions(Table):
    groups: tuple[Group, ...]
    questions: tuple[Question, ...]


class _Articles(Table):
    source: dict[Family, Text]
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class Bank:
    groups: Mapping[str, Group]
    questions: tuple[Question, ...]
    articles: Mapping[str, Article]
    sources: Mapping[Family, str]
    """Where the Agreements stand, by agreement."""

    def fitting(self, family: Family, chapters: Iterable[str]) -> list[Question]:
        """The questions for a draft of this sort on goods of these HS chapters; where nothing is
        known of the goods, those for all."""
        known = set(chapters)
        return [
            question
            for question in self.questions
            if family in question.families
            and (
                not question.groups
                or any(known & set(self.groups[name].chapters) for name in question.groups)
            )
        ]

    def leaned_on(self, family: Family) -> list[Article]:
        return [each for each in self.articles.values() if each.agreement == family]


def bank() -> Bank:
    """The deployer's, read once per process. Raises RulesError."""
    return load(Path(settings.FENGHUO_COMMENTS))


@cache
def load(folder: Path) -> Bank:
    """Raises RulesError with the place."""
    asked = _read(folder / "questions.toml", _Questions)
    leaned = _read(folder / "articles.toml", _Articles)
    groups = {group.id: group for group in asked.groups}
    for question in asked.questions:
        if unknown := set(question.groups) - set(groups):
            raise RulesError(
                f"{folder / 'questions.toml'}: {question.id}: no group {sorted(unknown)};"
                f" there are: {', '.join(groups)}"
            )
    _once(folder / "questions.toml", [each.id for each in asked.questions])
    _once(folder / "articles.toml", [each.id for each in leaned.articles])
    articles = {each.id: each for each in leaned.articles}
    return Bank(groups, asked.questions, articles, leaned.source)


def _read(path: Path, table: type[AnyTable]) -> AnyTable:
    content = toml(path)
    try:
        return table.model_validate(content)
    except ValidationError as error:
        raise RulesError(explain(path, error, content)) from error


def _once(path: Path, ids: list[str]) -> None:
    if twice := sorted({each for each in ids if ids.count(each) > 1}):
        raise RulesError(f"{path}: {', '.join(twice)}: an id is given once")
