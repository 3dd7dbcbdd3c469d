"""When somebody leaves, what they had to do falls to the organisation, and its owners are told."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from monitor.accounts.models import Membership
from monitor.cases.work.changing import What, change, locked
from monitor.cases.work.dating import opened_tasks
from monitor.cases.work.telling import Rung, tell_of
from monitor.jobs.rooms import Counts


def take_back(now: datetime) -> Counts:
    """Counts the open tasks that `fell` back because their owner does not act for the organisation
    any more, however that came about."""
    acts = Membership.objects.filter(
        user=OuterRef("owner"), organisation=OuterRef("organisation"), ended_at=None
    )
    left = opened_tasks().filter(~Exists(acts), owner__isnull=False)
    fallen = list(left.values_list("pk", flat=True))
    for pk in fallen:
        with transaction.atomic():
            task = locked(pk)
            if task.owner is not None:
                fell = change(task, What.FELL, {"owner": None}, None, now)
                tell_of(fell, task, (Rung.OWNERS,), now)
    return +Counter(fell=len(fallen))
