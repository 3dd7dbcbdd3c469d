"""A provider that answers as none of good will does, by real HTTP."""

import json
import threading
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from joserfc import jwt
from joserfc.jwk import RSAKey

from monitor.accounts.entrance.oidc import asking
from monitor.accounts.models import Session
from monitor.accounts.words import Kind
from monitor.outside import Limits
from tests.monitor.accounts.entrance.oidc.conftest import (
    CODE,
    LIN,
    Place,
    comes_back,
    place,
    sets_out,
    told,
)
from tests.provider.running import CLIENT, SECRET

pytestmark = pytest.mark.django_db
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
OTHER = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Hostile:
    """`answers`: by path, what it does there; `said`: what it publishes; `token`: what its ID token
    says beside what a good one would."""

    server: ThreadingHTTPServer
    answers: dict[str, Answer] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)
    token: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: KEY)
    nonce: str = ""
    asked: list[tuple[str, dict[str, str], dict[str, list[str]]]] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize?tenant=1",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/person",
        } | self.said

    def tokens(self) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": "42",
            "aud": CLIENT,
            "nonce": self.nonce,
            "iat": now,
            "exp": now + 60,
            "email": LIN,
            "email_verified": True,
        } | self.token
        claims = {name: value for name, value in claims.items() if value is not None}
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return {"id_token": token, "access_token": "an access token", "token_type": "Bearer"}

    def answer(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        path = urlsplit(handler.path).path
        self.asked.append((path, dict(handler.headers), parse_qs(body.decode())))
        if path in self.answers:
            self.answers[path](handler)
            return
        pages = {
            asking.WELL_KNOWN: self.discovery,
            "/token": self.tokens,
            "/keys": lambda: {"keys": [KEY.as_dict(private=False)]},
            "/person": lambda: self.person,
        }
        says(json.dumps(pages[path]()).encode())(handler)


def says(content: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def drips(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        try:
            handler.wfile.write(b" ")
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.02)


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.answer(self, b"")

        def do_POST(self) -> None:
            made.answer(self, self.rfile.read(int(self.headers["Content-Length"])))

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made = Hostile(server)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield made
        server.shutdown()
        thread.join()


@pytest.fixture
def chamber(hostile: Hostile) -> Place:
    made = place(Kind.CHAMBER, hostile.issuer)
    made.member()
    return made


def back(visitor: Client, hostile: Hostile) -> str:
    """Where it sends people back, without asking them anything."""
    asked = parse_qs(urlsplit(sets_out(visitor)).query)
    hostile.nonce = asked["nonce"][0]
    return f"{reverse('sign_in_back')}?code=x&state={asked['state'][0]}"


def outcome(visitor: Client, hostile: Hostile) -> str:
    """What is said to whoever comes back; empty: they are in."""
    response = comes_back(visitor, back(visitor, hostile))
    return "" if response.headers["Location"] == "/" else told(visitor, response)


def test_a_good_one_of_the_kind_lets_in(visitor: Client, hostile: Hostile, chamber: Place) -> None:
    address = sets_out(visitor)
    assert address.startswith(f"{hostile.issuer}/authorize?tenant=1&response_type=code&")
    assert outcome(visitor, hostile) == ""


FORGED = "could not be proven"


@pytest.mark.parametrize(
    "token",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": [CLIENT, "another"]},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"exp": 1},
        {"iat": 9_999_999_999},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
    ],
)
def test_a_token_that_is_wrong_in_one_thing_lets_nobody_in(
    visitor: Client, hostile: Hostile, chamber: Place, token: dict[str, Any]
) -> None:
    hostile.token = token
    assert FORGED in outcome(visitor, hostile)
    assert not Session.objects.filter(user__isnull=False).exists()


def test_a_token_that_another_key_signed_lets_nobody_in(
    visitor: Client, hostile: Hostile, chamber: Place
) -> None:
    hostile.key = OTHER
    assert FORGED in outcome(visitor, hostile)


def test_a_token_of_another_sign_in_lets_nobody_in(
    visitor: Client, hostile: Hostile, chamber: Place
) -> None:
    """The nonce is of this journey."""
    first = back(visitor, hostile)
    stale = hostile.tokens()
    second = back(visitor, hostile)
    hostile.answers["/token"] = says(json.dumps(stale).encode())
    assert first != second
    assert FORGED in told(visitor, comes_back(visitor, second))


def test_what_is_told_beside_has_to_be_of_the_same_person(
    visitor: Client, hostile: Hostile, chamber: Place
) -> None:
    hostile.token = {"email": None, "email_verified": None}
    hostile.person = {"sub": "43", "email": LIN, "email_verified": True}
    assert FORGED in outcome(visitor, hostile)
    hostile.person["sub"] = "42"
    hostile.person |= {"amr": ["mfa"], "iss": "https://evil.example"}
    assert outcome(visitor, hostile) == ""


UNCLEAR = "does not answer as it should"


@pytest.mark.parametrize(
    "said",
    [
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "//evil.example/"},
        {"authorization_endpoint": "https://user:x@id.example.org/"},
        {"authorization_endpoint": "https://id.example.org/ x"},
        {"token_endpoint": "file:///etc/passwd"},
        {"token_endpoint": "gopher://127.0.0.1/"},
        {"jwks_uri": ["https://id.example.org/"]},
        {"jwks_uri": "https://id.example.org:99999999/"},
        {"userinfo_endpoint": "ftp://id.example.org"},
        {"token_endpoint_auth_methods_supported": "basic"},
    ],
)
def test_what_it_publishes_leads_nowhere_else(
    visitor: Client, hostile: Hostile, chamber: Place, said: dict[str, Any]
) -> None:
    hostile.said = said
    page = visitor.post(reverse("sign_in_organisation"), {"code": CODE}).content.decode()
    assert UNCLEAR in page
    assert "refresh" not in page


