"""Who sees what is done abroad.

A contact and an exclusion request say themselves how far they are open. An undertaking and a joint
action are strategy: the chambers of the case see what a chamber entered, a firm what covers it, and
counsel what its client sees. What is one firm's (a floor price, a design-around) no other firm
sees.
"""

from typing import Any

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action, Whose
from monitor.accounts.walls.reach import of
from monitor.accounts.words import Kind
from monitor.cases.abroad.words import Audience
from monitor.cases.walls import cases, open_shares


def of_register(actor: Actor, path: str = "") -> Q | None:
    """Rows with an audience, or parts of them by `path`."""
    own = actor.organisation
    seen = cases(actor, Action.READ_CASES, f"{path}case")
    if own is None or seen is None:
        return None
    wider = Q(**{f"{path}audience__in": [Audience.CHAMBERS, Audience.CASE]})
    found = _strictly(own, path) | _counsel(own, path) & wider
    if _is_seated(actor):
        found |= _seats(own, path) & wider
    part = cases(actor, Action.READ_ANSWERS, f"{path}case")
    if part is not None:
        found |= part & Q(**{f"{path}audience": Audience.CASE})
    return seen & found & _standing(own, path)


def of_strategy(actor: Actor, path: str = "", *, firms: str) -> Q | None:
    """Rows with `firms`, or parts of them by `path`; `firms`: the name of that relation as
    respondents have it."""
    own = actor.organisation
    seen = cases(actor, Action.READ_CASES, f"{path}case")
    if own is None or seen is None:
        return None
    found = _strictly(own, path) | _counsel(own, path) | _counsel_of_one(own, path, firms)
    if own.kind == Kind.ENTERPRISE:
        found |= _covered(own, path, firms)
    theirs = of(actor, Action.READ_ANSWERS, f"{path}organisation")
    if _is_seated(actor) and theirs is not None:
        of_chambers = Q(**{f"{path}organisation__kind": Kind.CHAMBER})
        found |= _seats(own, path) & (of_chambers | theirs)
    return seen & found & _standing(own, path)


def of_firm(actor: Actor, path: str, *, firms: str) -> Q | None:
    """Parts of strategy that may be one respondent's."""
    own = actor.organisation
    whole = of_strategy(actor, path, firms=firms)
    if own is None or whole is None:
        return None
    found = Q(respondent=None) | _strictly(own, path) | _counsel(own, path)
    found |= _counsel_of_respondent(own)
    mine = of(actor, Action.READ_ANSWERS, "respondent__organisation")
    return whole & (found | mine if mine is not None else found)


def _strictly(own: Organisation, path: str) -> Q:
    """What is the organisation's itself."""
    whose = f"{path}organisation"
    return Q(**{whose: own}) | Q(**{f"{whose}__merged_into": own})


def _standing(own: Organisation, path: str) -> Q:
    """What was withdrawn is shown to whose it is."""
    return Q(**{f"{path}withdrawn_at": None}) | _strictly(own, path)


def _is_seated(actor: Actor) -> bool:
    own = actor.organisation
    is_chamber = own is not None and own.kind == Kind.CHAMBER
    return is_chamber and Whose.OWN in actor.whose(Action.READ_ANSWERS)


def _seats(own: Organisation, path: str) -> Q:
    seats = _rows("CaseChamber").filter(organisation=own, ended_at=None)
    return Q(**{f"{path}case__in": seats.order_by().values("case")})


def _covered(own: Organisation, path: str, firms: str) -> Q:
    """By its own answer. Not by a join, which would give a row once for every firm."""
    mine = _rows("Respondent").filter(Q(organisation=own) | Q(organisation__merged_into=own))
    covering = mine.filter(**{f"{firms}__isnull": False}).order_by().values(firms)
    return Q(**{f"{path.removesuffix('__') or 'pk'}__in": covering})


def _counsel(own: Organisation, path: str) -> Q:
    """Whose client the row's organisation is in this case."""
    return _shown(own, case=OuterRef(f"{path}case"), owner=OuterRef(f"{path}organisation"))


def _counsel_of_one(own: Organisation, path: str, firms: str) -> Q:
    """Whose client is one of the firms that it covers."""
    head = OuterRef(path.removesuffix("__") or "pk")
    covered = {f"owner__answers__{firms}": head, "owner__answers__case": F("case")}
    return _shown(own, case=OuterRef(f"{path}case"), **covered)


def _counsel_of_respondent(own: Organisation) -> Q:
    whose = OuterRef("respondent__organisation")
    return _shown(own, case=OuterRef("respondent__case"), owner=whose)


def _shown(own: Organisation, **which: Any) -> Q:
    if own.kind != Kind.COUNSEL:
        return Q(pk=None)
    shares = _rows("CaseShare").filter(open_shares(), receiver=own, **which)
    return Q(Exists(shares))


def _rows(model: str) -> QuerySet[Any]:
    # By name, because the models have their walls from here.
    rows: QuerySet[Any] = apps.get_model("cases", model)._default_manager.all()  # noqa: SLF001 - documented so
    return rows
