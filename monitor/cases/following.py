"""What became known of the measures that are answered → proceedings, stages, dates, respondents.
Done twice it does nothing the second time."""

from collections.abc import Container, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max

from monitor.cases.calendar import Because, Book
from monitor.cases.models import Case, CaseMeasure, Move, Proceeding
from monitor.cases.outcomes.expecting import reviews
from monitor.cases.proceedings import Found, Rows, found
from monitor.cases.respondents import Ours, list_firms, name_firms
from monitor.cases.touching import touching
from monitor.cases.versions import Rules, library_mark
from monitor.deadlines.facts import Facts
from monitor.deadlines.library import Library
from monitor.jobs.rooms import State
from monitor.notices.models import Entry, Measure, Notice
from monitor.trail.hand import aside

Life = Sequence[Entry]
"""Of a measure, in the order of publication."""


def follow_now(case: Case, now: datetime) -> list[Move]:
    """All measures of the case, at once, within the transaction of whoever calls."""
    subjects = list(CaseMeasure.objects.filter(case=case).select_related("measure").order_by("pk"))
    desk = Desk(now)
    moves = desk.follow(case, subjects, {subject.pk for subject in subjects})
    seen = marks(subjects)
    for subject in subjects:
        put(subject, seen=seen[subject.pk], follow_state=State.DONE)
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
        facts = {row.pk: each.facts for row, each in settled}
        facts |= {row.pk: known for row, known in desk.expected(subject.measure, rows)}
        book.reckon(proceeding, facts.get(proceeding.pk) or Facts(), because)
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

    def expected(self, measure: Measure, rows: Rows) -> list[tuple[Proceeding, Facts]]:
        """The reviews that come next, as far as no notice tells of them."""
        mine = [row for row in rows.all if row.measure_id == measure.pk]
        wanted = reviews(measure, mine, rows.changes(), self.rules.library, self.now.date())
        expected = rows.expect(measure, wanted)
        return [(row, each.facts) for row, each in zip(expected, wanted, strict=True)]

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
            for row, facts in self.expected(subject.measure, rows):
                book.reckon(row, facts, because)
            put(subject, entry=max((entry.pk for entry in life), default=0))
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


def marks(subjects: Sequence[CaseMeasure]) -> dict[int, str]:
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


def put(subject: CaseMeasure, **fields: object) -> None:
    """Of fields that are told to nobody."""
    for name, value in fields.items():
        setattr(subject, name, value)
    CaseMeasure.objects.filter(pk=subject.pk).update(**fields)
