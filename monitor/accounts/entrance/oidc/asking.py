"""What a provider is asked: where it takes and gives what, for a code a token, its keys.

Its address, and every address that it names, was given by somebody: they are asked as
`monitor.outside` asks, and what they answer is read as hostile.
"""

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

from django.conf import settings
from pydantic import BaseModel, Field, ValidationError, field_validator

from monitor.accounts.entrance.oidc.refused import Refused, Why
from monitor.outside import Forbidden, Limits, Question, Unanswered, ask

LIMITS = Limits(seconds=8, size=256 * 1024)
WELL_KNOWN = "/.well-known/openid-configuration"
_SENT = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "Fenghuo/1"}


def checked(address: str) -> str:
    """An address that we and browsers may be sent to: https, or http where the deployer lets us ask
    private networks. Raises ValueError."""
    parts = urlsplit(address)
    schemes = {"https", "http"} if settings.FENGHUO_OIDC_ALLOW_PRIVATE else {"https"}
    if parts.scheme not in schemes or not parts.hostname:
        raise ValueError("is no https address")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise ValueError("carries a user name, a password or a fragment")
    if not address.isascii() or not address.isprintable() or " " in address:
        raise ValueError("holds letters that no address holds")
    _ = parts.port  # raises ValueError where it is no number
    return address


class _Said(BaseModel):
    """What a provider publishes of itself (OpenID Connect Discovery 1.0, 3), as far as it is
    needed here."""

    issuer: str = Field(max_length=500)
    authorization_endpoint: str = Field(max_length=2000)
    token_endpoint: str = Field(max_length=2000)
    jwks_uri: str = Field(max_length=2000)
    userinfo_endpoint: str | None = Field(None, max_length=2000)
    token_endpoint_auth_methods_supported: list[str] = ["client_secret_basic"]

    @field_validator(
        "issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"
    )
    @classmethod
    def _address(cls, address: str | None) -> str | None:
        return None if address is None else checked(address)


@dataclass(frozen=True)
class Endpoints:
    """Where a provider is asked what; `by_form`: the client's secret goes into the form, not into
    the header."""

    issuer: str
    authorization: str
    token: str
    keys: str
    person: str | None
    by_form: bool

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def endpoints(issuer: str) -> Endpoints:
    """What the provider of this issuer publishes. Raises `Refused`."""
    said = _object(Question("GET", issuer.rstrip("/") + WELL_KNOWN, _SENT))
    try:
        read = _Said.model_validate(said)
    except ValidationError as error:
        wrong = ", ".join(".".join(map(str, each["loc"])) for each in error.errors())
        raise Refused(Why.UNCLEAR, f"its discovery document is wrong in: {wrong}") from error
    # Else one provider could pass for another (Discovery 4.3). That it writes a stroke at the end
    # which nobody typed, or none, is a slip.
    if read.issuer.rstrip("/") != issuer.rstrip("/"):
        raise Refused(Why.UNCLEAR, "its discovery document is of another issuer")
    methods = read.token_endpoint_auth_methods_supported
    return Endpoints(
        issuer=read.issuer,
        authorization=read.authorization_endpoint,
        token=read.token_endpoint,
        keys=read.jwks_uri,
        person=read.userinfo_endpoint,
        by_form="client_secret_basic" not in methods and "client_secret_post" in methods,
    )


@dataclass(frozen=True)
class Client:
    """Who we are for the provider."""

    id: str
    secret: str


@dataclass(frozen=True)
class Tokens:
    identity: str
    """Signed, and not looked at yet."""
    access: str


def tokens(at: Endpoints, client: Client, form: Mapping[str, str]) -> Tokens:
    """For a code, what it stands for. Raises `Refused`."""
    headers = _SENT | {"Content-Type": "application/x-www-form-urlencoded"}
    if at.by_form:
        form = {**form, "client_id": client.id, "client_secret": client.secret}
    else:
        headers["Authorization"] = _basic(client)
    said = _object(Question("POST", at.token, headers, urlencode(form).encode()))
    identity, access = said.get("id_token"), said.get("access_token", "")
    if not isinstance(identity, str) or not isinstance(access, str):
        raise Refused(Why.UNCLEAR, "its token endpoint gives no ID token")
    return Tokens(identity, access)


def keys(at: Endpoints) -> list[dict[str, Any]]:
    """The provider's public keys, as they are now. Raises `Refused`."""
    found = _object(Question("GET", at.keys, _SENT)).get("keys")
    if not isinstance(found, list):
        raise Refused(Why.UNCLEAR, "its keys are no list")
    return [key for key in found if isinstance(key, dict)]


def person(at: Endpoints, access: str) -> dict[str, Any]:
    """What it says of the person beside the token (UserInfo). Raises `Refused`."""
    if at.person is None or not access.isascii() or not access.isprintable():
        return {}
    return _object(Question("GET", at.person, _SENT | {"Authorization": f"Bearer {access}"}))


def _object(question: Question) -> dict[str, Any]:
    try:
        answer = ask(question, LIMITS, private=settings.FENGHUO_OIDC_ALLOW_PRIVATE)
    except (Unanswered, Forbidden) as error:
        raise Refused(Why.UNANSWERED, str(error)) from error
    if answer.status != 200:
        raise Refused(Why.UNCLEAR, f"it answers {answer.status} {_error(answer.content)}".strip())
    if not answer.is_whole:
        raise Refused(Why.UNCLEAR, f"it answers more than {LIMITS.size} bytes")
    return _read(answer.content)


def _read(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Refused(Why.UNCLEAR, "its answer is no JSON") from error
    if not isinstance(said, dict):
        raise Refused(Why.UNCLEAR, "its answer is no object")
    return said


def _error(content: bytes) -> str:
    try:
        return worded(_read(content).get("error"))
    except Refused:
        return ""


def worded(error: object) -> str:
    """An error as OAuth words it (`invalid_grant`), or nothing: it goes into the log, and may hold
    whatever somebody wrote."""
    fit = isinstance(error, str) and re.fullmatch(r"[a-z_]{1,60}", error)
    return str(error) if fit else ""


def _basic(client: Client) -> str:
    """RFC 6749, 2.3.1: either part is encoded as in a form first."""
    pair = f"{quote_plus(client.id)}:{quote_plus(client.secret)}"
    return "Basic " + b64encode(pair.encode()).decode()
