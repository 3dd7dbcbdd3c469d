"""What the crawler remembers between crawls of a source: `<state>/<source>/state.json`.

It is written only after the bundle has appeared, and atomically. Whatever dies before that is
crawled again, and the notices that come twice change nothing.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict


class Validator(BaseModel):
    """What a publisher gave us to ask "has it changed?" with (RFC 9110, 8.8)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    etag: str | None = None
    last_modified: str | None = None


class Memory(BaseModel):
    model_config = ConfigDict(extra="forbid")

    until: date | None = None
    """The last day that has been crawled."""
    validators: dict[str, Validator] = {}
    seen: dict[str, str] = {}
    """Documents of the last crawl, by number: SHA-256 of what the list said of them."""


def load(folder: Path) -> Memory:
    path = folder / "state.json"
    return Memory.model_validate_json(path.read_bytes()) if path.exists() else Memory()


def save(folder: Path, memory: Memory) -> None:
    """Replace the state in one step: after a crash there is the old one or the new one."""
    part = folder / "state.json.part"
    with part.open("w", encoding="utf-8") as stream:
        stream.write(memory.model_dump_json(indent=1))
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(folder / "state.json")


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether this process is the only one that crawls the source.

    The kernel lets go of the lock when the process dies, however it dies.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
