"""The right to do something alone, held in the database for a while and renewed.

Each change is one conditional UPDATE, so that of any number of processes one wins. Hosts compare
the lease with their own clocks: these must agree to within seconds (NTP), which is far less than
the time to live.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from monitor.jobs.models import Lease


def acquire(name: str, holder: str, now: datetime, ttl: timedelta) -> bool:
    """Take the lease if it is free, has run out, or is ours already."""
    free = Q(expires_at__lte=now) | Q(holder=holder)
    times = {"expires_at": now + ttl, "heartbeat_at": now}
    if Lease.objects.filter(free, name=name).update(holder=holder, **times):
        return True
    if Lease.objects.filter(name=name).exists():
        return False
    try:
        with transaction.atomic():
            Lease.objects.create(name=name, holder=holder, **times)
    except IntegrityError:  # another one was first
        return False
    return True


def renew(name: str, holder: str, now: datetime, ttl: timedelta) -> bool:
    """Hold on to it. False: someone else has it now, and what we were doing must stop."""
    ours = Lease.objects.filter(name=name, holder=holder)
    return bool(ours.update(expires_at=now + ttl, heartbeat_at=now))


def release(name: str, holder: str, now: datetime) -> None:
    """Let the next one have it at once. The row stays: it says when the last heartbeat was."""
    Lease.objects.filter(name=name, holder=holder).update(expires_at=now)
