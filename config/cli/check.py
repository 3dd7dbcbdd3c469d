"""`fenghuo check`: what is in force, and what is degraded."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from config.cli import django
from config.environment import SECRET, Environment, load


@click.command("check")
def command() -> None:
    """Print the effective configuration, and what it makes do without (检查配置).

    Exit status 1 where a file of the deployer's (sources, levels, legal dates, bases, past cases)
    is wrong.
    """
    environment = load()
    for name, value in shown(environment).items():
        click.echo(f"{name:<32} {value}")
    for note in degraded(environment):
        click.echo(f"! {note}")
    django()
    from django.core.management import call_command  # noqa: PLC0415 - Django has to be up first

    call_command("check")
    wrong = list(_wrong_files())
    for error in wrong:
        click.echo(error, err=True)
    sys.exit(1 if wrong else 0)


def _wrong_files() -> Iterator[str]:
    """What is wrong with the files under `config/`, each error with its place."""
    from django.conf import settings  # noqa: PLC0415 - Django has to be up first

    from monitor.bases import load  # noqa: PLC0415
    from monitor.cases import rules as cases  # noqa: PLC0415
    from monitor.cases.past.library import PastCases  # noqa: PLC0415
    from monitor.deadlines.tables import RulesError  # noqa: PLC0415
    from monitor.impact.world import House  # noqa: PLC0415
    from monitor.sources import registry  # noqa: PLC0415

    try:
        House.load()
    except RulesError as error:
        yield str(error)
    try:
        cases.load(Path(settings.FENGHUO_CASES))
    except RulesError as error:
        yield str(error)
    try:
        PastCases.load()
    except RulesError as error:
        yield str(error)
    try:
        load.read(settings.FENGHUO_BASES)
    except load.WrongBasesError as error:
        yield str(error)
    try:
        registry.load(settings.FENGHUO_SOURCES)
    except registry.WrongSource as error:
        yield str(error)


def shown(environment: Environment) -> dict[str, str]:
    """Every variable and its value; a secret is only said to be set."""
    return {
        str(field.validation_alias): _value(getattr(environment, name), secret=name in SECRET)
        for name, field in Environment.model_fields.items()
    }


def _value(value: object, *, secret: bool) -> str:
    if value is None:
        return "-"
    return "(set)" if secret else str(value)


def degraded(environment: Environment) -> list[str]:
    """What works in a smaller way than it could, and the variable that changes it."""
    notes = {
        "no Elasticsearch: the embedded index is used, one host only (ELASTICSEARCH_URL)": not (
            environment.elasticsearch_url
        ),
        "no PostgreSQL: SQLite is used, one host only (DATABASE_URL)": not environment.database_url,
        "no mail server: mail is written to files (FENGHUO_SMTP_URL)": not environment.smtp_url,
        "no key: wto-eping is not crawled (FENGHUO_EPING_KEY)": not environment.eping_key,
        "no contact: publishers cannot write to the crawler's owner (FENGHUO_CONTACT)": not (
            environment.contact
        ),
        "sample people: whoever comes steps in as one of them (FENGHUO_SAMPLE_PEOPLE)": (
            environment.sample_people
        ),
        "debug mode: never where others can reach it (FENGHUO_DEBUG)": environment.debug,
        "webhooks may reach private addresses (FENGHUO_WEBHOOK_ALLOW_PRIVATE)": (
            environment.webhook_allow_private
        ),
        "sign-in providers may lie at private addresses (FENGHUO_OIDC_ALLOW_PRIVATE)": (
            environment.oidc_allow_private
        ),
    }
    return [note for note, applies in notes.items() if applies]
