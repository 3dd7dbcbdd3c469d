"""The pages of the library of past cases, and its panel beside a measure and a warning."""

import pytest
from django.test import Client
from django.urls import reverse

from monitor.cases.past.library import PastCases
from tests.monitor.web.house import House

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


def page(client: Client, path: str, **query: str) -> str:
    answer = client.get(path, query, headers=ENGLISH)
    assert answer.status_code == 200
    return answer.content.decode()


def test_all_cases_are_listed_with_what_they_teach() -> None:
    said = page(Client(), reverse("past_cases"))
    for case in PastCases.load().cases:
        assert reverse("past_case", args=[case.id]) in said
    assert "37 cases, newest first" in said
    assert "they are no sample of all cases" in said
    assert "answered: from USD 1.84 per kg; all others: USD 5.14 per kg" in said


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"product": "ceramics"}, 8),
        ({"market": "CA"}, 2),
        ({"kind": "section_337"}, 3),
        ({"ending": "no_measure"}, 3),
        ({"product": "ceramics", "market": "BR"}, 2),
        ({"market": "nowhere"}, 37),
    ],
)
def test_filters_choose_by_product_market_kind_and_ending(
    query: dict[str, str], count: int
) -> None:
    assert f"{count} cases, newest first" in page(Client(), reverse("past_cases"), **query)


def test_filters_that_nothing_meets_say_so() -> None:
    said = page(Client(), reverse("past_cases"), product="stone", market="BR")
    assert "None of the library's cases is like that." in said


def test_every_case_has_a_page_in_both_languages() -> None:
    for case in PastCases.load().cases:
        for language in ("zh-hans", "en"):
            answer = Client().get(
                reverse("past_case", args=[case.id]), headers={"Accept-Language": language}
            )
            assert answer.status_code == 200
            said = answer.content.decode()
            assert case.outcome.say(language).split("'")[0] in said


def test_a_case_shows_its_facts_with_their_sources() -> None:
    said = page(Client(), reverse("past_case", args=["us-2024-low-speed-vehicles"]))
    assert "https://www.trade.gov/ec-ad-cvd-final-determinations-low-speed" in said
    assert "312.31%" in said
    assert "to be verified" in said


def test_an_unknown_case_is_not_found() -> None:
    assert Client().get(reverse("past_case", args=["us-1999-nothing"])).status_code == 404


def test_a_measure_is_told_of_similar_cases(client: Client, house: House) -> None:
    measure = house.measure("us:A-570-117")
    house.claim(house.entry(measure=measure).notice)
    said = page(client, reverse("measure", args=[measure.pk]))
    assert "Similar cases and how they ended" in said
    assert "this very case" in said
    assert reverse("past_case", args=["us-2020-wood-mouldings"]) in said


def test_a_warning_is_told_who_followed_whom(client: Client, house: House) -> None:
    measure = house.measure(jurisdiction="EU", title="Ceramic tableware")
    entry = house.entry(measure=measure)
    house.claim(entry.notice, "691110")
    impact = house.impact(house.base(), entry)
    said = page(client, reverse("impact", args=[impact.pk]))
    assert "Brazil 10 months later (2012-12-26)" in said
    assert "same subheading 6911.10; same market; same kind" in said


def test_goods_that_the_library_does_not_know_are_said_so(client: Client, house: House) -> None:
    measure = house.measure()
    house.claim(house.entry(measure=measure).notice, "730721")
    said = page(client, reverse("measure", args=[measure.pk]))
    assert "The library has no case on these goods." in said
