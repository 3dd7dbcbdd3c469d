"""What is asked of addresses that users gave, and what is not."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.outside import Answer, Forbidden, Limits, Question, Unanswered, ask, is_public

LIMITS = Limits(seconds=5, size=1000)


class TestPublicAddress:
    @pytest.mark.parametrize(
        "address",
        [
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "127.0.0.1",
            "169.254.169.254",
            "100.100.100.200",
            "168.63.129.16",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fd00:ec2::254",
            "ff02::1",
            "::ffff:10.0.0.1",
            "2002:a00:1::",
            "64:ff9b::a00:1",
        ],
    )
    def test_none_of_these(self, address):
        assert not is_public(ip_address(address))

    @pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::808:808"])
    def test_but_these(self, address):
        assert is_public(ip_address(address))

    @given(st.ip_addresses(v=4))
    def test_wrapped_as_unwrapped(self, address):
        for wrapped in (f"::ffff:{address}", f"64:ff9b::{address}"):
            assert is_public(ip_address(wrapped)) == is_public(address)


class Site(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]] = []

    def do_GET(self) -> None:
        Site.asked.append((self.path, self.headers["Host"]))
        if self.path == "/elsewhere":
            self.send_response(302)
            self.send_header("Location", "/there")
            self.end_headers()
            return
        content = b"x" * int(self.path.removeprefix("/"))
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    Site.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def get(port: int, path: str, *, private: bool = True) -> Answer:
    return ask(Question("GET", f"http://127.0.0.1:{port}/{path}"), LIMITS, private=private)


def test_a_private_network_is_asked_only_where_the_deployer_says_so(port: int) -> None:
    with pytest.raises(Forbidden):
        get(port, "5", private=False)
    assert Site.asked == []
    assert get(port, "5").content == b"xxxxx"


@pytest.mark.parametrize(("size", "is_whole"), [(1000, True), (1001, False), (100_000, False)])
def test_an_answer_that_was_cut_says_so(port: int, size: int, is_whole: bool) -> None:
    answer = get(port, str(size))
    assert (len(answer.content), answer.is_whole) == (1000, is_whole)


def test_a_redirect_is_an_answer(port: int) -> None:
    assert get(port, "elsewhere").status == 302
    assert [path for path, _host in Site.asked] == ["/elsewhere"]


def test_a_name_that_says_another_thing_the_second_time_leads_nowhere_else(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["127.0.0.1", "127.0.0.2"])

    async def rebinding(_loop: object, _host: str, port: int, **_: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", rebinding)
    question = Question("GET", f"http://rebind.example:{port}/3")
    assert ask(question, LIMITS, private=True).content == b"xxx"
    assert Site.asked == [("/3", f"rebind.example:{port}")]


@pytest.mark.parametrize("host", ["no-such-host.invalid", f"{'a' * 64}.example", "a..b"])
def test_a_host_that_cannot_be_found_answers_nothing(host: str) -> None:
    with pytest.raises(Unanswered):
        ask(Question("GET", f"https://{host}/"), LIMITS, private=False)
