"""Recipients and their channels from the command line."""

import json

import pytest
from click.testing import CliRunner

from alerts.models import Channel, Recipient, Subscription
from config.cli import fenghuo
from monitor.accounts.models import Organisation
from monitor.accounts.words import Kind
from monitor.bases.models import Base

pytestmark = pytest.mark.django_db

ADD = ["recipients", "add", "王科", "--base", "footwear"]


@pytest.fixture(autouse=True)
def _bases():
    for code in ("footwear", "tea"):
        Base.objects.create(code=code, name_zh=code, name_en=code)


def run(*words, given=None):
    return CliRunner().invoke(fenghuo, list(words), input=given)


def test_add_and_list():
    added = run(*ADD, "--base", "tea", "--level", "orange", "--kind", "anti_dumping",
                "--market", "EU", "--pace", "daily", "--language", "en",
                "--channel", "email", "--set", "to=wang@example.org")  # fmt: skip
    assert added.exit_code == 0, added.output
    listed = run("recipients", "list")
    assert listed.output == added.output
    (record,) = map(json.loads, listed.stdout.splitlines())
    assert record["recipient"] == "王科"
    assert record["subscriptions"][0] == {
        "base": "footwear",
        "level": "orange",
        "kinds": ["anti_dumping"],
        "markets": ["EU"],
        "pace": "daily",
    }
    (channel,) = record["channels"]
    assert (channel["kind"], channel["address"]) == ("email", "wang@example.org")


def test_twice_is_once_and_a_change_is_kept():
    for level in ("red", "blue"):
        run(*ADD, "--level", level, "--channel", "console", "--catch-up")
    assert Recipient.objects.count() == 1
    assert Subscription.objects.get().minimum_level == "blue"
    assert Channel.objects.count() == 1


def test_secrets_come_from_standard_input_and_are_not_shown():
    config = json.dumps({"url": "https://example.org/hush", "secret": "hush hush hush hush"})
    added = run(*ADD, "--channel", "webhook", "--config", "-", given=config)
    assert added.exit_code == 0, added.output
    assert Channel.objects.get().config["secret"] == "hush hush hush hush"
    assert "hush" not in added.output + run("recipients", "list").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--level", "loud"], "allowed are red, orange, yellow, blue, watch"),
        (["--base", "shoes"], "allowed are footwear, tea"),
        (["--kind", "tax"], "anti_dumping"),
        (["--market", "XX9"], "ISO 3166"),
        (["--pace", "hourly"], "allowed are now, daily"),
        (["--language", "fr"], "allowed are zh-hans, en"),
        (["--time-zone", "Mars/Base"], "IANA"),
        (["--channel", "pigeon"], "known: console, email, slack, webhook"),
        (["--channel", "email", "--set", "to=nobody"], "to: Value error, is no mail address"),
        (["--channel", "email", "--set", "to"], "KEY=VALUE"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(words, said):
    refused = run(*ADD, *words)
    assert refused.exit_code == 2
    assert said in refused.output
    assert not Recipient.objects.exists()


def test_a_channel_is_tested_and_enabled(capsys):
    run(*ADD, "--channel", "console")
    channel = Channel.objects.get()
    Channel.objects.update(enabled=False, disabled_because="410 gone")
    tested = run("test-channel", str(channel.pk))
    assert json.loads(tested.stdout) == {
        "channel": channel.pk,
        "accepted": True,
        "said": "printed",
    }
    assert "测试消息" in tested.stderr
    enabled = run("recipients", "enable", str(channel.pk))
    assert json.loads(enabled.stdout) == {"channel": channel.pk, "waiting": 0}
    assert Channel.objects.get().enabled


def test_a_channel_that_refuses_ends_with_its_words():
    run(*ADD, "--channel", "email", "--set", "to=wang@example.org")
    channel = Channel.objects.get()
    Channel.objects.update(config={"to": "nobody"})
    tested = run("test-channel", str(channel.pk))
    assert tested.exit_code == 1
    assert "no mail address" in json.loads(tested.stdout)["said"]
    assert run("test-channel", "0").exit_code == 2
    assert run("recipients", "enable", "0").exit_code == 2


def test_a_desk_belongs_to_an_organisation_and_keeps_to_it(now):
    chamber = Organisation.objects.create(kind=Kind.CHAMBER, name_zh="鞋业商会", created_at=now)
    assert run(*ADD, "--organisation", "鞋业商会").exit_code == 0
    assert run(*ADD, "--level", "red").exit_code == 0
    assert Recipient.objects.get().organisation == chamber
    assert json.loads(run("recipients", "list").stdout)["organisation"] == "鞋业商会"


@pytest.mark.parametrize(
    ("name", "said"), [("无", "unknown"), ("律所", "counsel may not read of bases")]
)
def test_a_desk_of_nobody_or_of_who_may_be_told_nothing_is_refused(now, name, said):
    Organisation.objects.create(kind=Kind.COUNSEL, name_zh="律所", created_at=now)
    refused = run(*ADD, "--organisation", name)
    assert refused.exit_code == 2
    assert said in refused.output
    assert not Recipient.objects.exists()
