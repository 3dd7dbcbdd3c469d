"""Slows whoever guesses, and nobody else.

An attempt is counted by marks. From a device that the account knows there is one: that device. So
whatever strangers do, from however many addresses, the owner comes in from where they have signed
in before. From any other device there are three: the account from this network, the account from
anywhere, the network for any account. The first few failures of a mark are free; after that each
one makes the next attempt wait, twice as long as the last, up to a limit.

The waits that strangers can cause for others (the account from anywhere, the network) are short: a
minute between two guesses is enough against a password of twelve characters. And the link that is
mailed to whoever has forgotten their password makes their device a known one.

An attempt is counted before it is made and taken back if it succeeds: of many at the same moment no
more go through than of as many in a row. What is made while it has to wait is not looked at, and
does not lengthen the wait.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from monitor.accounts.models import Brake
from monitor.accounts.secrets.bearer import digest
from monitor.accounts.walls.door import opened

FORGOTTEN = timedelta(hours=24)
"""After the last failure of a mark."""


class Sort(StrEnum):
    DEVICE = "device"
    PAIR = "pair"
    ACCOUNT = "account"
    NETWORK = "network"
    CODE = "code"
    LETTER = "letter"


@dataclass(frozen=True)
class Pace:
    """`free` failures, then a wait of `first`, doubled by each further one up to `longest`."""

    free: int
    first: timedelta
    longest: timedelta

    def wait(self, failures: int) -> timedelta:
        """How long the next attempt has to wait after the last failure."""
        if failures < self.free:
            return timedelta(0)
        doublings = min(failures - self.free, 20)
        return min(self.first * (1 << doublings), self.longest)


_OWN = Pace(5, timedelta(seconds=30), timedelta(hours=1))
PACES = {
    Sort.DEVICE: _OWN,
    Sort.PAIR: _OWN,
    Sort.ACCOUNT: Pace(50, timedelta(seconds=5), timedelta(minutes=1)),
    Sort.NETWORK: Pace(200, timedelta(seconds=1), timedelta(seconds=30)),
    # Six figures are few. Only whoever has the password comes so far as to count here.
    Sort.CODE: Pace(10, timedelta(seconds=30), timedelta(hours=1)),
    # Letters that somebody has sent to an address: each counts, none is taken back.
    Sort.LETTER: Pace(3, timedelta(minutes=5), timedelta(hours=6)),
}


@dataclass(frozen=True)
class Mark:
    """What attempts are counted by."""

    sort: Sort
    text: str

    @property
    def key(self) -> str:
        return f"{self.sort}:{digest(self.text)}"


@dataclass(frozen=True)
class Place:
    """From where somebody tries: an internet address, and the device if the account knows it."""

    address: str
    device: str | None = None

    def marks(self, account: str) -> tuple[Mark, ...]:
        """Of trying a password."""
        if self.device:
            return (Mark(Sort.DEVICE, f"{account} {self.device}"),)
        network = network_of(self.address)
        return (
            Mark(Sort.PAIR, f"{account} {network}"),
            Mark(Sort.ACCOUNT, account),
            Mark(Sort.NETWORK, network),
        )

    def code_marks(self, account: str) -> tuple[Mark, ...]:
        """Of trying a code, the password having been right."""
        if self.device:
            return (Mark(Sort.DEVICE, f"code {account} {self.device}"),)
        return (Mark(Sort.CODE, account),)


def network_of(address: str) -> str:
    """What one party holds: an address of IPv4, 64 bits of one of IPv6."""
    try:
        parsed = ip_address(address)
    except ValueError:
        # A server behind a local socket hands on no address: all that come by it are one party.
        return "-"
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return str(ip_network((parsed, 32 if parsed.version == 4 else 64), strict=False))


def attempt(marks: Iterable[Mark], now: datetime) -> bool:
    """Count an attempt; False: it has to wait, is not to be looked at and was not counted."""
    by_key = {mark.key: mark for mark in marks}
    with opened(), transaction.atomic():
        Brake.objects.filter(last_at__lt=now - FORGOTTEN).delete()
        # In one order, so that two that share marks wait for each other, not both for ever.
        brakes = [_held(key, now) for key in sorted(by_key)]
        if any(_waits(by_key[brake.key], brake, now) for brake in brakes):
            return False
        for brake in brakes:
            brake.failures += 1
            brake.last_at = now
            brake.save(update_fields=["failures", "last_at"])
        return True


def forgive(marks: Iterable[Mark]) -> None:
    """The attempt succeeded. What is the person's own begins anew; what others share loses only
    this one, or a single good account would let its owner try others without end."""
    keys = {mark.sort: mark.key for mark in marks}
    shared = [keys.pop(sort) for sort in (Sort.ACCOUNT, Sort.NETWORK) if sort in keys]
    with opened():
        Brake.objects.filter(key__in=keys.values()).delete()
        less = Greatest(F("failures") - 1, 0)
        Brake.objects.filter(key__in=shared).update(failures=less)


def _held(key: str, now: datetime) -> Brake:
    brake, _made = Brake.objects.select_for_update().get_or_create(
        key=key, defaults={"last_at": now}
    )
    return brake


def _waits(mark: Mark, brake: Brake, now: datetime) -> bool:
    return now < brake.last_at + PACES[mark.sort].wait(brake.failures)
