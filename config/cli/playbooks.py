"""`fenghuo playbooks`: what is to be done in which proceeding, and whether it can be used."""

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from config.cli import django

if TYPE_CHECKING:
    from monitor.cases.work.checking import Report


@click.group("playbooks")
def command() -> None:
    """What is to be done in a case: tasks and checklists by proceeding (办案剧本)."""
    django()


@command.command("list")
def list_() -> None:
    """Every playbook with the rulesets that it serves, one JSON object a line (剧本一览)."""
    for tally in _report().tallies:
        click.echo(json.dumps(asdict(tally), ensure_ascii=False))


@command.command("check")
def check() -> None:
    """Whether every rule, ruleset, stage and checklist that they name exists (检查剧本)."""
    report = _report()
    for error in report.errors:
        click.echo(error, err=True)
    for ruleset in report.unserved:
        click.echo(f"{ruleset}: no playbook", err=True)
    tasks, checks = (sum(getattr(t, n) for t in report.tallies) for n in ("tasks", "checks"))
    click.echo(f"{len(report.tallies)} playbooks, {tasks} tasks, {checks} checks")
    sys.exit(bool(report.errors))


def _report() -> "Report":
    from django.conf import settings  # noqa: PLC0415 - Django has to be up first

    from monitor.cases.work.checking import check as examine  # noqa: PLC0415
    from monitor.deadlines.library import Library  # noqa: PLC0415
    from monitor.deadlines.tables import RulesError  # noqa: PLC0415

    try:
        return examine(settings.FENGHUO_PLAYBOOKS, Library.load(settings.FENGHUO_DEADLINES))
    except RulesError as error:
        raise click.ClickException(str(error)) from error
