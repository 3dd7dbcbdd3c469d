"""`fenghuo classify` as programs use it: lines in, lines out, in order."""

import json

from click.testing import CliRunner, Result

from config.cli.classify import command


def run(*lines: str | bytes) -> Result:
    data = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    return CliRunner().invoke(command, input=data)


def test_one_line_out_for_every_line_in() -> None:
    rows = [
        {"id": "a", "title": "Porcelain plates", "text": "HTSUS 6911.10.3810", "language": "en"},
        {"id": 7, "title": "瓷砖", "text": "", "language": "zh"},
        {"id": "c", "title": "Notice of meeting", "extra": [1, 2]},
    ]
    result = run(*(json.dumps(row, ensure_ascii=False) for row in rows))
    assert result.exit_code == 0
    printed = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["id"] for row in printed] == ["a", 7, "c"]
    assert all(list(row) == ["id", "hs4", "hs6", "too_vague", "codes_printed"] for row in printed)
    assert printed[0]["codes_printed"] == ["6911103810"]
    assert printed[0]["hs6"][0]["code"] == "691110"
    assert printed[1]["hs4"][0]["code"] == "6907"
    assert "瓷砖" in result.stdout
    assert printed[2]["too_vague"] is True


def test_a_bad_line_is_named_and_the_others_are_classified() -> None:
    result = run(
        '{"id": "a", "title": "toys"}', "no json", '{"title": "x"}', b'"\xff"', "", '{"id": "z"}'
    )
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a", "z"]
    errors = result.stderr.splitlines()
    assert [error.split(":")[0] for error in errors] == ["line 2", "line 3", "line 4"]
    assert "id" in errors[1]
    assert "Field required" in errors[1]


def test_nothing_in_nothing_out() -> None:
    result = run("")
    assert (result.exit_code, result.output) == (0, "")


def test_more_lines_than_a_batch_keep_their_order() -> None:
    result = run(*(json.dumps({"id": str(n), "title": "steel nails"}) for n in range(450)))
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [
        str(n) for n in range(450)
    ]
