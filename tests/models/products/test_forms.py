"""By what a text is known as a search term or a listing, and what has no form."""

import pytest

from models.products.forms import form
from models.products.query import Query

LISTING = "Women Winter Warm Plush Ankle Boots Non Slip Flat Shoes"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query("castor oil"), "term"),
        (Query("shirts, men's or boys', of cotton"), "term"),
        (Query("PVC pipes"), "term"),
        (Query("Sodium nitrite"), None),
        (Query("Food Additives"), None),
        (Query(LISTING), "listing"),
        (Query(LISTING, "Material: Plush; Item Type: BOOTS"), "listing"),
        (Query("boots", '{"Material":"Plush"}'), "listing"),
        (Query(LISTING, "Shoes > Boots > Ankle Boots; Material: Plush"), "shelf"),
        (Query("Adjusting Imports of Aluminum Into the United States of America"), None),
        (Query("Radio services", "The agency amends its rules: parts 10 and 12."), None),
        (Query("Lease sale", "Bids are opened by the Bureau (BOEM). More > less"), None),
        (Query("castor oil", "pressed and refined"), None),
    ],
)
def test_a_form_is_read_off_the_text(query: Query, expected: str | None) -> None:
    assert form(query) == expected


@pytest.mark.parametrize("title", ["castor oil", LISTING, "钢钉"])
def test_notices_and_other_languages_have_none(title: str) -> None:
    assert form(Query(title, is_notice=True)) is None
    assert form(Query(title, language="zh")) is None
