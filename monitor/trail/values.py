"""Values of fields as entries hold them: plain JSON, and of persons the pseudonym only."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db.models import EmailField, Field, ForeignKey, Model

from monitor.accounts.models import Organisation, User
from monitor.trail.persons import person_at, person_of

Values = dict[str, Any]
PERSON, ORGANISATION, WITHHELD = "person", "organisation", "withheld"
"""Keys of the objects that stand for a person's pseudonym, an organisation, something secret."""


def differing(
    row: Model | None, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[Values, Values]:
    """What was before and is after, of the fields whose value is another. Of a row that was not
    there before or is not there after, what it holds at all."""
    names = [
        name
        for name in (*before, *(name for name in after if name not in before))
        if before.get(name) != after.get(name) and not _hollow(before, after, name)
    ]
    return (
        {name: _kept(row, name, before[name]) for name in names if name in before},
        {name: _kept(row, name, after[name]) for name in names if name in after},
    )


def persons_in(values: Values) -> Iterator[UUID]:
    """The pseudonyms that the values name."""
    for value in values.values():
        if isinstance(value, dict) and PERSON in value:
            yield UUID(value[PERSON])


def plain(value: Any) -> Any:
    """As JSON holds it without loss. Raises TypeError where it cannot."""
    match value:
        case None | bool() | int() | str():
            return value
        case float() | Decimal() | UUID():
            return str(value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
        case set() | frozenset():
            return sorted(plain(each) for each in value)
        case Model():
            return plain(value.pk)
        case _:
            raise TypeError(f"{value!r} cannot be recorded")


def _hollow(before: Mapping[str, Any], after: Mapping[str, Any], name: str) -> bool:
    """Nothing, of a row that was made or is gone."""
    return not (before and after) and (before.get(name) or after.get(name)) in (None, "")


def _kept(row: Model | None, name: str, value: Any) -> Any:
    field = _field(row, name)
    if value is None or value == "":
        return value
    if field is None:
        return plain(value)
    if name in getattr(row, "withheld", ()):
        return {WITHHELD: True}
    if isinstance(row, User) and name == User.USERNAME_FIELD:
        return {PERSON: str(person_of(row, value).pk)}
    if isinstance(field, EmailField):
        return {PERSON: str(person_at(value).pk)}
    if isinstance(field, ForeignKey):
        return _referred(field, value)
    return plain(value)


def _referred(field: "ForeignKey[Any, Any]", value: Any) -> Any:
    related = field.related_model
    if related is User:
        user = value if isinstance(value, User) else User.objects.filter(pk=value).first()
        return {PERSON: str(person_of(user).pk)} if user else None
    if related is Organisation:
        return {ORGANISATION: plain(value)}
    return plain(value)


def _field(row: Model | None, name: str) -> "Field[Any, Any] | None":
    if row is None:
        return None
    try:
        found = row._meta.get_field(name)  # noqa: SLF001 - documented
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, Field) else None
