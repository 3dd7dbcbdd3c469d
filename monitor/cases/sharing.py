"""Showing a case or a document to somebody outside of it, until a day, and taking that back.

A case is shown by those that take part in it, a document by whose it is. Both rows stay when they
are over.
"""

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import reaches
from monitor.accounts.words import Kind
from monitor.cases.models import Case, CaseShare, Document, DocumentShare, Respondent
from monitor.cases.permission import MayNotError, ask_case
from monitor.cases.walls import open_shares

OUTSIDE = (Kind.COUNSEL, Kind.OFFICE, Kind.ASSOCIATION, Kind.CHAMBER)
S = TypeVar("S", CaseShare, DocumentShare)


class EndsBeforeError(Exception):
    """The day until which it is to be seen has passed."""


def receivers(actor: Actor) -> "QuerySet[Organisation]":
    """Whom the actor's organisation may show something: public bodies and counsel."""
    seen = Organisation.objects.for_actor(actor).filter(merged_into=None)
    if actor.organisation is not None:
        seen = seen.exclude(pk=actor.organisation.pk)
    return seen.filter(kind__in=OUTSIDE).order_by("kind", "name_zh")


def of_the_case(actor: Actor, case: Case) -> list[Organisation]:
    """Whom beside them it may show a document: who showed it the case (of counsel, the clients),
    and the firms whose answers it reads."""
    shares = CaseShare.objects.for_actor(actor).filter(open_shares(), case=case)
    rows = Respondent.objects.for_actor(actor).filter(case=case, organisation__isnull=False)
    found = [
        *(share.owner for share in shares.select_related("owner")),
        *(row.organisation for row in rows.select_related("organisation") if row.organisation),
    ]
    return [each for each in dict.fromkeys(found) if each != actor.organisation]


def may_share_case(actor: Actor, case: Case) -> bool:
    """Whoever takes part in it; whom it is only shown to does not show it on."""
    try:
        ask_case(actor, case, Action.SHARE_FILES)
    except MayNotError:
        return False
    return actor.organisation is not None


def may_share_document(actor: Actor, document: Document) -> bool:
    return reaches(actor, Action.SHARE_FILES, document.organisation)


def share_case(
    actor: Actor, case: Case, receiver: Organisation, until: datetime | None, now: datetime
) -> CaseShare:
    """Another end than before begins anew. Raises `EndsBeforeError`, MayNotError."""
    own = actor.organisation
    if own is None or not may_share_case(actor, case):
        raise MayNotError
    _refuse_past(until, now)
    with opened(), transaction.atomic():
        _end_all(actor, CaseShare.objects.filter(case=case, owner=own, receiver=receiver), now)
        return CaseShare.objects.create(
            case=case, owner=own, receiver=receiver, shared_by=actor.user, since=now, until=until
        )


def share_document(
    actor: Actor,
    document: Document,
    receiver: Organisation,
    until: datetime | None,
    now: datetime,
    *,
    confidential: bool,
) -> DocumentShare:
    """Its public form, or both forms; of the case its name and nothing else.

    Raises `EndsBeforeError`, MayNotError.
    """
    if not may_share_document(actor, document):
        raise MayNotError
    _refuse_past(until, now)
    with opened(), transaction.atomic():
        _end_all(actor, DocumentShare.objects.filter(document=document, receiver=receiver), now)
        return DocumentShare.objects.create(
            document=document,
            owner=document.organisation,
            receiver=receiver,
            confidential=confidential,
            shared_by=actor.user,
            since=now,
            until=until,
        )


def take_back(actor: Actor, share: CaseShare | DocumentShare, now: datetime) -> None:
    """Raises MayNotError. One that is over already stays as it ended."""
    if not reaches(actor, Action.SHARE_FILES, share.owner):
        raise MayNotError
    with opened(), transaction.atomic():
        if isinstance(share, CaseShare):
            _end_all(actor, CaseShare.objects.filter(pk=share.pk), now)
        else:
            _end_all(actor, DocumentShare.objects.filter(pk=share.pk), now)


def runs(share: CaseShare | DocumentShare, now: datetime) -> bool:
    """Whether it lets anything be seen now."""
    ended = share.withdrawn_at or (share.until is not None and share.until <= now)
    return not ended and share.since <= now


def given(actor: Actor) -> list[CaseShare | DocumentShare]:
    """What the actor's organisation shows to others now."""
    return _running(actor, owner=actor.organisation)


def received(actor: Actor) -> list[CaseShare | DocumentShare]:
    """What it is shown now; what was withdrawn is not."""
    found = _running(actor, receiver=actor.organisation)
    return [s for s in found if isinstance(s, CaseShare) or s.document.withdrawn_at is None]


def _running(actor: Actor, **side: Organisation | None) -> list[CaseShare | DocumentShare]:
    sides = ("owner", "receiver", "shared_by", "withdrawn_by")
    cases = CaseShare.objects.for_actor(actor).filter(open_shares(), **side)
    documents = DocumentShare.objects.for_actor(actor).filter(open_shares(), **side)
    newest = ("-since", "-pk")
    return [
        *cases.select_related("case", *sides).order_by(*newest),
        *documents.select_related("document__case", *sides).order_by(*newest),
    ]


def _refuse_past(until: datetime | None, now: datetime) -> None:
    if until is not None and until <= now:
        raise EndsBeforeError


def _end_all(actor: Actor, shares: "QuerySet[S]", now: datetime) -> None:
    """One that has ended by itself ended on its day, and by nobody."""
    for share in shares.select_for_update().filter(withdrawn_at=None):
        if share.until is not None and share.until <= now:
            share.withdrawn_at, share.withdrawn_by = share.until, None
        else:
            share.withdrawn_at, share.withdrawn_by = now, actor.user
        share.save(update_fields=["withdrawn_at", "withdrawn_by"])
