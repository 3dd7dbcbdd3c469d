"""Silence is chased: whoever was told and says nothing becomes a task of an officer of the chamber
that sees to its answer, as the playbook says."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q

from monitor.cases.models import Proceeding, Respondent, Task
from monitor.cases.words import Answer, Who
from monitor.cases.work.changing import What, change, day_of, locked, tell
from monitor.cases.work.laying import book_of
from monitor.cases.work.playbooks import Book, Chase
from monitor.cases.work.telling import chamber_of
from monitor.cases.work.workdays import ZONE, after
from monitor.jobs.rooms import Counts

FIRM = "{firm}"
"""Stands in the title of a chase for whom it is about."""
SILENT = (Answer.INFORMED, Answer.CONSIDERING)
AT_LEAST = timedelta(days=1)


def chase(now: datetime) -> Counts:
    """Counts what is `chased` from now on, and the chases `answered`."""
    return Counter(answered=_answered(now)) + Counter(chased=_chased(now))


def _chased(now: datetime) -> int:
    silent = Respondent.objects.filter(
        answer__in=SILENT, organisation__isnull=False, case__closed_at=None
    )
    rows = silent.annotate(spoke_at=Max("statements__at")).select_related("case", "organisation")
    found = list(rows.filter(Q(informed_at__lte=now - AT_LEAST)).order_by("case", "pk"))
    books = dict(_books({respondent.case_id for respondent in found}))
    return sum(_ask(each, *books[each.case_id], now) for each in found if each.case_id in books)


def _books(cases: Iterable[int]) -> Iterator[tuple[int, tuple[Proceeding, Book]]]:
    """By case: its first proceeding that goes on and has a playbook with chases. A firm answers a
    case, not each of its proceedings, so it is asked once."""
    rows = Proceeding.objects.filter(case__in=cases, ended=None).select_related("measure")
    seen: set[int] = set()
    for proceeding in rows.order_by("began", "pk"):
        book = book_of(proceeding)
        if proceeding.case_id not in seen and book and book.file.chases:
            seen.add(proceeding.case_id)
            yield proceeding.case_id, (proceeding, book)


def _ask(respondent: Respondent, proceeding: Proceeding, book: Book, now: datetime) -> int:
    """Whatever is due by now, each once in a case."""
    since = respondent.informed_at
    if respondent.answer == Answer.CONSIDERING:
        since = respondent.spoke_at or since  # type: ignore[attr-defined]  # annotated
    if since is None:
        return 0
    begun = since.astimezone(ZONE).date()
    due = [
        each
        for each in book.file.chases
        if each.state == respondent.answer and after(begun, each.after) <= day_of(now)
    ]
    return sum(_make(respondent, proceeding, book, each, now) for each in due)


def _make(
    respondent: Respondent, proceeding: Proceeding, book: Book, chase: Chase, now: datetime
) -> int:
    with transaction.atomic():
        # Two walks at once wait here for each other.
        Respondent.objects.select_for_update().get(pk=respondent.pk)
        kept = Task.objects.filter(respondent=respondent, play__endswith=f"/{chase.id}")
        firm = respondent.organisation
        chamber = chamber_of(respondent.case, firm) if firm else None
        if chamber is None or firm is None or kept.exists():
            return 0
        task = Task.objects.create(
            case=respondent.case,
            proceeding=proceeding,
            respondent=respondent,
            play=book.key(chase),
            title_zh=chase.zh.replace(FIRM, firm.name_zh)[:200],
            title_en=chase.en.replace(FIRM, firm.name_en or firm.name_zh)[:300],
            checks=book.checks(chase),
            who=Who.CHAMBER,
            organisation=chamber,
            due=after(day_of(now), 1),
            created_at=now,
        )
        tell(task, What.LAID, {}, {}, None, now)
        return 1


def _answered(now: datetime) -> int:
    """Chases of those who have answered since are done."""
    left = Task.objects.filter(
        done_at=None, dropped_at=None, respondent__isnull=False, case__closed_at=None
    ).exclude(respondent__answer__in=(Answer.LISTED, Answer.INFORMED))
    chases = [
        task
        for task in left.filter(played="")
        .exclude(play="")
        .select_related("respondent", "proceeding__measure")
        if _is_answered(task)
    ]
    for task in chases:
        with transaction.atomic():
            change(locked(task.pk), What.DONE, {"done_at": now, "done_by": None}, None, now)
    return len(chases)


def _is_answered(task: Task) -> bool:
    """A chase is of one state of silence: the next has its own."""
    proceeding, respondent = task.proceeding, task.respondent
    book = book_of(proceeding) if proceeding else None
    chase = book.chases.get(task.play) if book else None
    return chase is not None and respondent is not None and chase.state != respondent.answer
