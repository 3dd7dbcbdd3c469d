"""Making a letter: the template is filled, and what came of it is put into the file of the case."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.cases.files import filing
from monitor.cases.files.storing import Part
from monitor.cases.letters import choosing, own
from monitor.cases.letters.about import About
from monitor.cases.letters.catalog import Catalog, Sort
from monitor.cases.letters.filling import values
from monitor.cases.letters.rendering import filled
from monitor.cases.models import (
    Document,
    Letter,
    LetterTemplate,
    Respondent,
    Version,
)
from monitor.cases.permission import MayNotError, person
from monitor.cases.words import Form

SAMPLE = {"zh": "【示例数据】", "en": "[Sample data]"}
"""Above every page of a letter about a case that is none."""


@dataclass(frozen=True)
class Order:
    """A letter to be made. `given`: field → text as it was typed."""

    sort: Sort
    language: str
    about: About
    given: Mapping[str, str]
    form: Form = Form.CONFIDENTIAL


@dataclass(frozen=True)
class Made:
    """`is_new` False: the document's latest version holds exactly this already."""

    document: Document
    version: Version
    is_new: bool


@dataclass(frozen=True)
class Source:
    """What a letter is made from. `row` None: the template of `config/letters`."""

    content: bytes
    row: LetterTemplate | None = None


def source(actor: Actor, catalog: Catalog, sort: Sort, language: str) -> Source:
    """The organisation's own template, or the deployer's."""
    row = own.in_use(actor, sort, language)
    return Source(bytes(row.content), row) if row else Source(catalog.template(sort.id, language))


def content(catalog: Catalog, order: Order, from_: Source) -> bytes:
    """The DOCX. Raises `Unfillable`."""
    given = values(order.sort, catalog.blanks, order.given, order.language)
    above = SAMPLE[order.language] if order.about.case.sample else ""
    return filled(from_.content, given, above)


def make(actor: Actor, catalog: Catalog, order: Order, now: datetime) -> Made:
    """Made before, by this organisation, about the same: the next version of that document.

    Raises MayNotError, `Unfillable`.
    """
    _ask(actor, order)
    from_ = source(actor, catalog, order.sort, order.language)
    with rendered(catalog, order, from_) as part, transaction.atomic():
        return filed(actor, order, from_, part, now)


@contextmanager
def rendered(catalog: Catalog, order: Order, from_: Source) -> Iterator[Part]:
    """The letter on its way into the file. Raises `Unfillable`."""
    part = Part()
    try:
        part.write(content(catalog, order, from_))
        yield part
    finally:
        part.discard()


def filed(actor: Actor, order: Order, from_: Source, part: Part, now: datetime) -> Made:
    """Within a transaction; whether the actor may was asked. Raises MayNotError."""
    if order.about.respondent is not None:
        with opened():  # two who make the letter to one firm make one document
            row = Respondent.objects.select_for_update(of=("self",))
            row.get(pk=order.about.respondent.pk)
    return _filed(actor, order, from_, part, now)


def again(actor: Actor, order: Order) -> Letter | None:
    """The last one that this organisation made of it and that is in the file still."""
    about, own_ = order.about, actor.organisation
    rows = Letter.objects.for_actor(actor).filter(
        case=about.case,
        letter=order.sort.id,
        language=order.language,
        proceeding=about.proceeding,
        respondent=about.respondent,
        document__organisation=own_,
        document__withdrawn_at=None,
    )
    return rows.select_related("document__organisation", "document__case", "version").first()


def title(order: Order) -> str:
    """As the file lists it."""
    named = order.sort.zh if order.language == "zh" else order.sort.en
    firm = order.about.respondent.organisation if order.about.respondent else None
    if firm is None:
        return named
    return f"{named} · {firm.name_zh if order.language == 'zh' else firm.name_en or firm.name_zh}"


def _ask(actor: Actor, order: Order) -> None:
    """Raises MayNotError."""
    about = order.about
    if not choosing.may_make(actor, about.case, order.sort):
        raise MayNotError
    mine = {firm.pk for firm in choosing.firms(actor, about.case, order.sort)}
    if about.respondent is not None and about.respondent.pk not in mine:
        raise MayNotError


def _filed(actor: Actor, order: Order, from_: Source, part: Part, now: datetime) -> Made:
    name, before = f"{title(order)}.docx", again(actor, order)
    try:
        if before is not None:
            document = before.document
            version = filing.add_version(actor, document, order.form, name, part, now)
        else:
            about = order.about
            wish = filing.Wish(title(order)[:300], order.sort.paper, order.form, about.proceeding)
            document = filing.add(actor, about.case, name, part, wish, now)
            version = Version.objects.for_actor(actor).get(document=document)
    except filing.SameAsBeforeError as same:
        return Made(document, same.version, is_new=False)
    with opened():
        _letter(actor, order, from_, document, version, now)
    return Made(document, version, is_new=True)


def _letter(
    actor: Actor,
    order: Order,
    from_: Source,
    document: Document,
    version: Version,
    now: datetime,
) -> None:
    about = order.about
    Letter.objects.create(
        case=about.case,
        document=document,
        version=version,
        letter=order.sort.id,
        language=order.language,
        proceeding=about.proceeding,
        respondent=about.respondent,
        template=from_.row,
        template_sha256=sha256(from_.content).hexdigest(),
        filled={name: order.given.get(name, "") for name in order.sort.all_fields},
        made_at=now,
        made_by=person(actor),
    )
