"""POST to an address that a user gave, without being led into our own network (SSRF).

The host is resolved once; every address that it resolves to must be public; the connection goes
to that very address, so that a second answer of the name server (DNS rebinding) changes nothing.
No redirects, no proxies from the environment, a limit on time in whole and on the answer's size.
"""

import asyncio
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

import httpx

from alerts.channels.base import ChannelBroken, TransportError

WHOLE = 15.0
"""Seconds for everything: a receiver that drips bytes must not hold the sender."""
READ_AT_MOST = 2048
"""Bytes of the answer that are read: enough to show what it said."""

Address = IPv4Address | IPv6Address

NAT64 = IPv6Network("64:ff9b::/96")
REFUSED = frozenset({ip_address("168.63.129.16")})
"""Public by number, yet a cloud's own: Azure's platform address."""


@dataclass(frozen=True)
class Answer:
    status: int
    said: str
    retry_after: int | None


def post(url: str, content: bytes, headers: dict[str, str], *, private: bool) -> Answer:
    """Raises `TransportError` where no answer came, `ChannelBroken` for a forbidden address."""
    return asyncio.run(_within(url, content, headers, private=private))


async def _within(url: str, content: bytes, headers: dict[str, str], *, private: bool) -> Answer:
    try:
        async with asyncio.timeout(WHOLE):
            addresses = await resolve(url, private=private)
            return await _first_that_connects(url, addresses, content, headers)
    except TimeoutError:
        raise TransportError(f"no answer within {WHOLE:.0f} seconds") from None
    except httpx.HTTPError as error:
        raise TransportError(f"{type(error).__name__}: {error}") from error


async def resolve(url: str, *, private: bool) -> list[Address]:
    """The addresses of the URL's host, each once, as the resolver ranks them."""
    parts = urlsplit(url)
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(parts.hostname, _port(parts), type=socket.SOCK_STREAM)
    except OSError as error:
        raise TransportError(f"the host name does not resolve: {error}") from error
    addresses = list(dict.fromkeys(ip_address(str(info[4][0]).split("%")[0]) for info in found))
    if not private and not all(is_public(address) for address in addresses):
        raise ChannelBroken("the host lies in a private or reserved network")
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
    url: str, addresses: list[Address], content: bytes, headers: dict[str, str]
) -> Answer:
    for address in addresses[:-1]:
        try:
            return await _to(url, address, content, headers)
        except httpx.ConnectError:
            continue  # e.g. no IPv6 here: the next address of the same host
    return await _to(url, addresses[-1], content, headers)


async def _to(url: str, address: Address, content: bytes, headers: dict[str, str]) -> Answer:
    parts = urlsplit(url)
    host = f"[{address}]" if address.version == 6 else str(address)
    pinned = parts._replace(netloc=f"{host}:{_port(parts)}", fragment="").geturl()
    async with (
        httpx.AsyncClient(timeout=WHOLE, follow_redirects=False, trust_env=False) as client,
        client.stream(
            "POST",
            pinned,
            content=content,
            headers={"Host": parts.netloc, **headers},
            # The certificate is checked against the name, not against the number.
            extensions={"sni_hostname": parts.hostname or ""},
        ) as response,
    ):
        return Answer(response.status_code, await _start_of(response), _wish(response))


async def _start_of(response: httpx.Response) -> str:
    read = b""
    async for piece in response.aiter_raw():
        read += piece
        if len(read) >= READ_AT_MOST:
            break
    return read[:READ_AT_MOST].decode("utf-8", "replace")


def _wish(response: httpx.Response) -> int | None:
    asked = response.headers.get("Retry-After", "")
    return int(asked) if asked.isdecimal() and asked.isascii() else None


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)
