"""Everything that somebody can change is recorded, or it is written down why not."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet

ROOT = Path(__file__).resolve().parents[3]
EXCUSES = Path(__file__).with_name("not_recorded.txt")
AROUND = re.compile(r"_base_manager|_raw_delete|save_base|\.cursor\(\)")
"""Ways to write that no manager of ours hears of."""
HOUSE = ("monitor", "alerts")


def excuses() -> dict[str, str]:
    lines = EXCUSES.read_text(encoding="utf-8").splitlines()
    said = (line.partition(" ") for line in lines if line.strip() and line[0] != "#")
    return {name: reason.strip() for name, _blank, reason in said}


def excused() -> set[str]:
    return {name for name in excuses() if not name.endswith(".py")}


def unrecorded() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        owner = model._meta.auto_created or model
        if not issubclass(owner, Recorded):  # type: ignore[arg-type]
            yield model._meta.label
        elif issubclass(model, Recorded):
            yield from (f"{model._meta.label}.{name}" for name in model.passing)


def recorded() -> list[type[Recorded]]:
    return [model for model in apps.get_models() if issubclass(model, Recorded)]


def test_everything_is_recorded_or_excused() -> None:
    assert sorted(unrecorded()) == sorted(excused())
    assert all(excuses().values())


@pytest.mark.parametrize("model", recorded(), ids=lambda model: model._meta.label)
def test_whatever_writes_a_recorded_row_tells_of_it(model: type[Recorded]) -> None:
    managers = [manager.get_queryset() for manager in model._meta.managers]
    assert managers
    assert all(isinstance(rows, RecordedQuerySet) for rows in managers)
    names = {field.name for field in model._meta.concrete_fields}
    assert model.withheld | model.passing <= names
    assert model.save is Recorded.save


@pytest.mark.parametrize("model", recorded(), ids=lambda model: model._meta.label)
def test_secrets_and_bytes_are_withheld(model: type[Recorded]) -> None:
    from monitor.accounts.secrets.fields import SealedField  # noqa: PLC0415 - models first

    for field in model._meta.concrete_fields:
        secret = isinstance(field, SealedField | models.BinaryField)
        if secret or "digest" in field.name or field.name in ("token", "password"):
            assert field.name in model.withheld, field


def test_ways_around_the_managers_are_known() -> None:
    found = {
        str(file.relative_to(ROOT))
        for top in HOUSE
        for file in (ROOT / top).rglob("*.py")
        if "migrations" not in file.parts and AROUND.search(file.read_text(encoding="utf-8"))
    }
    assert sorted(found) == sorted(name for name in excuses() if name.endswith(".py"))
