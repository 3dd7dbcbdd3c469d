"""`fenghuo letters`: the letters and forms of cases, and whether their templates can be used."""

import json
import sys
from typing import TYPE_CHECKING

import click

from config.cli import django

if TYPE_CHECKING:
    from monitor.cases.letters.catalog import Catalog


@click.group("letters")
def command() -> None:
    """Letters and forms that are filled from a case (函件与表格)."""
    django()


@command.command("list")
def list_() -> None:
    """Every letter with its fields, one JSON object a line (函件一览)."""
    for sort in _catalog().manifest.letters:
        row = sort.model_dump(mode="json", include={"id", "zh", "en", "by", "authorities", "kinds"})
        click.echo(json.dumps(row | {"fields": list(sort.all_fields)}, ensure_ascii=False))


@command.command("check")
def check() -> None:
    """Whether every template is there and says no more than its letter knows (检查模板)."""
    from monitor.cases.letters.checking import check as examine  # noqa: PLC0415 - as below

    found = _catalog()
    errors = list(examine(found))
    for error in errors:
        click.echo(error, err=True)
    unread = [desk.id for desk in found.manifest.authorities if not desk.is_verified]
    for authority in unread:
        click.echo(f"{authority}: address not verified", err=True)
    click.echo(f"{len(found.sorts)} letters, {len(found.blanks)} fields")
    sys.exit(bool(errors))


def _catalog() -> "Catalog":
    from monitor.cases.letters.catalog import catalog  # noqa: PLC0415 - Django has to be up first
    from monitor.deadlines.tables import RulesError  # noqa: PLC0415

    try:
        return catalog()
    except RulesError as error:
        raise click.ClickException(str(error)) from error
