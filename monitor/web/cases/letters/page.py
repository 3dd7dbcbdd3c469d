"""What a letter's page is made of: what it is about, what is known, what it would say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from monitor.accounts.walls.actor import Actor
from monitor.cases.letters import choosing, making, to_all
from monitor.cases.letters.about import About
from monitor.cases.letters.catalog import LANGUAGES, Catalog, Sort
from monitor.cases.letters.facts import known
from monitor.cases.letters.rendering import MISSING, lines
from monitor.cases.letters.templates import used
from monitor.cases.models import Case, Letter
from monitor.web.cases.letters.forms import AboutForm, FillForm
from monitor.web.clock import today
from monitor.web.text import Piece


@dataclass(frozen=True)
class Desk:
    """Everything to write one letter. `before`: the last one that was made of it; `names`: the
    fields that the template has, in the order of the manifest."""

    sort: Sort
    language: str
    about: About
    choices: AboutForm
    source: making.Source
    before: Letter | None
    names: Sequence[str]
    known: Mapping[str, str]
    unread: bool
    """Nobody has read in its source where the authority takes it."""


def desk(actor: Actor, catalog: Catalog, case: Case, which: tuple[str, str], data: Any) -> Desk:
    """`which`: letter and language; `data`: what was chosen, as a form sends it.

    Raises Http404: there is no such letter, or it is not theirs to make.
    """
    letter, language = which
    sort = catalog.sorts.get(letter)
    fits = sort is not None and sort in choosing.fitting(actor, case, catalog)
    if sort is None or not fits or language not in LANGUAGES:
        raise Http404
    about, choices = _about(actor, case, sort, data)
    source = making.source(actor, catalog, sort, language)
    order = making.Order(sort, language, about, {})
    before = _before(actor, order)
    facts = known(actor, about, sort, catalog, language, today())
    has = used(source.content, sort.all_fields)
    authority = about.proceeding.ruleset.partition("/")[0] if about.proceeding else ""
    place = catalog.desks.get(authority)
    return Desk(
        sort=sort,
        language=language,
        about=about,
        choices=choices,
        source=source,
        before=before,
        names=[name for name in sort.all_fields if name in has and not _is_each(sort, name)],
        known=_remembered(sort, before, facts),
        unread="authority_address" in has and place is not None and not place.is_verified,
    )


def form(catalog: Catalog, of: Desk, data: Any = None) -> FillForm:
    return FillForm(of.names, catalog.blanks, of.sort, of.known, data)


def sheet(content: bytes) -> list[list[Piece]]:
    """The letter as text, paragraph by paragraph, with what is missing marked."""
    return [_pieces(line) for line in lines(content) if line.strip()]


def _pieces(line: str) -> list[Piece]:
    parts = MISSING.split(line)
    return [Piece(part, marked=bool(at % 2)) for at, part in enumerate(parts) if part]


def _about(actor: Actor, case: Case, sort: Sort, data: Any) -> tuple[About, AboutForm]:
    """As chosen; where nothing was, the first proceeding, and the date that the letter is usually
    about."""
    rows = choosing.proceedings(actor, case, sort)
    proceeding = _chosen(rows, data.get("proceeding")) or next(iter(rows), None)
    firms = choosing.firms(actor, case, sort) if sort.firm == "one" else []
    is_alone = actor.organisation is not None and actor.organisation.kind != "enterprise"
    firm = _chosen(firms, data.get("firm")) or (None if is_alone else next(iter(firms), None))
    dates = choosing.dates(actor, sort, proceeding, firm)
    usual = choosing.proposed(sort, dates) if "date" not in data else None
    date = _chosen(dates, data.get("date")) or usual
    shown = {
        "proceeding": proceeding.pk if proceeding else "",
        "firm": firm.pk if firm else "",
        "date": date.pk if date else "",
    }
    choices = AboutForm(rows, firms, dates, alone=is_alone, data=shown)
    return About(case, proceeding, firm, date), choices


def _chosen(rows: Iterable[Any], key: object) -> Any:
    return next((row for row in rows if str(row.pk) == str(key)), None)


def _is_each(sort: Sort, name: str) -> bool:
    """Whether every firm has its own, so that nobody types it."""
    return sort.firm == "each" and name == "firm"


def _before(actor: Actor, order: making.Order) -> Letter | None:
    if order.sort.firm != "each":
        return making.again(actor, order)
    made = to_all.letters_of(actor, order)
    return max(made, key=lambda row: (row.made_at, row.pk), default=None)


def _remembered(sort: Sort, before: Letter | None, facts: Mapping[str, str]) -> dict[str, str]:
    """What the case tells, and of the rest what was written the last time."""
    written = {n: t for n, t in before.filled.items() if n in sort.asked and t} if before else {}
    return {**facts, **written}
