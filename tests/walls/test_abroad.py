"""Who sees which rows of what is done abroad, asked of the door itself."""

import pytest
from django.db import models

from monitor.cases.models import (
    AbroadChange,
    AssertedRight,
    Contact,
    Defence,
    Exclusion,
    Floor,
    JointAction,
    Pledge,
    Undertaking,
)
from monitor.web.cases.abroad import page as abroad_page
from tests.walls.conftest import Province
from tests.walls.reading import at, leaks
from tests.walls.test_answering import NOBODY, actors, count

SEES: dict[type[models.Model], tuple[int, int, int, int]] = {
    Contact: (1, 3, 2, 1),
    Pledge: (0, 1, 1, 0),
    Undertaking: (0, 2, 2, 1),
    Floor: (0, 2, 1, 1),
    Exclusion: (0, 1, 1, 0),
    JointAction: (0, 2, 2, 1),
    AssertedRight: (0, 1, 1, 1),
    Defence: (0, 2, 1, 1),
    AbroadChange: (1, 14, 11, 6),
}
"""How many the office sees, the chamber, the firm, the other firm."""


@pytest.mark.django_db
def test_whose_row_it_is(province: Province) -> None:
    for model, expected in SEES.items():
        sees = actors(province, ("office", "chamber", "firm", "other"))
        assert tuple(count(model, actor) for actor in sees) == expected, model.__name__
        assert {count(model, actor) for actor in actors(province, NOBODY)} == {0}, model.__name__


def test_a_page_that_shows_every_firm_all_floors(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    chamber = next(iter(actors(province, ("chamber",))))

    def of_the_chamber(_actor: object, row: models.Model, part: abroad_page.Part) -> object:
        return part.model._default_manager.all().for_actor(chamber).filter(**{part.to: row})

    monkeypatch.setattr(abroad_page, "part_rows", of_the_chamber)
    said = {text for _address, text in leaks(at(province, "abroad_row"), "other")}
    assert said == {"8,123.4567", "甲秘规避"}
