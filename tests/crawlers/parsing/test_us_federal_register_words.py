"""The words of the contract (design 3.1): its examples and every settled reading, form by form."""

import io
import json
from typing import Any

import pytest

from bundles.items import NoticeItem
from crawlers.parsing import us_federal_register

Said = tuple[str, str | None, str, str, str | None]
"""kinds, proceeding, event, also (each list with spaces between), outcome"""


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


def said(item: NoticeItem) -> Said:
    return (
        " ".join(item.kinds),
        item.proceeding,
        item.event,
        " ".join(item.also),
        item.outcome,
    )


EXAMPLES: list[tuple[str, Said]] = [
    (
        (
            "Certain Steel Nails From the People's Republic of China: Final Results of the Expedited"
            " Third Sunset Review of the Antidumping Duty Order"
        ),
        ("anti_dumping", "sunset_review", "final", "", None),
    ),
    (
        (
            "Common Alloy Aluminum Sheet From China: Preliminary Affirmative Determination of Sales at"
            " Less Than Fair Value, Postponement of Final Determination"
        ),
        ("anti_dumping", "investigation", "preliminary", "postponed", "affirmative"),
    ),
    (
        (
            "Certain Folding Kites and Components Thereof; Notice of Request for Submissions on the"
            " Public Interest"
        ),
        ("section_337", "investigation", "comments", "", None),
    ),
]

SETTLED: list[tuple[str, Said]] = [
    # a correction is `corrected` alone
    (
        (
            "Paper Umbrellas From Malta: Final Affirmative Determination of Sales at Less Than Fair"
            " Value; Correction"
        ),
        ("anti_dumping", "investigation", "corrected", "", None),
    ),
    (
        (
            "Certain Paper Umbrellas From Malta: Correction to the Final Results of the Antidumping"
            " Duty Administrative Review; 2020-2021"
        ),
        ("anti_dumping", "administrative_review", "corrected", "", None),
    ),
    # a 337 final without violation is `final`, also `terminated`
    (
        (
            "Certain Folding Kites; Notice of the Commission's Final Determination Finding No Violation"
            " of Section 337; Termination of the Investigation"
        ),
        ("section_337", "investigation", "final", "terminated", "negative"),
    ),
    (
        (
            "Certain Folding Kites; Notice of a Commission Determination To Review in Part and, on"
            " Review, To Affirm a Final Initial Determination Finding No Violation of Section 337;"
            " Termination of Investigation"
        ),
        ("section_337", "investigation", "final", "terminated", "negative"),
    ),
    # a full review decided upon and a cancelled hearing are `scheduled`
    (
        (
            "Paper Umbrellas From Malta; Notice of Commission Determination To Conduct a Full Five-Year"
            " Review"
        ),
        ("anti_dumping", "sunset_review", "scheduled", "", None),
    ),
    (
        (
            "Paper Umbrellas From Malta; Cancellation of Hearing for Antidumping and Countervailing"
            " Duty Investigations"
        ),
        ("anti_dumping countervailing", "investigation", "scheduled", "", None),
    ),
    # a court's decision with amended results
    (
        (
            "Paper Umbrellas From Malta: Notice of Court Decision Not in Harmony With the Results of"
            " Antidumping Administrative Review; Notice of Amended Final Results"
        ),
        ("anti_dumping", "litigation", "court", "amended", None),
    ),
    # partial rescission stands in `also`
    (
        (
            "Paper Umbrellas From Malta: Preliminary Results and Partial Rescission of Countervailing"
            " Duty Administrative Review; 2021"
        ),
        ("countervailing", "administrative_review", "preliminary", "rescinded", None),
    ),
    # a 337 review in part: `comments` where submissions are invited, else `other`
    (
        (
            "Certain Folding Kites; Notice of a Commission Determination To Review in Part a Final"
            " Initial Determination Finding a Violation of Section 337; Request for Written Submissions"
            " on the Issues Under Review; Extension of the Target Date"
        ),
        ("section_337", "investigation", "comments", "postponed", None),
    ),
    (
        (
            "Certain Folding Kites; Notice of a Commission Determination To Review in Part a Final"
            " Initial Determination Finding No Violation of Section 337"
        ),
        ("section_337", "investigation", "other", "", None),
    ),
    # rules and lists about remedies in general
    (
        "Distribution of Continued Dumping and Subsidy Offset to Affected Domestic Producers",
        ("anti_dumping countervailing", None, "other", "", None),
    ),
    (
        (
            "Quarterly Update to Annual Listing of Foreign Government Subsidies on Articles of Cheese"
            " Subject to an In-Quota Rate of Duty"
        ),
        ("countervailing", None, "other", "", None),
    ),
]

