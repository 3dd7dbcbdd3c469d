"""What the commands that walk rooms share: the moment, and how progress is shown."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

Counts = Counter[str]
Seen = Callable[[str, Counts], None]

WORKING_DAY_BEGINS = time(9)


def as_of(given: datetime | None, zone: str) -> datetime:
    """The moment that the rooms are told it is: now, or nine o'clock of the given day."""
    if given is None:
        return datetime.now(UTC)
    return moment(given.date(), zone)


def moment(day: date, zone: str) -> datetime:
    return datetime.combine(day, WORKING_DAY_BEGINS, ZoneInfo(zone)).astimezone(UTC)


def line(room: str, counts: Counts) -> str:
    told = ", ".join(f"{name} {count:,}" for name, count in counts.items())
    return f"{room:>9}  {told or '-'}"


@contextmanager
def progress() -> Iterator[Seen]:
    """A moving line per room on a terminal; nothing elsewhere, where the totals follow anyway."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _room, _counts: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        totals: dict[str, Counts] = {}
        tasks: dict[str, TaskID] = {}

        def seen(room: str, counts: Counts) -> None:
            total = totals.setdefault(room, Counter())
            total.update(counts)
            if room not in tasks:
                tasks[room] = bar.add_task(room)
            bar.update(tasks[room], description=line(room, total))

        yield seen


def run(room: str) -> None:
    """Run one room once, and say what it did."""
    from config import corridor  # noqa: PLC0415 - Django has to be up first

    with progress() as seen:
        totals = corridor.walk(datetime.now(UTC), [room], seen)
    click.echo(line(room, totals[room]), err=True)
