"""`fenghuo import`: your own bases, enterprises and export flows, from CSV or XLSX."""

import sys
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from config.cli import records


def _rate(
    _context: click.Context, _parameter: click.Parameter, given: str | None
) -> Decimal | None:
    """A positive decimal number."""
    if given is None:
        return None
    try:
        rate = Decimal(given)
    except InvalidOperation:
        rate = Decimal(0)
    if not rate.is_finite() or rate <= 0:
        raise click.BadParameter(f"{given!r} is no positive number")
    return rate


@click.command("import")
@click.argument("kind", type=click.Choice(["bases", "enterprises", "flows"]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--base", metavar="CODE", help="The base of rows that name none (所属基地).")
@click.option("--sheet", help="Which sheet of an XLSX (工作表).")
@click.option("--cny-per-usd", callback=_rate, help="Yuan for one dollar (人民币兑美元汇率).")
@click.option("--dry-run", is_flag=True, help="Show what would change, and stop (只看不改).")
@click.option("--yes", is_flag=True, help="Import the good rows without asking (不再询问).")
@click.option("--json", "as_json", is_flag=True, help="The plan as JSON Lines on stdout.")
def command(  # noqa: PLR0913 - one for each option
    *,
    kind: str,
    file: Path,
    base: str | None,
    sheet: str | None,
    cny_per_usd: Decimal | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Import your own (导入自有数据): shows what would change, asks, imports all of it or nothing.

    Ends with 1 where the file or all of its rows cannot be imported, or the answer is no.
    """
    records(by_hand=True)
    from monitor.bases.imports.run import Asked  # noqa: PLC0415 - Django has to be up first

    asked = Asked(kind, datetime.now(UTC), base, sheet, cny_per_usd)
    _run(file, asked, dry_run=dry_run, yes=yes, as_json=as_json)


def _run(file: Path, asked: Any, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    from monitor.bases.imports import report, run, sentences  # noqa: PLC0415
    from monitor.bases.imports.problems import WrongFileError  # noqa: PLC0415

    try:
        sheet = run.read(file, asked)
        plan = run.prepare(sheet, asked)
    except WrongFileError as error:
        raise click.ClickException(f"{file.name}: {sentences.of_file(error)}") from error
    for line in report.lines(plan):
        click.echo(line, err=True)
    if as_json:
        for line in report.json_lines(plan):
            click.echo(line)
    if plan.rejected and not plan.changes:
        sys.exit(1)
    if dry_run or not plan.writes():
        return
    if not yes:
        click.confirm(str(report.QUESTION), abort=True, err=True)
    try:
        run.apply(sheet, asked, plan)
    except run.RecordsChangedError as error:
        raise click.ClickException(str(report.MEANWHILE)) from error
    click.echo(report.IMPORTED, err=True)
    _assess_again()


def _assess_again() -> None:
    """Whose exports a notice touches may have changed with what was imported."""
    from monitor.impact import room  # noqa: PLC0415 - Django has to be up first

    room.ask_again()
