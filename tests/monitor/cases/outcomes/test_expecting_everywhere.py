"""Which authorities' measures expect a review before they end, by the rules as they stand."""

from datetime import date
from pathlib import Path

import pytest

from bundles.words import Proceeding as Word
from monitor.cases.models import Proceeding, StageChange
from monitor.cases.outcomes.expecting import Expected, reviews, stands_alone
from monitor.cases.words import Stage
from monitor.deadlines.library import Library
from monitor.deadlines.timeline import calendar
from monitor.notices.models import Measure

LIBRARY = Library.load(Path(__file__).resolve().parents[4] / "config" / "deadlines")
ORDER, TODAY = date(2021, 3, 10), date(2021, 6, 1)
REVIEWED = {
    "ar-cnce/expiry-review": date(2026, 3, 10),
    "au-adc/continuation-inquiry": date(2026, 3, 10),
    "br-decom/expiry-review": date(2026, 3, 10),
    "ca-citt/expiry-review": date(2026, 3, 10),
    "cn-mofcom/expiry-review": date(2026, 3, 10),
    "eaeu-dimd/expiry-review": date(2026, 3, 10),
    "eu-commission/expiry-review": date(2026, 3, 10),
    "id-kadi/sunset-review": date(2026, 3, 10),
    "in-dgtr/sunset-review": date(2026, 3, 10),
    "jp-meti/expiry-review": date(2026, 3, 9),
    "kr-ktc/review": date(2026, 3, 10),
    "mx-upci/sunset-review": date(2026, 3, 10),
    "th-dft/sunset-review": date(2026, 3, 9),
    "tr-trade/review": date(2026, 3, 10),
    "uk-tra/review": date(2026, 3, 11),
    "us-commerce/sunset-review": date(2026, 3, 10),
    "us-itc/five-year-review": date(2026, 3, 10),
    "vn-trav/final-review": date(2026, 3, 10),
    "za-itac/sunset-review": date(2026, 3, 9),
}
NONE = {
    "ca-cbsa": "the Tribunal opens the review and ends the finding: ca-citt/expiry-review",
    "wto-tbt-sps": "comments on drafts: no measure is in force",
}
ORDERED_BY = {"us-itc": "us-commerce"}
"""Whose order it is, where the authority itself makes none."""


def expected(authority: str) -> list[Expected]:
    """Of an anti-dumping order of that day, of which this authority has told something."""
    measure = Measure(kind="anti_dumping", origin="CN")
    rows = [
        Proceeding(
            pk=pk, measure=measure, ruleset=f"{name}/anti-dumping",
            proceeding=Word.INVESTIGATION, stage=stage,
        )
        for pk, (name, stage) in enumerate(
            [(ORDERED_BY.get(authority, authority), Stage.IN_FORCE), (authority, Stage.ENDED)]
        )
    ]  # fmt: skip
    changes = {0: [StageChange(stage=Stage.IN_FORCE, day=ORDER)], 1: []}
    return reviews(measure, rows, changes, LIBRARY, TODAY)


def test_a_measure_of_every_authority_expects_its_last_review() -> None:
    found = {
        each.ruleset: each.on
        for authority in LIBRARY.authorities
        for each in expected(authority)
        if each.word == Word.SUNSET_REVIEW
    }
    assert found == REVIEWED
    assert {name.partition("/")[0] for name in found} | set(NONE) == set(LIBRARY.authorities)
    assert not [each for authority in NONE for each in expected(authority)]


def test_yearly_reviews_are_the_united_states_alone() -> None:
    yearly = [
        each.ruleset
        for authority in LIBRARY.authorities
        if authority not in ORDERED_BY
        for each in expected(authority)
        if each.word == Word.ADMINISTRATIVE_REVIEW
    ]
    assert yearly == ["us-commerce/administrative-review"]


@pytest.mark.parametrize(
    ("authority", "dates"),
    [
        (
            "au-adc",
            {
                "expiry-notice": date(2025, 6, 10),
                "application": date(2025, 8, 11),  # 9 August is a Saturday
                "measure-expiry": date(2026, 3, 10),
                "continued-until": date(2031, 3, 10),
            },
        ),
        (
            "uk-tra",
            {
                "measure-begins": date(2021, 3, 11),
                "expiry-review-earliest": date(2025, 3, 11),
                "expiry-review-request": date(2025, 12, 11),
                "measure-expiry": date(2026, 3, 11),
            },
        ),
        (
            "us-itc",
            {"institution": date(2026, 2, 8), "fifth-anniversary": date(2026, 3, 10)},
        ),
    ],
)
def test_it_has_the_dates_that_do_not_wait_for_its_opening(
    authority: str, dates: dict[str, date]
) -> None:
    last = next(
        each
        for each in expected(authority)
        if each.ruleset in REVIEWED and each.ruleset.startswith(authority)
    )
    ruleset = LIBRARY.named(last.ruleset)
    dues = calendar(ruleset, last.facts)
    assert {due.rule.id: due.day for due in dues if stands_alone(ruleset, due)} == dates
