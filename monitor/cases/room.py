"""The cases room: it opens what the rules say, and follows what became known.

`prepare` opens cases, also again, joins twins, and puts before the room whichever measure has
notices, impacts or rules that it had not when it was last put there. The room claims these rows as
every room does: the claim and all that comes of it commit together, so that it may be killed
anywhere.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from monitor.cases.affairs import twins
from monitor.cases.following import Desk, marks, put
from monitor.cases.models import Case, CaseMeasure
from monitor.cases.opening import add_measures, open_by_rules
from monitor.cases.outcomes.lapsing import lapsing
from monitor.cases.outcomes.reopening import reopen_by_rules
from monitor.jobs.rooms import Counts, Room, State


def room() -> Room[CaseMeasure]:
    return Room("cases", CaseMeasure.objects.all(), "follow_state", _work)


def prepare(now: datetime) -> Counts:
    """Counts cases `opened` and `reopened`, measures `joined` to one and measures put before the
    room, `woken`."""
    counts = open_by_rules(now) + reopen_by_rules(now)
    counts += Counter(joined=_join_twins())
    return counts + Counter(woken=_wake(now))


def _work(rows: Sequence[CaseMeasure], now: datetime) -> Counts:
    desk, counts = Desk(now), Counter[str]()
    claimed = {row.pk for row in rows}
    cases = Case.objects.select_for_update().filter(pk__in={row.case_id for row in rows})
    for case in cases.order_by("pk"):
        mine = CaseMeasure.objects.filter(case=case).select_related("measure").order_by("pk")
        moves = desk.follow(case, list(mine), claimed)
        counts += Counter(cases=1, moved=len(moves))
    return counts


def _join_twins() -> int:
    """A measure that is one affair with one that is answered is answered with it."""
    subjects = list(CaseMeasure.objects.select_related("measure", "case"))
    found = twins([subject.measure for subject in subjects])
    known = {subject.measure_id for subject in subjects}
    joined = 0
    for twin in found:
        if twin.pk not in known:
            mine = {measure.pk for measure in twins([twin])}
            case = next(subject.case for subject in subjects if subject.measure_id in mine)
            joined += len(add_measures(case, [twin]))
            known.add(twin.pk)
    return joined


def _wake(now: datetime) -> int:
    subjects = list(CaseMeasure.objects.all())
    now_there = marks(subjects)
    late = lapsing(now)
    changed = [
        subject
        for subject in subjects
        if subject.seen != now_there[subject.pk] or subject.measure_id in late
    ]
    for subject in changed:
        put(subject, seen=now_there[subject.pk], follow_state=State.READY)
    return len(changed)
