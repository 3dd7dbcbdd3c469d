"""The demo, act by act: an installation, its sample bases, the feed, the walk, the warnings."""

import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from rich.console import Console
from rich.table import Table
from rich.text import Text

from alerts.models import Channel, Recipient, Subscription, Warning  # noqa: A004 - the house's word
from config import corridor, installation
from config.cli._walking import line, progress
from config.demo import FEED, living
from crawlers import backfill
from monitor.accounts import sample as people
from monitor.accounts.models import Organisation
from monitor.bases import sample
from monitor.bases.models import Base, Chamber
from monitor.impact.headline import of_impact
from monitor.impact.labels import LEVELS
from monitor.impact.models import Impact, Level
from monitor.impact.money import usd

COLOURS = {
    "red": "red",
    "orange": "dark_orange",
    "yellow": "yellow",
    "blue": "blue",
    "watch": "dim",
}
PAPER = 120
"""Columns, where the output is no terminal."""

OFFICE = "示例基地办公室值班席"


def play(now: datetime, folder: Path) -> None:
    """Set up an installation in the current `FENGHUO_VAR` and walk the sample feed as of `now`."""
    console = Console() if sys.stdout.isatty() else Console(width=PAPER)
    with override(settings.LANGUAGE_CODE):
        installation.migrate()
        _say(console, _("Sample bases, firms and flows"), sample.load_sample(now))
        _say(console, _("Sample people"), people.load_people(now))
        _say(console, _("Sample recipients"), Counter(recipients=recipients()))
        for source, path in FEED:
            backfill.bundle_file(
                source, path, settings.FENGHUO_BUNDLES, now, sample=True, until=now.date()
            )
        with progress() as seen:
            totals = corridor.walk(now, seen=seen)
        for room, counts in totals.items():
            console.print(line(room, counts), highlight=False)
        _say(console, _("A case in which people have spoken"), living.bring_to_life(now))
        console.print(table(now))
        _say_where_to_look(console, folder)


def recipients() -> int:
    """A desk in every chamber that hears of its own base at once, and one in the office that gets
    the loud ones of all bases once a day. Mail goes to files in the demo."""
    office = _desk(OFFICE, "office@example.org")
    for base in Base.objects.all():
        _listen(office, base, minimum_level=Level.ORANGE, pace=Subscription.Pace.DAILY)
    for chamber in Chamber.objects.select_related("organisation").prefetch_related("bases"):
        bases = list(chamber.bases.all())
        desk = _desk(chamber.name_zh, f"{bases[0].code}@example.org", chamber.organisation)
        for base in bases:
            _listen(desk, base)
    return Recipient.objects.count()


def _desk(name: str, address: str, organisation: Organisation | None = None) -> Recipient:
    desk = Recipient.objects.create(name=name, organisation=organisation, sample=True)
    Channel.objects.create(recipient=desk, kind="email", config={"to": address})
    return desk


def _listen(desk: Recipient, base: Base, **wishes: str) -> None:
    Subscription.objects.create(recipient=desk, base=base, **wishes)


def warnings() -> QuerySet[Warning]:
    loudest_first = Impact.objects.select_related(
        "base", "entry__notice", "entry__measure"
    ).order_by("-loudness", "-exposure_usd")
    return (
        Warning.objects.filter(pace=Subscription.Pace.NOW)
        .select_related("measure", "recipient")
        .prefetch_related(Prefetch("impacts", queryset=loudest_first))
        .order_by("pk")
    )


def table(now: datetime) -> Table:
    """The warnings as an officer would read them: the loudest and the dearest first."""
    impacts = [impact for warning in warnings() for impact in warning.impacts.all()]
    impacts.sort(key=lambda impact: (-impact.loudness, -impact.exposure_usd))
    title = _("%(count)d warnings as of %(day)s (sample data)")
    shown = Table(title=title % {"count": len(impacts), "day": f"{now:%Y-%m-%d}"})
    shown.add_column(_("Level"), no_wrap=True)
    shown.add_column(_("Base"), no_wrap=True)
    shown.add_column(_("Measure · what happened"), ratio=1, overflow="fold")
    shown.add_column(_("At stake"), justify="right", no_wrap=True)
    shown.add_column(_("Next date"), no_wrap=True)
    for impact in impacts:
        shown.add_row(*_row(impact))
    return shown


def _row(impact: Impact) -> list[Text]:
    stake = f"{usd(impact.exposure_usd)} ({impact.share:.1%})"
    cells = [
        str(LEVELS[impact.level]),
        impact.base.name_zh,
        of_impact(impact),
        stake,
        f"{impact.next_date or '-'}",
    ]
    return [
        Text(cell, style=COLOURS[impact.level] if n == 0 else "") for n, cell in enumerate(cells)
    ]


def _say(console: Console, what: str, counts: Counter[str]) -> None:
    told = ", ".join(f"{name} {count:,}" for name, count in counts.items())
    console.print(f"{what}: {told}", highlight=False)


def _say_where_to_look(console: Console, folder: Path) -> None:
    mail = folder / "mail"
    console.print(
        _("%(count)d mails as files in %(folder)s") % {"count": mails_in(mail), "folder": mail}
    )
    console.print(
        _("Look at the pages, as one of the sample people: %(url)s")
        % {"url": settings.FENGHUO_SITE_URL + reverse("sign_in")}
    )


def mails_in(folder: Path) -> int:
    """Not the files: of two that are sent in one second Django may write both into one."""
    return sum(each.read_bytes().count(b"\nMessage-ID: ") for each in folder.glob("*"))
