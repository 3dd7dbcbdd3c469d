"""`fenghuo judge` and `fenghuo examples`: a person's word on the command line."""

import json
from datetime import date, datetime
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.contrib.auth import get_user_model

from config.cli import fenghuo
from monitor.notices.classify import room
from monitor.notices.models import Notice

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Result:
    return CliRunner().invoke(fenghuo, list(arguments))


@pytest.fixture
def nails(now: datetime) -> Notice:
    given: dict[str, Any] = {
        "source": "us-federal-register", "number": "2025-00001", "title": "Steel nails",
        "product": "steel nails", "language": "en", "published": date(2025, 5, 2), "url": "x",
        "authority": "ITA", "jurisdiction": "US", "kinds": ["anti_dumping"], "event": "initiated",
        "item": {}, "fingerprint": "0", "first_seen": now, "last_changed": now,
    }  # fmt: skip
    get_user_model().objects.create_user("analyst")
    notice = Notice.objects.create(**given)
    room().walk(now)
    return notice


def test_what_is_judged_is_exported(nails: Notice) -> None:
    said = json.loads(run("judge", nails.number, "73.17", "confirm", "--by", "analyst").stdout)
    assert (said["code"], said["verdict"], said["by"]) == ("7317", "confirmed", "analyst")
    assert run("judge", nails.number, "7318.14", "add", "--by", "analyst").exit_code == 0
    assert run("judge", nails.number, "7317", "reject", "--by", "analyst").exit_code == 0
    lines = [json.loads(line) for line in run("examples").stdout.splitlines()]
    assert [(e["text"], e["code"], e["right"], e["by"]) for e in lines] == [
        ("steel nails", "7317", False, "analyst"),
        ("steel nails", "731814", True, "analyst"),
    ]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("2025-00002", "7317", "confirm", "--by", "analyst"), "no notice"),
        (("2025-00001", "7317", "confirm", "--by", "nobody"), "no user nobody"),
        (("2025-00001", "6907", "confirm", "--by", "analyst"), "no claim 6907"),
        (("2025-00001", "0000", "add", "--by", "analyst"), "no chapter"),
    ],
)
def test_what_is_wrong_is_said(nails: Notice, arguments: tuple[str, ...], why: str) -> None:
    result = run("judge", *arguments)
    assert result.exit_code == 2
    assert why in result.output


def test_a_number_of_two_sources_needs_the_source(nails: Notice) -> None:
    nails.pk, nails.source = None, "cn-tbt-bulletin"
    nails.save()
    result = run("judge", nails.number, "7317", "confirm", "--by", "analyst")
    assert "cn-tbt-bulletin, us-federal-register" in result.output
    arguments = ("--by", "analyst", "--source", "us-federal-register")
    assert run("judge", nails.number, "7317", "confirm", *arguments).exit_code == 0
