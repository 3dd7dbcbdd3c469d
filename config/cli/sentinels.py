"""`fenghuo sentinels`: saved searches, and the room in which they look at notices."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import click

from config.cli import records
from config.cli._walking import run

ANY_WORDS = {"ignore_unknown_options": True}
"""A query may begin with a minus."""

_level = click.option("--level", help="Only what touches a base at this level or a louder one.")
_exact = click.option("--exact", is_flag=True, help="Goods by no other name than the one typed.")


@click.group("sentinels", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Saved searches that are told of every notice that satisfies them (哨兵).

    Without a command: let them look at the notices that wait for it.
    """
    records(by_hand=True)
    if context.invoked_subcommand is None:
        run("sentinels")
        for line in _faults():
            click.echo(line, err=True)


@command.command("add", context_settings=ANY_WORDS)
@click.argument("recipient")
@click.argument("name")
@click.argument("query", nargs=-1, required=True)
@click.option("--pace", default="now", show_default=True, help="now, or daily (one message).")
@_level
@_exact
def add(
    *, recipient: str, name: str, query: tuple[str, ...], pace: str, level: str | None, exact: bool
) -> None:
    """Tell RECIPIENT of what satisfies QUERY from now on (新增或修改哨兵).

    Under the same NAME it replaces the former one. QUERY is written as for `fenghuo search`.
    """
    from alerts.saved_searches import Search, save  # noqa: PLC0415 - Django has to be up first

    text = " ".join(query)
    with _asked(text):
        sentinel = save(
            _recipient(recipient), name, Search(text, exact, level), pace, datetime.now(UTC)
        )
    click.echo(_json({**_shown(sentinel), "feed": _feed(sentinel)}))


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One sentinel a line.")
def list_(*, as_json: bool) -> None:
    """Every sentinel on watch, one a line, and those that cannot be asked (列出哨兵)."""
    for sentinel in _on_watch():
        shown = _shown(sentinel)
        click.echo(_json(shown) if as_json else _line(shown))


@command.command("remove")
@click.argument("sentinel", metavar="ID", type=int)
def remove(*, sentinel: int) -> None:
    """Take the sentinel with this number off watch; nothing more is told of it (撤下哨兵)."""
    from alerts import saved_searches  # noqa: PLC0415 - Django has to be up first

    found = next((each for each in _on_watch() if each.pk == sentinel), None)
    if found is None:
        raise click.UsageError(f"there is no sentinel {sentinel}: see `fenghuo sentinels list`")
    saved_searches.remove(found, datetime.now(UTC))


@command.command("try", context_settings=ANY_WORDS)
@click.argument("query", nargs=-1, required=True)
@_level
@_exact
def try_(*, query: tuple[str, ...], level: str | None, exact: bool) -> None:
    """Show what of the index satisfies QUERY: the newest, and how many there are (试查)."""
    from alerts.saved_searches import Search, tried  # noqa: PLC0415 - Django has to be up first
    from monitor.notices.models import Notice  # noqa: PLC0415

    text = " ".join(query)
    with _asked(text):
        page = tried(Search(text, exact, level), datetime.now(UTC).date())
    ids = [hit.notice_id for hit in page.hits]
    notices = Notice.objects.only("number", "title", "published", "jurisdiction").in_bulk(ids)
    for notice in (notices[pk] for pk in ids if pk in notices):
        click.echo(
            f"{notice.published}  {notice.jurisdiction:<4} {notice.number:<18} {notice.title}"
        )
    click.echo(f"{len(ids)} of {page.total}", err=True)


@contextmanager
def _asked(query: str) -> Iterator[None]:
    """What is wrong with a query is shown below the place, as `fenghuo search` does."""
    from alerts.recipients import WrongRecipient  # noqa: PLC0415 - Django has to be up first
    from monitor.jobs.rooms import OutsideUnavailable  # noqa: PLC0415
    from monitor.search.language import QueryError  # noqa: PLC0415

    try:
        yield
    except QueryError as error:
        raise click.UsageError(f"\n{error.pointed(query)}") from error
    except WrongRecipient as error:
        raise click.UsageError(str(error)) from error
    except OutsideUnavailable as error:
        raise click.ClickException(str(error)) from error


def _recipient(name: str) -> Any:
    from alerts.models import Recipient  # noqa: PLC0415 - Django has to be up first

    found = Recipient.objects.filter(name=name).first()
    if found is None:
        raise click.UsageError(f"there is no recipient {name}: see `fenghuo recipients list`")
    return found


def _on_watch() -> Any:
    from alerts.models import Sentinel  # noqa: PLC0415 - Django has to be up first

    return Sentinel.objects.filter(active=True).select_related("recipient").order_by("pk")


def _shown(sentinel: Any) -> dict[str, Any]:
    from alerts.saved_searches import fault  # noqa: PLC0415 - Django has to be up first

    wrong = fault(sentinel)
    return {
        "sentinel": sentinel.pk,
        "recipient": sentinel.recipient.name,
        "name": sentinel.name,
        "query": sentinel.query,
        "exact": not sentinel.widened,
        "level": sentinel.minimum_level,
        "pace": sentinel.pace,
        "fault": wrong and {"said": str(wrong), "at": wrong.at, "end": wrong.end},
    }


def _feed(sentinel: Any) -> str:
    """Not in the list: whoever knows the address may read it."""
    from alerts import links  # noqa: PLC0415 - Django has to be up first

    chinese = sentinel.recipient.language.startswith("zh")
    return links.sentinel_feed(sentinel.token, "zh" if chinese else "en")


def _faults() -> Iterator[str]:
    for sentinel in _on_watch():
        if (shown := _shown(sentinel))["fault"]:
            yield _line(shown)


def _line(shown: Mapping[str, Any]) -> str:
    level = f", {shown['level']} and louder" if shown["level"] else ""
    told = f"{shown['sentinel']:>4}  {shown['recipient']}  {shown['name']} ({shown['pace']}{level})"
    wrong = f"\n      CANNOT BE ASKED: {shown['fault']['said']}" if shown["fault"] else ""
    return f"{told}: {shown['query']}{wrong}"


def _json(shown: Mapping[str, Any]) -> str:
    return json.dumps(shown, ensure_ascii=False)
