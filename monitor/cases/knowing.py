"""What people know of a proceeding and no notice says; and taking over what the rules say now."""

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


class UnknownNameError(Exception):
    """The proceeding's ruleset has no event, or no rule, of that name."""


def know(  # noqa: PLR0913, PLR0917 - what, of which name, when, from where, who, when said
    proceeding: Proceeding,
    what: KnownDay.What,
    name: str,
    day: date,
    source: str,
    actor: By,
    now: datetime,
    *,
    respondent: Respondent | None = None,
) -> list[Move]:
    """Somebody says a day. A former word on the same thing is kept, replaced. Returns the dates
    that moved by it. `respondent`: to whom alone something was extended.

    Raises MayNotError, UnknownNameError; ValueError where a respondent is given for anything else
    than an extension, or is one of another case.
    """
    ask_case(actor, proceeding.case)
    if respondent is not None:
        _check_respondent(proceeding, what, respondent, actor)
    with opened(), transaction.atomic():
        row = Proceeding.objects.select_for_update(of=("self",)).get(pk=proceeding.pk)
        _check_name(row, what, name)
        former = KnownDay.objects.filter(
            proceeding=row, what=what, name=name, respondent=respondent, replaced_at=None
        )
        former.update(replaced_at=now)
        said = KnownDay.objects.create(
            proceeding=row,
            what=what,
            name=name,
            day=day,
            respondent=respondent,
            source=source,
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


def _check_name(proceeding: Proceeding, what: KnownDay.What, name: str) -> None:
    library = Library.load(Path(settings.FENGHUO_DEADLINES))
    try:
        ruleset = library.named(proceeding.ruleset)
    except KeyError:
        raise UnknownNameError(f"no calendar is known of {proceeding}") from None
    known = ruleset.events if what is What.EVENT else ruleset.versions
    if name not in known:
        raise UnknownNameError(f"{ruleset.name} has no {name}; it has: {', '.join(known)}")


def _check_respondent(
    proceeding: Proceeding, what: KnownDay.What, respondent: Respondent, actor: By
) -> None:
    if what is not What.EXTENDED or respondent.case_id != proceeding.case_id:
        raise ValueError("a respondent of the case belongs to an extension, and to nothing else")
    if respondent.organisation is None:
        raise MayNotError
    ask_answer(actor, respondent)
