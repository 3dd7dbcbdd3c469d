"""`fenghuo deadlines`: the legal calendar of a case, and the rules it rests on."""

import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from config.cli import django

if TYPE_CHECKING:
    from monitor.deadlines.checking import Report
    from monitor.deadlines.library import Library
    from monitor.deadlines.rules import Ruleset

LANGUAGES = {"zh": "zh-hans", "en": "en"}
CALENDAR = "calendar"

as_json_lines = click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
in_language = click.option(
    "--language", type=click.Choice(list(LANGUAGES)), help="Default: the installation's."
)


class Deadlines(click.Group):
    """What is no subcommand is a ruleset whose calendar is asked for."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            return CALENDAR, self.commands[CALENDAR], args
        return super().resolve_command(ctx, args)


@click.group("deadlines", cls=Deadlines)
def command() -> None:
    """The legal calendar: RULESET --start EVENT=DATE …; list, explain, check (法定时限).

    RULESET is <authority>/<procedure>, as `fenghuo deadlines list` shows them.
    """
    django()


@command.command(CALENDAR)
@click.argument("ruleset")
@click.option("--start", multiple=True, metavar="EVENT=DATE", help="An event that happened.")
@click.option("--postponed", multiple=True, metavar="RULE", help="What was postponed.")
@click.option("--tolled", multiple=True, metavar="ID|+N@DATE", help="All that ran on DATE: N days.")
@click.option("--no-known-tolls", is_flag=True, help="Only the tolls given here.")
@click.option("--extended", multiple=True, metavar="RULE=DATE|+N[:WHOM]", help="By the authority.")
@click.option("--stayed", multiple=True, metavar="FROM..TO", help="By a court, both days included.")
@click.option("--printed", multiple=True, metavar="RULE=DATE", help="What a notice prints.")
@click.option("--origin", "origins", multiple=True, help="Whose goods: CN. Repeatable.")
@in_language
@as_json_lines
def calendar_(
    *,
    ruleset: str,
    language: str | None,
    as_json: bool,
    no_known_tolls: bool,
    **given: tuple[str, ...],
) -> None:
    """All dates of a case that RULESET computes from what is known of it (推算全部时限)."""
    from config.cli._deadline_facts import facts  # noqa: PLC0415 - Django has to be up first
    from monitor.deadlines.lines import due_line  # noqa: PLC0415
    from monitor.deadlines.timeline import calendar  # noqa: PLC0415

    rules = _named(_library(), ruleset)
    case = facts(rules, given, known_tolls=not no_known_tolls)
    rows = [due_line(due, rules) for due in calendar(rules, case)]
    if as_json:
        _print(rows)
        return
    with _speaking(language):
        _show_calendar(rows)


@command.command("list")
@in_language
@as_json_lines
def list_(*, language: str | None, as_json: bool) -> None:
    """Every ruleset with its events and how many rules are verified (规则一览)."""
    rows = [_ruleset_row(ruleset) for ruleset in _library().rulesets]
    if as_json:
        _print(rows)
        return
    with _speaking(language):
        _show_rulesets(rows)


@command.command("explain")
@click.argument("ruleset")
@click.argument("rules", nargs=-1, metavar="RULE…")
@in_language
@as_json_lines
def explain(*, ruleset: str, rules: tuple[str, ...], language: str | None, as_json: bool) -> None:
    """What RULE of RULESET says, all its versions, and where that was read (规则出处)."""
    from monitor.deadlines.lines import rule_line  # noqa: PLC0415 - Django has to be up first

    found = _named(_library(), ruleset)
    unknown = [rule for rule in rules if rule not in found.versions]
    if unknown:
        raise click.UsageError(
            f"{ruleset} has no {', '.join(unknown)}; it has: {', '.join(found.versions)}"
        )
    chosen = [rule for rule in found.file.rules if not rules or rule.id in rules]
    if as_json:
        _print([rule_line(rule, found) for rule in chosen])
        return
    with _speaking(language):
        from config.cli._deadline_rules import told  # noqa: PLC0415

        click.echo("\n\n".join("\n".join(told(rule, found)) for rule in chosen))


@command.command("check")
@as_json_lines
@in_language
def check(*, as_json: bool, language: str | None) -> None:
    """What of the rules is wrong, dubious or runs out; rules and days known per authority (检查).

    Ends with 1 where a file cannot be used.
    """
    from django.conf import settings  # noqa: PLC0415 - Django has to be up first

    from monitor.deadlines import checking  # noqa: PLC0415

    report = checking.check(Path(settings.FENGHUO_DEADLINES), datetime.now(UTC).date())
    rows = [_tally_row(tally) for tally in report.tallies]
    if as_json:
        _print(rows)
    else:
        with _speaking(language):
            _show_tallies(rows)
    _complain(report)


def _complain(report: "Report") -> None:
    for line in (*report.errors, *report.findings):
        click.echo(line, err=True)
    if report.errors:
        sys.exit(1)


# --- Rulesets ------------------------------------------------------------------------------------


def _library() -> "Library":
    from django.conf import settings  # noqa: PLC0415 - Django has to be up first

    from monitor.deadlines.library import Library  # noqa: PLC0415
    from monitor.deadlines.tables import RulesError  # noqa: PLC0415

    try:
        return Library.load(Path(settings.FENGHUO_DEADLINES))
    except RulesError as error:
        raise click.ClickException(str(error)) from error


def _named(library: "Library", name: str) -> "Ruleset":
    try:
        return library.named(name)
    except KeyError as error:
        known = "\n  ".join(ruleset.name for ruleset in library.rulesets)
        raise click.UsageError(f"there is no ruleset {name}; there are:\n  {known}") from error


def _ruleset_row(ruleset: "Ruleset") -> dict[str, Any]:
    authority, file = ruleset.authority, ruleset.file
    return {
        "ruleset": ruleset.name,
        "zh": file.zh,
        "en": file.en,
        "authority_zh": authority.zh,
        "authority_en": authority.en,
        "jurisdiction": authority.jurisdiction,
        "kinds": [kind.value for kind in file.kinds],
        "proceedings": list(file.proceedings),
        "events": list(ruleset.events),
        "rules": len(file.rules),
        "verified": sum(rule.is_verified for rule in file.rules),
    }


def _tally_row(tally: Any) -> dict[str, Any]:
    authority = tally.authority
    return {
        "authority": authority.id,
        "zh": authority.zh,
        "en": authority.en,
        "rulesets": tally.rulesets,
        "rules": tally.rules,
        "verified": tally.verified,
        "unverified": tally.unchecked,
        "closed_days_known": [str(span) for span in tally.known],
        "closures": len(authority.closures),
        "tolls": len(authority.tolls),
    }


# --- Tables --------------------------------------------------------------------------------------


def _print(rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))


def _speaking(language: str | None) -> AbstractContextManager[None]:
    from django.utils.translation import get_language, override  # noqa: PLC0415 - Django is up

    return override(LANGUAGES[language] if language else get_language())


def _tongue() -> str:
    from monitor.notices.headline import is_chinese  # noqa: PLC0415 - Django has to be up first

    return "zh" if is_chinese() else "en"


def _show(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on a terminal, plain lines elsewhere."""
    console = Console()
    if not console.is_terminal:
        for row in rows:
            click.echo("\t".join(row))
        return
    table = Table(show_lines=True)
    for title in titles:
        table.add_column(title, overflow="fold")  # Chinese has no spaces to break a line at
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _show_calendar(rows: Iterable[dict[str, Any]]) -> None:
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django has to be up first

    tongue = _tongue()
    titles = (_("Date"), _("What falls due"), _("For"), _("Where the date is from"))
    shown = [
        (
            row["day"] or "—",
            f"{row[tongue]}\n{row['rule']}" if Console().is_terminal else row[tongue],
            _whom(row),
            row[f"explanation_{tongue}"],
        )
        for row in rows
    ]
    _show(titles, shown)


