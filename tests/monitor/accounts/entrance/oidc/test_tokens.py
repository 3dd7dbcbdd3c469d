"""ID tokens that are not what they are said to be, each wrong in one thing."""

import hmac
import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.errors import ClaimError
from joserfc.jwk import ECKey, OctKey, RSAKey
from joserfc.jws import JWSRegistry

from monitor.accounts.entrance.oidc.refused import Refused, Why
from monitor.accounts.entrance.oidc.tokens import SKEW, Expected, shows_second_factor, verified

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
EXPECTED = Expected("https://id.example.org", "fenghuo", "a nonce of this sign-in")
OURS = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
OTHER = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
CURVE = ECKey.generate_key("P-256", {"kid": "two", "use": "sig"})
PUBLIC = [key.as_dict(private=False) for key in (OURS, CURVE)]
GOOD: dict[str, Any] = {
    "iss": EXPECTED.issuer,
    "sub": "42",
    "aud": EXPECTED.client,
    "nonce": EXPECTED.nonce,
    "iat": int(NOW.timestamp()),
    "exp": int(NOW.timestamp()) + 300,
}
ANY = JWSRegistry(algorithms=list(JWSRegistry.algorithms), strict_check_header=False)


def signed(claims: dict[str, Any], key: Any = OURS, **header: Any) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one", **header}, claims, key, registry=ANY)


def refused(token: str, keys: list[dict[str, Any]] = PUBLIC) -> str:
    with pytest.raises(Refused) as caught:
        verified(token, keys, EXPECTED, NOW)
    assert caught.value.why is Why.FORGED
    assert "eyJ" not in str(caught.value), "no token goes into the log"
    return str(caught.value)


def wrong_in(claims: dict[str, Any]) -> str:
    with pytest.raises(Refused) as caught:
        verified(signed(claims), PUBLIC, EXPECTED, NOW)
    assert isinstance(caught.value.__cause__, ClaimError)
    return caught.value.__cause__.claim


def but(**changed: Any) -> dict[str, Any]:
    return {name: value for name, value in (GOOD | changed).items() if value is not ...}


def at(moment: datetime) -> int:
    return int(moment.timestamp())


def test_a_good_one_is_taken() -> None:
    assert verified(signed(GOOD), PUBLIC, EXPECTED, NOW) == GOOD


def test_of_several_keys_the_named_one_counts() -> None:
    token = signed(GOOD, CURVE, alg="ES256", kid="two")
    assert verified(token, PUBLIC, EXPECTED, NOW) == GOOD


@pytest.mark.parametrize(
    ("claims", "named"),
    [
        (but(iss="https://evil.example"), "iss"),
        (but(iss=EXPECTED.issuer + "/"), "iss"),
        (but(iss=[EXPECTED.issuer]), "iss"),
        (but(iss=...), "iss"),
        (but(aud="another client"), "aud"),
        (but(aud=["another client"]), "aud"),
        (but(aud=[]), "aud"),
        (but(aud=...), "aud"),
        (but(aud=[EXPECTED.client, "another client"]), "azp"),
        (but(aud=[EXPECTED.client, "another client"], azp="another client"), "azp"),
        (but(azp="another client"), "azp"),
        (but(azp=[EXPECTED.client]), "azp"),
        (but(exp=at(NOW - SKEW)), "exp"),
        (but(exp=str(at(NOW + SKEW))), "exp"),
        (but(exp=True), "exp"),
        (but(exp=float("nan")), "exp"),
        (but(exp=...), "exp"),
        (but(iat=at(NOW + SKEW) + 1), "iat"),
        (but(iat=...), "iat"),
        (but(nbf=at(NOW + SKEW) + 1), "nbf"),
        (but(nonce="a nonce of another sign-in"), "nonce"),
        (but(nonce=[EXPECTED.nonce]), "nonce"),
        (but(nonce=""), "nonce"),
        (but(nonce=...), "nonce"),
        (but(sub=""), "sub"),
        (but(sub="  "), "sub"),
        (but(sub="x" * 256), "sub"),
        (but(sub=42), "sub"),
        (but(sub=...), "sub"),
    ],
)
def test_one_that_says_a_wrong_thing_is_refused(claims: dict[str, Any], named: str) -> None:
    assert wrong_in(claims) == named


@pytest.mark.parametrize(
    "claims",
    [
        but(exp=at(NOW - SKEW) + 1),
        but(iat=at(NOW + SKEW)),
        but(nbf=at(NOW + SKEW)),
        but(aud=[EXPECTED.client]),
        but(aud=[EXPECTED.client, "another client"], azp=EXPECTED.client),
        but(azp=EXPECTED.client),
    ],
)
def test_one_by_a_clock_that_is_a_little_off_or_for_several_is_taken(
    claims: dict[str, Any],
) -> None:
    assert verified(signed(claims), PUBLIC, EXPECTED, NOW) == claims


