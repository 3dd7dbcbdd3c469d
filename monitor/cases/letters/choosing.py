"""Which letters fit a case and whoever looks at it, and what they can be about."""

from collections.abc import Sequence

from django.db.models import QuerySet

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action, Whose
from monitor.accounts.words import Kind
from monitor.cases.letters.catalog import Catalog, Sort
from monitor.cases.models import Adopted, Case, CaseMeasure, Letter, Proceeding, Respondent
from monitor.cases.permission import MayNotError, ask_case


def may_make(actor: Actor, case: Case, sort: Sort) -> bool:
    """Whether it is theirs to make. A letter to every firm is for whoever works on the case."""
    own = actor.organisation
    if own is None or own.kind not in sort.by or not actor.may(Action.EDIT_FILES, Whose.OWN):
        return False
    try:
        ask_case(actor, case, Action.EDIT_CASES if sort.firm == "each" else Action.READ_CASES)
    except MayNotError:
        return False
    return case.closed_at is None


def fitting(actor: Actor, case: Case, catalog: Catalog) -> list[Sort]:
    """Those that the actor may make in this case."""
    measures = CaseMeasure.objects.for_actor(actor).filter(case=case)
    kinds = set(measures.values_list("measure__kind", flat=True))
    rows = Proceeding.objects.for_actor(actor).filter(case=case).select_related("measure")
    proceedings = list(rows)
    return [
        sort
        for sort in catalog.manifest.letters
        if may_make(actor, case, sort)
        and (not sort.kinds or kinds & {str(kind) for kind in sort.kinds})
        and (not _is_narrow(sort) or any(_is_of(sort, each) for each in proceedings))
    ]


def proceedings(actor: Actor, case: Case, sort: Sort) -> list[Proceeding]:
    """That the letter can be about; those that go on first, the newest of them first."""
    rows = Proceeding.objects.for_actor(actor).filter(case=case).select_related("measure")
    found = [row for row in rows.order_by("-began", "-pk") if _is_of(sort, row)]
    return [*(r for r in found if r.ended is None), *(r for r in found if r.ended is not None)]


def firms(actor: Actor, case: Case, sort: Sort) -> list[Respondent]:
    """To whom or for whom it can be; a firm's own for itself."""
    if sort.firm == "none":
        return []
    rows = Respondent.objects.for_actor(actor).filter(case=case, organisation__isnull=False)
    own = actor.organisation
    found = list(rows.select_related("organisation", "case").order_by("pk"))
    if own is not None and own.kind == Kind.ENTERPRISE:
        return [r for r in found if r.organisation and own.pk in _names(r)]
    return found


def dates(
    actor: Actor, sort: Sort, proceeding: Proceeding | None, respondent: Respondent | None
) -> list[Adopted]:
    """That it can be about: those of the letter first, then every other, in their order. What was
    extended for one firm takes the place of everybody's."""
    if proceeding is None or not {"date", "date_name"} & set(sort.all_fields):
        return []
    rows = Adopted.objects.for_actor(actor).filter(
        proceeding=proceeding, gone_at=None, day__isnull=False
    )
    held = {
        row.rule: row
        for row in rows.order_by("day", "pk")
        if row.respondent_id in (None, respondent and respondent.pk)
        and (row.respondent_id or row.rule not in _granted(rows, respondent))
    }
    rank = {rule: place for place, rule in enumerate(sort.dates)}
    return sorted(held.values(), key=lambda row: (rank.get(row.rule, len(rank)), row.day, row.pk))


def proposed(sort: Sort, found: Sequence[Adopted]) -> Adopted | None:
    """The one that the letter is usually about; none where the proceeding has none of them."""
    first = next(iter(found), None)
    return first if first is not None and first.rule in sort.dates else None


def made(actor: Actor, case: Case) -> "QuerySet[Letter]":
    """The newest first."""
    rows = Letter.objects.for_actor(actor).filter(case=case)
    return rows.select_related(
        "document", "version", "respondent__organisation", "proceeding__measure", "made_by"
    ).defer("version__text", "version__terms")


def _is_narrow(sort: Sort) -> bool:
    return bool(sort.authorities or sort.proceedings)


def _is_of(sort: Sort, row: Proceeding) -> bool:
    authority = row.ruleset.partition("/")[0]
    return (
        (not sort.authorities or authority in sort.authorities)
        and (not sort.proceedings or row.proceeding in {str(each) for each in sort.proceedings})
        and (not sort.kinds or row.measure.kind in {str(each) for each in sort.kinds})
    )


def _names(row: Respondent) -> set[int | None]:
    whose = row.organisation
    return {whose.pk, whose.merged_into_id} if whose else set()


def _granted(rows: "QuerySet[Adopted]", respondent: Respondent | None) -> set[str]:
    """Rules of which this firm has a date of its own."""
    return {row.rule for row in rows if respondent and row.respondent_id == respondent.pk}
