"""A plan as people and programs read it."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from monitor.bases.imports import sentences
from monitor.bases.imports.plan import Action, Change, Plan

QUESTION = gettext_lazy("Import the good rows?")
IMPORTED = gettext_lazy("imported")
MEANWHILE = gettext_lazy("the records changed meanwhile, nothing was imported; run it again")
SHOWN = 20
"""How many new and how many changed records a person is shown; a program gets all."""
LONGEST = 60


def lines(plan: Plan[Any]) -> Iterator[str]:
    """What would change, what is rejected and why, what to know before saying yes."""
    for action in (Action.CHANGED, Action.NEW):
        changes = [change for change in plan.changes if change.action is action]
        for change in changes[:SHOWN]:
            yield from _change(change)
        if len(changes) > SHOWN:
            yield "  " + _more(len(changes) - SHOWN)
    yield from (f"✗ {sentences.of_problem(problem)}" for problem in plan.rejected)
    yield from (f"! {sentences.of_note(note)}" for note in plan.notes)
    yield summary(plan)


def summary(plan: Plan[Any]) -> str:
    counts = dict.fromkeys(("new", "changed", "unchanged", "rejected"), 0) | plan.counts()
    return (
        _("%(new)s new, %(changed)s changed, %(unchanged)s unchanged; rows rejected: %(rejected)s")
        % counts
    )


def json_lines(plan: Plan[Any]) -> Iterator[str]:
    """One object a change that writes, a rejected cell, a note; what it is stands in `is`."""
    for change in plan.writes():
        fields = {each.field: [each.before, each.after] for each in change.fields}
        found = {"is": change.action.value, "line": change.line, "what": change.what}
        yield _json(found | {"fields": fields})
    for problem in plan.rejected:
        yield _json({"is": "rejected", **asdict(problem), "why": sentences.of_problem(problem)})
    for note in plan.notes:
        yield _json({"is": "note", **asdict(note), "says": sentences.of_note(note)})


def _json(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False)


def _more(count: int) -> str:
    return ngettext("and %(count)s more", "and %(count)s more", count) % {"count": count}


def _change(change: Change[Any]) -> Iterator[str]:
    if change.action is Action.NEW:
        yield f"+ {change.what}"
        return
    yield f"~ {change.what}"
    for each in change.fields:
        yield f"    {sentences.of_field(each.field)}: {_short(each.before)} → {_short(each.after)}"


def _short(text: str) -> str:
    return (text if len(text) <= LONGEST else text[: LONGEST - 1] + "…") or "∅"
