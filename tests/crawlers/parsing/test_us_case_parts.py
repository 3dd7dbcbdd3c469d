"""Numbers, headlines, names, dates and firms of US trade cases, one by one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bundles.words import DateKind, Kind
from crawlers.parsing import cases, companies, dates, headlines, products
from crawlers.parsing.documents import own_part


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("[A–570–117, C-570-118]", ["A-570-117", "C-570-118"]),
        ("Nos. 731-TA-1521-1523 (Final)", ["731-TA-1521", "731-TA-1522", "731-TA-1523"]),
        ("731-TA-1743- 1744", ["731-TA-1743", "731-TA-1744"]),
        ("701-TA-679-80", ["701-TA-679", "701-TA-680"]),
        ("337-TA-1270 and TA-201-77", ["337-TA-1270", "TA-201-077"]),
        ("DN 3428", ["DN 3428"]),
        ("731-TA-1564-12", ["731-TA-1564"]),
        ("EPA-570-117", []),
        ("tel. (202) 482-4948", []),
    ],
)
def test_case_numbers(text: str, numbers: list[str]) -> None:
    assert cases.find(text) == numbers


def test_a_number_tells_its_kind_and_its_origin() -> None:
    assert (cases.kind("A-570-117"), cases.origin("A-570-117")) == (Kind.ANTI_DUMPING, "CN")
    assert (cases.kind("701-TA-679"), cases.origin("701-TA-679")) == (Kind.COUNTERVAILING, None)
    assert cases.origin("C-999-001") is None


def test_citations() -> None:
    assert cases.references("see 86 FR 9486; and 87 Fed. Reg. 12345") == [
        "86 FR 9486",
        "87 Fed. Reg. 12345",
    ]


@pytest.mark.parametrize(
    ("title", "articles", "origins", "tail"),
    [
        ("Kites From China: Final Results", [("Kites", ("CN",))], ("CN",), "Final Results"),
        (
            "Kites From Korea and Turkey, Scheduling of Full Five-Year Reviews",
            [("Kites", ("KR", "TR"))],
            ("KR", "TR"),
            "Scheduling of Full Five-Year Reviews",
        ),
        (
            "Initiation of Review: Certain Kites From the People's Republic of China",
            [("Certain Kites", ("CN",))],
            ("CN",),
            "Initiation of Review",
        ),
        (
            "Kites From Brazil, Mexico, and Taiwan and Certain Lamps From Taiwan: Orders",
            [("Kites", ("BR", "MX", "TW")), ("Certain Lamps", ("TW",))],
            ("BR", "MX", "TW"),
            "Orders",
        ),
        (
            "Kites From China: Affirmative Determination for Exports From Viet Nam",
            [("Kites", ("CN",))],
            ("CN", "VN"),
            "Affirmative Determination for Exports From Viet Nam",
        ),
        ("Initiation of Reviews", [], (), "Initiation of Reviews"),
    ],
)
def test_headlines(
    title: str,
    articles: list[tuple[str, tuple[str, ...]]],
    origins: tuple[str, ...],
    tail: str,
) -> None:
    headline = headlines.split(title)

    assert [(article.product, article.origins) for article in headline.articles] == articles
    assert (headline.origins, headline.tail) == (origins, tail)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Certain Steel Nails", "Steel Nails"),
        ("Wood Mouldings and Millwork Products", "Wood Moldings and Millwork Products"),
        ("Steel Concrete Reinforcing Bar (Rebar)", "Steel Concrete Reinforcing Bar"),
        ("Mobile Access Equipment and Subassemblies Thereof", "Mobile Access Equipment"),
        ("Lined Paper School Supplies", "Certain Lined Paper Products"),
    ],
)
def test_names_of_one_case_have_one_normal_form(one: str, other: str) -> None:
    assert products.normal_form(one) == products.normal_form(other)


def test_names_of_two_cases_keep_two_normal_forms() -> None:
    names = ["Steel Wheels", "Steel Wheels 12 to 16.5 Inches in Diameter", "Steel Nails"]

    assert len({products.normal_form(name) for name in names}) == 3


def test_an_alias_can_hold_for_one_origin_only() -> None:
    name = "Circular Welded Pipe and Tube"

    assert products.normal_form(name, "MX") != products.normal_form(name, "TH")


@given(st.text(max_size=60))
def test_a_normal_form_is_its_own_normal_form(name: str) -> None:
    form = products.normal_form(name)

    assert products.normal_form(form.upper()) == products.normal_form(form)
    assert len(form) <= products.LONGEST


def test_dates_by_what_is_said_around_them() -> None:
    text = (
        "Comments must be filed no later than April 12, 2024. A hearing will be held on June 4,"
        " 2024. The deadline for the determination is now May 8, 2024. Effective March 13, 2024."
        " Copies were mailed on March 1, 2024."
    )

    assert [(day.kind, day.date) for day in dates.printed(text)] == [
        (DateKind.HEARING, date(2024, 6, 4)),
        (DateKind.COMMENTS_DUE, date(2024, 4, 12)),
        (DateKind.DETERMINATION_DUE, date(2024, 5, 8)),
        (DateKind.IN_FORCE, date(2024, 3, 13)),
    ]


def test_the_period_of_review() -> None:
    period = dates.period("during the period of review (POR) May 1, 2022, through April 30, 2023.")

    assert period is not None
    assert (period.start, period.end) == (date(2022, 5, 1), date(2023, 4, 30))
    assert dates.period("the period of review May 1, 2023, through April 30, 2022") is None


def test_complainants_are_petitioners_and_examined_firms_respondents() -> None:
    filed = companies.find(
        "A complaint was filed on behalf of Kite Makers LLC of Reno, Nevada and Sample Toys, Inc."
        " of Austin, Texas. The complaint alleges infringement.",
        (Kind.SECTION_337,),
    )
    examined = companies.find(
        "Commerce finds that Sample Umbrella Co., Ltd. (Sample) sold below value.",
        (Kind.ANTI_DUMPING,),
    )

    assert [(firm.name, firm.role) for firm in filed] == [
        ("Kite Makers LLC", "petitioner"),
        ("Sample Toys, Inc.", "petitioner"),
    ]
    assert [(firm.name, firm.role) for firm in examined] == [
        ("Sample Umbrella Co., Ltd.", "respondent")
    ]


def test_only_a_notices_own_part_of_a_printed_page_is_read() -> None:
    page = (
        "1 See Kites From Malta: Final Results, 88 FR 1.\nanother notice: 9503.00.0073\n"
        "[FR Doc. 2024–00001 Filed]\n[A–535–990]\nKites From Malta:\nFinal Results\nAGENCY: X.\n"
        "ours\n[FR Doc. 2024–00002 Filed]\nthe next"
    )

    own = own_part(page, "Kites From Malta: Final Results", "2024-00002")

    assert own.rstrip().endswith("ours")
    assert "A–535–990" in own
