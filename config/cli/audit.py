"""`fenghuo audit`: the trail, verified, listed, cut off at six years."""

import json
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from config.cli import command_line, records

if TYPE_CHECKING:
    from monitor.trail.chain import Link
    from monitor.trail.models import Entry

HASH = re.compile(r"([0-9]+):([0-9a-f]{64})")


def _checkpoint(
    _context: click.Context, _parameter: click.Parameter, given: str | None
) -> tuple[int, str] | None:
    """`NUMBER:HASH`, as `fenghuo audit checkpoint` prints it."""
    if given is None:
        return None
    found = HASH.fullmatch(given.strip())
    if found is None:
        raise click.BadParameter("give N:HASH, as `fenghuo audit checkpoint` prints it")
    return int(found[1]), found[2]


@click.group("audit")
def command() -> None:
    """The trail: who did what, and who looked at whose figures (操作留痕)."""
    records(by_hand=True)


@command.command("verify")
@click.option("--from", "since", type=click.IntRange(1), help="Begin with this line.")
@click.option(
    "--checkpoint",
    callback=_checkpoint,
    metavar="N:HASH",
    help="The chain has to hold this line still.",
)
def verify(*, since: int | None, checkpoint: tuple[int, str] | None) -> None:
    """Walk the chain; say the first place where a line is missing or changed (校验).

    Ends with 1 if there is one. Cutting off the end together with what the house knows of it is
    noticed by a checkpoint only, kept elsewhere.
    """
    from monitor.trail import verifying  # noqa: PLC0415 - Django has to be up first
    from monitor.trail.chain import Broken, Link  # noqa: PLC0415

    try:
        found: Link | Broken = verifying.verify(since)
        wrong = verifying.check(Link(*checkpoint)) if checkpoint else None
    except verifying.NoSuchLineError as error:
        raise click.UsageError(str(error)) from error
    for broken in (found, wrong):
        if isinstance(broken, Broken):
            click.echo(_fault(broken.number, broken.fault), err=True)
            sys.exit(1)
    if isinstance(found, Link):
        click.echo(_told(found))


@command.command("checkpoint")
def checkpoint() -> None:
    """Print number and hash of the last line, to be kept where this machine cannot write."""
    from monitor.trail import verifying  # noqa: PLC0415

    click.echo(_told(verifying.checkpoint()))


@command.command("list")
@click.option("--organisation", help="Whose affair it was: primary key or Chinese name.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]), help="UTC.")
@click.option("--json", "as_json", is_flag=True, help="One line a line, as JSON.")
def list_(*, organisation: str | None, since: datetime | None, as_json: bool) -> None:
    """The lines of the trail, oldest first (列出)."""
    from monitor.trail.models import Entry  # noqa: PLC0415

    rows = Entry.objects.select_related("person", "acting_for", "concerned", "about", "address")
    if organisation is not None:
        rows = rows.filter(concerned__in=_organisations(organisation))
    if since is not None:
        rows = rows.filter(at__gte=since.replace(tzinfo=UTC))
    for entry in rows.order_by("number").iterator(chunk_size=2_000):
        said = _line(entry)
        click.echo(json.dumps(said, ensure_ascii=False) if as_json else _plain(said))


@command.command("expire")
@click.option("--by", required=True, help="Mail address of the operator who signs for it.")
def expire(*, by: str) -> None:
    """Replace the lines older than six years by one that says up to where they went (清理).

    The scheduler does the same every night, and signs as the house.
    """
    from monitor.trail import expiry  # noqa: PLC0415

    gone = expiry.expire(_operator(by), datetime.now(UTC))
    if gone is None:
        click.echo("0")
        return
    last = f"{gone.last.number}:{gone.last.hash}"
    click.echo(f"{gone.lines} lines up to {last}; line {gone.boundary} says so")


@command.command("forget")
@click.argument("mail")
def forget(*, mail: str) -> None:
    """Take name, mail and internet addresses of whoever has MAIL out of the trail (删除个人信息).

    The lines stay, and the chain with them. That it was done is a line itself.
    """
    from monitor.trail import forgetting  # noqa: PLC0415

    doer = command_line(click.get_current_context())
    found = forgetting.forget(mail, datetime.now(UTC), doer)
    if not found:
        raise click.UsageError("the trail knows nobody by this address")
    click.echo(f"{len(found)} forgotten", err=True)


def _told(link: "Link") -> str:
    return f"{link.number}:{link.hash}"


def _fault(number: int, fault: str) -> str:
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django has to be up first

    sentences = {
        "missing": _("Line %(number)d is missing."),
        "changed": _("Line %(number)d was changed: its hash is another."),
        "detached": _(
            "Line %(number)d does not follow the line before it: one of the two was replaced."
        ),
        "added": _("Line %(number)d lies beyond the end of the trail."),
    }
    return sentences[fault] % {"number": number}


def _organisations(given: str) -> list[int]:
    """Raises UsageError where there is none."""
    from monitor.accounts.models import Organisation  # noqa: PLC0415

    by = {"pk": int(given)} if given.isascii() and given.isdigit() else {"name_zh": given}
    found = list(Organisation.objects.filter(**by).values_list("pk", flat=True))
    if not found:
        raise click.UsageError(f"--organisation: there is no organisation {given}")
    return found


def _operator(mail: str) -> Any:
    """Raises UsageError where it is nobody who may sign."""
    from monitor.accounts.models import User  # noqa: PLC0415
    from monitor.accounts.walls.actor import Actor  # noqa: PLC0415

    user = User.objects.filter(username=mail.strip().lower(), is_active=True).first()
    if user is None or not user.is_operator:
        raise click.UsageError(f"--by {mail}: no operator has this address")
    return Actor(user)


def _line(entry: "Entry") -> dict[str, Any]:
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "person": str(entry.person) if entry.person else None,
        "for": entry.acting_for.name_zh if entry.acting_for else None,
        "key": entry.key,
        "verb": entry.verb,
        "row": f"{entry.app}.{entry.model} {entry.row}" if entry.app else None,
        "page": entry.page or None,
        "concerned": entry.concerned.name_zh if entry.concerned else None,
        "about": str(entry.about) if entry.about else None,
        "address": str(entry.address) if entry.address else None,
        "before": entry.before,
        "after": entry.after,
        "hash": entry.hash,
    }


def _plain(said: dict[str, Any]) -> str:
    who = said["person"] if said["person"] is not None else said["by"]
    cells = (
        said["number"],
        said["at"],
        who,
        said["for"],
        said["verb"],
        said["row"] or said["page"],
        said["concerned"],
        said["about"],
    )
    return "\t".join("-" if cell in (None, "") else str(cell) for cell in cells)
