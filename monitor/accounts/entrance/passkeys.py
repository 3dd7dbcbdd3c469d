"""Passkeys (WebAuthn): a key in a phone, computer or stick that its owner unlocks.

The device asks for a finger, a face or a PIN (user verification), so one passkey is both factors;
and it signs for our address only, so there is nothing that a false page could get out of anybody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address

import webauthn
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    parse_authentication_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from monitor.accounts.models import Authenticator, Passkey, RecoveryCode, User
from monitor.accounts.walls.door import opened

CHALLENGE = "passkey challenge"
"""Of a session: what a passkey has to sign, and since when."""
PATIENCE = timedelta(minutes=5)
NAME = "Fenghuo"
_VERIFIED = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True)
class Site:
    """For whom a passkey signs: the host, and the origin as the browser names it."""

    host: str
    origin: str


def site_of(request: HttpRequest) -> Site | None:
    """None: reached by a number, to which browsers bind no passkey, or in clear text from elsewhere
    than this machine."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    if _is_number(host) or not (request.is_secure() or host == "localhost"):
        return None
    return Site(host, f"{request.scheme}://{request.get_host()}")


def _is_number(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


# --- A new one -----------------------------------------------------------------------------------


def creation(user: User, site: Site, session: SessionBase, now: datetime) -> str:
    """What the browser is to make, as JSON; the session remembers the challenge."""
    with opened():
        known = list(Passkey.objects.filter(user=user).values_list("credential", flat=True))
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=NAME,
        user_id=_handle(user),
        user_name=user.username,
        user_display_name=str(user),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIED
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(base64url_to_bytes(each)) for each in known
        ],
    )
    _remember(session, f"make {user.pk}", options.challenge, now)
    return webauthn.options_to_json(options)


def keep(
    user: User, made: str, name: str, site: Site, session: SessionBase, now: datetime
) -> Passkey | None:
    """The passkey that the browser has made (`made`, JSON) is theirs from now on. None: it is not
    what it was asked for, or came too late."""
    challenge = _challenge(session, f"make {user.pk}", now)
    if challenge is None:
        return None
    try:
        verified = webauthn.verify_registration_response(
            credential=made,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except WebAuthnException:
        return None
    credential = bytes_to_base64url(verified.credential_id)
    with opened():
        passkey, is_fresh = Passkey.objects.get_or_create(
            credential=credential,
            defaults={
                "user": user,
                "name": name,
                "public_key": verified.credential_public_key,
                "sign_count": verified.sign_count,
                "since": now,
            },
        )
    return passkey if is_fresh else None


def drop(user: User, pk: int) -> bool:
    """Take one off; with the last factor the codes that stand in for it go, too."""
    with opened(), transaction.atomic():
        gone = Passkey.objects.filter(user=user, pk=pk).delete()[0] > 0
        others = Passkey.objects.filter(user=user).exists()
        if not others and not Authenticator.objects.filter(user=user).exists():
            RecoveryCode.objects.filter(user=user).delete()
    return gone


# --- Signing in ----------------------------------------------------------------------------------


def request_of(site: Site, session: SessionBase, now: datetime) -> str:
    """What the browser is to let somebody sign, as JSON: with whichever passkey they have."""
    options = webauthn.generate_authentication_options(rp_id=site.host, user_verification=_VERIFIED)
    _remember(session, "use", options.challenge, now)
    return webauthn.options_to_json(options)


def owner(signed: str, site: Site, session: SessionBase, now: datetime) -> User | None:
    """Whose passkey has signed (`signed`, JSON). None: nobody's, not what was asked, too late."""
    challenge = _challenge(session, "use", now)
    if challenge is None:
        return None
    try:
        credential = parse_authentication_credential_json(signed)
    except WebAuthnException:
        return None
    with opened():
        own = Passkey.objects.select_related("user").filter(credential=credential.id).first()
        if own is None or not _has_signed(own, signed, challenge, site):
            return None
        Passkey.objects.filter(pk=own.pk).update(sign_count=own.sign_count, used_at=now)
    return own.user if own.user.is_active else None


def _has_signed(own: Passkey, signed: str, challenge: bytes, site: Site) -> bool:
    try:
        verified = webauthn.verify_authentication_response(
            credential=signed,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=bytes(own.public_key),
            credential_current_sign_count=own.sign_count,
            require_user_verification=True,
        )
    except WebAuthnException:
        return False
    own.sign_count = verified.new_sign_count
    return True


# --- Challenges ----------------------------------------------------------------------------------


def _remember(session: SessionBase, what_for: str, challenge: bytes, now: datetime) -> None:
    session[CHALLENGE] = {
        "for": what_for,
        "bytes": bytes_to_base64url(challenge),
        "since": now.isoformat(),
    }


def _challenge(session: SessionBase, what_for: str, now: datetime) -> bytes | None:
    """Once, for what it was made for, and not for long."""
    said = session.pop(CHALLENGE, None)
    if said is None or said["for"] != what_for:
        return None
    if now - datetime.fromisoformat(said["since"]) > PATIENCE:
        return None
    return base64url_to_bytes(said["bytes"])


def _handle(user: User) -> bytes:
    """What a passkey stores of its owner: nothing that says who it is."""
    return bytes(
        salted_hmac("monitor.accounts.entrance.passkeys", str(user.pk), algorithm="sha256").digest()
    )
