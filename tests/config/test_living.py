"""The case of the demo in which people have spoken: of six firms one is silent, and what lies ahead
lies after the day that the demo is shown as of."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from config.demo import living
from monitor.accounts.models import Affiliation, Organisation, User
from monitor.accounts.words import Kind
from monitor.bases.models import Enterprise
from monitor.cases.models import Adopted, Case, KnownDay, Respondent, Statement
from monitor.cases.opening import open_case
from monitor.cases.words import Answer
from tests.monitor.cases.forest import SINCE, Forest
from tests.monitor.web.house import House

NOW = datetime(2025, 6, 2, 2, tzinfo=UTC)
PUBLISHED = date(2025, 5, 20)


@pytest.fixture
def case(db: None) -> Case:
    """As the house opens one by a rule."""
    forest = Forest()
    sixth = Organisation.objects.create(
        kind=Kind.ENTERPRISE, name_zh="示例冷杉木业", created_at=SINCE
    )
    Affiliation.objects.create(member=sixth, of=forest.chamber, since=SINCE)
    firms = [
        *forest.firms.values(),
        Enterprise.objects.create(organisation=sixth, name_zh="示例冷杉木业", sample=True),
    ]
    measure = forest.measure(
        "us:337-TA-1400", kind="section_337", authority="International Trade Commission"
    )
    entry = forest.entry(measure, "2025-1", PUBLISHED, event="initiated")
    told = [
        {"id": firm.pk, "name_zh": firm.name_zh, "name_en": "", "value_usd": "1000000"}
        for firm in firms
    ]
    House().impact(forest.base, entry, firms=told)
    made = open_case([measure], forest.chamber, None, NOW, rule="trial").case
    Case.objects.filter(pk=made.pk).update(sample=True)
    return made


def test_people_have_spoken_and_one_is_silent(case: Case) -> None:
    counts = living.bring_to_life(NOW)
    assert (counts["answers"], counts["silent"]) == (len(living.ANSWERED), 1)
    answers = list(Respondent.objects.order_by("pk").values_list("answer", flat=True))
    assert set(answers) == {
        Answer.ANSWERS, Answer.JOINS, Answer.CONSIDERING, Answer.DECLINES, Answer.INFORMED,
    }  # fmt: skip
    assert answers.count(Answer.INFORMED) == 1
    assert all(each.at <= NOW < timezone.now() for each in Statement.objects.all())
    extended = KnownDay.objects.get()
    assert extended.day == NOW.date() + timedelta(days=14)
    moved = Adopted.objects.get(respondent=extended.respondent)
    assert moved.day == extended.day > NOW.date()
    assert counts["people"] == User.objects.filter(sample=True).count() > 0


def test_without_a_case_of_the_sample_there_is_nothing_to_do(case: Case) -> None:
    Case.objects.update(sample=False)
    assert not living.bring_to_life(NOW)
    assert not Statement.objects.exists()
