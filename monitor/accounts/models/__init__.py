"""Who works here: people, the organisations that they act for, and what lets them in."""

from monitor.accounts.models.brakes import Brake
from monitor.accounts.models.factors import Authenticator, Passkey, RecoveryCode
from monitor.accounts.models.keys import ApiKey
from monitor.accounts.models.links import Link
from monitor.accounts.models.mail_changes import MailChange
from monitor.accounts.models.organisations import (
    Affiliation,
    Invitation,
    Membership,
    Organisation,
    Share,
)
from monitor.accounts.models.people import User
from monitor.accounts.models.providers import Identity, Provider
from monitor.accounts.models.sessions import Session

__all__ = [
    "Affiliation",
    "ApiKey",
    "Authenticator",
    "Brake",
    "Identity",
    "Invitation",
    "Link",
    "MailChange",
    "Membership",
    "Organisation",
    "Passkey",
    "Provider",
    "RecoveryCode",
    "Session",
    "Share",
    "User",
]
