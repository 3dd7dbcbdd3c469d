"""A key in the place of another, while the house runs.

First a key is put before the others; from then on it seals, and the others still unseal. Then
everything is sealed anew, batch by batch, each in a transaction of its own: whoever is killed
half-way leaves rows under either key, and the next run goes on with what is left. The old keys are
dropped last, and by themselves, once nothing is sealed with them.
"""

from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import Model, QuerySet, TextField, Value
from django.db.models.functions import Cast

from monitor.accounts.secrets.fields import SealedField, sealed_fields
from monitor.accounts.secrets.sealing import is_current, keep, keys, new_key, sealed, unsealed

BATCH = 500


class KeysElsewhere(Exception):
    """The keys are the environment's, which no command can change."""


def begin() -> bool:
    """Put a key before the others, unless one was put there and its predecessor is still in
    force. Returns whether it did. With keys of the environment that is the operator's to do."""
    if settings.FENGHUO_KEYS or len(keys()) > 1:
        return False
    keep((new_key(), *keys()))
    return True


def seal_anew(batch: int = BATCH) -> Iterator[int]:
    """Seal with the first key whatever is not; yields how many rows it changed, batch by batch,
    after each has been committed."""
    for field in sealed_fields():
        last: object = None
        while True:
            with transaction.atomic():
                rows = _after(field, last, batch)
                changed = sum(_sealed_anew(field, pk, text) for pk, text in rows)
            if not rows:
                break
            last = rows[-1][0]
            yield changed


def finish() -> int:
    """Drop all keys but the first. Returns how many.

    Raises `KeysElsewhere` where they are the environment's.
    """
    for _changed in seal_anew():
        pass
    old = keys()[1:]
    if old and settings.FENGHUO_KEYS:
        raise KeysElsewhere(
            "nothing is sealed with the old keys any more: take all but the first out of "
            "FENGHUO_ENCRYPTION_KEYS, and start everything again"
        )
    if old:
        keep(keys()[:1])
    return len(old)


def seal_open_ones(field: SealedField) -> int:
    """Seal what an older version kept open: JSON, which begins with a brace as nothing sealed
    does. Returns how many rows."""
    rows = _raw(field).filter(raw__startswith="{")
    with transaction.atomic():
        return sum(_put(field, pk, text) for pk, text in rows.values_list("pk", "raw"))


def _after(field: SealedField, last: object, batch: int) -> list[tuple[object, str]]:
    rows = _raw(field).select_for_update().order_by("pk")
    later = rows if last is None else rows.filter(pk__gt=last)
    return list(later.values_list("pk", "raw")[:batch])


def _raw(field: SealedField) -> QuerySet[Model]:
    """The rows that hold something, `raw` being the column as it is stored."""
    held = {f"{field.name}__isnull": False}
    rows = field.model._base_manager.filter(**held)  # noqa: SLF001 - documented so
    raw: QuerySet[Model] = rows.annotate(raw=Cast(field.name, TextField()))
    return raw


def _sealed_anew(field: SealedField, pk: object, text: str) -> int:
    return 0 if is_current(text) else _put(field, pk, unsealed(text))


def _put(field: SealedField, pk: object, text: str) -> int:
    rows = field.model._base_manager.filter(pk=pk)  # noqa: SLF001 - documented so
    # An expression, because the field would seal what is sealed already.
    return rows.update(**{field.name: Value(sealed(text), TextField())})