def _whom(row: dict[str, Any]) -> str:
    from config.cli._deadline_rules import whom  # noqa: PLC0415 - Django has to be up first

    return row["to"] or whom(row["for"])


def _show_rulesets(rows: Iterable[dict[str, Any]]) -> None:
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django has to be up first

    tongue = _tongue()
    titles = (_("Ruleset"), _("Authority"), _("Procedure"), _("Verified"), _("Events"))
    shown = [
        (
            row["ruleset"],
            row[f"authority_{tongue}"],
            row[tongue],
            f"{row['verified']}/{row['rules']}",
            " ".join(row["events"]),
        )
        for row in rows
    ]
    _show(titles, shown)


def _show_tallies(rows: Iterable[dict[str, Any]]) -> None:
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django has to be up first

    tongue = _tongue()
    titles = (
        _("Authority"), "", _("Rulesets"), _("Rules"), _("Verified"), _("To be verified"),
        _("Closed days known"), _("Closures"), _("Tolls"),
    )  # fmt: skip
    figures = ("rulesets", "rules", "verified", "unverified")
    shown = [
        (
            row["authority"],
            row[tongue],
            *(str(row[name]) for name in figures),
            ", ".join(row["closed_days_known"]) or "—",
            str(row["closures"]),
            str(row["tolls"]),
        )
        for row in rows
    ]
    _show(titles, shown)
