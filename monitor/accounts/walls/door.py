"""The one door to walled rows, and the guard that lets nobody past it.

A model whose rows are not for everybody has `Walled` for its manager and says in `seen_by` which of
them an actor sees. Whatever serves a reader asks `Model.objects.for_actor(actor)`. While a request
is served, `guarded` looks at every statement before the database does: one that names a walled
table and was not asked through the door is refused. So a forgotten door is an error at the first
request, not a leak that somebody has to find.

Outside of requests, in the rooms of the corridor and in commands, the house works for itself and
asks as it always did.
"""

import re
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from typing import Any, Generic, ParamSpec, Protocol, Self, TypeVar

from django.apps import apps
from django.db import connection, models
from django.db.models import Q

from monitor.accounts.walls.actor import ANYBODY, Actor

M = TypeVar("M", bound=models.Model)
P = ParamSpec("P")
Rows = TypeVar("Rows", bound="models.QuerySet[Any] | None")
_through: ContextVar[bool] = ContextVar("through the door", default=False)
_questions: ContextVar[dict[Hashable, Any] | None] = ContextVar("of this request", default=None)


class AroundTheDoor(Exception):
    """A statement for a reader names walled rows and was not asked for an actor."""


class SeenBy(Protocol):
    def __call__(self, actor: Actor) -> Q | None:
        """Which rows the actor sees; None: none at all."""
        ...


class WalledQuerySet(models.QuerySet[M], Generic[M]):
    """A queryset that knows whether it is asked for somebody."""

    _asked_for: Actor | None = None

    def for_actor(self, actor: Actor) -> Self:
        """The rows that the actor sees."""
        seen_by: SeenBy = self.model.seen_by  # type: ignore[attr-defined]
        seen = seen_by(actor)
        rows = self.none() if seen is None else self.filter(seen)
        rows._asked_for = actor  # noqa: SLF001 - of the same class
        return rows

    def for_bearer(self, **secret: str) -> Self:
        """The row that whoever knows this secret may see: a link in a mail or of a feed."""
        rows = self.filter(**secret)
        rows._asked_for = ANYBODY  # noqa: SLF001 - of the same class
        return rows

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._asked_for = self._asked_for
        return clone

    def _fetch_all(self) -> None:
        # What is prefetched goes through a door of its own, so only the rows themselves do here.
        if self._result_cache is None:
            with self._door():
                self._result_cache = list(self._iterable_class(self))  # type: ignore[call-overload]
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[Any]:
        with self._door():
            yield from super().iterator(chunk_size)

    def count(self) -> int:
        with self._door():
            return super().count()

    def exists(self) -> bool:
        with self._door():
            return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        with self._door():
            return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        with self._door():
            return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        with self._door():
            return super().delete()

    @contextmanager
    def _door(self) -> Iterator[None]:
        if self._asked_for is None:
            yield
        else:
            with opened():
                yield


@contextmanager
def opened() -> Iterator[None]:
    """Statements within go through. For what writes on behalf of an actor after having asked
    `Actor.may`, and for what finds out who the actor is."""
    token = _through.set(True)
    try:
        yield
    finally:
        _through.reset(token)


@contextmanager
def guarded() -> Iterator[None]:
    """While a reader is served: statements about walled tables are let through by the door only.

    Raises `AroundTheDoor` from within at any other.
    """
    token, questions = _through.set(False), _questions.set({})
    try:
        with connection.execute_wrapper(_refuse):
            yield
    finally:
        _questions.reset(questions)
        _through.reset(token)


def made_once(make: Callable[P, Rows]) -> Callable[P, Rows]:
    """While a request is served, the same wall is put together once for the same actor. What is
    kept is the question: every statement asks it anew, and no answer is kept."""

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> Rows:
        known = _questions.get()
        if known is None:
            return make(*args, **kwargs)
        key = (make, *args, *sorted(kwargs.items()))
        if key not in known:
            known[key] = make(*args, **kwargs)
        rows: Any = known[key]
        if rows is not None:
            rows = rows.all()
        return rows  # type: ignore[no-any-return]

    return made


def _refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django calls it so
    if not _through.get() and (found := _walled_tables().search(sql)):
        raise AroundTheDoor(
            f"{found.group(1)}: its rows are asked for somebody, with `for_actor(actor)`"
        )
    return execute(sql, params, many, context)


@cache
def _walled_tables() -> re.Pattern[str]:
    names = sorted({table for model in walled() for table in tables(model)})
    return re.compile(rf'"({"|".join(map(re.escape, names))})"')


def walled() -> list[type[models.Model]]:
    """Every model with a wall."""
    return [model for model in apps.get_models() if hasattr(model, "seen_by")]


def tables(model: type[models.Model]) -> list[str]:
    """Of a walled model its table, and those that say which of its rows belong to which others."""
    meta = model._meta  # noqa: SLF001 - documented by Django, underscore and all
    through = (field.m2m_db_table() for field in meta.local_many_to_many)
    return [meta.db_table, *through]
