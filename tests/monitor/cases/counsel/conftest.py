"""A case with three firms, a law firm that the chamber knows, a mandate that was given to it."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from monitor.accounts.models import Organisation, Share
from monitor.cases.counsel import listing, mandates
from monitor.cases.models import Case, CaseChamber, Counsel, Mandate, MandateFirm, Respondent
from tests.monitor.cases.forest import FIRMS, SINCE, Forest

NOW = datetime(2025, 6, 2, 8, tzinfo=UTC)
PINE, CEDAR, REDWOOD, SPRUCE = list(FIRMS)[:4]
BEGAN = date(2025, 6, 1)
Joins = Callable[..., MandateFirm]


@pytest.fixture
def forest(db: None) -> Forest:
    return Forest()


@pytest.fixture
def case(forest: Forest) -> Case:
    made = Case.objects.create(
        name_zh="木线条", name_en="Mouldings", jurisdiction="US", opened_at=SINCE
    )
    CaseChamber.objects.create(case=made, organisation=forest.chamber, leads=True, since=SINCE)
    made.bases.add(forest.base)
    for name in (PINE, CEDAR, REDWOOD, SPRUCE):
        Respondent.objects.create(
            case=made,
            organisation=forest.organisation(name),
            listed="exports",
            value_usd=FIRMS[name][1],
            listed_at=SINCE,
        )
    return made


@pytest.fixture
def counsel(forest: Forest) -> Counsel:
    wish = {"name_zh": "示例国际律师行", "name_en": "Sample Trade Counsel LLP", "seat": "US"}
    return listing.add(forest.officer, wish, NOW)


@pytest.fixture
def mandate(forest: Forest, case: Case, counsel: Counsel) -> Mandate:
    wish = mandates.Wish(counsel, "应诉", BEGAN)
    return mandates.give(forest.officer, case, wish, NOW)


@pytest.fixture
def joins(forest: Forest, mandate: Mandate) -> Joins:
    def join(name: str, since: date = BEGAN) -> MandateFirm:
        row = mandate.case.respondents.get(organisation__name_zh=name)
        return mandates.join(forest.officer, mandate, row, since, NOW)

    return join


def share_figures(forest: Forest, name: str, to: Organisation) -> None:
    Share.objects.create(
        owner=forest.organisation(name), receiver=to, what=Share.What.FIGURES, since=SINCE
    )
