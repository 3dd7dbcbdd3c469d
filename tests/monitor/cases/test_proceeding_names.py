"""What proceedings are called."""

from datetime import date
from itertools import groupby
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from monitor.cases.proceeding_names import SHORT, Which
from monitor.deadlines.library import Library

US = {
    ("anti_dumping", "us-commerce/anti-dumping"): (
        "Anti-dumping investigation (Commerce)",
        "反倾销原审调查（美国商务部）",
    ),
    ("anti_dumping", "us-itc/injury-investigation"): (
        "Anti-dumping investigation (ITC)",
        "反倾销原审调查（美国国际贸易委员会）",
    ),
    ("countervailing", "us-commerce/countervailing"): (
        "Countervailing investigation (Commerce)",
        "反补贴原审调查（美国商务部）",
    ),
}


def _names(language: str) -> list[tuple[str, str]]:
    """(market, name) of every proceeding that some calendar is about."""
    library = Library.load(Path(settings.FENGHUO_DEADLINES))
    with override(language):
        return sorted(
            (ruleset.authority.jurisdiction, Which(kind, word, ruleset.name, 1, None).name)
            for ruleset in library.rulesets
            for kind in ruleset.file.kinds
            for word in ruleset.file.proceedings
        )


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_two_proceedings_of_a_market_read_alike(language: str) -> None:
    alike = [name for name, rows in groupby(_names(language)) if len(list(rows)) > 1]
    assert alike == []


@pytest.mark.parametrize(("of", "said"), US.items())
def test_kind_and_authority_are_named_where_two_investigate(
    of: tuple[str, str], said: tuple[str, str]
) -> None:
    kind, ruleset = of
    for language, name in zip(("en", "zh-hans"), said, strict=True):
        with override(language):
            assert Which(kind, "investigation", ruleset, 1, None).name == name


def test_where_one_authority_decides_it_is_not_named() -> None:
    review = Which(
        "anti_dumping", "administrative_review", "us-commerce/administrative-review", 3, None
    )
    expected = Which(
        "anti_dumping", "sunset_review", "eu-commission/expiry-review", 1, date(2026, 5, 1)
    )
    with override("en"):
        assert review.name == "Anti-dumping administrative review 3"
        assert expected.name == "Anti-dumping sunset review 2026"
        assert Which("technical_regulation", "none", "", 1, None).name == "Technical regulation"


def test_short_names_are_of_authorities_that_are_known() -> None:
    assert set(SHORT) <= set(Library.load(Path(settings.FENGHUO_DEADLINES)).authorities)
