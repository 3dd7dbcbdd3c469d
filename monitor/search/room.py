"""The index room: makes notices findable, in Chinese and in the original language."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor.jobs.rooms import Counts, Room, State
from monitor.notices.models import Notice
from monitor.search import reindexing
from monitor.search.document import Analysing
from monitor.search.documents import documents
from monitor.search.engine import Query
from monitor.search.serving import engine
from monitor.search.tree import Dated, Dates

LOOKED_BACK = timedelta(days=40)
"""How far back passed deadlines are looked for, so that a clock that stood still catches up."""


def room() -> Room[Notice]:
    return Room("index", Notice.objects.all(), "index_state", index)


def index(notices: Sequence[Notice], now: datetime) -> Counts:
    engine().write(Analysing(documents(notices), now.date()))
    return Counter(indexed=len(notices))


def prepare(now: datetime) -> int:
    """Build the index where there is none of this version though notices were indexed: it was
    dropped, or is of another schema. The number of notices that were built in."""
    standing = engine().standing()
    lost = not standing.is_current or standing.notices == 0
    if lost and Notice.objects.filter(index_state=State.DONE).exists():
        return reindexing.reindex(now)
    return 0


def wake_passed(now: datetime) -> int:
    """Have notices whose deadline has passed lately indexed again, under their next one; daily."""
    today = now.date()
    passed = Dated(Dates.DEADLINE, today - LOOKED_BACK, today - timedelta(days=1))
    ids = list(engine().scan(Query(passed)))
    done = Notice.objects.filter(pk__in=ids, index_state=State.DONE)
    return done.update(index_state=State.READY)
