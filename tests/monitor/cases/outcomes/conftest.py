"""The forest's wood mouldings case with its order, ready for outcomes."""

from datetime import UTC, date, datetime

import pytest

from monitor.cases.models import Case, CaseChamber, CaseMeasure, Proceeding, Respondent, StageChange
from monitor.notices.models import Measure, Notice
from tests.monitor.cases.forest import Forest

NOW = datetime(2025, 6, 2, 8, tzinfo=UTC)
ORDER = date(2021, 2, 16)
PINE, CEDAR, GINKGO = "示例青松木业", "示例雪松木业", "示例银杏木业"


class Answered:
    """A case of an anti-dumping order; three firms of ours are on its list."""

    def __init__(self, forest: Forest) -> None:
        self.forest = forest
        self.measure: Measure = forest.measure("us:A-570-117")
        self.case = Case.objects.create(
            name_zh="木线条案", name_en="Mouldings", jurisdiction="US", opened_at=NOW
        )
        CaseMeasure.objects.create(case=self.case, measure=self.measure)
        CaseChamber.objects.create(
            case=self.case, organisation=forest.chamber, leads=True, since=NOW
        )
        self.firms = {name: self._listed(name) for name in (PINE, CEDAR, GINKGO)}
        self.investigation = self.proceeding("investigation", "us-commerce/anti-dumping")
        self.order = self.told(self.investigation, "2021-1", ORDER, "in_force", event="order")

    def _listed(self, name: str) -> Respondent:
        return Respondent.objects.create(
            case=self.case,
            organisation=self.forest.organisation(name),
            listed="exports",
            listed_at=NOW,
            value_usd=40_000_000,
        )

    def proceeding(self, word: str, ruleset: str, number: int = 1) -> Proceeding:
        return Proceeding.objects.create(
            case=self.case, measure=self.measure, ruleset=ruleset, proceeding=word,
            number=number, stage="opened",
        )  # fmt: skip

    def told(self, row: Proceeding, number: str, day: date, stage: str, **given: object) -> Notice:
        entry = self.forest.entry(self.measure, number, day, proceeding=row.proceeding, **given)
        StageChange.objects.create(
            proceeding=row, stage=stage, day=day, notice=entry.notice, at=NOW
        )
        Proceeding.objects.filter(pk=row.pk).update(stage=stage, ended=day)
        return entry.notice


@pytest.fixture
def answered(forest: Forest) -> Answered:
    return Answered(forest)