FORMS: list[tuple[str, Said]] = [
    (
        "Notice of Receipt of Complaint; Solicitation of Comments Relating to the Public Interest",
        ("section_337", "investigation", "complaint", "comments", None),
    ),
    (
        (
            "Antidumping or Countervailing Duty Order, Finding, or Suspended Investigation;"
            " Opportunity To Request Administrative Review"
        ),
        ("anti_dumping countervailing", "administrative_review", "opportunity", "", None),
    ),
    (
        (
            "Antidumping or Countervailing Duty Order, Finding, or Suspended Investigation; Advance"
            " Notification of Sunset Review"
        ),
        ("anti_dumping countervailing", "sunset_review", "upcoming", "", None),
    ),
    (
        "Initiation of Antidumping and Countervailing Duty Administrative Reviews",
        ("anti_dumping countervailing", "administrative_review", "initiated", "", None),
    ),
    (
        (
            "Notice of Scope Ruling Applications Filed in Antidumping and Countervailing Duty"
            " Proceedings"
        ),
        ("anti_dumping countervailing", "scope_ruling", "complaint", "", None),
    ),
    (
        (
            "Paper Umbrellas From Malta and Peru; Institution of Antidumping and Countervailing Duty"
            " Investigations and Scheduling of Preliminary Phase Investigations"
        ),
        ("anti_dumping countervailing", "investigation", "initiated", "scheduled", None),
    ),
    (
        (
            "Paper Umbrellas From Malta: Preliminary Negative Countervailing Duty Determination, and"
            " Alignment of Final Determination With the Final Antidumping Duty Determination"
        ),
        ("countervailing", "investigation", "preliminary", "postponed", "negative"),
    ),
    (
        (
            "Paper Umbrellas From Malta: Final Affirmative Determination of Sales at Less Than Fair"
            " Value and Final Negative Determination of Critical Circumstances"
        ),
        ("anti_dumping", "investigation", "final", "", "affirmative"),
    ),
    (
        (
            "Paper Umbrellas From Malta: Amended Final Affirmative Antidumping Duty Determination and"
            " Antidumping Duty Order"
        ),
        ("anti_dumping", "investigation", "order", "amended", "affirmative"),
    ),
    (
        "Paper Umbrellas From Malta: Antidumping and Countervailing Duty Orders",
        ("anti_dumping countervailing", "investigation", "order", "", None),
    ),
    (
        (
            "Paper Umbrellas From Malta: Continuation of Antidumping Duty Order and Revocation of"
            " Countervailing Duty Order"
        ),
        ("anti_dumping countervailing", "sunset_review", "continued", "revoked", None),
    ),
    (
        "Paper Umbrellas From Malta; Termination of Five-Year Review",
        ("anti_dumping", "sunset_review", "rescinded", "", None),
    ),
    (
        "Paper Umbrellas From Malta: Suspension of Antidumping Duty Investigation",
        ("anti_dumping", "investigation", "suspended", "", None),
    ),
    (
        (
            "Paper Umbrellas From Malta: Termination of the Suspension Agreement and Issuance of"
            " Antidumping Duty Order"
        ),
        ("anti_dumping", "investigation", "order", "terminated", None),
    ),
    (
        (
            "Notice of Initiation and Preliminary Results of Antidumping Duty Changed Circumstances"
            " Review: Paper Umbrellas From Malta"
        ),
        ("anti_dumping", "changed_circumstances_review", "preliminary", "initiated", None),
    ),
    (
        (
            "Paper Umbrellas From Malta: Preliminary Intent To Rescind the 2020-2021 Antidumping Duty"
            " New Shipper Review"
        ),
        ("anti_dumping", "new_shipper_review", "preliminary", "", None),
    ),
    (
        (
            "Paper Umbrellas From Malta: Final Negative Scope Ruling and Final Affirmative"
            " Determination of Circumvention With Respect to the Republic of Peru of the Antidumping"
            " Duty Order"
        ),
        ("anti_dumping", "circumvention_inquiry", "final", "", "affirmative"),
    ),
    (
        (
            "Certain Folding Kites; Notice of the Commission's Final Determination Finding a Violation"
            " of Section 337; Issuance of a Limited Exclusion Order; Termination of the Investigation"
        ),
        ("section_337", "investigation", "order", "final", "affirmative"),
    ),
    (
        (
            "Certain Folding Kites; Notice of a Commission Determination Not To Review an Initial"
            " Determination Terminating the Investigation Based on Settlement; Termination of the"
            " Investigation"
        ),
        ("section_337", "investigation", "terminated", "", None),
    ),
    (
        (
            "Certain Folding Kites; Notice of a Commission Determination To Institute a Rescission"
            " Proceeding; Rescission of the Remedial Orders; Termination of the Rescission Proceeding"
        ),
        ("section_337", "enforcement", "revoked", "", None),
    ),
    (
        "Certain Folding Kites; Notice of Institution of Formal Enforcement Proceeding",
        ("section_337", "enforcement", "initiated", "", None),
    ),
    (
        (
            "United States-Mexico-Canada Agreement (USMCA), Article 10.12: Binational Panel Review:"
            " Notice of Request for Panel Review"
        ),
        ("anti_dumping countervailing", "litigation", "court", "", None),
    ),
    (
        (
            "Paper Umbrellas From Malta: Preliminary Affirmative Determination of Critical"
            " Circumstances in the Less-Than-Fair-Value Investigation"
        ),
        ("anti_dumping", "investigation", "preliminary", "", "affirmative"),
    ),
]

