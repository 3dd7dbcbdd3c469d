"""`fenghuo status`: is the clock running, what waits, what failed."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import click

from config.cli import records


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def command(*, as_json: bool) -> None:
    """Show the clock, the rooms, the sources and the outbox (运行状况)."""
    records()
    from config.standing import standing  # noqa: PLC0415 - Django has to be up first

    found = standing(datetime.now(UTC))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for line in lines(found):
        click.echo(line)


def lines(found: dict[str, Any]) -> Iterator[str]:
    """The same for people, in the language of the installation."""
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django has to be up first

    yield _clock(found["clock"])
    yield _("Bundles on disk: %(number)d") % {"number": found["bundles"]}
    for room in found["rooms"]:
        yield _("Room %(room)s: %(waiting)d waiting, %(failed)d failed") % room
    yield _index(found["index"])
    for source in found["sources"]:
        yield _source(source)
    yield (
        _("Outbox: %(queued)d queued, %(sending)d sending, %(sent)d sent, %(failed)d failed")
        % (found["outbox"])
    )
    for channel in found["channels"]:
        yield _("Channel %(channel)d of %(of)s (%(kind)s) is disabled: %(because)s") % channel
    for job in found["jobs"]:
        ended = job["error"] or ", ".join(f"{k} {v}" for k, v in job["counts"].items()) or "-"
        yield _("Job %(job)s, begun %(started)s: %(ended)s") % {**job, "ended": ended}


def _clock(clock: dict[str, Any]) -> str:
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django has to be up first

    if clock["heartbeat"] is None:
        return _("The clock has never run (fenghuo scheduler).")
    if clock["running"]:
        return _("The clock runs: %(holder)s, last heartbeat %(heartbeat)s") % clock
    return _("THE CLOCK STANDS STILL since %(heartbeat)s (fenghuo scheduler).") % clock


def _index(index: dict[str, Any]) -> str:
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django has to be up first

    if "error" in index:
        return _("THE INDEX CANNOT BE ASKED: %(error)s") % index
    if not index["current"] and index["notices"] == 0:
        return (
            _("Index %(engine)s in %(where)s: of an older version or none, built by the next walk")
            % index
        )
    building = _(", another is being built") if index["building"] else ""
    return _("Index %(engine)s in %(where)s: %(notices)d notices") % index + building


def _source(line: dict[str, Any]) -> str:
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django has to be up first

    from monitor.sources.health import SENTENCES, STATUSES, Status  # noqa: PLC0415 - as above

    told = {
        "source": line["source"],
        "status": STATUSES[Status(line["status"])],
        "reason": str(SENTENCES[line["reason"]]) % line["params"],
    }
    return _("Source %(source)s: %(status)s. %(reason)s") % told
