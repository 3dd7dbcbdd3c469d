"""Closing a case: when nothing of it is left, by a person, with a summary."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from bundles.words import Proceeding as Word
from monitor.accounts.walls.door import opened
from monitor.cases.models import Case, Proceeding
from monitor.cases.permission import By, ask_case, person
from monitor.cases.words import Stage

SHORTEST = 10
"""Characters of a summary that says something."""


class StillOpenError(Exception):
    """A proceeding goes on or a measure is in force; `proceedings` are those."""

    def __init__(self, proceedings: Iterable[Proceeding]) -> None:
        self.proceedings = list(proceedings)
        super().__init__(", ".join(map(str, self.proceedings)))


def left(proceedings: Iterable[Proceeding]) -> list[Proceeding]:
    """What keeps the case open as far as notices tell: what goes on, is expected, or has made a
    measure that is in force."""
    return [row for row in proceedings if row.ended is None or _stands(row)]


def _stands(row: Proceeding) -> bool:
    return row.proceeding == Word.INVESTIGATION and row.stage == Stage.IN_FORCE


def close(case: Case, summary: str, by: By, now: datetime, *, known_over: bool = False) -> None:
    """What the summary says stands beside similar cases later. `known_over`: whoever closes it
    knows that what notices do not tell the end of is over. Raises MayNotError, StillOpenError;
    ValueError where the summary says nothing. Closed already: nothing happens."""
    ask_case(by, case)
    if len(summary.strip()) < SHORTEST:
        raise ValueError("the summary says nothing")
    with opened(), transaction.atomic():
        row = Case.objects.select_for_update().get(pk=case.pk)
        going = left(Proceeding.objects.filter(case=row).select_related("measure"))
        if going and not known_over:
            raise StillOpenError(going)
        if row.closed_at is None:
            row.closed_at, row.closed_by, row.closed_because = now, person(by), summary.strip()
            row.save(update_fields=["closed_at", "closed_by", "closed_because"])
    case.closed_at, case.closed_because = row.closed_at, row.closed_because
