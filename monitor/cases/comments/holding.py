"""A round that a chamber changes: by somebody who may, one at a time; and the playbook's tasks that
are done by it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from monitor.accounts.models import User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.cases.models import Case, CommentRound, Task
from monitor.cases.permission import MayNotError, ask_case
from monitor.cases.work.changing import What, change, locked

BOOK = "tbt-sps-comments"
"""The playbook of `config/playbooks`."""


@contextmanager
def held(actor: Actor, round_: CommentRound) -> Iterator[CommentRound]:
    """The round as it is now, which nobody else changes meanwhile. Raises MayNotError where the
    actor does not answer the case, and for a round that was called off."""
    ask_case(actor, round_.case)
    with opened(), transaction.atomic():
        rows = CommentRound.objects.select_for_update(of=("self",)).select_related("case")
        row = rows.get(pk=round_.pk)
        if row.called_off_at is not None:
            raise MayNotError
        yield row


def finish_play(case: Case, play: str, by: User | None, now: datetime) -> None:
    """What the playbook asks for has been done here. Within the door."""
    left = Task.objects.filter(case=case, play=f"{BOOK}/{play}", done_at=None, dropped_at=None)
    for pk in left.order_by("pk").values_list("pk", flat=True):
        change(locked(pk), What.DONE, {"done_at": now, "done_by": by}, by, now)
