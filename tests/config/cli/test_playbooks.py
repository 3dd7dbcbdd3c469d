"""`fenghuo playbooks`: what is listed, and what a wrong one is told."""

import json

from click.testing import CliRunner

from config.cli import fenghuo
from tests.monitor.cases.work.office import BOOK, shelve


def test_the_shipped_ones_are_sound():
    result = CliRunner().invoke(fenghuo, ["playbooks", "check"])
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    assert " playbooks, " in result.stdout


def test_what_does_not_exist_is_named_and_counts_as_failure(settings, tmp_path):
    settings.FENGHUO_PLAYBOOKS = shelve(tmp_path, BOOK.replace('"case-brief"', '"brief"'))
    result = CliRunner().invoke(fenghuo, ["playbooks", "check"])
    assert result.exit_code == 1
    assert "us-commerce/anti-dumping has none of: brief" in result.stderr
    assert "eu-commission/anti-dumping: no playbook" in result.stderr


def test_listed(settings, tmp_path):
    settings.FENGHUO_PLAYBOOKS = shelve(tmp_path)
    result = CliRunner().invoke(fenghuo, ["playbooks", "list"])
    (line,) = map(json.loads, result.stdout.splitlines())
    assert (line["name"], line["tasks"], line["chases"]) == ("trial", 4, 2)
    assert line["rulesets"] == ["us-commerce/anti-dumping"]
