"""The second factor: who has to have one, and how it is proven."""

import secrets
from collections.abc import Iterable
from datetime import datetime

import pyotp
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from monitor.accounts.models import Authenticator, Membership, Passkey, RecoveryCode, User
from monitor.accounts.secrets.bearer import digest
from monitor.accounts.walls.door import opened
from monitor.accounts.words import Kind

PROVEN = "second factor"
"""Of a session: whoever it belongs to has shown the second factor."""
ISSUER = "Fenghuo"
DRIFT = 1
"""Steps of thirty seconds by which a phone's clock may be wrong."""
CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of a recovery code: none that is taken for another one."""


def obliged(user: User, memberships: Iterable[Membership]) -> bool:
    """Whether they have to have a second factor: all who act for an office, and operators. Sample
    people come in by one click, where there are any."""
    office = any(membership.organisation.kind == Kind.OFFICE for membership in memberships)
    return (user.is_operator or office) and not user.sample


def has_one(user: User) -> bool:
    with opened():
        return (
            Authenticator.objects.filter(user=user).exists()
            or Passkey.objects.filter(user=user).exists()
        )


def is_proven(session: SessionBase) -> bool:
    return bool(session.get(PROVEN))


# --- Codes of an authenticator (RFC 6238) --------------------------------------------------------


def fresh_secret() -> str:
    """160 random bits in base 32, as RFC 4226 recommends."""
    return pyotp.random_base32()


def address_of(secret: str, user: User) -> str:
    """What the QR code says: the `otpauth://` address that authenticators read."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step that the code is of, one step off at most; None: it is no code of these."""
    totp = pyotp.TOTP(secret)
    given = "".join(code.split())
    step = totp.timecode(now)
    near = (step + off for off in range(-DRIFT, DRIFT + 1))
    return next((n for n in near if pyotp.utils.strings_equal(given, totp.generate_otp(n))), None)


def keep(user: User, secret: str, code: str, now: datetime) -> bool:
    """From now on the authenticator of this secret is theirs, in the place of one before; False:
    the code is not of it, and nothing has changed."""
    step = step_of(secret, code, now)
    if step is None:
        return False
    with opened():
        Authenticator.objects.update_or_create(
            user=user, defaults={"secret": secret, "last_step": step, "since": now}
        )
    return True


def accept(user: User, code: str, now: datetime) -> bool:
    """Whether the code is of their authenticator and later than the last one that was accepted."""
    with opened():
        own = Authenticator.objects.filter(user=user).first()
        step = step_of(own.secret, code, now) if own else None
        if step is None:
            return False
        # The row decides between two who come with the same code at the same moment.
        later = Authenticator.objects.filter(user=user, last_step__lt=step)
        return later.update(last_step=step) == 1


def drop(user: User) -> None:
    """The authenticator, and with it the codes that stand in for it unless a passkey is left."""
    with opened(), transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        if not Passkey.objects.filter(user=user).exists():
            RecoveryCode.objects.filter(user=user).delete()


# --- Recovery codes ------------------------------------------------------------------------------


def fresh_codes(user: User) -> list[str]:
    """Ten codes in the place of those before; they are shown now and never again."""
    codes = [_code() for _ in range(CODES)]
    with opened(), transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(user=user, digest=digest(_bare(code))) for code in codes
        )
    return codes


def recover(user: User, code: str, now: datetime) -> bool:
    """Whether it is one of theirs that nobody has used; from now on it is used."""
    with opened():
        unused = RecoveryCode.objects.filter(user=user, digest=digest(_bare(code)), used_at=None)
        return unused.update(used_at=now) == 1


def codes_left(user: User) -> int:
    with opened():
        return RecoveryCode.objects.filter(user=user, used_at=None).count()


def _code() -> str:
    """99 random bits, in groups of five."""
    letters = [secrets.choice(_LETTERS) for _ in range(20)]
    return "-".join("".join(letters[n : n + 5]) for n in range(0, 20, 5))


def _bare(code: str) -> str:
    return "".join(letter for letter in code.casefold() if letter.isalnum())