@pytest.mark.parametrize("path", [asking.WELL_KNOWN, "/token", "/keys"])
@pytest.mark.parametrize(
    "answer",
    [
        says(b"", 302, Location="http://127.0.0.1:9/"),
        says(b"{", 200),
        says(b"[]", 200),
        says(b"null", 200),
        says(b"[" * 100_000, 200),
        says(b"\xff", 200),
        says(b"{}", 200),
        says(b'{"error": "' + b"x" * 5000 + b'"}', 400),
        says(b"{}", 500),
        says(b" " * (asking.LIMITS.size + 1) + b"{}", 200),
        says(b"\x1f\x8b", 200, **{"Content-Encoding": "gzip"}),
    ],
    ids=lambda answer: "",
)
def test_whatever_it_answers_nobody_comes_in_and_nothing_fails(
    visitor: Client, hostile: Hostile, chamber: Place, path: str, answer: Answer
) -> None:
    if path == asking.WELL_KNOWN:
        hostile.answers[path] = answer
        page = visitor.post(reverse("sign_in_organisation"), {"code": CODE})
        assert UNCLEAR in page.content.decode()
        return
    there = back(visitor, hostile)
    hostile.answers[path] = answer
    said = told(visitor, comes_back(visitor, there))
    assert UNCLEAR in said or (path == "/keys" and FORGED in said)
    assert not Session.objects.filter(user__isnull=False).exists()


def test_a_redirect_is_not_followed(visitor: Client, hostile: Hostile, chamber: Place) -> None:
    hostile.answers[asking.WELL_KNOWN] = says(b"", 302, Location=f"{hostile.issuer}/keys")
    visitor.post(reverse("sign_in_organisation"), {"code": CODE})
    assert [path for path, _, _ in hostile.asked] == [asking.WELL_KNOWN]


def test_one_that_drips_holds_nobody(
    visitor: Client, hostile: Hostile, chamber: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "LIMITS", Limits(seconds=0.3, size=1000))
    hostile.answers[asking.WELL_KNOWN] = drips
    page = visitor.post(reverse("sign_in_organisation"), {"code": CODE}).content.decode()
    assert "cannot be reached now" in page


def test_the_secret_goes_into_the_header_or_where_it_is_wanted_into_the_form(
    visitor: Client, hostile: Hostile, chamber: Place
) -> None:
    assert outcome(visitor, hostile) == ""
    _, headers, form = next(each for each in hostile.asked if each[0] == "/token")
    pair = b64decode(headers["Authorization"].removeprefix("Basic ")).decode()
    assert [unquote_plus(part) for part in pair.split(":")] == [CLIENT, SECRET]
    assert "client_secret" not in form
    assert len(form["code_verifier"][0]) >= 43
    visitor.post(reverse("sign_out"))
    hostile.asked.clear()
    hostile.said = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert outcome(visitor, hostile) == ""
    _, headers, form = next(each for each in hostile.asked if each[0] == "/token")
    assert "Authorization" not in headers
    assert (form["client_id"], form["client_secret"]) == ([CLIENT], [SECRET])


def test_no_log_holds_a_code_a_token_or_a_secret(
    visitor: Client, hostile: Hostile, chamber: Place, caplog: pytest.LogCaptureFixture
) -> None:
    there = back(visitor, hostile)
    hostile.answers["/token"] = says(
        b'{"error": "invalid_grant", "error_description": "canary"}', 400
    )
    comes_back(visitor, there)
    hostile.answers.clear()
    hostile.key = OTHER
    comes_back(visitor, back(visitor, hostile))
    assert "invalid_grant" in caplog.text
    assert "BadSignatureError" in caplog.text
    for canary in ("canary", SECRET, "eyJ", hostile.nonce):
        assert canary not in caplog.text
