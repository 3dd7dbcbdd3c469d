"""What every message is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from alerts import plain
from alerts.facts import Fact, Touched
from alerts.models import Recipient

SUBJECT_AT_MOST = 150


class NothingToSay(Exception):
    """What the delivery was about is gone."""


@dataclass(frozen=True)
class Section:
    """One warning, or one notice that sentinels saw."""

    title: str
    """The headline in the reader's language; where there is none, the publisher's title."""
    summary: str
    """What sort of measure, what happened and where; empty where the title says it all."""
    level: str
    """Empty where no base is touched."""
    level_label: str
    sign: str
    facts: tuple[Fact, ...]
    touched: tuple[Touched, ...]
    """The recipient's bases, loudest first: of a warning at least one, of a notice none."""
    url: str
    original: str
    """Address of the publisher's document; empty where it is no web address."""
    sample: bool
    data: Mapping[str, Any]
    """The same for programs (`alerts.payload`)."""


@dataclass(frozen=True)
class Message:
    kind: str
    """`Delivery.Kind`, or `test`."""
    language: str
    subject: str
    """One line, whatever a publisher put into a title."""
    lead: str
    sections: tuple[Section, ...] = ()
    sent: str = ""
    """When, in the recipient's zone."""

    @property
    def sample(self) -> bool:
        return any(section.sample for section in self.sections)

    @property
    def sample_note(self) -> str:
        return _("Sample data: some of what is shown here was invented for demonstration.")


def subject(said: str) -> str:
    return plain.line(said, SUBJECT_AT_MOST)


def mark(sections: Iterable[Section]) -> str:
    """What a subject begins with where some of it is sample data."""
    return _("[Sample data] ") if any(section.sample for section in sections) else ""


def today(recipient: Recipient, now: datetime) -> date:
    return now.astimezone(ZoneInfo(recipient.time_zone)).date()


def local(recipient: Recipient, now: datetime) -> str:
    return f"{now.astimezone(ZoneInfo(recipient.time_zone)):%Y-%m-%d %H:%M} ({recipient.time_zone})"
