"""An installation with rows in every table, told row by row; run as a program of its own.

`python -m tests.config.backup.world fill | dump | add`, with FENGHUO_VAR and DATABASE_URL as the
installation has them. Rows are made of whatever the models say, so that one that comes later is in
it without a word here.
"""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from config.cli import django, records

AT = datetime(2025, 6, 2, 1, 2, 3, 456789, tzinfo=UTC)
TEXT = "{n}号 “x”\t\\N \\. 'y' ;\n🙂\r é"
"""What formats stumble over."""
OLD, NEW = 2, 1
"""Rows of each table: before the backup, and after the restore."""
NEVER = frozenset({"trail.Permit"})
"""With a row in it no transaction ends."""
LEFT_OUT = frozenset({"sessions.Session", "accounts.Session"})
"""No backup has them."""
BY_THE_TRAIL = frozenset({"trail.Entry", "trail.Head", "trail.Person", "trail.Address"})


def fill() -> None:
    """As a province has it: the packaged bases, sample people, and rows of everything."""
    from monitor.accounts.models import Organisation  # noqa: PLC0415 - Django has to be up first
    from monitor.accounts.sample import load_people  # noqa: PLC0415
    from monitor.bases.models import Base  # noqa: PLC0415
    from monitor.bases.organisations import of_rows  # noqa: PLC0415

    of_rows(AT)
    load_people(AT)
    assert Organisation.objects.exists()
    assert Base.objects.exists()
    for number in range(OLD):
        more(number)


def more(number: int) -> None:
    """One row of every model, through the managers of the house."""
    for model in ordered():
        if model._meta.label in NEVER | BY_THE_TRAIL:
            continue
        row = model._base_manager.create(**values(model, number))
        for field in model._meta.local_many_to_many:
            if field.remote_field.through._meta.auto_created:
                others = field.related_model._base_manager.order_by("-pk").exclude(pk=row.pk)
                getattr(row, field.name).add(*others[:2])
    trail(number)


def trail(number: int) -> None:
    from monitor.accounts.models import Organisation, User  # noqa: PLC0415
    from monitor.accounts.walls.actor import Actor  # noqa: PLC0415
    from monitor.trail.recording import record  # noqa: PLC0415

    user, organisation = User.objects.latest("pk"), Organisation.objects.latest("pk")
    record(
        Actor(user, organisation),
        "change",
        user,
        concerned=organisation,
        before={"language": TEXT.format(n=number)},
        after={"language": "en", "is_active": False},
        now=AT + timedelta(hours=number),
        address=f"2001:db8::{number}",
        about=f"invited{number}@example.org",
    )


def ordered() -> Iterator[Any]:
    """Every model, those that others point to first."""
    from django.apps import apps  # noqa: PLC0415

    waiting, done = list(apps.get_models()), set()
    while waiting:
        ready = [m for m in waiting if _pointed_to(m) <= done]
        assert ready, f"circles: {waiting}"
        done |= set(ready)
        waiting = [m for m in waiting if m not in done]
        yield from ready


def _pointed_to(model: Any) -> set[Any]:
    fields = [f for f in model._meta.concrete_fields if f.is_relation and not f.null]
    return {f.related_model for f in fields} - {model}


def values(model: Any, number: int) -> dict[str, Any]:
    """The first row has a value in every field that one can be in, the second in none that may be
    empty."""
    found = {}
    for place, field in enumerate(model._meta.concrete_fields):
        if field.primary_key and field.get_internal_type() in ("AutoField", "BigAutoField"):
            continue
        if field.null and number == 1:
            continue
        if field.is_relation:
            found[field.attname] = _other(model, field, number, place)
        else:
            found[field.attname] = value(field, number)
    return _allowed(model, found)


def _allowed(model: Any, found: dict[str, Any]) -> dict[str, Any]:
    """Of fields of which the table takes one at a time, the first in their order."""
    from django.core.exceptions import ValidationError  # noqa: PLC0415 - Django has to be up first
    from django.db.models import CheckConstraint  # noqa: PLC0415

    for rule in model._meta.constraints:
        if not isinstance(rule, CheckConstraint):
            continue
        for name in sorted(rule.condition.referenced_base_fields, reverse=True):
            try:
                rule.validate(model, model(**found))
            except ValidationError:
                found[name] = None
    return found


def _other(model: Any, field: Any, number: int, place: int) -> Any:
    """Of another row; each field of a row and each row another one, so that pairs are once."""
    known = list(field.related_model._base_manager.order_by("-pk").values_list("pk", flat=True))
    if field.unique:
        used = set(model._base_manager.values_list(field.attname, flat=True))
        known = [pk for pk in known if pk not in used]
    if field.null and not known:
        return None
    assert known, f"{field}: there is no row that it could point to"
    return known[(place + number) % len(known)]


MADE: dict[str, Callable[[Any, int], Any]] = {
    "BinaryField": lambda _field, _number: bytes(range(256)),
    "BooleanField": lambda _field, number: number % 2 == 0,
    "DateField": lambda _field, number: date(2025, 6, 1) + timedelta(days=number),
    "DateTimeField": lambda _field, n: AT + timedelta(days=n, microseconds=n),
    "EmailField": lambda _field, number: f"row{number}@example.org",
    "FloatField": lambda _field, number: 0.1 + number,
    "GenericIPAddressField": lambda _field, number: f"2001:db8::{number}",
    "JSONField": lambda _field, number: _json(number),
    "SealedJSONField": lambda _field, number: _json(number),
    "SlugField": lambda _field, number: f"row-{number}",
    "UUIDField": lambda _field, number: UUID(int=number + 1),
}
"""By the class of the field; of others a number or a text."""


def value(field: Any, number: int) -> Any:
    if field.choices:
        return list(dict(field.flatchoices))[number % len(field.flatchoices)]
    kind = type(field).__name__
    if kind == "DecimalField":
        return _decimal(field, number)
    if kind in MADE:
        return MADE[kind](field, number)
    if "Integer" in kind:
        return number + (2**40 if "Big" in kind else 7)
    text = TEXT.format(n=number)
    return text[: field.max_length] if field.max_length else text


def _json(number: int) -> Any:
    return {TEXT.format(n=number): [1, 2.5, None, True, {"号": "é\u2028"}]}


def _decimal(field: Any, number: int) -> Decimal:
    whole = min(field.max_digits - field.decimal_places, 9)
    return Decimal(int("123456789"[:whole]) + number) + Decimal(1).scaleb(-field.decimal_places)


def dump() -> dict[str, list[list[str]]]:
    """By model every row, every column as Django reads it: of sealed ones what they hold."""
    from django.apps import apps  # noqa: PLC0415

    found = {}
    for model in apps.get_models(include_auto_created=True):
        names = [field.attname for field in model._meta.concrete_fields]
        rows = model._base_manager.order_by("pk").values_list(*names)
        found[model._meta.label] = [[_said(cell) for cell in row] for row in rows]
    return found


def _said(cell: Any) -> str:
    if isinstance(cell, bytes | memoryview):
        return bytes(cell).hex()
    if isinstance(cell, Decimal):
        return str(cell.normalize())
    if isinstance(cell, dict | list):
        return json.dumps(cell, sort_keys=True)
    return repr(cell)


def main() -> None:
    django()
    if sys.argv[1] == "dump":
        json.dump(dump(), sys.stdout)
        return
    records()  # which says in the trail what was restored
    if sys.argv[1] == "fill":
        fill()
    else:
        more(OLD)


if __name__ == "__main__":
    main()
