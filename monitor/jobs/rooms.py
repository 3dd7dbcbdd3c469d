"""How a room walks: claim a batch, do the job, leave the rows to the next, in one transaction.

A row carries one state field per room that works on it (`classify_state`, `index_state`, …). The
claim, the work and the change of state commit together, so a room that dies anywhere leaves every
row as it was, and nothing happens twice. Two rooms of the same name may run: the claim locks
(`FOR UPDATE SKIP LOCKED` on PostgreSQL, the write lock of `BEGIN IMMEDIATE` on SQLite).

A row that cannot be worked on does not stop the others: the batch is tried again row by row, and
the row that raised waits as `failed`, with its reason in `RoomFailure`.
"""

import logging
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import connection, models, transaction

from monitor.jobs.models import RoomFailure

log = logging.getLogger(__name__)

Row = TypeVar("Row", bound=models.Model)
Counts = Counter[str]


class OutsideUnavailable(Exception):
    """What a room needs outside the database is down or busy: no row is to blame, all wait."""


class State(models.TextChoices):
    """Where a row stands with one room."""

    READY = "ready"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class Room(Generic[Row]):
    """A room: what it is called, whose state it changes, and its work on a batch of rows.

    `work(rows, now)` returns its counts. It runs inside the transaction that claimed the rows;
    what it does outside the database (the index, a message) must be harmless when repeated.
    """

    name: str
    rows: models.QuerySet[Row]
    state: str
    work: Callable[[Sequence[Row], datetime], Counts]

    def step(self, now: datetime, limit: int) -> Counts:
        """Work on up to `limit` rows. Empty counts mean that nothing was waiting.

        Raises `OutsideUnavailable`, with every row left as it was.
        """
        try:
            with transaction.atomic():
                batch = self._claim(limit)
                return self._finish(batch, self.work(batch, now)) if batch else Counter()
        except OutsideUnavailable:
            raise
        except Exception:
            log.exception("room %s: a batch failed; trying its rows one by one", self.name)
            return self._one_by_one(now, limit)

    def walk(
        self, now: datetime, limit: int = 500, seen: Callable[[Counts], None] = lambda _: None
    ) -> Counts:
        """Step until nothing is waiting; `seen` is told the counts of every step."""
        total: Counts = Counter()
        while counts := self.step(now, limit):
            total += counts
            seen(counts)
        return total

    def waiting(self) -> int:
        return self.rows.filter(**{self.state: State.READY}).count()

    def failed(self) -> int:
        return self.rows.filter(**{self.state: State.FAILED}).count()

    def retry(self) -> int:
        """Let the rows that failed wait again; their old failures stay on record."""
        failed = self.rows.filter(**{self.state: State.FAILED}).values("pk")
        fields: dict[str, Any] = {self.state: State.READY}
        return self.rows.model._default_manager.filter(pk__in=failed).update(**fields)  # noqa: SLF001

    def _claim(self, limit: int) -> list[Row]:
        ready = self.rows.filter(**{self.state: State.READY}).order_by("pk")
        if connection.features.has_select_for_update_skip_locked:
            ready = ready.select_for_update(skip_locked=True, of=("self",))
        return list(ready[:limit])

    def _finish(self, batch: Sequence[Row], counts: Counts) -> Counts:
        self._mark(batch, State.DONE)
        return counts + Counter({"rows": len(batch)})

    def _one_by_one(self, now: datetime, limit: int) -> Counts:
        with transaction.atomic():
            total: Counts = Counter()
            for row in self._claim(limit):
                total += self._try(row, now)
            return total

    def _try(self, row: Row, now: datetime) -> Counts:
        try:
            with transaction.atomic():
                return self._finish([row], self.work([row], now))
        except Exception:  # noqa: BLE001 - whatever the row provoked is kept beside it
            self._mark([row], State.FAILED)
            RoomFailure.objects.create(
                room=self.name,
                row=row.pk,
                label=str(row)[:300],
                error=traceback.format_exc(),
                failed_at=now,
            )
            return Counter({"rows": 1, "failed": 1})

    def _mark(self, rows: Sequence[Row], state: State) -> None:
        fields: dict[str, Any] = {self.state: state}
        self.rows.model._default_manager.filter(pk__in=[row.pk for row in rows]).update(**fields)  # noqa: SLF001


def state_field() -> "models.CharField[str, str]":
    return models.CharField(max_length=6, choices=State, default=State.READY)


def ready_index(name: str, state: str) -> models.Index:
    """An index over the waiting rows only: the claim stays fast however long the table grows."""
    return models.Index(fields=["id"], name=name, condition=models.Q(**{state: State.READY}))
