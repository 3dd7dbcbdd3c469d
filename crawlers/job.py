"""What a crawl is told and what it tells: JSON in, JSON out, so that it can run anywhere."""

from datetime import date, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Job(BaseModel):
    """One crawl of one source. Times are aware UTC, delays are seconds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    endpoint: str
    out: Path
    """Where the bundle appears."""
    state: Path
    """Where the crawler remembers, in a folder per source, what it need not fetch again."""
    now: datetime
    contact: str | None = None
    key: str | None = Field(None, repr=False)
    first_days: int = 30
    """How far back the first crawl looks."""
    overlap_days: int = 7
    """How far the next ones look behind the end of the last: publishers add things late."""
    should_have_results: bool = True
    max_rejected_share: float = 0.05
    delay: float = 1.0
    timeout: float = 60.0
    retries: int = 5
    retry_wait: float = 5.0
    """Before the first retry; doubled for each further one."""
    retry_wait_longest: float = 600.0
    """Who asks us to wait longer is left alone until the next crawl."""


class Report(BaseModel):
    """How it went.

    `busy`: another crawl of this source is running, `needs_key`: its publisher's key is not given;
    this one did nothing.
    `unfinished` counts documents that came without their full text.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    outcome: Literal["ok", "empty", "failed", "busy", "needs_key"]
    bundle: str | None = None
    captures: int = 0
    items: int = 0
    rejected: int = 0
    unfinished: int = 0
    newest: date | None = None
    error: str = ""
