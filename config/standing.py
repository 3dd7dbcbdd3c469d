"""How the house stands: the clock, the rooms, the sources, the outbox."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count

from alerts.models import Channel, Delivery
from bundles.files import waiting
from config import corridor, source_table
from config.clock import LEASE
from monitor.jobs.models import JobRun, Lease
from monitor.jobs.rooms import OutsideUnavailable, Room
from monitor.search.serving import engine


def standing(now: datetime) -> dict[str, Any]:
    """What `fenghuo status --json` prints."""
    return {
        "clock": _clock(now),
        "bundles": len(waiting(settings.FENGHUO_BUNDLES)),
        "rooms": [_room(room) for room in corridor.rooms()],
        "index": _index(),
        "sources": [row.to_line() for row in source_table.rows(now)],
        "outbox": _outbox(),
        "channels": _disabled_channels(),
        "jobs": _jobs(),
    }


def _clock(now: datetime) -> dict[str, Any]:
    lease = Lease.objects.filter(name=LEASE).first()
    if lease is None:
        return {"running": False, "holder": None, "heartbeat": None}
    return {
        "running": lease.expires_at > now,
        "holder": lease.holder,
        "heartbeat": lease.heartbeat_at.isoformat(timespec="seconds"),
    }


def _room(room: Room[Any]) -> dict[str, Any]:
    return {"room": room.name, "waiting": room.waiting(), "failed": room.failed()}


def _index() -> dict[str, Any]:
    """`current`: it is of this version's schema, else the next walk builds it anew."""
    try:
        found = engine().standing()
    except (OutsideUnavailable, OSError) as error:
        return {"error": str(error)}
    return {
        "engine": found.engine,
        "where": found.where,
        "notices": found.notices,
        "current": found.is_current,
        "building": found.building,
    }


def _outbox() -> dict[str, int]:
    counts = dict(Delivery.objects.values_list("status").annotate(Count("pk")))
    return {status: counts.get(status, 0) for status in Delivery.Status.values}


def _disabled_channels() -> list[dict[str, Any]]:
    disabled = Channel.objects.filter(enabled=False).select_related("recipient").order_by("pk")
    return [
        {"channel": c.pk, "of": c.recipient.name, "kind": c.kind, "because": c.disabled_because}
        for c in disabled
    ]


def _jobs() -> list[dict[str, Any]]:
    """The last run of every job."""
    names = JobRun.objects.order_by("job").values_list("job", flat=True).distinct()
    return [_last(name) for name in names]


def _last(name: str) -> dict[str, Any]:
    run = JobRun.objects.filter(job=name).order_by("-started_at")[0]
    return {
        "job": run.job,
        "started": run.started_at.isoformat(timespec="seconds"),
        "finished": run.finished_at.isoformat(timespec="seconds") if run.finished_at else None,
        "counts": run.counts,
        "error": run.error,
    }
