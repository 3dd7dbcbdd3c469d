"""Templates of an organisation's own, in place of those of `config/letters`."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Max, QuerySet

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.policy import Action, Whose
from monitor.accounts.words import Kind
from monitor.cases.files.kinds import DOCX, cleaned
from monitor.cases.letters.catalog import Catalog, Sort
from monitor.cases.letters.filling import mark
from monitor.cases.letters.rendering import Unfillable, filled
from monitor.cases.letters.templates import Fault, faults
from monitor.cases.models import LetterTemplate
from monitor.cases.permission import MayNotError, person


class FaultyError(Exception):
    """The template cannot be used; `faults` says why, place by place."""

    def __init__(self, found: list[Fault]) -> None:
        super().__init__("; ".join(str(each) for each in found))
        self.faults = found


@dataclass(frozen=True)
class Upload:
    """A file and how it is called."""

    name: str
    content: bytes


def may_keep(actor: Actor) -> bool:
    """Chambers have templates of their own."""
    own = actor.organisation
    is_chamber = own is not None and own.kind == Kind.CHAMBER
    return is_chamber and actor.may(Action.EDIT_FILES, Whose.OWN)


def all_of(actor: Actor) -> "QuerySet[LetterTemplate]":
    """Of the actor's organisation, those that are over too; without the files."""
    rows = LetterTemplate.objects.for_actor(actor).filter(organisation=actor.organisation)
    return rows.defer("content").select_related("uploaded_by")


def in_use(actor: Actor, sort: Sort, language: str) -> LetterTemplate | None:
    rows = LetterTemplate.objects.for_actor(actor).filter(organisation=actor.organisation)
    return rows.filter(letter=sort.id, language=language, ended_at=None).first()


def keep(
    actor: Actor, catalog: Catalog, sort: Sort, language: str, upload: Upload, now: datetime
) -> LetterTemplate:
    """From now on the organisation's letters are made from it. Raises MayNotError, FaultyError."""
    own = actor.organisation
    if own is None or not may_keep(actor):
        raise MayNotError
    check(catalog, sort, language, upload.content)
    with opened(), transaction.atomic():
        before = LetterTemplate.objects.select_for_update().filter(
            organisation=own, letter=sort.id, language=language
        )
        number = before.order_by().aggregate(last=Max("number"))["last"] or 0
        before.filter(ended_at=None).update(ended_at=now)
        return LetterTemplate.objects.create(
            organisation=own,
            letter=sort.id,
            language=language,
            number=number + 1,
            name=cleaned(upload.name, DOCX),
            sha256=sha256(upload.content).hexdigest(),
            content=upload.content,
            uploaded_at=now,
            uploaded_by=person(actor),
        )


def check(catalog: Catalog, sort: Sort, language: str, content: bytes) -> None:
    """Looked at, then filled once with nothing known. Raises FaultyError."""
    found = faults(content, sort, catalog.blanks)
    if found:
        raise FaultyError(found)
    marks = {name: mark(catalog.blanks[name], language) for name in sort.all_fields}
    try:
        filled(
            content,
            {n: [text] if catalog.blanks[n].long else text for n, text in marks.items()},
        )
    except Unfillable as error:
        raise FaultyError([Fault("unfillable", found=str(error)[:200])]) from error


def put_aside(actor: Actor, template: LetterTemplate, now: datetime) -> None:
    """Letters are made from the common one again; it is kept. Raises MayNotError."""
    if not may_keep(actor) or template.organisation_id != getattr(actor.organisation, "pk", None):
        raise MayNotError
    with opened():
        template.ended_at = now
        template.save(update_fields=["ended_at"])
