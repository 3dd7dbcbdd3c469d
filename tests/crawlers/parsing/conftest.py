"""What the tests of every parser share: golden files, and reading bytes."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bundles.items import NoticeItem, RejectedRow
from crawlers.parsing import PARSERS

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
Read = Callable[[str, bytes], list[NoticeItem | RejectedRow]]


@pytest.fixture(scope="session")
def read() -> Read:
    """Reads the body of one response with the parser of its source."""
    return lambda source, body: list(PARSERS[source](io.BytesIO(body), "response"))


@pytest.fixture(scope="session")
def matches_golden() -> Callable[[str, str], None]:
    """Asserts that an example reads as its `.expected.jsonl` says, one line for every row."""

    def compare(source: str, name: str) -> None:
        path = EXAMPLES / source / name
        with path.open("rb") as stream:
            found = [_line(result) for result in PARSERS[source](stream, name)]
        golden = path.with_suffix(".expected.jsonl").read_text(encoding="utf-8").splitlines()
        assert found == [json.loads(line) for line in golden]

    return compare


def _line(result: NoticeItem | RejectedRow) -> dict[str, Any]:
    if isinstance(result, RejectedRow):
        return {"rejected": result.place, "reason": result.reason}
    return result.model_dump(mode="json", exclude_defaults=True)
