"""Asks addresses that users gave, without being led into our own network (SSRF).

The host is resolved once; every address that it resolves to must be public; the connection goes
to that very address, so that a second answer of the name server (DNS rebinding) changes nothing.
No redirects, no proxies from the environment, a limit on time in whole and on the answer's size.
"""

import asyncio
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

import httpx

Address = IPv4Address | IPv6Address

NAT64 = IPv6Network("64:ff9b::/96")
REFUSED = frozenset({ip_address("168.63.129.16")})
"""Public by number, yet a cloud's own: Azure's platform address."""


class Unanswered(Exception):
    """No answer came, or not in time."""


class Forbidden(Exception):
    """The host lies where nobody who gives us an address may lead us."""


@dataclass(frozen=True)
class Question:
    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""


@dataclass(frozen=True)
class Answer:
    """`content`: as it came, undecoded, at most as much as was wanted; `is_whole`: all of it."""

    status: int
    headers: httpx.Headers
    content: bytes
    is_whole: bool


@dataclass(frozen=True)
class Limits:
    """`seconds`: for everything, so that an answer that drips holds nobody; `size`: in bytes."""

    seconds: float
    size: int


def ask(question: Question, limits: Limits, *, private: bool) -> Answer:
    """`private`: addresses of private networks may be asked.

    Raises `Unanswered`, `Forbidden`.
    """
    return asyncio.run(_within(question, limits, private=private))


async def _within(question: Question, limits: Limits, *, private: bool) -> Answer:
    try:
        async with asyncio.timeout(limits.seconds):
            addresses = await resolve(question.url, private=private)
            return await _first_that_connects(question, addresses, limits)
    except TimeoutError:
        raise Unanswered(f"no answer within {limits.seconds:.0f} seconds") from None
    except httpx.HTTPError as error:
        raise Unanswered(f"{type(error).__name__}: {error}") from error


async def resolve(url: str, *, private: bool) -> list[Address]:
    """The addresses of the URL's host, each once, as the resolver ranks them."""
    parts = urlsplit(url)
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(parts.hostname, _port(parts), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        # UnicodeError: a label that is too long, which the codec of host names refuses.
        raise Unanswered(f"the host name does not resolve: {error}") from error
    addresses = list(dict.fromkeys(ip_address(str(info[4][0]).split("%")[0]) for info in found))
    if not private and not all(is_public(address) for address in addresses):
        raise Forbidden("the host lies in a private or reserved network")
    return addresses


def is_public(address: Address) -> bool:
    """Whether it is an address of the open internet, also inside an IPv6 wrapping."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and address not in REFUSED


async def _first_that_connects(
    question: Question, addresses: list[Address], limits: Limits
) -> Answer:
    for address in addresses[:-1]:
        try:
            return await _to(question, address, limits)
        except httpx.ConnectError:
            continue  # e.g. no IPv6 here: the next address of the same host
    return await _to(question, addresses[-1], limits)


async def _to(question: Question, address: Address, limits: Limits) -> Answer:
    parts = urlsplit(question.url)
    host = f"[{address}]" if address.version == 6 else str(address)
    pinned = parts._replace(netloc=f"{host}:{_port(parts)}", fragment="").geturl()
    async with (
        httpx.AsyncClient(
            timeout=limits.seconds, follow_redirects=False, trust_env=False, verify=_trusted()
        ) as client,
        client.stream(
            question.method,
            pinned,
            content=question.content,
            headers={"Host": parts.netloc, **question.headers},
            # The certificate is checked against the name, not against the number.
            extensions={"sni_hostname": parts.hostname or ""},
        ) as response,
    ):
        content, is_whole = await _start_of(response, limits.size)
        return Answer(response.status_code, response.headers, content, is_whole)


@cache
def _trusted() -> ssl.SSLContext:
    """Reading the authorities that are trusted takes longer than many an answer."""
    return httpx.create_ssl_context(trust_env=False)


async def _start_of(response: httpx.Response, size: int) -> tuple[bytes, bool]:
    read = b""
    async for piece in response.aiter_raw():
        read += piece
        if len(read) > size:
            return read[:size], False
    return read, True


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)
