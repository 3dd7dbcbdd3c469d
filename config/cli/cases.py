"""`fenghuo cases`: what is answered, and the room that follows it."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from config.cli import records
from config.cli._walking import run

if TYPE_CHECKING:
    from monitor.accounts.models import Organisation
    from monitor.cases.models import Adopted, Case, Proceeding
    from monitor.notices.models import Measure

as_json_lines = click.option("--json", "as_json", is_flag=True, help="One object a line.")


@click.group("cases", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Measures that are answered (案件应对): list, open, show.

    Without a command: open what config/cases.toml says, and follow what became known.
    """
    records(by_hand=True)
    if context.invoked_subcommand is None:
        run("cases")


@command.command("list")
@as_json_lines
def list_(*, as_json: bool) -> None:
    """Every case, the newest first (列出案件)."""
    from monitor.cases.models import Case  # noqa: PLC0415 - Django has to be up first

    for case in Case.objects.prefetch_related("proceedings", "seats__organisation"):
        row = _case(case)
        click.echo(_json(row) if as_json else _line(row))


@command.command("open")
@click.argument("measure", metavar="MEASURE-KEY")
@click.option("--chamber", required=True, metavar="NAME", help="Its Chinese or English name.")
@as_json_lines
def open_(*, measure: str, chamber: str, as_json: bool) -> None:
    """Let a chamber answer a measure: us:A-570-117 (立案应对).

    What is one affair with it is answered with it. Where it is answered already, the chamber joins.
    """
    from monitor.cases.opening import NotTouchedError, open_case  # noqa: PLC0415

    subject, seated = _measure(measure), _chamber(chamber)
    try:
        found = open_case([subject], seated, None, datetime.now(UTC))
    except NotTouchedError as error:
        raise click.UsageError(
            f"{measure} touches no base of {chamber}, as far as was assessed"
        ) from error
    row = {**_case(found.case), "new": found.is_new, "joined": found.joined}
    click.echo(_json(row) if as_json else _line(row))


@command.command("show")
@click.argument("case", type=int)
@as_json_lines
def show(*, case: int, as_json: bool) -> None:
    """The proceedings of CASE (a number of the list), their stages and their dates (案件详情)."""
    from monitor.cases.models import Case  # noqa: PLC0415 - Django has to be up first

    found = Case.objects.filter(pk=case).first()
    if found is None:
        raise click.UsageError(f"there is no case {case}: see `fenghuo cases list`")
    rows = [_proceeding(row) for row in found.proceedings.select_related("measure")]
    if as_json:
        click.echo(_json({**_case(found), "details": rows}))
        return
    click.echo(_line(_case(found)))
    for row in rows:
        click.echo("\n".join(_told(row)))


# --- What is asked for ---------------------------------------------------------------------------


def _measure(key: str) -> "Measure":
    from monitor.notices.models import Measure  # noqa: PLC0415 - Django has to be up first

    found = Measure.objects.filter(keys__key=key).first()
    if found is None:
        raise click.UsageError(f"no measure is known as {key}")
    return found


def _chamber(name: str) -> "Organisation":
    from django.db.models import Q  # noqa: PLC0415 - Django has to be up first

    from monitor.bases.models import Chamber  # noqa: PLC0415

    rows = Chamber.objects.filter(Q(name_zh=name) | Q(name_en=name)).exclude(organisation=None)
    found = rows.select_related("organisation").first()
    if found is None or found.organisation is None:
        raise click.UsageError(f"there is no chamber {name}, or nobody can act for it yet")
    return found.organisation


# --- What is shown -------------------------------------------------------------------------------


def _case(case: "Case") -> dict[str, Any]:
    return {
        "case": case.pk,
        "zh": case.name_zh,
        "en": case.name_en,
        "jurisdiction": case.jurisdiction,
        "opened": case.opened_at.isoformat(timespec="seconds"),
        "opened_for": case.opened_for,
        "chambers": [
            {"zh": seat.organisation.name_zh, "leads": seat.leads}
            for seat in case.seats.all()
            if seat.ended_at is None
        ],
        "proceedings": [
            {"ruleset": row.ruleset, "proceeding": row.proceeding, "number": row.number}
            | {"stage": row.stage}
            for row in case.proceedings.all()
        ],
    }


def _proceeding(row: "Proceeding") -> dict[str, Any]:
    from monitor.cases.stage_names import names  # noqa: PLC0415 - Django has to be up first
    from monitor.cases.stages import family  # noqa: PLC0415
    from monitor.cases.words import Stage  # noqa: PLC0415

    called = names(family(row.measure.kind, row.proceeding), Stage(row.stage))
    dates = row.dates.filter(gone_at=None, respondent=None).exclude(day=None).order_by("day", "pk")
    return {
        "measure": row.measure.title,
        "kind": row.measure.kind,
        "ruleset": row.ruleset,
        "proceeding": row.proceeding,
        "number": row.number,
        "stage": row.stage,
        "stage_name": str(called.insiders),
        "stage_plain": str(called.plain),
        "began": row.began and row.began.isoformat(),
        "ended": row.ended and row.ended.isoformat(),
        "dates": [_date(each) for each in dates],
    }


def _date(adopted: "Adopted") -> dict[str, Any]:
    return {**adopted.due, "proposed": adopted.proposed}


def _line(row: Mapping[str, Any]) -> str:
    stages = "; ".join(
        f"{each['ruleset'] or each['proceeding']} {each['number']}: {each['stage']}"
        for each in row["proceedings"]
    )
    return f"{row['case']}\t{row['zh']}\t{row['opened'][:10]}\t{stages}"


def _told(row: Mapping[str, Any]) -> Iterator[str]:
    yield f"\n{row['kind']}\t{row['ruleset']}\t{row['number']}\t{row['stage_name']}"
    yield f"\t{row['stage_plain']}"
    for each in row["dates"]:
        done = each["happened"] or ""
        yield f"{each['day']}\t{each['zh']}\t{each['explanation_zh']}\t{done}"


def _json(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)
