"""`fenghuo classify`: documents in, codes of HS2022 out; one JSON object a line, in order."""

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

import click
from pydantic import BaseModel, ConfigDict, ValidationError

from config.cli import records
from config.cli._walking import run
from models import products

_BATCH = 200


class _Line(BaseModel):
    """One line of the input. Other fields are the caller's own, and are left alone."""

    model_config = ConfigDict(extra="ignore")

    id: str | int
    title: str | None = None
    text: str | None = None
    language: str | None = None


@click.command("classify")
@click.option("--waiting", is_flag=True, help="Run the room over the waiting notices instead.")
def command(*, waiting: bool) -> None:
    """Say which products documents are about, in codes of HS2022 (涉案产品归类).

    Reads {"id", "title", "text", "language"} a line from stdin; writes {"id", "hs4", "hs6",
    "too_vague", "codes_printed"} a line to stdout, best code first. A line that cannot be read is
    named on stderr and the others are classified; the exit status is then 1.
    """
    if waiting:
        records()
        run("classify")
        return
    bad: list[int] = []
    lines = _read(sys.stdin.buffer, bad)
    while batch := list(islice(lines, _BATCH)):
        for line, result in zip(batch, products.classify_many(_documents(batch)), strict=True):
            click.echo(json.dumps(_object(line, result), ensure_ascii=False))
    if bad:
        sys.exit(1)


def _read(stream: BinaryIO, bad: list[int]) -> Iterator[_Line]:
    """The lines that can be read; the numbers of the others are added to `bad`."""
    for number, raw in enumerate(stream, 1):
        if not raw.strip():
            continue
        try:
            yield _Line.model_validate_json(raw)
        except ValidationError as error:
            bad.append(number)
            click.echo(f"line {number}: {_reasons(error)}", err=True)


def _reasons(error: ValidationError) -> str:
    return "; ".join(
        ": ".join(filter(None, (".".join(map(str, found["loc"])), found["msg"])))
        for found in error.errors()
    )


def _documents(lines: Iterable[_Line]) -> list[products.Document]:
    return [
        products.Document(
            id=str(line.id),
            title=line.title or "",
            text=line.text or "",
            language=line.language or "en",
        )
        for line in lines
    ]


def _object(line: _Line, result: products.Classification) -> dict[str, Any]:
    return {
        "id": line.id,
        "hs4": [_claim(claim) for claim in result.hs4],
        "hs6": [_claim(claim) for claim in result.hs6],
        "too_vague": result.too_vague,
        "codes_printed": list(result.codes_printed),
    }


def _claim(claim: products.Claim) -> dict[str, Any]:
    return {
        "code": claim.code,
        "probability": claim.probability,
        "evidence": list(claim.evidence),
    }
