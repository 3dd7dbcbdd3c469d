"""Putting documents into the file of a case. Nothing in it is overwritten or deleted: another
version is added, and what is withdrawn is kept."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import reaches
from monitor.cases.files.kinds import cleaned, kind_of
from monitor.cases.files.packages import Refused
from monitor.cases.files.storing import Part, Stored, kept
from monitor.cases.models import Case, Document, Proceeding, Version
from monitor.cases.permission import MayNotError, ask_case
from monitor.cases.words import Form, Paper

__all__ = ["MayNotError", "Refused", "SameAsBeforeError", "Wish", "add", "add_version"]


class SameAsBeforeError(Exception):
    """The latest version of this form holds the same bytes already. `version` is that one."""

    def __init__(self, version: Version) -> None:
        super().__init__(version)
        self.version = version


@dataclass(frozen=True)
class Wish:
    """What a document is to be. `title` empty: as its file is called."""

    title: str
    paper: Paper
    form: Form
    proceeding: Proceeding | None = None
    open: bool = False


def add(actor: Actor, case: Case, name: str, part: Part, wish: Wish, now: datetime) -> Document:
    """A document of the organisation that the actor acts for, with its first version.

    Raises `Refused`, MayNotError.
    """
    if actor.organisation is None or not actor.whose(Action.EDIT_FILES):
        raise MayNotError
    ask_case(actor, case, Action.READ_CASES)
    if wish.proceeding is not None and wish.proceeding.case_id != case.pk:
        raise MayNotError
    part.finish()
    kind = kind_of(part.path)
    shown = cleaned(name, kind)
    with kept(part) as stored, opened(), transaction.atomic():
        document = Document.objects.create(
            case=case,
            proceeding=wish.proceeding,
            organisation=actor.organisation,
            paper=wish.paper,
            title=wish.title or shown,
            open=wish.open,
            created_at=now,
            created_by=actor.user,
        )
        file = _File(shown, kind.content_type, stored)
        _version(actor, document, wish.form, 1, file, now)
        return document


def add_version(
    actor: Actor, document: Document, form: Form, name: str, part: Part, now: datetime
) -> Version:
    """The next of its form.

    Raises `Refused`, `SameAsBeforeError`, MayNotError.
    """
    _ask(actor, document)
    part.finish()
    kind = kind_of(part.path)
    with kept(part) as stored, opened(), transaction.atomic():
        Document.objects.select_for_update().get(pk=document.pk)  # one at a time takes a number
        latest = Version.objects.filter(document=document, form=form).order_by("-number").first()
        if latest is not None and latest.sha256 == stored.sha256:
            raise SameAsBeforeError(latest)
        number = latest.number + 1 if latest else 1
        file = _File(cleaned(name, kind), kind.content_type, stored)
        return _version(actor, document, form, number, file, now)


def set_open(actor: Actor, document: Document, *, to_all: bool) -> None:
    """Whether everybody who sees the case sees its public form. Raises MayNotError."""
    _ask(actor, document)
    with opened():
        document.open = to_all
        document.save(update_fields=["open"])


def withdraw(actor: Actor, document: Document, now: datetime) -> None:
    """Nobody else sees it any more. Raises MayNotError."""
    _ask(actor, document)
    with opened():
        document.withdrawn_at = now
        document.save(update_fields=["withdrawn_at"])


def bring_back(actor: Actor, document: Document) -> None:
    """It is shown again as it was. Raises MayNotError."""
    _ask(actor, document)
    with opened():
        document.withdrawn_at = None
        document.save(update_fields=["withdrawn_at"])


@dataclass(frozen=True)
class _File:
    name: str
    content_type: str
    stored: Stored


def _version(
    actor: Actor, document: Document, form: Form, number: int, file: _File, now: datetime
) -> Version:
    return Version.objects.create(
        document=document,
        form=form,
        number=number,
        name=file.name,
        sha256=file.stored.sha256,
        size=file.stored.size,
        content_type=file.content_type,
        uploaded_at=now,
        uploaded_by=actor.user,
    )


def _ask(actor: Actor, document: Document) -> None:
    if not reaches(actor, Action.EDIT_FILES, document.organisation):
        raise MayNotError
    ask_case(actor, document.case, Action.READ_CASES)
