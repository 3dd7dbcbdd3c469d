"""How long the board and the calendar of cases take, of an installation full of them.

    DATABASE_URL=… python -m benchmarks.case_boards --cases 500 --tasks 20000

An installation of its own is filled and thrown away: on SQLite in a folder, where `DATABASE_URL`
names a PostgreSQL in a database made for it. Timed are the questions, asked and read to the last
row, and whole pages as the chamber's officer gets them.
"""

import gc
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import click

from benchmarks.percentiles import median_and_p95

WARMING = 5


@dataclass(frozen=True)
class Row:
    """A query or a page: how many rows or KiB it gave, its milliseconds; `own`: without those in
    which the process waited, for the database's server or for others on the machine (p95)."""

    name: str
    rows: int
    median: float
    p95: float
    own: float


@dataclass(frozen=True)
class Report:
    """`load`: of the machine, one minute, when it was over."""

    database: str
    cases: int
    tasks: int
    dates: int
    cores: int
    load: float
    queries: list[Row]
    pages: list[Row]


def measure(cases: int, tasks: int, runs: int) -> Report:
    """Of the current, empty installation."""
    from django.db import connection  # noqa: PLC0415 - Django has to be up first

    from benchmarks.case_boards_filling import fill  # noqa: PLC0415
    from monitor.cases.models import Adopted, Task  # noqa: PLC0415

    fill(cases, tasks)
    if connection.vendor == "postgresql":
        # It does so by itself after a while; an installation on SQLite never does.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    # What filling has left in the memory is not to be searched for garbage while the clock runs.
    gc.collect()
    gc.freeze()
    queries = [timed(name, ask, runs) for name, ask in questions().items()]
    return Report(
        database=connection.vendor,
        cases=cases,
        tasks=Task.objects.count(),
        dates=Adopted.objects.count(),
        cores=os.cpu_count() or 1,
        load=os.getloadavg()[0],
        queries=queries,
        pages=[timed(name, ask, runs) for name, ask in pages().items()],
    )


def questions() -> Mapping[str, Callable[[], int]]:
    """Each returns how many rows it was given."""
    from benchmarks.case_boards_filling import NOW  # noqa: PLC0415 - Django has to be up first
    from monitor.accounts.models import User  # noqa: PLC0415
    from monitor.accounts.walls.acting import acting  # noqa: PLC0415
    from monitor.cases.models import Case  # noqa: PLC0415
    from monitor.cases.work import agenda, boards  # noqa: PLC0415

    def actor(name: str) -> Any:
        return acting(User.objects.get(username=f"{name}@example.org"))

    chamber, firm = actor("chamber-1"), actor("firm-1")
    day, one = NOW.date(), boards.Wanted(case=Case.objects.earliest("pk").pk)

    def shown(stacks: Mapping[Any, boards.Stack]) -> int:
        return sum(len(stack.cards) for stack in stacks.values())

    def days(who: Any, length: int) -> int:
        found = agenda.between(who, day, day + timedelta(days=length))
        return sum(len(each.dates) + len(each.work) for each in found.days.values())

    return {
        "board of the chamber": lambda: shown(boards.board(chamber, NOW)),
        "board of one case": lambda: shown(boards.board(chamber, NOW, one)),
        "my tasks": lambda: shown(boards.my_tasks(chamber, NOW)),
        "board of a firm": lambda: shown(boards.board(firm, NOW)),
        "month of the chamber": lambda: days(chamber, 31),
        "week of the chamber": lambda: days(chamber, 7),
        "month of a firm": lambda: days(firm, 31),
    }


def pages() -> Mapping[str, Callable[[], int]]:
    """Each returns its size."""
    from django.test import Client  # noqa: PLC0415 - Django has to be up first
    from django.urls import reverse  # noqa: PLC0415

    from benchmarks.case_boards_filling import NOW  # noqa: PLC0415
    from monitor.accounts.models import User  # noqa: PLC0415
    from monitor.cases.models import Case  # noqa: PLC0415

    officer = Client(SERVER_NAME="localhost")
    officer.force_login(User.objects.get(username="chamber-1@example.org"))
    case = Case.objects.earliest("pk").pk

    def get(address: str) -> Callable[[], int]:
        def ask() -> int:
            answer = officer.get(address)
            if answer.status_code != 200:
                raise click.ClickException(f"{address}: {answer.status_code}")
            return len(answer.content) // 1024

        return ask

    return {
        "page of tasks": get(reverse("tasks")),
        "page of the month": get(f"{reverse('month')}?month={NOW:%Y-%m}"),
        "page of all cases": get(reverse("cases")),
        "page of one case": get(reverse("case", args=[case])),
    }


def timed(name: str, ask: Callable[[], int], runs: int) -> Row:
    rows = max(ask() for _ in range(WARMING))
    times, own = [], []
    for _ in range(runs):
        began, busy = perf_counter(), process_time()
        ask()
        own.append((process_time() - busy) * 1000)
        times.append((perf_counter() - began) * 1000)
    return Row(name, rows, *median_and_p95(times), median_and_p95(own)[1])


def table(report: Report) -> Iterator[str]:
    """The lines that a person reads."""
    yield (
        f"{report.database}: {report.cases:,} cases, {report.tasks:,} tasks, "
        f"{report.dates:,} legal dates; {report.cores} cores, load {report.load:.1f}"
    )
    for unit, rows in (("rows", report.queries), ("KiB", report.pages)):
        yield f"{'':<22}{unit:>8}{'median':>11}{'p95':>11}{'p95 own':>11}"
        for row in rows:
            figures = "".join(f"{value:>8.1f} ms" for value in (row.median, row.p95, row.own))
            yield f"{row.name:<22}{row.rows:>8,}{figures}"


@contextmanager
def _installation() -> Iterator[None]:
    """Django on empty records of the run's own."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["FENGHUO_VAR"] = place
        from config.cli import django  # noqa: PLC0415 - after the folder is settled

        django()
        from django.test.utils import setup_databases, teardown_databases  # noqa: PLC0415

        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        try:
            yield
        finally:
            teardown_databases(made, verbosity=0)


@click.command()
@click.option("--cases", default=500, show_default=True)
@click.option("--tasks", default=20_000, show_default=True)
@click.option("--runs", default=40, show_default=True, help="Of each query.")
@click.option("--json", "file", type=click.Path(path_type=Path), help="Write the figures there.")
def main(cases: int, tasks: int, runs: int, file: Path | None) -> None:
    """Time the board and the calendar."""
    with _installation():
        report = measure(cases, tasks, runs)
    for line in table(report):
        click.echo(line)
    if file:
        file.write_text(json.dumps(asdict(report), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
