"""`fenghuo evaluate` and `fenghuo promote` on a small data folder of our own."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from config.cli import fenghuo


def run(*arguments: str) -> Result:
    return CliRunner().invoke(fenghuo, list(arguments))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [
        {"id": "a", "text_masked": "对原产于中国的无框玻璃镜发起反倾销调查",
         "product_zh": "无框玻璃镜", "hs6": ["700991"], "hs4": ["7009"]},
        {"id": "b", "text_masked": "对原产于中国的瓷砖启动反倾销调查", "product_zh": "瓷砖",
         "hs6": ["690721"], "hs4": ["6907"]},
    ]  # fmt: skip
    folder = tmp_path / "data"
    (folder / "labelled").mkdir(parents=True)
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "labelled" / "zh_trade_remedy_notices.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_without_data_it_says_loudly_that_nothing_is_measured(tmp_path: Path) -> None:
    result = run("evaluate", "--data", str(tmp_path / "nowhere"))
    assert result.exit_code == 1
    assert "NOTHING MEASURED" in result.stderr


def test_figures_for_programs_and_a_picture(data: Path, tmp_path: Path) -> None:
    picture = tmp_path / "diagram.svg"
    result = run("evaluate", "--data", str(data), "--quick", "--json", "--diagram", str(picture))
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    packaged = {row["documents"] for row in found["sets"] if row["set"].startswith("our titles")}
    given = {row["documents"] for row in found["sets"] if not row["set"].startswith("our titles")}
    assert (given, packaged) == ({2}, {60})
    assert found["sets"][0]["hit1"] == 1.0
    assert "labelled/hscodecomp.jsonl" in found["absent"]
    assert "ABSENT, not measured: labelled/hscodecomp.jsonl" in result.stderr
    assert picture.read_text(encoding="utf-8").startswith("<svg")


def test_a_table_for_people(data: Path) -> None:
    lines = run("evaluate", "--data", str(data), "--quick").stdout.splitlines()
    assert lines[0].startswith("model in service: ")
    assert any(line.startswith("zh_trade_remedy_notices") for line in lines)


def test_a_file_that_is_no_artifact_is_not_promoted(data: Path, tmp_path: Path) -> None:
    candidate = tmp_path / "candidate.skops"
    candidate.write_bytes(b"not an artifact")
    assert run("promote", str(candidate), "--data", str(data)).exit_code != 0
