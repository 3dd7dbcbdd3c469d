"""The constants of `artifact.toml`, checked at load."""

import tomllib
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Temperature(_Table):
    value: float
    none: float


class Printed(_Table):
    same: float
    partial: float
    split: float
    unknown: float


class Ics(_Table):
    ceiling: float
    shared: float


class Text(_Table):
    beside_printed: float
    floor: float
    vague: float


class Constants(_Table):
    name: str
    temperature: Temperature
    printed: Printed
    ics: Ics
    text: Text


@cache
def constants() -> Constants:
    source = files(__package__).joinpath("artifact.toml").read_text(encoding="utf-8")
    return Constants.model_validate(tomllib.loads(source))
