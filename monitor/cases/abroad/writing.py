"""Writing what is done abroad."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction

from monitor.accounts.models import User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import WalledQuerySet, opened
from monitor.accounts.walls.policy import Action, Whose
from monitor.accounts.walls.reach import reaches
from monitor.cases.models import AbroadChange, Case, CaseChamber, Respondent
from monitor.cases.models.abroad import Abroad, Versioned
from monitor.cases.models.abroad_changes import name_of
from monitor.cases.overtaking import resolved, written
from monitor.cases.permission import MayNotError, ask_case
from monitor.notices.models import Notice

What = AbroadChange.What
V = TypeVar("V", bound=Versioned)
A = TypeVar("A", bound=Abroad)


class SameAsBeforeError(ValueError):
    """It has that status already."""


# --- May they ------------------------------------------------------------------------------------


def may_add(actor: Actor, case: Case) -> bool:
    """Whoever takes part in a case that goes on: a chamber of it, or a firm that is asked."""
    own = actor.organisation
    if own is None or case.closed_at is not None:
        return False
    if Whose.OWN not in actor.whose(Action.EDIT_ANSWERS):
        return False
    with opened():
        seats = CaseChamber.objects.filter(case=case, organisation=own, ended_at=None)
        return seats.exists() or Respondent.objects.filter(case=case, organisation=own).exists()


def may_edit(actor: Actor, row: Abroad) -> bool:
    """`row`: with its case and organisation, as the actor was shown it."""
    if row.case.closed_at is not None or row.withdrawn_at is not None:
        return False
    return reaches(actor, Action.EDIT_ANSWERS, row.organisation)


@contextmanager
def held(actor: Actor, row: V) -> Iterator[V]:
    """The row, which nobody else changes meanwhile. Raises `MayNotError` where the actor does not
    see it, or sees it only."""
    model = type(row)
    rows: WalledQuerySet[V] = model._default_manager.all()  # type: ignore[assignment]  # noqa: SLF001 - documented so
    if not rows.for_actor(actor).filter(pk=row.pk).exists():
        raise MayNotError
    with opened(), transaction.atomic():
        kept = rows.select_for_update(of=("self",)).get(pk=row.pk)
        if kept.withdrawn_at is not None or not may_edit(actor, kept.head):
            raise MayNotError
        yield kept


# --- Adding --------------------------------------------------------------------------------------


def add(actor: Actor, case: Case, row: A, now: datetime, *, day: dt.date | None = None) -> A:
    """A row that was filled in. A firm's own covers the firm. `day`: of its first status.

    Raises MayNotError.
    """
    ask_case(actor, case, Action.READ_CASES)
    if actor.organisation is None or not may_add(actor, case):
        raise MayNotError
    with opened(), transaction.atomic():
        row.case, row.organisation = case, actor.organisation
        _begin(actor, row, now)
        if hasattr(row, "firms"):
            mine = Respondent.objects.filter(case=case, organisation=actor.organisation)
            row.firms.add(*mine)
        tell(row, What.ADDED, {}, {}, actor.user, now, day=day)
        return row


def add_part(actor: Actor, row: Abroad, part: V, now: datetime) -> V:
    """A part that was filled in and points to the row. Raises as `held`, MayNotError where it is to
    be a firm's that the row does not cover."""
    with held(actor, row) as head:
        _check_firm(head, getattr(part, "respondent", None))
        _begin(actor, part, now)
        tell(part, What.ADDED, {}, {}, actor.user, now)
        return part


def _begin(actor: Actor, row: Versioned, now: datetime) -> None:
    row.created_at, row.created_by = now, actor.user
    row.save()


def _check_firm(head: Any, respondent: Respondent | None) -> None:
    if respondent is not None and not head.firms.filter(pk=respondent.pk).exists():
        raise MayNotError


# --- Editing -------------------------------------------------------------------------------------


def edit(actor: Actor, row: V, version: int, wanted: Mapping[str, Any], now: datetime) -> V:
    """`wanted`: fields as the form had them, `version` the row's when the form was made. Raises
    `Overtaken`; and as `held`."""
    with held(actor, row) as kept:
        later = _changes(kept).filter(version__gt=version).select_related("said_by")
        fields = resolved(kept, wanted, later)
        if "respondent" in fields:
            _check_firm(kept.head, fields["respondent"])
        if fields:
            change(kept, What.EDITED, fields, actor.user, now)
        return kept


def set_status(  # noqa: PLR0913 - which, when, says who, and where
    actor: Actor,
    row: A,
    status: str,
    day: dt.date,
    now: datetime,
    *,
    source: str = "",
    notice: Notice | None = None,
) -> A:
    """It came to a status on a day, as a notice or something else says. Raises
    `SameAsBeforeError`; and as `held`."""
    with held(actor, row) as kept:
        if getattr(kept, "status") == status:  # noqa: B009 - of those rows that have one
            raise SameAsBeforeError(status)
        fields = {"status": status, "status_on": day}
        said = change(kept, What.STATUS, fields, actor.user, now)
        said.day, said.source, said.notice = day, source, notice
        said.save(update_fields=["day", "source", "notice"])
        return kept


def withdraw(actor: Actor, row: V, now: datetime) -> None:
    """It was entered by mistake: others do not see it any more. Raises as `held`."""
    with held(actor, row) as kept:
        change(kept, What.WITHDRAWN, {"withdrawn_at": now}, actor.user, now)


# --- What belongs to it --------------------------------------------------------------------------


def tie(
    actor: Actor, row: Abroad, name: str, other: models.Model, now: datetime, *, loose: bool = False
) -> None:
    """Put a document or a firm to it, or take it away; `other`: as the actor was shown it. Twice is
    once. Its name is not kept in the history, which others read too. Raises MayNotError where it is
    of another case; and as `held`."""
    with held(actor, row) as kept:
        if getattr(other, "case_id") != kept.case_id:  # noqa: B009 - documents and respondents have one
            raise MayNotError
        related = getattr(kept, name)
        there = related.filter(pk=other.pk).exists()
        if there == loose:
            (related.remove if loose else related.add)(other)
            what = What.LOOSED if loose else What.TIED
            tell(kept, what, {}, {name: other.pk}, actor.user, now)


# --- History -------------------------------------------------------------------------------------


def history(actor: Actor, rows: Sequence[Versioned]) -> "models.QuerySet[AbroadChange]":
    """Of all of them together, newest first."""
    theirs = models.Q(pk=None)
    for row in rows:
        theirs |= models.Q(subject=name_of(type(row)), row=row.pk)
    seen = AbroadChange.objects.for_actor(actor).filter(theirs)
    return seen.select_related("said_by", "notice").order_by("-pk")


def change(
    row: Versioned, what: What, fields: Mapping[str, Any], by: User | None, now: datetime
) -> AbroadChange:
    """Write the fields of a row that is held, and what they were before."""
    was, became = written(row, fields)
    return tell(row, what, was, became, by, now)


def _changes(row: Versioned) -> "models.QuerySet[AbroadChange]":
    mine = AbroadChange.objects.filter(subject=name_of(type(row)), row=row.pk)
    return mine.order_by("pk")


def tell(  # noqa: PLR0913 - a line of the history
    row: Versioned,
    what: What,
    was: Mapping[str, Any],
    became: Mapping[str, Any],
    by: User | None,
    now: datetime,
    *,
    day: dt.date | None = None,
) -> AbroadChange:
    return AbroadChange.objects.create(
        subject=name_of(type(row)),
        row=row.pk,
        what=what,
        was=dict(was),
        became=dict(became),
        day=day,
        version=row.version,
        said_by=by,
        at=now,
    )
