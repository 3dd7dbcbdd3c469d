"""What people know of a proceeding and no notice says; and taking over what the rules say now."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.dateparse import parse_date, parse_datetime

from monitor.accounts.walls.door import opened
from monitor.cases.calendar import Because
from monitor.cases.following import recount
from monitor.cases.models import (
    Adopted,
    KnownDay,
    Move,
    Proceeding,
    Respondent,
    RulesVersion,
    StageChange,
)
from monitor.cases.permission import By, MayNotError, ask_answer, ask_case, person
from monitor.cases.proceedings import standing, update
from monitor.cases.respondents import ChangedMeanwhileError
from monitor.cases.stages import family
from monitor.cases.words import Stage
from monitor.deadlines.library import Library

What = KnownDay.What
_OF_ALL = frozenset({What.TOLLED, What.STAYED})
"""Of no event and no rule, but of all that runs."""


class UnknownNameError(Exception):
    """The proceeding's ruleset has no event, or no rule, of that name."""


@dataclass(frozen=True)
class Word:
    """What somebody knows, as in `KnownDay`. `name`: empty of tolls and stays. Raises ValueError
    where one thing does not go with another."""

    what: KnownDay.What
    name: str
    day: date
    source: str
    respondent: Respondent | None = None
    """To whom alone something was extended."""
    days: int | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.respondent is not None and self.what is not What.EXTENDED:
            raise ValueError("a respondent belongs to an extension, and to nothing else")
        if (self.days is None) == (self.what is What.TOLLED):
            raise ValueError("a number of days belongs to what was tolled, and to nothing else")
        if self.until is not None and (self.what is not What.STAYED or self.until < self.day):
            raise ValueError("an end belongs to a stay, and comes after its begin")

    @property
    def subject(self) -> str:
        """What it is said of, as `KnownDay.name`: a later word on the same replaces it."""
        return self.day.isoformat() if self.what in _OF_ALL else self.name


def know(proceeding: Proceeding, word: Word, actor: By, now: datetime) -> list[Move]:
    """Somebody says a day. A former word on the same thing is kept, replaced. Returns the dates
    that moved by it.

    Raises MayNotError, UnknownNameError; ValueError where a respondent is of another case.
    """
    ask_case(actor, proceeding.case)
    if word.respondent is not None:
        _check_respondent(proceeding, word.respondent, actor)
    with opened(), transaction.atomic():
        row = Proceeding.objects.select_for_update(of=("self",)).get(pk=proceeding.pk)
        _check_name(row, word)
        former = KnownDay.objects.filter(
            proceeding=row,
            what=word.what,
            name=word.subject,
            respondent=word.respondent,
            replaced_at=None,
        )
        former.update(replaced_at=now)
        said = KnownDay.objects.create(
            **vars(word) | {"name": word.subject},
            proceeding=row,
            said_by=person(actor),
            at=now,
        )
        because = Because(Move.Because.KNOWN, known=said, by=person(actor))
        return recount(row, because, now)


def take_over(adopted: Adopted, by: By, now: datetime) -> Move | None:
    """The date goes by the rules as they are now. `adopted`: as whoever takes it over was shown it.
    None: nothing was proposed.

    Raises MayNotError, ChangedMeanwhileError.
    """
    ask_case(by, adopted.proceeding.case)
    if adopted.respondent is not None:
        ask_answer(by, adopted.respondent)
    with opened(), transaction.atomic():
        row = Adopted.objects.select_for_update(of=("self",)).get(pk=adopted.pk)
        if row.proposed != adopted.proposed:
            raise ChangedMeanwhileError
        if row.proposed is None:
            return None
        before = None if row.gone_at else row.day
        _fill(row, row.proposed, now)
        row.proposed, row.adopted_at, row.adopted_by = None, now, person(by)
        row.save()
        return Move.objects.create(
            adopted=row,
            before=before,
            after=None if row.gone_at else row.day,
            because=Move.Because.RULES,
            by=person(by),
            at=now,
        )


def came_to(
    proceeding: Proceeding, stage: Stage, day: date, actor: By, now: datetime
) -> StageChange:
    """Somebody knows before the notices do where the proceeding stands. Raises MayNotError."""
    ask_case(actor, proceeding.case)
    with opened(), transaction.atomic():
        row = Proceeding.objects.select_for_update(of=("self",)).get(pk=proceeding.pk)
        change = StageChange.objects.create(
            proceeding=row, stage=stage, day=day, said_by=person(actor), at=now
        )
        changes = StageChange.objects.filter(proceeding=row)
        update(row, standing(family(row.measure.kind, row.proceeding), list(changes)))
        return change


def _fill(row: Adopted, proposed: dict[str, str], now: datetime) -> None:
    if not proposed:
        row.gone_at = now
        return
    row.due, row.gone_at = proposed, None
    row.day = parse_date(proposed["day"]) if proposed["day"] else None
    row.moment = parse_datetime(proposed["moment"]) if proposed["moment"] else None
    row.whom = proposed["for"]
    row.rules = RulesVersion.objects.get(name=row.proceeding.ruleset, fingerprint=proposed["rules"])


def _check_name(proceeding: Proceeding, word: Word) -> None:
    library = Library.load(Path(settings.FENGHUO_DEADLINES))
    try:
        ruleset = library.named(proceeding.ruleset)
    except KeyError:
        raise UnknownNameError(f"no calendar is known of {proceeding}") from None
    if word.what in _OF_ALL:
        return
    known = ruleset.events if word.what is What.EVENT else ruleset.versions
    if word.name not in known:
        raise UnknownNameError(f"{ruleset.name} has no {word.name}; it has: {', '.join(known)}")


def _check_respondent(proceeding: Proceeding, respondent: Respondent, actor: By) -> None:
    if respondent.case_id != proceeding.case_id:
        raise ValueError("the respondent is one of another case")
    if respondent.organisation is None:
        raise MayNotError
    ask_answer(actor, respondent)
