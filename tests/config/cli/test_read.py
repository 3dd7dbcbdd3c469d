"""`fenghuo read` on stored responses: notices on stdout, rejected rows on stderr, no database."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from config.cli import fenghuo

DOCUMENT = {
    "document_number": "2024-00001",
    "title": "Certain Wooden Spoons From China: Initiation of Less-Than-Fair-Value Investigation",
    "publication_date": "2024-05-13",
    "html_url": "https://example.org/2024-00001",
}


def read(path: Path, *lines: str) -> Result:
    file = path / "documents.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return CliRunner().invoke(fenghuo, ["read", "us-federal-register", str(file)])


def test_the_words_of_the_contract(tmp_path: Path) -> None:
    result = read(tmp_path, json.dumps(DOCUMENT))
    line = json.loads(result.stdout)
    told = {name: line[name] for name in ("source", "number", "kinds", "proceeding", "event")}
    assert told == {
        "source": "us-federal-register",
        "number": "2024-00001",
        "kinds": ["anti_dumping"],
        "proceeding": "investigation",
        "event": "initiated",
    }
    assert line["origins"] == ["CN"]
    for name in ("also", "outcome", "case_numbers", "codes_printed", "deadlines"):
        assert name in line
    assert result.exit_code == 0


def test_a_rejected_row_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    result = read(tmp_path, json.dumps(DOCUMENT), "{torn", json.dumps({"title": "Nothing else"}))
    assert len(result.stdout.splitlines()) == 1
    rejected = [json.loads(line) for line in result.stderr.splitlines()]
    assert [row["place"] for row in rejected] == ["documents.jsonl:2", "documents.jsonl:3"]
    assert result.exit_code == 0


def test_what_is_no_response_at_all_ends_with_an_error(tmp_path: Path) -> None:
    assert read(tmp_path, "<html>").exit_code == 1


@pytest.mark.parametrize("arguments", [["us-federal-register"], ["nobody", "x.json"]])
def test_a_wrong_call_says_what_is_wanted(arguments: list[str]) -> None:
    result = CliRunner().invoke(fenghuo, ["read", *arguments])
    assert result.exit_code == 2
    assert "fenghuo read" in result.output
