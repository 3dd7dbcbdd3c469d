"""`fenghuo letters`: what is listed, and what a wrong template is told."""

import json
from pathlib import Path

from click.testing import CliRunner
from pytest_django import Settings

from config.cli import fenghuo
from tests.monitor.cases.letters.test_templates import docx

SMALL = """
[[letters]]
id = "hearing"
zh = "听证申请"
en = "Request for a hearing"
about_zh = "请求举行听证。"
about_en = "Asks for a hearing."
paper = "submission"
signed_zh = "律师"
signed_en = "counsel"
by = ["chamber"]
firm = "none"
dates = ["hearing-wish"]
fields = ["today"]

[fields]
today = { zh = "日期", en = "date" }
price = { zh = "价格", en = "price" }
"""


def test_the_shipped_ones_are_sound() -> None:
    result = CliRunner().invoke(fenghuo, ["letters", "check"])
    assert result.exit_code == 0, result.stderr
    assert result.stderr == "eu-commission: address not verified\n"
    assert result.stdout.startswith("8 letters, ")


def test_what_is_wrong_is_named_and_counts_as_failure(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "letters.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "hearing.en.docx").write_bytes(docx("{{ price }}"))
    settings.FENGHUO_LETTERS = tmp_path
    result = CliRunner().invoke(fenghuo, ["letters", "check"])
    assert result.exit_code == 1
    for said in (
        "hearing.en.docx: word/document.xml, paragraph 1: unknown: price",
        "hearing.zh.docx: ",
        "hearing: dates: there is no rule `hearing-wish`",
        "fields: no letter has `price`",
    ):
        assert said in result.stderr


def test_listed_and_a_manifest_that_cannot_be_read(settings: Settings, tmp_path: Path) -> None:
    result = CliRunner().invoke(fenghuo, ["letters", "list"])
    rows = {row["id"]: row for row in map(json.loads, result.stdout.splitlines())}
    assert rows["appearance"]["authorities"] == ["us-commerce", "us-itc"]
    assert "extension_to" in rows["extension"]["fields"]
    unknown = SMALL.replace('["today"]', '["today", "who"]')
    (tmp_path / "letters.toml").write_text(unknown, encoding="utf-8")
    settings.FENGHUO_LETTERS = tmp_path
    result = CliRunner().invoke(fenghuo, ["letters", "list"])
    assert result.exit_code == 1
    assert "[fields] has no who" in result.stderr
