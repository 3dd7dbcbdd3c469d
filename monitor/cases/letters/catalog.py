"""`config/letters/`, read strictly: which letters there are, what is filled in, where they go.

A template `<id>.<language>.docx` lies beside the manifest for every letter in both languages.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from django.conf import settings
from pydantic import Field, ValidationError, field_validator, model_validator

from bundles.words import Kind, Proceeding
from monitor.accounts.words import Kind as Who
from monitor.cases.words import Paper
from monitor.deadlines.authority import Source
from monitor.deadlines.tables import Id, RulesError, Table, Text, explain, toml

MANIFEST = "letters.toml"
LANGUAGES = ("zh", "en")
Name = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$")]

Bases = dict[Kind | Literal["any"], Text]
"""By kind of measure."""


class Blank(Table):
    """A field of letters, by what it is called for the reader. `long`: of several paragraphs."""

    zh: Text
    en: Text
    long: bool = False


class Sort(Table):
    """A letter, or a form, as `letters.toml` explains its keys."""

    id: Id
    zh: Text
    en: Text
    about_zh: Text
    about_en: Text
    paper: Paper
    signed_zh: Text
    signed_en: Text
    by: Annotated[tuple[Who, ...], Field(min_length=1)]
    firm: Literal["none", "one", "each"]
    whole: bool = False
    kinds: tuple[Kind, ...] = ()
    proceedings: tuple[Proceeding | Literal["none"], ...] = ()
    authorities: tuple[Id, ...] = ()
    dates: tuple[Id, ...] = ()
    fields: Annotated[tuple[Name, ...], Field(min_length=1)]
    optional: tuple[Name, ...] = ()
    asked: tuple[Name, ...] = ()

    @property
    def all_fields(self) -> tuple[str, ...]:
        return (*self.fields, *self.optional)

    @model_validator(mode="after")
    def _asks_what_it_has(self) -> Self:
        twice = set(self.fields) & set(self.optional)
        absent = set(self.asked) - set(self.all_fields)
        if twice or absent:
            raise ValueError(f"fields and optional: twice {sorted(twice)}, absent {sorted(absent)}")
        return self


class Desk(Source):
    """Where an authority takes submissions, and by which rule it grants what letters ask for."""

    id: Id
    numbers: Text
    address: Annotated[tuple[Text, ...], Field(min_length=1)]
    filing_zh: Text
    filing_en: Text
    extension: Bases
    hearing: Bases
    appearance: Bases

    @field_validator("numbers")
    @classmethod
    def _is_an_expression(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"no regular expression: {error}") from error
        return pattern


class Manifest(Table):
    letters: Annotated[tuple[Sort, ...], Field(min_length=1)]
    fields: dict[Name, Blank]
    authorities: tuple[Desk, ...] = ()

    @model_validator(mode="after")
    def _knows_its_fields(self) -> Self:
        for each in self.letters:
            absent = sorted(set(each.all_fields) - self.fields.keys())
            if absent:
                raise ValueError(f"{each.id}: [fields] has no {', '.join(absent)}")
        names = [each.id for each in self.letters]
        if len(set(names)) < len(names):
            raise ValueError("a letter stands there twice")
        return self


@dataclass(frozen=True)
class Catalog:
    folder: Path
    manifest: Manifest

    @cached_property
    def sorts(self) -> Mapping[str, Sort]:
        return {each.id: each for each in self.manifest.letters}

    @cached_property
    def desks(self) -> Mapping[str, Desk]:
        """By the id of the authority in `config/deadlines`."""
        return {each.id: each for each in self.manifest.authorities}

    @property
    def blanks(self) -> Mapping[str, Blank]:
        return self.manifest.fields

    def path(self, letter: str, language: str) -> Path:
        return self.folder / f"{letter}.{language}.docx"

    def template(self, letter: str, language: str) -> bytes:
        """Raises RulesError: there is none."""
        path = self.path(letter, language)
        try:
            return path.read_bytes()
        except OSError as error:
            raise RulesError(f"{path}: {error}") from error


def catalog() -> Catalog:
    """The deployer's, read once per process. Raises RulesError."""
    return load(Path(settings.FENGHUO_LETTERS))


@cache
def load(folder: Path) -> Catalog:
    """Raises RulesError, which names the file and the place."""
    path = folder / MANIFEST
    table = toml(path)
    try:
        return Catalog(folder, Manifest.model_validate(table))
    except ValidationError as error:
        raise RulesError(explain(path, error, table)) from error