OTHERS = [
    "747th Meeting of the Advisory Committee on Reactor Safeguards (ACRS)",
    "Privacy Act of 1974; Matching Program",
    "Standards for Safeguarding Customer Information",
    "Airworthiness Directives; Kite Aircraft Company Airplanes",
    "Air Plan Approval; Ohio; Motor Vehicle Inspection and Maintenance",
    "Drawbridge Operation Regulation; Sample River, Sampleton, NJ",
    "Endangered and Threatened Wildlife and Plants; Removing the Paper Moth From the Federal List",
    "Agency Information Collection Activities; Safeguards on Nuclear Material",
]


@pytest.mark.parametrize(("title", "words"), EXAMPLES + SETTLED + FORMS)
def test_a_title_says_what_happened(title: str, words: Said) -> None:
    assert said(read(title)) == words


@pytest.mark.parametrize("title", OTHERS)
def test_lookalikes_are_other(title: str) -> None:
    item = read(title, "This notice concerns safeguards and adequate protection of the public.")

    assert said(item) == ("other", None, "other", "", None)
    assert item.threads == ()


def test_section_332_studies_are_other() -> None:
    item = read(
        "Paper Umbrellas: Global Competitiveness; Institution of Investigation",
        "Following a request under section 332(g) of the Tariff Act of 1930, the U.S. International"
        " Trade Commission has instituted an investigation.",
    )

    assert said(item) == ("other", None, "other", "", None)


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


@pytest.mark.parametrize(
    ("title", "kind", "event", "abstract"),
    [
        (
            "Safety Standard for Folding Kites",
            "technical_regulation",
            "proposed",
            "The Consumer Product Safety Commission proposes a safety standard.",
        ),
        (
            "Requirements Pertaining to Third Party Conformity Assessment Bodies; Correction",
            "conformity_assessment",
            "corrected",
            "The Consumer Product Safety Commission (CPSC) published a rule.",
        ),
        (
            (
                "Energy Conservation Program: Energy Conservation Standards for Kite Dryers; Reopening"
                " of Comment Period"
            ),
            "technical_regulation",
            "comment_extended",
            "The Department of Energy (DOE) gives more time.",
        ),
        (
            "Energy Conservation Program: Test Procedure for Kite Dryers",
            "conformity_assessment",
            "adopted",
            "In this final rule, DOE amends its test procedure.",
        ),
        (
            "Federal Motor Vehicle Safety Standards; Kite Racks",
            "technical_regulation",
            "withdrawn",
            "NHTSA withdraws an earlier proposal.",
        ),
        ("Umbrelacide; Pesticide Tolerances", "sps", "adopted", None),
        (
            (
                "Listing of Color Additives Exempt From Certification; Kite Red; Confirmation of"
                " Effective Date"
            ),
            "sps",
            "in_force",
            "The Food and Drug Administration (FDA) is confirming a date.",
        ),
        (
            (
                "Energy Conservation Program: Energy Conservation Standards for Kite Dryers; Delay of"
                " Effective Date"
            ),
            "technical_regulation",
            "delayed",
            "The Department of Energy (DOE) delays a rule.",
        ),
        (
            "Biocompatibility of Medical Devices; Draft Guidance for Industry; Availability",
            "technical_regulation",
            "guidance",
            "The Food and Drug Administration (FDA) announces a draft.",
        ),
        (
            "Modifications to the List of Recognized Standards, Recognition List Number: 099",
            "standard",
            "adopted",
            (
                "The Food and Drug Administration (FDA) announces modifications of recognized"
                " standards."
            ),
        ),
    ],
)
def test_requirements_for_products(title: str, kind: str, event: str, abstract: str | None) -> None:
    item = read(title, abstract)

    assert (item.kinds, item.proceeding, item.event) == ((kind,), None, event)


def test_the_type_of_a_document_beats_its_words() -> None:
    item = read("Safety Standard for Folding Kites", "CPSC speaks.", type="Proposed Rule")

    assert item.event == "proposed"


def test_the_office_numbers_its_own_corrections() -> None:
    item = read(
        "Paper Umbrellas From Malta: Antidumping Duty Order", document_number="C1-2024-00001"
    )

    assert (item.event, item.also) == ("corrected", ())