def test_one_of_another_key_is_refused() -> None:
    assert "signature" in refused(signed(GOOD, OTHER)).lower()


def test_one_that_was_changed_is_refused() -> None:
    head, _, tail = signed(GOOD).split(".")
    _, changed, _ = signed(but(sub="43"), OTHER).split(".")
    refused(f"{head}.{changed}.{tail}")


def test_one_that_nobody_signed_is_refused() -> None:
    unsigned = signed(GOOD).rpartition(".")[0] + "."
    refused(unsigned)
    none = "eyJhbGciOiJub25lIn0." + unsigned.split(".")[1] + "."
    assert "not allowed" in refused(none)


def test_one_that_was_signed_with_the_public_key_is_refused() -> None:
    """By HMAC, with what everybody has."""
    for secret in (OURS.as_pem(private=False), OURS.as_pem(private=False).strip(), b"a secret"):
        said = ".".join((_encoded({"alg": "HS256", "kid": "one"}), _encoded(GOOD)))
        mac = hmac.digest(secret, said.encode(), "sha256")
        assert "not allowed" in refused(f"{said}.{_base64url(mac)}")


def test_a_symmetric_key_among_the_published_ones_counts_for_nothing() -> None:
    oct_ = OctKey.import_key("a secret that is published" * 2, {"kid": "one"})
    refused(signed(GOOD, oct_, alg="HS256"), [oct_.as_dict(private=True)])


@pytest.mark.parametrize("name", ["jwk", "jku", "x5u"])
def test_a_key_that_the_token_brings_along_counts_for_nothing(name: str) -> None:
    brought = OTHER.as_dict(private=False) if name == "jwk" else "https://evil.example/keys"
    refused(signed(GOOD, OTHER, **{name: brought}))
    refused(signed(GOOD, OTHER, kid="none such", **{name: brought}))


def test_one_with_a_header_that_has_to_be_understood_and_is_not_is_refused() -> None:
    said = ".".join(
        (_encoded({"alg": "RS256", "kid": "one", "crit": ["odd"], "odd": 1}), _encoded(GOOD))
    )
    key = OURS.get_op_key("sign")
    signature = key.sign(said.encode(), PKCS1v15(), SHA256())
    assert "Unsupported" in refused(f"{said}.{_base64url(signature)}")


def _encoded(said: dict[str, Any]) -> str:
    return _base64url(json.dumps(said).encode())


def _base64url(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def test_a_key_that_enciphers_does_not_sign() -> None:
    key = OURS.as_dict(private=False) | {"use": "enc"}
    assert "no key that signs" in refused(signed(GOOD), [key])


def test_a_key_that_is_too_short_does_not_count() -> None:
    modulus = OURS.as_dict(private=False)["n"]
    short = OURS.as_dict(private=False) | {"n": str(modulus)[:171]}
    assert "no key that signs" in refused(signed(GOOD), [short])


def test_keys_that_are_none_do_not_hide_the_others() -> None:
    odd: list[dict[str, Any]] = [
        {"kty": "AKP", "alg": "ML-DSA-44", "kid": "three"},
        {"kty": "EC", "crv": "P-0", "x": "AA", "y": "AA", "kid": "four"},
        {"kty": "EC", "kid": "five"},
        {"kty": "OKP", "crv": 7, "x": None},
        {"kty": "RSA", "n": 5, "e": "AQAB"},
    ]
    assert verified(signed(GOOD), [*odd, *PUBLIC], EXPECTED, NOW) == GOOD


@given(st.text(alphabet="abcXYZ019-_.=é ", max_size=80) | st.just(".."))
def test_whatever_comes_is_refused_in_words(token: str) -> None:
    refused(token)


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["kty", "kid", "use", "crv", "n", "e", "x", "y", "alg"]),
            st.none()
            | st.integers()
            | st.sampled_from(["RSA", "EC", "OKP", "one", "sig", "P-256", "AQAB", "A" * 342])
            | st.lists(st.text(max_size=3), max_size=2),
        ),
        max_size=3,
    )
)
def test_whatever_keys_are_published_it_is_refused_in_words(keys: list[dict[str, Any]]) -> None:
    refused(signed(GOOD), keys)


@pytest.mark.parametrize(
    ("claims", "shows"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "high"}, True),
        ({"amr": ["pwd"]}, False),
        ({"amr": "mfa"}, False),
        ({"amr": [["mfa"]]}, False),
        ({"acr": ["high"]}, False),
        ({"acr": "high mfa"}, False),
        ({}, False),
    ],
)
def test_a_second_factor_is_said_in_one_of_the_words(claims: dict[str, Any], shows: bool) -> None:
    assert shows_second_factor(claims, ["mfa", "high"]) is shows
    assert not shows_second_factor(claims, [])


def test_the_clock_may_be_off_by_minutes_not_more() -> None:
    assert timedelta(minutes=1) <= SKEW <= timedelta(minutes=5)
