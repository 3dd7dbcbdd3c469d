"""Changes to what the directory says of a firm."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from monitor.accounts.models import Organisation
from monitor.accounts.walls.door import opened
from monitor.accounts.words import Kind
from monitor.bases.models import Enterprise
from monitor.bases.organisations import of_firm


class TakenError(Exception):
    """Another firm has the name or the code: `field` says which. Two are made one by a merger."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def change(firm: Enterprise, sheet: Mapping[str, Any], now: datetime) -> dict[str, tuple[Any, Any]]:
    """Write the fields, and name the firm's organisation as the firm. Returns {field: (before,
    after)} of what changed. Raises `TakenError`."""
    with opened(), transaction.atomic():
        row = Enterprise.objects.select_for_update().get(pk=firm.pk)
        changed = {
            name: (getattr(row, name), value)
            for name, value in sheet.items()
            if getattr(row, name) != value
        }
        free(sheet, but=row.pk)
        for name, (_before, after) in changed.items():
            setattr(row, name, after)
        row.save(update_fields=list(changed))
        if {"name_zh", "name_en", "city"} & changed.keys():
            _named_alike(row, now)
        return changed


def free(sheet: Mapping[str, Any], but: int) -> None:
    """Raises `TakenError` where a firm other than `but` has the name or the code."""
    for field in ("name_zh", "uscc"):
        value = sheet.get(field)
        others = Enterprise.objects.filter(**{field: value}).exclude(pk=but)
        if value and others.exists():
            raise TakenError(field)
    named = Organisation.objects.filter(kind=Kind.ENTERPRISE, name_zh=sheet.get("name_zh", ""))
    if named.exclude(enterprise=but).exists():
        raise TakenError("name_zh")


def _named_alike(firm: Enterprise, now: datetime) -> None:
    names = {"name_zh": firm.name_zh, "name_en": firm.name_en, "city": firm.city}
    if firm.organisation_id is None:
        of_firm(firm, now)
    else:
        Organisation.objects.filter(pk=firm.organisation_id).update(**names)
