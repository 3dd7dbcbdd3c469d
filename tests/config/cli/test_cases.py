"""`fenghuo cases`: opened, listed and shown on the command line."""

import json
from datetime import datetime

import pytest
from click.testing import CliRunner, Result

from config.cli import fenghuo
from monitor.cases.models import Case
from monitor.notices.models import Measure
from monitor.trail.models import Entry
from tests.monitor.cases.conftest import forest as forest  # noqa: PLC0414 - fixtures
from tests.monitor.cases.forest import Forest
from tests.monitor.cases.test_opening import dumping as dumping  # noqa: PLC0414

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(fenghuo, ["cases", *words])


def test_a_case_is_opened_listed_and_shown(forest: Forest, dumping: Measure) -> None:
    opened = run("open", "us:A-570-117", "--chamber", forest.chamber.name_zh, "--json")
    assert opened.exit_code == 0, opened.output
    told = json.loads(opened.stdout)
    assert (told["new"], told["joined"]) == (True, True)
    assert told["chambers"] == [{"zh": forest.chamber.name_zh, "leads": True}]
    line = Entry.objects.get(model="case", verb="add")
    assert (line.by, line.page) == (Entry.By.COMMAND, "fenghuo cases open")

    (listed,) = map(json.loads, run("list", "--json").stdout.splitlines())
    assert listed["case"] == Case.objects.get().pk
    assert listed["proceedings"][0]["stage"] == "opened"
    assert str(listed["zh"]) in run("list").stdout

    shown = json.loads(run("show", str(listed["case"]), "--json").stdout)
    (row,) = shown["details"]
    assert row["stage_name"] == "立案调查"
    days = {each["rule"]: each["day"] for each in row["dates"]}
    assert days["quantity-and-value"] == "2025-06-10"
    assert "2025-06-10\t" in run("show", str(listed["case"])).stdout


def test_what_is_not_there_is_said(forest: Forest, dumping: Measure, now: datetime) -> None:
    for words, told in (
        (("open", "us:A-1", "--chamber", forest.chamber.name_zh), "no measure is known as us:A-1"),
        (("open", "us:A-570-117", "--chamber", "无此商会"), "there is no chamber 无此商会"),
        (("show", "7"), "there is no case 7"),
    ):
        refused = run(*words)
        assert refused.exit_code == 2
        assert told in refused.output
    other = forest.seated("示例石材商会")
    assert other
    refused = run("open", "us:A-570-117", "--chamber", "示例石材商会")
    assert "touches no base" in refused.output
    assert not Case.objects.exists()
