"""The trail from the command line."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner, Result

from config.cli import fenghuo
from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Kind, Role
from monitor.trail.expiry import years_ago
from monitor.trail.models import Entry, Person
from monitor.trail.recording import read, record
from tests.monitor.trail.meddling import meddle

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(fenghuo, ["audit", *words])


@pytest.fixture
def firm() -> Organisation:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    return Organisation.objects.create(kind=Kind.ENTERPRISE, name_zh="甲公司", created_at=at)


@pytest.fixture
def reader(firm: Organisation, now: datetime) -> Actor:
    """Of a chamber; has looked at the firm's figures on two days."""
    user = User.objects.create(username="lin@example.org", name="林经办", is_operator=True)
    chamber = Organisation.objects.create(kind=Kind.CHAMBER, name_zh="商会", created_at=now)
    actor = Actor(user, chamber, Role.OFFICER)
    for day in range(2):
        read(actor, "/impacts/1/", [firm], now + timedelta(days=day), "192.0.2.7")
    record(None, "x", None, concerned=None, now=now)
    return actor


def test_a_whole_trail_is_verified(reader: Actor) -> None:
    told = run("verify")
    assert told.exit_code == 0, told.output
    assert told.stdout == run("checkpoint").stdout == f"3:{Entry.objects.get(number=3).hash}\n"
    assert run("verify", "--checkpoint", told.stdout.strip()).exit_code == 0


def test_the_first_place_that_is_wrong_is_told(reader: Actor) -> None:
    meddle("UPDATE trail_entry SET page = '/' WHERE number = 2")
    told = run("verify")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "2" in told.stderr
    assert run("verify", "--from", "3").exit_code == 0


def test_a_cut_off_end_is_noticed(reader: Actor) -> None:
    noted = run("checkpoint").stdout.strip()
    meddle("DELETE FROM trail_entry WHERE number = 3")
    assert run("verify").exit_code == 1
    assert run("verify", "--from", "3", "--checkpoint", noted).exit_code == 1


@pytest.mark.parametrize("given", ["3", "3:abc", "x:" + "0" * 64])
def test_a_checkpoint_is_number_and_hash(given: str) -> None:
    assert run("verify", "--checkpoint", given).exit_code == 2


def test_an_unknown_line_cannot_be_begun_with(reader: Actor) -> None:
    told = run("verify", "--from", "9")
    assert told.exit_code == 2
    assert "no line 9" in told.output


def test_lines_are_listed(reader: Actor, firm: Organisation) -> None:
    everything = [json.loads(line) for line in run("list", "--json").stdout.splitlines()]
    assert [line["number"] for line in everything] == [1, 2, 3]
    first = everything[0]
    assert (first["person"], first["for"], first["concerned"]) == ("林经办", "商会", "甲公司")
    assert (first["verb"], first["page"], first["address"]) == (
        "read_figures",
        "/impacts/1/",
        "192.0.2.7",
    )
    of_firm = run("list", "--organisation", "甲公司", "--since", "2025-06-03")
    assert of_firm.stdout.split("\t")[0] == "2"
    assert (
        of_firm.stdout
        == run("list", "--organisation", str(firm.pk), "--since", "2025-06-03").stdout
    )
    assert run("list", "--organisation", "乙公司").exit_code == 2


def test_six_years_are_kept_and_an_operator_signs(reader: Actor) -> None:
    assert run("expire", "--by", "lin@example.org").stdout == "0\n"
    record(None, "x", None, concerned=None, now=datetime.now(UTC))
    meddle("UPDATE trail_entry SET at = %s", years_ago(datetime.now(UTC), 7))
    meddle("UPDATE trail_entry SET at = %s WHERE number = 4", datetime.now(UTC))
    gone = run("expire", "--by", "LIN@example.org")
    assert gone.exit_code == 0, gone.output
    assert gone.stdout.startswith("3 lines up to 3:")
    assert list(Entry.objects.order_by("number").values_list("number", flat=True)) == [4, 5]


@pytest.mark.parametrize("by", ["nobody@example.org", "reader@example.org"])
def test_nobody_else_signs(by: str) -> None:
    User.objects.create(username="reader@example.org")
    told = run("expire", "--by", by)
    assert told.exit_code == 2
    assert "no operator" in told.output


def test_somebody_is_forgotten(reader: Actor) -> None:
    assert run("forget", "lin@example.org").exit_code == 0
    assert str(Person.objects.get()) == ""
    assert "林" not in run("list").stdout
    assert run("verify").exit_code == 0
    assert run("forget", "nobody@example.org").exit_code == 2
