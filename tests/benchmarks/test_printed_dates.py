"""Whether the legal calendar gives the dates that the Federal Register prints."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from benchmarks import printed_dates, printed_dates_docs
from benchmarks.printed_dates import Miss
from benchmarks.printed_dates_gazette import FEED, PETITIONS
from benchmarks.printed_dates_pair import Pair

INJURY = "us-itc/injury-investigation"
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "deadlines.md"
REVIEW = "us-commerce/administrative-review"


@pytest.mark.real
def test_of_the_dates_in_print_seven_of_eight_are_reproduced_and_each_miss_is_explained(
    real_data: Path,
) -> None:
    measured = printed_dates.measure(real_data)
    misses = [each for each in measured.reckoned if not each.agrees]
    assert len(measured.reckoned) >= 95
    assert measured.share >= 0.875
    assert [each.as_dict() for each in misses if each.miss is Miss.NOT_EXPLAINED] == []


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """A folder of feeds with one institution, one preliminary and one postponed determination."""
    (tmp_path / "feeds").mkdir()
    rows = [
        _row("2022-00001", "Lemon Juice From Brazil; Institution of Anti-Dumping Duty "
             "Investigation and Scheduling of Preliminary Phase Investigation", "2022-01-10",
             "The Commission hereby gives notice of the institution of preliminary phase "
             "antidumping duty investigation No. 731-TA-1600 (Preliminary). The Commission must "
             "reach a preliminary determination in 45 days, or in this case by February 22, 2022. "
             "The Commission's views must be transmitted to Commerce within five business days "
             "thereafter, or by March 1, 2022."),
        _row("2022-00002", "Lemon Juice From Brazil: Preliminary Affirmative Determination of "
             "Sales at Less Than Fair Value", "2022-08-04", "Commerce preliminarily determines."),
        _row("2022-00003", "Lemon Juice From Brazil: Postponement of Final Determination of Sales "
             "at Less Than Fair Value", "2022-09-15",
             "Commerce is postponing the deadline for issuing the final determination in the LTFV "
             "investigation of lemon juice from Brazil until December 19, 2022."),
    ]  # fmt: skip
    with gzip.open(tmp_path / FEED, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)
    (tmp_path / PETITIONS).write_text(
        '"case_number","case_title","petition_date"\n'
        "A-351-001,Lemon Juice From Brazil,2022-01-05 00:00:00\n"
        "A-351-002,Lemon Juice From Brazil,2019-01-05 00:00:00\n",
        encoding="utf-8",
    )
    return tmp_path


def _row(number: str, title: str, day: str, abstract: str) -> dict[str, str]:
    return {
        "document_number": number,
        "title": title,
        "publication_date": day,
        "abstract": abstract,
        "html_url": f"https://www.federalregister.gov/d/{number}",
    }


def test_notices_are_paired_with_what_began_their_periods(feed: Path) -> None:
    found = printed_dates.pairs(feed)
    assert [(pair.rule, pair.start, pair.printed, pair.starts_in) for pair in found] == [
        ("final-determination", date(2022, 8, 4), date(2022, 12, 19), "2022-00002"),
        (
            "preliminary-injury",
            date(2022, 1, 5),
            date(2022, 2, 22),
            "initiation or list of petitions",
        ),
        ("preliminary-views", date(2022, 2, 22), date(2022, 3, 1), "2022-00001"),
    ]
    assert printed_dates.reckon(found).share == 1


@pytest.mark.parametrize(
    ("pair", "miss"),
    [
        (
            Pair(INJURY, "preliminary-injury", "petition-filed", date(2020, 1, 7),
                 date(2020, 2, 24), "2020-00465", "list"),
            Miss.LATER_START,
        ),
        (
            Pair(REVIEW, "final-results", "preliminary-published", date(2024, 6, 6),
                 date(2025, 3, 10), "F", "F"),
            Miss.EXTENDED,
        ),
        (
            Pair(REVIEW, "final-results", "preliminary-published", date(2024, 11, 13),
                 date(2025, 8, 8), "F", "F", postponed=True),
            Miss.EXTENDED_LESS,
        ),
        (
            Pair(REVIEW, "final-results", "preliminary-published", date(2024, 10, 10),
                 date(2025, 2, 7), "F", "F"),
            Miss.BEFORE_TOLLING,
        ),
        (
            Pair(INJURY, "preliminary-views", "preliminary-injury", date(2022, 2, 22),
                 date(2022, 2, 24), "F", "F"),
            Miss.SOONER,
        ),
        (
            Pair(INJURY, "preliminary-views", "preliminary-injury", date(2022, 2, 22),
                 date(2022, 5, 24), "F", "F"),
            Miss.NOT_EXPLAINED,
        ),
    ],
)  # fmt: skip
def test_a_date_that_is_not_given_is_explained(pair: Pair, miss: Miss) -> None:
    (reckoned,) = printed_dates.reckon([pair]).reckoned
    assert not reckoned.agrees
    assert reckoned.miss is miss


def test_the_table_names_every_rule_and_every_miss() -> None:
    agrees = Pair(INJURY, "preliminary-views", "preliminary-injury", date(2022, 2, 22),
                  date(2022, 3, 1), "2022-00001", "2022-00001")  # fmt: skip
    misses = Pair(INJURY, "preliminary-views", "preliminary-injury", date(2022, 2, 22),
                  date(2022, 5, 24), "2022-00009", "2022-00009")  # fmt: skip
    lines = list(printed_dates.table(printed_dates.reckon([agrees, misses])))
    assert lines[1].split() == [INJURY, "preliminary-views", "2", "1"]
    assert lines[2].split() == ["us-itc", "2", "50.0%"]
    assert lines[3].split() == ["all", "2", "50.0%"]
    assert "2022-00009" in lines[4]


def test_the_figures_in_the_document_are_those_of_the_rules() -> None:
    """Else: python -m benchmarks.printed_dates --data ../shared/data --docs docs/deadlines.md"""
    said = printed_dates_docs.printed(DOCUMENT.read_text(encoding="utf-8"))
    assert said[:-1] == [each.cells() for each in printed_dates_docs.figures(printed_dates.RULES)]


def test_a_document_keeps_what_stands_around_its_table() -> None:
    figures = printed_dates_docs.figures(printed_dates.RULES)
    text = f"before\n{printed_dates_docs.BEGINS}old\n{printed_dates_docs.ENDS}after\n"
    made = printed_dates_docs.renewed(text, figures, {"us-itc": (4, 3)})
    assert made.startswith("before\n")
    assert made.endswith("after\n")
    assert "old" not in made
    assert "3/4 (75.0%)" in made
    assert printed_dates_docs.renewed(made, figures, {"us-itc": (4, 3)}) == made
