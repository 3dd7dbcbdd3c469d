"""Who sees which rows of a case, asked of the door itself."""

from collections.abc import Iterable

import pytest
from django.db import models

from monitor.accounts.walls.acting import acting
from monitor.accounts.walls.actor import ANYBODY, Actor
from monitor.accounts.walls.door import WalledQuerySet
from monitor.cases.models import (
    Adopted,
    Case,
    CaseMeasure,
    KnownDay,
    Move,
    Proceeding,
    Respondent,
    StageChange,
    Statement,
)
from tests.walls.conftest import Province

NOBODY = {"anybody", "analyst", "operator", "otherchmb", "federation", "counsel", "association"}
EVERYBODYS: tuple[type[models.Model], ...] = (
    Case, CaseMeasure, Proceeding, StageChange, KnownDay, Adopted, Move,
)  # fmt: skip
"""Of each there is a row that whoever sees the case sees."""
OF_A_FIRM = (KnownDay, Adopted, Move)
"""And one that is one firm's."""


def count(model: type[models.Model], actor: Actor) -> int:
    rows: WalledQuerySet[models.Model] = model.objects  # type: ignore[attr-defined]
    return rows.for_actor(actor).count()


def actors(province: Province, who: Iterable[str]) -> Iterable[Actor]:
    for name in who:
        person = province.people[name]
        yield acting(person) if person else ANYBODY


@pytest.mark.parametrize("model", [*EVERYBODYS, Statement], ids=lambda model: model.__name__)
def test_nobody_outside_sees_a_row(province: Province, model: type[models.Model]) -> None:
    assert [count(model, actor) for actor in actors(province, NOBODY)] == [0] * len(NOBODY)


@pytest.mark.parametrize("model", EVERYBODYS, ids=lambda model: model.__name__)
def test_whose_row_it_is(province: Province, model: type[models.Model]) -> None:
    more = model in OF_A_FIRM
    sees = actors(province, ("office", "chamber", "firm"))
    assert [count(model, actor) for actor in sees] == [1 + more] * 3
    assert [count(model, actor) for actor in actors(province, ("other",))] == [1]


def test_what_a_firm_said_is_its_own(province: Province) -> None:
    sees = actors(province, ("office", "chamber", "firm", "other"))
    assert [count(Statement, actor) for actor in sees] == [1, 1, 1, 0]
    sees = actors(province, ("office", "chamber", "firm", "other"))
    assert [count(Respondent, actor) for actor in sees] == [2, 2, 1, 1]
