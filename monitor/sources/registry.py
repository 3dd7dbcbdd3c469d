"""What the sources are: `<folder>/<id>.toml`, checked strictly.

How to write one is in docs/adding-a-source.md; the fields below are all there are.
"""

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, StringConstraints, ValidationError

Proof = Literal["real", "documented", "unproven"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class WrongSource(Exception):
    """A source's file says something that it may not: which file, which key, why."""


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Table):
    zh: Text
    en: Text

    def say(self, language: str) -> str:
        """In Chinese for any Chinese, else in English."""
        return self.zh if language.startswith("zh") else self.en


class Crawl(Table):
    """How it is fetched. A source without this table is only back-filled from stored responses."""

    endpoint: HttpUrl
    every_minutes: Annotated[int, Field(ge=5)]
    first_days: Annotated[int, Field(ge=1)] = 30
    """How far back the first crawl looks, where the source can be asked by date."""
    overlap_days: Annotated[int, Field(ge=0)] = 7
    """How far each further crawl looks behind the end of the last."""
    delay_seconds: Annotated[float, Field(ge=0.2)]
    """Between two requests."""
    needs_key: Annotated[str, StringConstraints(pattern=r"^FENGHUO_[A-Z_]+$")] | None = None
    """The environment variable that holds the publisher's key."""


class Normal(Table):
    """What is normal for it; anything else is broken, not quiet."""

    should_have_results: bool
    """A crawl that brings nothing is a failure."""
    quiet_days: Annotated[int, Field(ge=1)]
    """Without a new notice for longer than this, something is wrong."""
    max_rejected_share: Annotated[float, Field(ge=0, le=1)]


class Proven(Table):
    """By what the parser and the address were proven: a stored real response (`real`), the
    publisher's own documentation (`documented`), or nothing yet (`unproven`)."""

    parser: Proof
    parser_by: Bilingual
    endpoint: Proof
    endpoint_by: Bilingual


class Definition(Table):
    """A source: one publisher's channel."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,5}(-[a-z0-9]+)+$")]
    name: Bilingual
    publisher: Bilingual
    jurisdiction: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}$")]
    """ISO 3166-1, `EU`, or `WTO` where every notice names its own."""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    url: HttpUrl
    licence: Bilingual
    covers: Bilingual
    crawl: Crawl | None = None
    normal: Normal
    proven: Proven


def load(folder: Path) -> dict[str, Definition]:
    """Every source in `folder`, by id. Raises `WrongSource`."""
    return {path.stem: read(path) for path in sorted(folder.glob("*.toml"))}


def read(path: Path) -> Definition:
    """The source of one file; its id is the file's name. Raises `WrongSource`."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongSource(f"{path.name}: no TOML: {error}") from error
    try:
        return Definition.model_validate({"id": path.stem, **table})
    except ValidationError as error:
        lines = [f"{path.name}: {_key(e['loc'])}: {e['msg']}" for e in error.errors()]
        raise WrongSource("\n".join(lines)) from error


def _key(place: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in place)
