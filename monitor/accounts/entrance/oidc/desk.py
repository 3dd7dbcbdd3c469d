"""Where people say of which organisation they are, by its code; counted, so that nobody tries
codes, or has us ask a provider without end."""

from datetime import datetime

from monitor.accounts.entrance import braking
from monitor.accounts.entrance.braking import Mark, Sort
from monitor.accounts.entrance.oidc.refused import Refused, Why
from monitor.accounts.models import Provider
from monitor.accounts.organisations import providers


def of_code(code: str, address: str, now: datetime) -> Provider:
    """Raises `Refused`. `address`: of the internet, from where it is tried."""
    count(address, now)
    provider = providers.by_code(code)
    if provider is None:
        raise Refused(Why.NOWHERE)
    return provider


def count(address: str, now: datetime) -> None:
    """An attempt begins; whoever comes in by it is forgiven it. Raises `Refused`."""
    if not braking.attempt(_marks(address), now):
        raise Refused(Why.TOO_MANY)


def forgive(address: str) -> None:
    braking.forgive(_marks(address))


def _marks(address: str) -> tuple[Mark, ...]:
    return (Mark(Sort.NETWORK, f"provider {braking.network_of(address)}"),)
