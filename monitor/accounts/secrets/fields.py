"""Columns that are kept sealed (`sealing`): nothing can be looked up by them."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Lookup, Transform

from monitor.accounts.secrets.sealing import sealed, unsealed

if TYPE_CHECKING:
    Field = models.Field[Any, Any]  # generic for the type checker only
else:
    Field = models.Field


class SealedField(Field):
    """What the kinds below share. In the database it is a text that says nothing."""

    def get_internal_type(self) -> str:
        return "TextField"

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else sealed(self._text(value))

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> Any:
        return None if value is None else self._value(unsealed(value))

    def get_lookup(self, lookup_name: str) -> "type[Lookup[Any]] | None":
        # Two sealings of one text differ: whoever compares them finds nothing, and is told so.
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def get_transform(self, lookup_name: str) -> type[Transform] | None:  # noqa: ARG002 - as Django calls it
        return None

    def _text(self, value: Any) -> str:
        raise NotImplementedError

    def _value(self, text: str) -> Any:
        raise NotImplementedError


class SealedTextField(SealedField):
    def _text(self, value: Any) -> str:
        return str(value)

    def _value(self, text: str) -> str:
        return text


class SealedJSONField(SealedField):
    def _text(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def _value(self, text: str) -> Any:
        return json.loads(text)


def sealed_fields() -> Iterator[SealedField]:
    """Every sealed column of the house."""
    for model in apps.get_models():
        for field in model._meta.local_fields:  # noqa: SLF001 - documented by Django, underscore and all
            if isinstance(field, SealedField):
                yield field
