"""The cases room: what became known of the measures that are answered → proceedings, stages,
dates, respondents.

`prepare` opens what the rules say, joins twins, and puts before the room whichever measure has
notices, impacts or rules that it had not when it was last put there. The room claims these rows as
every room does: the claim and all that comes of it commit together, so that it may be killed
anywhere; done twice it does nothing the second time.
"""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max

from monitor.cases.affairs import twins
from monitor.cases.calendar import Because, Book
from monitor.cases.models import Case, CaseMeasure, Move, Proceeding
from monitor.cases.opening import add_measures, open_by_rules
from monitor.cases.proceedings import Found, Rows, found
from monitor.cases.respondents import Ours, list_firms, name_firms
from monitor.cases.touching import touching
from monitor.cases.versions import Rules, library_mark
from monitor.deadlines.facts import Facts
from monitor.deadlines.library import Library
from monitor.jobs.rooms import Counts, Room, State
from monitor.notices.models import Entry, Notice
from monitor.trail.hand import aside

Life = Sequence[Entry]
"""Of a measure, in the order of publication."""


def room() -> Room[CaseMeasure]:
    return Room("cases", CaseMeasure.objects.all(), "follow_state", _work)


def prepare(now: datetime) -> Counts:
    """Counts cases `opened`, measures `joined` to one and measures put before the room, `woken`."""
    counts = open_by_rules(now)
    counts += Counter(joined=_join_twins())
    return counts + Counter(woken=_wake())


def follow_now(case: Case, now: datetime) -> list[Move]:
    """All measures of the case, at once, within the transaction of whoever calls."""
    subjects = list(CaseMeasure.objects.filter(case=case).select_related("measure").order_by("pk"))
    desk = Desk(now)
    moves = desk.follow(case, subjects, {subject.pk for subject in subjects})
    seen = _marks(subjects)
    for subject in subjects:
        _put(subject, seen=seen[subject.pk], follow_state=State.DONE)
    return moves


def recount(proceeding: Proceeding, because: Because, now: datetime) -> list[Move]:
    """The dates of one proceeding, after somebody said a day."""
    desk = Desk(now)
    subject = CaseMeasure.objects.select_related("measure", "case").get(
        measure=proceeding.measure_id
    )
    rows = Rows(subject.case, now)
    with aside():
        settled = rows.settle(subject.measure, desk.found(subject, _life([subject])[subject.pk]))
        book = Book([proceeding], desk.rules, now)
        facts = next((each.facts for row, each in settled if row.pk == proceeding.pk), None)
        book.reckon(proceeding, facts or Facts(), because)
        return book.write()


class Desk:
    """What the following of a batch needs, read once."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.rules = Rules(Library.load(Path(settings.FENGHUO_DEADLINES)), now)
        self.ours = Ours()

    def follow(
        self, case: Case, subjects: Sequence[CaseMeasure], changed: Container[int]
    ) -> list[Move]:
        """`subjects`: of the case, all; `changed`: primary keys of those of which there is more to
        know than before."""
        lives = _life(subjects)
        touched = touching(subject.measure for subject in subjects)
        list_firms(case, touched.firms(), self.now)
        notices = (entry.notice for life in lives.values() for entry in life)
        name_firms(case, notices, self.ours, self.now)
        with aside():
            case.bases.add(*touched.bases)
            return self._calendars(case, [s for s in subjects if s.pk in changed], lives)

    def found(self, subject: CaseMeasure, life: Life) -> list[Found]:
        return found(subject.measure, [entry.notice for entry in life], self.rules.library)

    def _calendars(
        self, case: Case, subjects: Sequence[CaseMeasure], lives: dict[int, Life]
    ) -> list[Move]:
        rows = Rows(case, self.now)
        book = Book(rows.all, self.rules, self.now)
        for subject in subjects:
            life = lives[subject.pk]
            for known, because in _steps(subject, life):
                for row, each in rows.settle(subject.measure, self.found(subject, known)):
                    if each.facts is not None:
                        book.reckon(row, each.facts, because)
            _put(subject, entry=max((entry.pk for entry in life), default=0))
        return book.write()


def _steps(subject: CaseMeasure, life: Life) -> list[tuple[Life, Because | None]]:
    """What was known before with each new notice in turn, so that every move has its notice."""
    fresh = [entry for entry in life if entry.pk > subject.entry]
    if not subject.entry:
        return [(life, None)]
    if not fresh:
        return [(life, _because(max((e.notice for e in life), key=_changed)) if life else None)]
    known = [entry for entry in life if entry.pk <= subject.entry]
    return [
        (sorted([*known, *fresh[: turn + 1]], key=_published), _because(entry.notice))
        for turn, entry in enumerate(fresh)
    ]


def _because(notice: Notice) -> Because:
    return Because(Move.Because.NOTICE, notice=notice)


def _changed(notice: Notice) -> datetime:
    return notice.last_changed


def _published(entry: Entry) -> tuple[object, ...]:
    return entry.notice.published, entry.pk


def _life(subjects: Iterable[CaseMeasure]) -> dict[int, Life]:
    by_measure = {subject.measure_id: subject.pk for subject in subjects}
    entries = Entry.objects.filter(measure__in=list(by_measure)).select_related("notice")
    lives: dict[int, list[Entry]] = {subject: [] for subject in by_measure.values()}
    for entry in entries.defer("notice__body", "notice__abstract"):
        lives[by_measure[entry.measure_id]].append(entry)
    return {subject: sorted(life, key=_published) for subject, life in lives.items()}


# --- The room ------------------------------------------------------------------------------------


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


def _wake() -> int:
    subjects = list(CaseMeasure.objects.all())
    marks = _marks(subjects)
    changed = [subject for subject in subjects if subject.seen != marks[subject.pk]]
    for subject in changed:
        _put(subject, seen=marks[subject.pk], follow_state=State.READY)
    return len(changed)


def _marks(subjects: Sequence[CaseMeasure]) -> dict[int, str]:
    """What there is of notices, impacts and rules, by subject. Two queries."""
    rules = library_mark(Library.load(Path(settings.FENGHUO_DEADLINES)))[:16]
    wanted = CaseMeasure.objects.filter(pk__in=[subject.pk for subject in subjects]).order_by()
    told = wanted.values_list("pk").annotate(
        Count("measure__entries"),
        Max("measure__entries"),
        Max("measure__entries__notice__last_changed"),
    )
    touched = wanted.values_list("pk").annotate(
        Count("measure__entries__impacts"), Max("measure__entries__impacts__assessed_at")
    )
    impacts = {pk: f"{count}@{_moment(last)}" for pk, count, last in touched}
    return {
        pk: f"{count}/{newest or 0}@{_moment(last)} {impacts[pk]} {rules}"
        for pk, count, newest, last in told
    }


def _moment(at: datetime | None) -> str:
    return f"{at:%y%m%d%H%M%S%f}" if at else "-"


def _put(subject: CaseMeasure, **fields: object) -> None:
    """Of fields that are told to nobody."""
    for name, value in fields.items():
        setattr(subject, name, value)
    CaseMeasure.objects.filter(pk=subject.pk).update(**fields)
