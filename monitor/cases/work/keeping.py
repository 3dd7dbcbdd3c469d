"""What the house does for the work on cases at every walk: it costs little where nothing happened,
and whatever it is killed in the middle of, the next walk goes on."""

import logging
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from monitor.cases.models import CaseChamber, Move, Proceeding, Statement, Task
from monitor.cases.work import chasing, leaving, reminding
from monitor.cases.work.dating import follow_dates
from monitor.cases.work.laying import book_of, lay
from monitor.jobs.rooms import Counts

NEAR = timedelta(days=120)
"""Before a review may be asked for, or a measure ends: people get their tasks then, not years
ahead."""

log = logging.getLogger(__name__)


def keep_up(now: datetime) -> Counts:
    """Lay out what is to be laid out, move what has moved, chase who is silent, take back what
    nobody has any more, remind. Counts of all of that, and the proceedings that `failed`."""
    counts: Counts = Counter()
    for proceeding in _to_be_laid(now):
        try:
            counts += lay(proceeding, now)
        except Exception:
            # Whatever is the matter with one, the others' dates do not wait for it.
            log.exception("the playbook of proceeding %s was not laid out", proceeding.pk)
            counts["failed"] += 1
    counts += follow_dates(now)
    counts += chasing.chase(now)
    counts += leaving.take_back(now)
    return counts + reminding.remind(now)


def _to_be_laid(now: datetime) -> Iterator[Proceeding]:
    """Those for which something has happened since they were laid out last. What is expected waits
    until it is near."""
    spoken = Statement.objects.filter(
        respondent__case=OuterRef("case"), at__gte=OuterRef("laid_at")
    )
    moved = Move.objects.filter(adopted__proceeding=OuterRef("pk"), at__gte=OuterRef("laid_at"))
    seated = CaseChamber.objects.filter(case=OuterRef("case"), since__gte=OuterRef("laid_at"))
    undated = Task.objects.filter(proceeding=OuterRef("pk"), due=None, done_at=None).filter(
        Q(dropped_at=None) & ~Q(play="")
    )
    happened = Q(Exists(spoken)) | Q(Exists(moved)) | Q(Exists(seated))
    near = Q(expected_on=None) | Q(expected_on__lte=now.date() + NEAR)
    rows = Proceeding.objects.filter(near, case__closed_at=None).select_related("measure")
    over = rows.filter(Q(ended__isnull=False) & Q(Exists(undated)))
    yield from over
    for row in rows.filter(ended=None).annotate(happened=happened):
        book = book_of(row)
        if book and (row.laid != book.fingerprint or row.happened):
            yield row
