"""A letter to every firm of the case: each its own document, which the firm sees.

Many are made in several goes, each of which ends within seconds. A letter is in the file and shown
in one transaction, and what is there already is not made again: whoever was interrupted goes on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Exists, OuterRef

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.cases import sharing
from monitor.cases.letters import choosing
from monitor.cases.letters.catalog import Catalog
from monitor.cases.letters.facts import dates
from monitor.cases.letters.making import Made, Order, Source, filed, rendered, source
from monitor.cases.letters.parties import named
from monitor.cases.models import Adopted, Document, DocumentShare, Letter, Respondent, Version
from monitor.cases.permission import MayNotError
from monitor.cases.walls import open_shares
from monitor.cases.words import Form


@dataclass(frozen=True)
class Progress:
    """`made`: now; `there`: in the file with these words, those with them; `firms`: in all."""

    made: Sequence[Made]
    there: int
    firms: int

    @property
    def left(self) -> int:
        return self.firms - self.there


def go_on(
    actor: Actor,
    catalog: Catalog,
    order: Order,
    now: datetime,
    day: datetime,
    most: int | None = None,
) -> Progress:
    """Those that are not there yet, up to `most` of them. `day`: what the letter calls today.

    Raises MayNotError, `Unfillable`.
    """
    if order.sort.firm != "each" or not choosing.may_make(actor, order.about.case, order.sort):
        raise MayNotError
    firms = choosing.firms(actor, order.about.case, order.sort)
    from_ = source(actor, catalog, order.sort, order.language)
    there = _there(actor, order, from_)
    left = [
        each
        for each in _orders(actor, catalog, order, firms, day.date())
        if not (each.about.respondent and there.get(each.about.respondent.pk) == _words(each))
    ]
    made = [_made(actor, catalog, each, from_, now) for each in left[:most]]
    return Progress(made, len(firms) - len(left) + len(made), len(firms))


def to_firm(actor: Actor, catalog: Catalog, order: Order, firm: Respondent, day: date) -> Order:
    """The letter to this one of the firms: with its name, and with its own dates, unless somebody
    has written others than are known."""
    return next(_orders(actor, catalog, order, [firm], day))


def letters_of(actor: Actor, order: Order) -> Sequence[Letter]:
    """The newest of each firm, of a letter to every one of them."""
    rows = choosing.made(actor, order.about.case).filter(
        letter=order.sort.id, language=order.language, respondent__isnull=False
    )
    newest: dict[int | None, Letter] = {}
    for row in rows.filter(document__withdrawn_at=None):
        newest.setdefault(row.respondent_id, row)
    return sorted(newest.values(), key=lambda row: row.respondent_id or 0)


def _orders(
    actor: Actor, catalog: Catalog, order: Order, firms: Sequence[Respondent], day: date
) -> Iterator[Order]:
    """To each firm. What they have in common is read once: only whoever was granted more time has
    dates of its own."""
    common = dates(actor, order.about, order.sort, catalog, order.language, day)
    granted = set[int]()
    if _same(order.given.get("dates", ""), common):
        rows = Adopted.objects.for_actor(actor).filter(respondent__in=firms, gone_at=None)
        granted = {row for row in rows.order_by().values_list("respondent", flat=True) if row}
    for firm in firms:
        about = replace(order.about, respondent=firm)
        name = named(actor, firm.organisation, order.language) if firm.organisation else ""
        given = {**order.given, "firm": name}
        if firm.pk in granted:
            given["dates"] = dates(actor, about, order.sort, catalog, order.language, day)
        yield replace(order, about=about, given=given)


def _same(typed: str, text: str) -> bool:
    """A browser ends its lines in another way."""
    return typed.split() == text.split()


def _words(order: Order) -> dict[str, str]:
    return {name: order.given.get(name, "") for name in order.sort.all_fields}


def _there(actor: Actor, order: Order, from_: Source) -> dict[int, dict[str, str]]:
    """By respondent, what the letter says that is the latest of its document and that the firm
    sees, made from this template in this form. Two queries."""
    later = Version.objects.filter(
        document=OuterRef("document"),
        form=OuterRef("version__form"),
        number__gt=OuterRef("version__number"),
    )
    rows = Letter.objects.for_actor(actor).filter(
        ~Exists(later),
        case=order.about.case,
        letter=order.sort.id,
        language=order.language,
        proceeding=order.about.proceeding,
        respondent__isnull=False,
        document__organisation=actor.organisation,
        document__withdrawn_at=None,
        template_sha256=sha256(from_.content).hexdigest(),
        version__form=order.form,
    )
    shares = DocumentShare.objects.for_actor(actor).filter(
        open_shares(),
        document__case=order.about.case,
        confidential__gte=order.form == Form.CONFIDENTIAL,
    )
    shown = set(shares.values_list("document", "receiver"))
    found = rows.order_by("made_at", "pk").values_list(
        "respondent", "document", "respondent__organisation", "filled"
    )
    return {
        respondent: filled
        for respondent, document, firm, filled in found
        if (document, firm) in shown
    }


def _made(actor: Actor, catalog: Catalog, order: Order, from_: Source, now: datetime) -> Made:
    with rendered(catalog, order, from_) as part, transaction.atomic():
        made = filed(actor, order, from_, part, now)
        firm = order.about.respondent
        if firm is not None and firm.organisation is not None:
            _show(actor, made.document, firm.organisation, order.form, now)
        return made


def _show(actor: Actor, document: Document, firm: Organisation, form: Form, now: datetime) -> None:
    """The firm sees what is written to it, once and until that is taken back."""
    shares = DocumentShare.objects.for_actor(actor).filter(document=document, receiver=firm)
    full = form == Form.CONFIDENTIAL
    if not shares.filter(open_shares(), confidential__gte=full).exists():
        sharing.share_document(actor, document, firm, None, now, confidential=full)
