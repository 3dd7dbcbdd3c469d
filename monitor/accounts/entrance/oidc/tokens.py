"""Whether an ID token is what it is said to be (OpenID Connect Core 1.0, 3.1.3.7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.crypto import constant_time_compare
from joserfc import jwt
from joserfc.errors import InvalidClaimError, JoseError
from joserfc.jwk import JWKRegistry, Key, KeySet
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from monitor.accounts.entrance.oidc.refused import Refused, Why

ALGORITHMS = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519",
)  # fmt: skip
"""Those by which only the provider can sign: no `none`, and no HMAC, whose key we have too."""
SKEW = timedelta(minutes=2)
"""By which the provider's clock and ours may differ."""
_NO_SUCH_THING = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What the library raises of keys and headers that are nothing of the kind."""
_DIGITS = 342
"""Of a modulus of 2048 bits in base64url."""
_OF_TWO_KEYS = frozenset({"RSA", "EC", "OKP"})
# Other header fields than RFC 7515's are other people's own, and say nothing to us.
_REGISTRY = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)


@dataclass(frozen=True)
class Expected:
    """By whom, for whom, and for which sign-in a token has to be made."""

    issuer: str
    client: str
    nonce: str


def verified(
    token: str, keys: Iterable[Mapping[str, Any]], expected: Expected, now: datetime
) -> dict[str, Any]:
    """What the token says. `keys`: the provider's, public. Raises `Refused`."""
    try:
        claims = jwt.decode(token, _key_set(keys), registry=_REGISTRY).claims
        _registry(expected, now).validate(claims)
        _made_for_us(claims, expected)
    except (JoseError, *_NO_SUCH_THING) as error:
        raise Refused(Why.FORGED, f"{type(error).__name__}: {error}") from error
    return claims


def shows_second_factor(claims: Mapping[str, Any], words: Iterable[str]) -> bool:
    """Whether the token says, in one of these words, that a second factor was asked for."""
    methods = claims.get("amr")
    said = [*methods] if isinstance(methods, list) else []
    said.append(claims.get("acr"))
    return any(word in said for word in words)


def _key_set(keys: Iterable[Mapping[str, Any]]) -> KeySet:
    """Raises ValueError where there is none that signs."""
    found = [key for key in map(_key, filter(_signs, keys)) if key is not None]
    if not found:
        raise ValueError("the provider publishes no key that signs")
    return KeySet(found)


def _signs(said: Mapping[str, Any]) -> bool:
    """Of RSA none of less than 2048 bits (NIST SP 800-131A)."""
    kind, use = said.get("kty"), said.get("use", "sig")
    is_short = kind == "RSA" and len(str(said.get("n", ""))) < _DIGITS
    return kind in _OF_TWO_KEYS and use == "sig" and not is_short


def _key(said: Mapping[str, Any]) -> Key | None:
    """None: of a curve that we do not know, or broken. Another one may have signed."""
    try:
        return JWKRegistry.import_key(dict(said))
    except (JoseError, *_NO_SUCH_THING):
        return None


def _registry(expected: Expected, now: datetime) -> JWTClaimsRegistry:
    return JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=int(SKEW.total_seconds()),
        iss={"essential": True, "value": expected.issuer},
        sub={"essential": True},
        aud={"essential": True, "value": expected.client},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True},
    )


def _made_for_us(claims: Mapping[str, Any], expected: Expected) -> None:
    """What the registry of the library does not know. Raises InvalidClaimError."""
    nonce, subject = claims["nonce"], claims["sub"]
    if not isinstance(nonce, str) or not constant_time_compare(nonce, expected.nonce):
        raise InvalidClaimError("nonce")
    if not subject.strip() or len(subject) > 255:
        raise InvalidClaimError("sub")
    # Of a token for several it says to whom it was given; that has to be us.
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    party = claims.get("azp", None if several else expected.client)
    if party != expected.client:
        raise InvalidClaimError("azp")
