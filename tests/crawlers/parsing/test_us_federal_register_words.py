"""The words of the contract (design 3.1): its examples, every settled reading, form by form.

The titles are the forms of the two authorities with products of our own; they stand with the words
that they have to be read as in `labels/us_federal_register_forms.jsonl`.
"""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from bundles.items import NoticeItem
from crawlers.parsing import us_federal_register

FORMS = Path(__file__).with_name("labels") / "us_federal_register_forms.jsonl"
WORDS = ("kinds", "proceeding", "event", "also", "outcome")
LOOKALIKES = [
    "747th Meeting of the Advisory Committee on Reactor Safeguards (ACRS)",
    "Privacy Act of 1974; Matching Program",
    "Standards for Safeguarding Customer Information",
    "Airworthiness Directives; Kite Aircraft Company Airplanes",
    "Air Plan Approval; Ohio; Motor Vehicle Inspection and Maintenance",
    "Drawbridge Operation Regulation; Sample River, Sampleton, NJ",
    "Endangered and Threatened Wildlife and Plants; Removing the Paper Moth From the Federal List",
    "Agency Information Collection Activities; Safeguards on Nuclear Material",
]


def forms() -> list[dict[str, Any]]:
    return [json.loads(line) for line in FORMS.read_text(encoding="utf-8").splitlines()]


def read(title: str, abstract: str | None = None, **fields: Any) -> NoticeItem:
    document = {
        "document_number": "2024-00001",
        "title": title,
        "publication_date": "2024-03-05",
        "html_url": "https://www.federalregister.gov/d/2024-00001",
        "abstract": abstract,
    } | fields
    (item,) = us_federal_register.parse(io.BytesIO(json.dumps(document).encode()), "one.jsonl")
    assert isinstance(item, NoticeItem), item
    return item


def said(item: NoticeItem) -> dict[str, Any]:
    return item.model_dump(mode="json", include=set(WORDS))


@pytest.mark.parametrize("form", forms(), ids=lambda form: f"{form['group']}: {form['title']}"[:90])
def test_a_title_says_what_happened(form: dict[str, Any]) -> None:
    assert said(read(form["title"], form.get("abstract"))) == {word: form[word] for word in WORDS}


@pytest.mark.parametrize("title", LOOKALIKES)
def test_lookalikes_are_other(title: str) -> None:
    item = read(title, "This notice concerns safeguards and adequate protection of the public.")

    assert (item.kinds, item.proceeding, item.event) == (("other",), None, "other")
    assert item.threads == ()


def test_section_332_studies_are_other() -> None:
    item = read(
        "Paper Umbrellas: Global Competitiveness; Institution of Investigation",
        "Following a request under section 332(g) of the Tariff Act of 1930, the U.S. International"
        " Trade Commission has instituted an investigation.",
    )

    assert (item.kinds, item.proceeding, item.event) == (("other",), None, "other")


def test_products_that_went_otherwise_make_an_outcome_mixed() -> None:
    item = read(
        "Paper Umbrellas From Malta: Final Affirmative Determination of Circumvention for Handles"
        " and Final Negative Determination of Circumvention for Covers of the Antidumping Duty"
        " Order"
    )

    assert item.outcome == "mixed"


def test_partial_rescission_told_by_the_abstract_alone_stands_in_also() -> None:
    item = read(
        "Paper Umbrellas From Malta: Final Results of Antidumping Duty Administrative Review; 2022",
        "Commerce determines that sales were made below normal value. Additionally, Commerce is"
        " rescinding this review with respect to two companies.",
    )

    assert (item.event, item.also) == ("final", ("rescinded",))


def test_the_type_of_a_document_fills_what_its_title_leaves() -> None:
    rule = "Safety Standard for Folding Kites"

    assert read(rule, "CPSC speaks.", type="Proposed Rule").event == "proposed"
    assert read(f"{rule}; Extension of Comment Period", type="Proposed Rule").event == (
        "comment_extended"
    )


def test_the_office_numbers_its_own_corrections() -> None:
    title = "Paper Umbrellas From Malta: Antidumping Duty Order"

    assert read(title, document_number="C1-2024-00001").event == "corrected"
