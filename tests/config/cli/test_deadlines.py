"""`fenghuo deadlines`: calendars, rulesets, rules and their check, on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from config.cli import fenghuo

PAPER_PLATES = [
    "us-commerce/anti-dumping",
    "--start", "petition-filed=2024-01-25",
    "--start", "initiation=2024-02-14",
    "--postponed", "preliminary-determination",
]  # fmt: skip
KEYS = {
    "ruleset", "rule", "zh", "en", "for", "day", "moment", "computed", "printed", "difference",
    "estimated", "waits_for", "verified", "basis", "citation", "read", "explanation_zh",
    "explanation_en",
}  # fmt: skip


def run(*words: str) -> Result:
    return CliRunner().invoke(fenghuo, ["deadlines", *words])


def lines(*words: str) -> list[dict[str, Any]]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def due(rule: str, *words: str) -> dict[str, Any]:
    return next(line for line in lines(*PAPER_PLATES, *words) if line["rule"] == rule)


def refused(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 2
    return result.output


def test_every_line_has_the_words_of_the_contract() -> None:
    rows = lines(*PAPER_PLATES)
    assert all(row.keys() >= KEYS for row in rows)
    days = [row["day"] for row in rows if row["day"]]
    assert days == sorted(days)


def test_a_known_toll_applies_by_itself_and_can_be_left_out_or_given() -> None:
    rule = "preliminary-determination"
    assert due(rule)["day"] == "2024-08-29"
    assert due(rule, "--no-known-tolls")["day"] == "2024-08-22"
    assert due(rule, "--no-known-tolls", "--tolled", "+10@2024-05-01")["day"] == "2024-09-03"


def test_a_known_toll_is_given_by_its_id() -> None:
    from monitor.deadlines.library import Library  # noqa: PLC0415 - as the command does
    from tests.monitor.deadlines.rulesets import FOLDER, day  # noqa: PLC0415

    tolls = Library.load(FOLDER).authorities["us-commerce"].tolls
    toll = next(each.id for each in tolls if each.on == day("2024-07-22"))
    found = due("preliminary-determination", "--no-known-tolls", "--tolled", toll)
    assert found["day"] == "2024-08-29"


def test_what_a_notice_prints_wins_and_the_difference_is_told() -> None:
    found = due(
        "preliminary-determination", "--no-known-tolls",
        "--printed", "preliminary-determination=2024-08-23",
    )  # fmt: skip
    told = {key: found[key] for key in ("day", "computed", "printed", "difference")}
    assert told == {
        "day": "2024-08-23", "computed": "2024-08-22", "printed": "2024-08-23", "difference": 1,
    }  # fmt: skip


def test_extensions_and_stays() -> None:
    rows = [
        row
        for row in lines(
            *PAPER_PLATES,
            "--start",
            "initiation-published=2024-02-21",
            "--origin",
            "CN",
            "--extended",
            "separate-rate-application=+7:Acme",
        )
        if row["rule"] == "separate-rate-application"
    ]
    assert [(row["to"], row["day"]) for row in rows] == [
        (None, "2024-03-22"), ("Acme", "2024-03-29"),
    ]  # fmt: skip
    stayed = due("preliminary-determination", "--stayed", "2024-03-01..2024-03-10")
    assert stayed["day"] == "2024-09-09"  # ten days on: a Sunday


def test_filing_ends_at_five_in_washington() -> None:
    rows = lines("us-commerce/anti-dumping", "--start", "initiation-published=2025-03-13")
    found = next(row for row in rows if row["rule"] == "separate-rate-application")
    assert found["moment"] == "2025-04-03T17:00:00-04:00"


def test_people_read_it_in_their_language() -> None:
    english = run(*PAPER_PLATES, "--language", "en").stdout
    chinese = run(*PAPER_PLATES, "--language", "zh").stdout
    assert "190 days after 14 February 2024" in english
    assert "自2024年2月14日" in chinese
    assert "主管机关" in chinese


def test_rulesets_are_listed_with_their_events() -> None:
    rows = {row["ruleset"]: row for row in lines("list")}
    assert len(rows) >= 40
    assert "petition-filed" in rows["us-commerce/anti-dumping"]["events"]
    assert "us-commerce/anti-dumping" in run("list", "--language", "en").stdout


def test_a_rule_is_explained_with_all_its_versions_and_where_it_was_read() -> None:
    rows = lines("explain", "us-commerce/anti-dumping", "separate-rate-application")
    assert [row["count"] for row in rows] == [30, 21]
    assert all(row["read"] for row in rows)
    told = run("explain", "us-commerce/anti-dumping", "preliminary-determination").stdout
    assert "351.205" in told
    english = run(
        "explain", "us-commerce/anti-dumping", "preliminary-determination", "--language", "en"
    ).stdout
    assert "140 days from: investigation initiated" in english
    assert "postponed: 190 days from: investigation initiated" in english


def test_the_check_counts_rules_and_closed_days_per_authority() -> None:
    result = run("check", "--json")
    assert result.exit_code == 0
    rows = {row["authority"]: row for row in map(json.loads, result.stdout.splitlines())}
    assert len(rows) >= 15
    assert rows["us-commerce"]["tolls"] >= 2
    (known,) = rows["cn-mofcom"]["closed_days_known"]
    assert known >= "1950–2026"
    assert "2023" in rows["eu-commission"]["closed_days_known"]
    for row in rows.values():
        assert row["rules"] == row["verified"] + row["unverified"] > 0


def test_a_broken_file_ends_the_check_with_one(tmp_path: Path, settings: Any) -> None:
    (tmp_path / "xx").mkdir()
    settings.FENGHUO_DEADLINES = tmp_path
    result = run("check")
    assert result.exit_code == 1
    assert "authority.toml" in result.output
    assert run("list").exit_code == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["us-commerce/nothing"], "there is no ruleset us-commerce/nothing; there are:"),
        ([*PAPER_PLATES, "--start", "landing=2024-01-01"], "has no event landing"),
        ([*PAPER_PLATES, "--postponed", "lunch"], "has no rule lunch"),
        ([*PAPER_PLATES, "--start", "initiation"], "--start initiation: give EVENT=DATE"),
        ([*PAPER_PLATES, "--start", "initiation=soon"], "`soon` is no date as 2024-07-22"),
        ([*PAPER_PLATES, "--tolled", "never"], "give +DAYS@DATE, or a known one:"),
        ([*PAPER_PLATES, "--extended", "initiation"], "give RULE=DATE or RULE=+DAYS"),
        ([*PAPER_PLATES, "--stayed", "2024-03-01"], "give FROM..TO"),
        ([*PAPER_PLATES, "--stayed", "2024-03-02..2024-03-01"], "cannot end on 2024-03-01"),
        (["explain", "us-commerce/anti-dumping", "lunch"], "us-commerce/anti-dumping has no lunch"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_can(words: list[str], says: str) -> None:
    assert says in refused(*words)
