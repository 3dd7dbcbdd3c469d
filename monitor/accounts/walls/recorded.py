"""Rows of which every change is told to whoever keeps the record of them.

Whatever a row is changed by, `save`, `create`, `update` of many, `bulk_create`: what it was before
and is after goes out as `changed`, within the transaction that wrote it. Nothing has to be called,
so nothing can be forgotten; who listens is not known here.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.db import models, transaction
from django.dispatch import Signal

from monitor.accounts.walls.door import WalledQuerySet, opened

if TYPE_CHECKING:
    from monitor.accounts.models import Organisation, User

State = Mapping[str, Any]
"""A row's fields by name; of foreign keys the other's primary key."""

changed = Signal()
"""`sender`: the model; `row`; `before` and `after`: a `State`, empty where there was or is none."""


class Recorded(models.Model):
    """A model whose rows are recorded. Its manager is made of a `RecordedQuerySet`."""

    withheld: ClassVar[frozenset[str]] = frozenset()
    """Fields of which it is told that they changed, not what they hold."""
    passing: ClassVar[frozenset[str]] = frozenset()
    """Fields that are not told of at all: when something was last used."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            before = {} if self._state.adding else _states(type(self), [self.pk])
            super().save(*args, **kwargs)
            _tell(type(self), [self], before)

    def concerns(self) -> "Sequence[Organisation]":
        """The organisations whose affair the row is; none unless a model says so."""
        return ()

    def about(self) -> "User | str | None":
        """The person whose affair it is, or the mail address of one who has no account."""
        return None


M = TypeVar("M", bound=Recorded)


class RecordedQuerySet(WalledQuerySet[M]):
    """Tells of what it writes to many rows at once. What it deletes, Django tells of."""

    def update(self, **kwargs: Any) -> int:
        with transaction.atomic():
            # Held until the end, so that `before` is what the update finds.
            held = self.order_by().select_for_update(of=("self",))
            before = {s.pop("pk"): s for s in held.values("pk", *_names(self.model))}
            count = super().update(**kwargs)
            with opened():
                rows = list(self.model._base_manager.filter(pk__in=before))  # noqa: SLF001 - documented
            _tell(self.model, rows, before)
            return count

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """Raises ValueError where it would not be known which rows were written."""
        if kwargs.get("ignore_conflicts") or kwargs.get("update_conflicts"):
            raise ValueError(f"{self.model.__name__}: a recorded row is written or is an error")
        with transaction.atomic():
            rows = super().bulk_create(objs, *args, **kwargs)
            _tell(self.model, rows, {})
            return rows


def _tell(model: type[Recorded], rows: Iterable[Recorded], before: Mapping[Any, State]) -> None:
    rows = list(rows)
    after = _states(model, [row.pk for row in rows])
    for row in rows:
        changed.send(
            sender=model, row=row, before=before.get(row.pk, {}), after=after.get(row.pk, {})
        )


def _states(model: type[Recorded], pks: Sequence[Any]) -> dict[Any, State]:
    """As the database has them: what is computed by it is known only there."""
    with opened():
        rows = model._base_manager.filter(pk__in=pks).values("pk", *_names(model))  # noqa: SLF001 - documented
        return {state.pop("pk"): state for state in rows}


def _names(model: type[Recorded]) -> list[str]:
    fields = model._meta.concrete_fields  # noqa: SLF001 - documented
    return [f.name for f in fields if not f.primary_key and f.name not in model.passing]
