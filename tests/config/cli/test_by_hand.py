"""What is done at the command line stands in the trail as such."""

from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_django import Settings

from alerts.models import Recipient
from config.cli import Commands, fenghuo
from monitor.accounts.models import Organisation, User
from monitor.accounts.secrets.sealing import new_key
from monitor.accounts.words import Kind
from monitor.bases.models import Base, Chamber, Enterprise
from monitor.trail.hand import current
from monitor.trail.models import Entry
from monitor.trail.verifying import checkpoint, verify
from tests.signing_in import QUICK

pytestmark = pytest.mark.django_db

BY_HAND = {"audit", "backup", "cases", "import", "recipients", "rotate-key", "sentinels", "setup"}
NOT = {
    "assess": "a room of the corridor",
    "bench": "measures",
    "check": "looks",
    "classify": "a room",
    "crawl": "fetches public notices",
    "deadlines": "reckons, keeps nothing",
    "deliver": "a room",
    "demo": "sample data, in an installation of its own",
    "evaluate": "measures",
    "examples": "prints",
    "index": "a room",
    "judge": "the verdict stands in the row, with who and when",
    "letters": "looks",
    "migrate": "brings the tables and the packaged bases to this version",
    "playbooks": "looks",
    "promote": "the matcher's artifact, which is no row",
    "read": "a room",
    "reindex": "the index is made anew",
    "restore": "the first command to the restored installation says so",
    "retry": "lets rooms try again",
    "scheduler": "the house, by the clock",
    "search": "looks",
    "serve": "whoever asks by the web has a hand of their own",
    "sources": "looks",
    "status": "looks",
    "test-channel": "sends a test, changes nothing",
    "train": "makes an artifact, which is no row",
    "warn": "a room",
    "watch": "the rooms, one after the other",
}
"""Commands that change nothing that is recorded, or not as somebody's doing, and why."""


def run(*words: str, typed: str = "") -> Result:
    told = CliRunner().invoke(fenghuo, list(words), input=typed)
    assert told.exit_code == 0, told.output
    assert current() is None
    return told


def lines() -> list[Entry]:
    return list(Entry.objects.order_by("number"))


def test_every_command_is_recorded_or_excused() -> None:
    names = Commands().list_commands(None)  # type: ignore[arg-type]
    assert sorted(names) == sorted(BY_HAND | NOT.keys())
    here = Path(__file__).resolve().parents[3] / "config" / "cli"
    by_hand = {
        file.stem.rstrip("_").replace("_", "-")
        for file in here.glob("*.py")
        if "by_hand=True" in file.read_text(encoding="utf-8")
    }
    assert by_hand - {"--init"} == BY_HAND


def test_an_operator_is_made(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [QUICK]
    user = User.objects.create(username="root@example.org")
    run("setup", "--email", "root@example.org")
    (line,) = lines()
    assert (line.by, line.page) == (Entry.By.COMMAND, "fenghuo setup")
    assert (line.before["is_operator"], line.after["is_operator"]) == (False, True)
    assert line.about
    assert line.about.user == user


def test_bases_firms_and_flows_are_imported(tmp_path: Path) -> None:
    Base.objects.create(code="footwear", name_zh="鞋", name_en="Footwear", cities=["泉州"])
    (tmp_path / "bases.csv").write_text("基地代码,基地名称,商会\nfootwear,鞋类,鞋业商会\n")
    run("import", "bases", str(tmp_path / "bases.csv"), "--yes")
    told = {(line.verb, line.model) for line in lines()}
    assert {("change", "base"), ("add", "chamber"), ("add", "organisation")} <= told
    renamed = Entry.objects.get(verb="change", model="base", after__has_key="name_zh")
    assert (renamed.before["name_zh"], renamed.after["name_zh"]) == ("鞋", "鞋类")

    (tmp_path / "firms.csv").write_text(
        "企业名称,所属基地,联系邮箱\n晋江远帆鞋业有限公司,footwear,firm@example.org\n"
    )
    run("import", "enterprises", str(tmp_path / "firms.csv"), "--yes")
    firm = Enterprise.objects.get()
    of_firm = Entry.objects.filter(concerned=firm.organisation)
    told = set(of_firm.values_list("verb", "model"))
    assert {("add", "organisation"), ("add", "affiliation"), ("change", "enterprise")} <= told
    joined = Entry.objects.get(model="enterprise", after__has_key="bases")
    assert (joined.before["bases"], joined.after["bases"]) == ([], ["鞋类"])

    before = Entry.objects.count()
    (tmp_path / "flows.csv").write_text(
        "月份,国别,海关编码,金额(美元),企业名称\n"
        "2025-01,US,640399,700,晋江远帆鞋业有限公司\n"
        "2025-02,US,640399,900,晋江远帆鞋业有限公司\n"
        "2025-01,US,640399,5000,\n"
    )
    run("import", "flows", str(tmp_path / "flows.csv"), "--base", "footwear", "--yes")
    by_row = {(line.model, str(line.concerned)): line for line in lines()[before:]}
    assert len(by_row) == 2
    assert by_row["enterprise", "晋江远帆鞋业有限公司"].after == {"base": "footwear", "new": 2}
    assert by_row["base", "None"].after == {"base": "footwear", "new": 1}
    assert "700" not in str([line.after for line in lines()[before:]])
    assert {line.by for line in lines()} == {"command"}
    assert {line.page for line in lines()} == {"fenghuo import"}
    assert verify() == checkpoint()
    assert Chamber.objects.get().organisation


def test_recipients_and_sentinels_are_made_and_changed(now: datetime) -> None:
    Base.objects.create(code="footwear", name_zh="鞋", name_en="Footwear")
    desk = Organisation.objects.create(kind=Kind.OFFICE, name_zh="商务厅", created_at=now)
    asked = ("recipients", "add", "林经办", "--base", "footwear", "--organisation", "商务厅")
    run(*asked, "--channel", "console")
    told = [(line.verb, line.model, line.concerned) for line in lines()]
    assert told == [("add", m, desk) for m in ("recipient", "subscription", "channel")]
    assert "林经办" not in str(list(Entry.objects.values()))
    run(*asked, "--level", "red")
    line = Entry.objects.latest("number")
    assert (line.page, line.before, line.after) == (
        "fenghuo recipients add",
        {"minimum_level": "blue"},
        {"minimum_level": "red"},
    )
    run("sentinels", "add", "林经办", "鞋", "shoes")
    assert Entry.objects.latest("number").page == "fenghuo sentinels add"
    assert Recipient.objects.count() == 1


def test_another_key_is_a_line(settings: Settings) -> None:
    settings.FENGHUO_KEYS = (new_key(), new_key())
    run("rotate-key")
    assert [(line.verb, line.after) for line in lines()] == [
        ("rotate_key", {"new_key": False}),
        ("rotate_key", {"sealed_anew": 0}),
    ]
    run("rotate-key", "--print")
    assert Entry.objects.count() == 2


def test_somebody_is_forgotten_by_a_command(now: datetime) -> None:
    User.objects.create(username="lin@example.org")
    run("setup", "--email", "lin@example.org")
    run("audit", "forget", "lin@example.org")
    line = Entry.objects.latest("number")
    assert (line.by, line.page, line.verb) == ("command", "fenghuo audit forget", "forget")
    assert "lin@" not in str(list(Entry.objects.values()))
