"""The wood-mouldings case five days after its investigations were initiated."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from monitor.cases.knowing import Word, know
from monitor.cases.letters.catalog import Catalog, catalog
from monitor.cases.models import (
    Case,
    CaseChamber,
    CaseMeasure,
    KnownDay,
    Proceeding,
    Respondent,
)
from monitor.cases.words import Listed, Stage
from tests.monitor.cases.conftest import Publish, forest, publish
from tests.monitor.cases.forest import FIRMS, Forest
from tests.monitor.cases.test_wood_mouldings import DECIDED, PETITION, items
from tests.monitor.cases.walking import noon

__all__ = ["forest", "publish"]
TODAY = date(2020, 2, 10)


@pytest.fixture(autouse=True)
def uploads(settings: Settings, tmp_path: Path) -> Path:
    settings.FENGHUO_UPLOADS = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture
def case(forest: Forest, publish: Publish) -> Case:
    for item in list(items())[:3]:
        publish(noon(item.published), item)
    of_commerce = Proceeding.objects.filter(ruleset__startswith="us-commerce").order_by("pk")
    for row in of_commerce:
        for event, day in (("petition-filed", PETITION), ("initiation", DECIDED)):
            know(row, Word(KnownDay.What.EVENT, event, day, "notice"), forest.officer, noon(TODAY))
    row = of_commerce.get(measure__kind="anti_dumping")
    issued = date(2020, 2, 7)
    know(
        row,
        Word(KnownDay.What.EVENT, "questionnaire-issued", issued, "letter"),
        forest.officer,
        noon(TODAY),
    )
    return Case.objects.get()


@pytest.fixture
def plain(forest: Forest) -> Case:
    """Of the same goods, without the rooms before: nothing of its calendar is known."""
    made = Case.objects.create(
        name_zh="木线条案", name_en="Mouldings", jurisdiction="US", opened_at=noon(TODAY)
    )
    CaseChamber.objects.create(
        case=made, organisation=forest.chamber, leads=True, since=noon(TODAY)
    )
    measure = forest.measure("us:A-570-117")
    CaseMeasure.objects.create(case=made, measure=measure)
    Proceeding.objects.create(
        case=made,
        measure=measure,
        ruleset="us-commerce/anti-dumping",
        proceeding="investigation",
        stage=Stage.OPENED,
    )
    for name in FIRMS:
        Respondent.objects.create(
            case=made,
            organisation=forest.organisation(name),
            listed=Listed.EXPORTS,
            listed_at=noon(TODAY),
        )
    return made


@pytest.fixture
def known() -> Catalog:
    return catalog()
