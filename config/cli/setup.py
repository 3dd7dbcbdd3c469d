"""`fenghuo setup`: whoever runs the machine, made on the command line."""

from typing import TYPE_CHECKING

import click

from config.cli import records

if TYPE_CHECKING:
    from monitor.accounts.models import User


@click.command("setup")
@click.option("--email", help="The address; prints a link by which its owner chooses a password.")
@click.option("--another", is_flag=True, help="Although there is an operator already.")
def command(email: str | None, *, another: bool) -> None:
    """Make the first operator (建立首个运维账户).

    Asks for a mail address and a password; with --email for nothing. Refuses where there is an
    operator, unless --another is given.
    """
    records(by_hand=True)
    from monitor.accounts.entrance.operators import operators  # noqa: PLC0415 - Django has to be up first

    if operators().exists() and not another:
        raise click.ClickException("there is an operator already: add --another to make one more")
    user = _made(email or click.prompt("Mail address"), another=another)
    if email:
        _say_link(user)
    else:
        _ask_password(user)
    click.echo("At the first sign-in a second factor is to be set up.", err=True)


def _made(address: str, *, another: bool) -> "User":
    from django.core.exceptions import ValidationError  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from monitor.accounts.entrance import operators  # noqa: PLC0415

    try:
        with transaction.atomic():
            return operators.make(address, another=another)
    except ValidationError as error:
        raise click.UsageError(f"{address}: {' '.join(error.messages)}") from error


def _say_link(user: "User") -> None:
    from monitor.accounts.entrance import resets  # noqa: PLC0415

    click.echo(resets.link(user))
    click.echo(f"The link can be used once, within {resets.hours()} hours.", err=True)


def _ask_password(user: "User") -> None:
    """Until it is one that may be used."""
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415
    from django.core.exceptions import ValidationError  # noqa: PLC0415

    while True:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        try:
            validate_password(password, user)
        except ValidationError as error:
            click.echo("\n".join(error.messages), err=True)
        else:
            user.set_password(password)
            user.save(update_fields=["password"])
            return
