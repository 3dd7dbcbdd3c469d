"""What documents say, so that it can be searched: read outside of requests, by the clock.

Each file is read by a process of its own (`contents`), in bounded time and memory, before anything
is claimed: what takes a minute holds no lock. Two that read the same file write the same.
"""

import json
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from monitor.cases.files import storing
from monitor.cases.files.contents import Note
from monitor.cases.files.kinds import BY_TYPE, Kind
from monitor.cases.models import Version
from monitor.jobs.models import RoomFailure
from monitor.jobs.rooms import Counts, Room, State
from monitor.search import analysis

PARTED = "\f"
"""Stands between the parts of a version's text."""
PATIENCE = 120
"""Seconds: twice what the process allows itself of the processor."""
ENVIRONMENT = {"LANG": "C.UTF-8", "OPENPYXL_LXML": "False"}
"""Of the process: nothing of ours, which holds keys; and openpyxl reads by defusedxml, not by C."""
_OUT_OF_TIME = {-signal.SIGXCPU, -signal.SIGKILL}
"""The kernel's word for more than the allowed time: first the one, then the other."""


class ReadingFailed(Exception):
    """The process ended as it should not."""


@dataclass(frozen=True)
class Found:
    parts: list[str]
    notes: list[str]


@dataclass(frozen=True)
class Reading(Room[Version]):
    """The room, which reads before it claims."""

    def step(self, now: datetime, limit: int) -> Counts:
        ready = self.rows.filter(**{self.state: State.READY}).order_by("pk")
        total: Counts = Counter()
        for version in ready.defer("text", "terms")[:limit]:
            total += self._one(version, now)
        return total

    def _one(self, version: Version, now: datetime) -> Counts:
        try:
            found = found_in(version)
        except (ReadingFailed, storing.FileMissing, storing.FileDamaged, OSError) as error:
            return self._failed(version, error, now)
        written = _write(version, found)
        return Counter(rows=1, written=written, unread=bool(found.notes and not found.parts))

    def _failed(self, version: Version, error: Exception, now: datetime) -> Counts:
        with transaction.atomic():
            self._mark([version], State.FAILED)
            RoomFailure.objects.create(
                room=self.name, row=version.pk, label=str(version), error=str(error), failed_at=now
            )
        return Counter(rows=1, failed=1)


def room() -> Room[Version]:
    return Reading("extract", Version.objects.all(), "text_state", _nothing_more)


def _nothing_more(_rows: Sequence[Version], _now: datetime) -> Counts:
    """`Reading.step` has done it."""
    return Counter()


def found_in(version: Version) -> Found:
    """Raises `ReadingFailed`, `FileMissing`, `FileDamaged`, `OSError`."""
    kind = BY_TYPE.get(version.content_type)
    if kind is None:
        raise ReadingFailed(f"{version}: {version.content_type!r} is no type that is filed")
    if not kind.has_text:
        return Found([], [Note.NO_TEXT])
    with storing.opened_file(version) as file:
        for _chunk in storing.checked(file, version):
            pass  # what is not the file that was filed is not read
    return _read(version, kind)


def _read(version: Version, kind: Kind) -> Found:
    path = storing.path_of(version.sha256)
    words = [sys.executable, "-m", "monitor.cases.files.contents", kind.name, str(path)]
    with tempfile.TemporaryFile() as out:
        try:
            done = subprocess.run(  # noqa: S603 - our own module, and a name made of hexadecimals
                words,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.DEVNULL,
                env=ENVIRONMENT,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Found([], [Note.TOO_LONG])
        if done.returncode in _OUT_OF_TIME:
            return Found([], [Note.TOO_LONG])
        if done.returncode != 0:
            raise ReadingFailed(f"{version} ({kind.name}): the reader ended with {done.returncode}")
        out.seek(0)
        return Found(**json.load(out))


def _write(version: Version, found: Found) -> int:
    """0 where somebody else has written it meanwhile."""
    lines = [(part, analysis.line(part)) for part in found.parts]
    kept = [(part, line) for part, line in lines if line]
    waiting = Version.objects.filter(pk=version.pk, text_state=State.READY)
    return waiting.update(
        text=PARTED.join(part for part, _line in kept),
        terms=analysis.joined(analysis.line(version.name), *(line for _part, line in kept)),
        notes=found.notes,
        text_state=State.DONE,
    )
