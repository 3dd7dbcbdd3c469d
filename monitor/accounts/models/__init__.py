"""Who works here: people, the organisations that they act for, and what lets them in."""

from monitor.accounts.models.organisations import (
    Affiliation,
    Invitation,
    Membership,
    Organisation,
    Share,
)
from monitor.accounts.models.people import User

__all__ = [
    "Affiliation",
    "Invitation",
    "Membership",
    "Organisation",
    "Share",
    "User",
]
