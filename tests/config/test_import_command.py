"""`fenghuo import`, as it is called."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import translation

from config.cli import fenghuo
from monitor.bases.models import Base, Enterprise

pytestmark = pytest.mark.django_db

TABLE = """会员企业名录表,,
企业名称,所属基地,邮箱
试验甲公司,鞋类,a@example.com
试验乙公司,没有,b@example.com
"""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    Base.objects.create(code="footwear", name_zh="鞋类", name_en="Footwear")
    path = tmp_path / "firms.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def run(*words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(fenghuo, ["import", *words], input=typed)


def test_it_is_called_import_though_its_module_cannot_be() -> None:
    result = run("--help")

    assert result.exit_code == 0
    assert "import [OPTIONS] {bases|enterprises|flows} FILE" in result.stdout


def test_a_dry_run_shows_and_stops(file: Path) -> None:
    result = run("enterprises", str(file), "--dry-run")

    assert result.exit_code == 0
    assert result.stdout == ""
    assert "+ 试验甲公司" in result.stderr
    assert "✗ line 4, column 所属基地: there is no base “没有”" in result.stderr
    assert "1 new, 0 changed, 0 unchanged; rows rejected: 1" in result.stderr
    assert not Enterprise.objects.exists()


def test_a_file_without_a_good_row_fails(file: Path) -> None:
    file.write_text(TABLE.replace("鞋类", "没有"), encoding="utf-8")

    assert run("enterprises", str(file), "--yes").exit_code == 1


def test_programs_get_json_lines(file: Path) -> None:
    result = run("enterprises", str(file), "--dry-run", "--json")

    new, rejected = [json.loads(line) for line in result.stdout.splitlines()]
    assert (new["is"], new["line"], new["what"]) == ("new", 3, "试验甲公司")
    assert new["fields"]["email"] == ["", "a@example.com"]
    assert (rejected["is"], rejected["column"], rejected["code"]) == (
        "rejected",
        "所属基地",
        "no_such_base",
    )


@pytest.mark.parametrize(
    ("typed", "exit_code", "firms"), [("y\n", 0, 1), ("n\n", 1, 0), ("", 1, 0)]
)
def test_the_good_rows_wait_for_the_users_yes(
    file: Path, typed: str, exit_code: int, firms: int
) -> None:
    result = run("enterprises", str(file), typed=typed)

    assert result.exit_code == exit_code
    assert Enterprise.objects.count() == firms


def test_yes_said_beforehand_is_not_asked_for(file: Path) -> None:
    assert run("enterprises", str(file), "--yes").exit_code == 0
    again = run("enterprises", str(file), "--yes")

    assert again.exit_code == 0
    assert "0 new, 0 changed, 1 unchanged" in again.stderr
    assert "imported" not in again.stderr


def test_a_file_that_cannot_be_read_says_why(file: Path) -> None:
    file.write_bytes(b"\xff\xff\xff")

    result = run("enterprises", str(file), "--yes")

    assert result.exit_code == 1
    assert "firms.csv: the file is neither UTF-8 (first wrong byte at offset 0)" in result.stderr


@pytest.mark.parametrize("rate", ["0", "-7", "seven", "NaN"])
def test_a_rate_is_a_positive_number(file: Path, rate: str) -> None:
    result = run("enterprises", str(file), "--cny-per-usd", rate)

    assert result.exit_code == 2
    assert "is no positive number" in result.stderr


def test_it_speaks_chinese(file: Path) -> None:
    with translation.override("zh-hans"):
        result = run("enterprises", str(file), "--dry-run")

    assert "第 4 行“所属基地”列：没有“没有”这个基地" in result.stderr
    assert "新增 1 条，变更 0 条，未变 0 条，退回 1 行" in result.stderr


def test_a_change_is_shown_field_by_field_and_what_is_passed_over_is_said(file: Path) -> None:
    run("enterprises", str(file), "--yes")
    file.write_text(TABLE.replace("a@", "new@") + "合计,,\n", encoding="utf-8")

    result = run("enterprises", str(file), "--dry-run", "--json")

    assert "~ 试验甲公司\n    e-mail: a@example.com → new@example.com\n" in result.stderr
    assert "! line 5 is a total, and is passed over" in result.stderr
    assert [json.loads(line)["is"] for line in result.stdout.splitlines()] == [
        "changed",
        "rejected",
        "note",
    ]


def test_of_many_new_rows_the_first_are_shown(file: Path) -> None:
    rows = "".join(f"试验第{at}公司,鞋类,\n" for at in range(25))
    file.write_text("企业名称,所属基地,邮箱\n" + rows, encoding="utf-8")

    result = run("enterprises", str(file), "--dry-run")

    assert result.stderr.count("+ 试验") == 20
    assert "and 5 more" in result.stderr
