"""The signed webhook, against a real receiver; and where it must not be led."""

import asyncio
import hashlib
import hmac
import json
import socket
import threading
from pathlib import Path

import pytest

from alerts import deliver
from alerts.channels.base import ChannelBroken, TransportError
from alerts.channels.webhook import TRANSPORT, post
from alerts.models import Attempt, Channel

SECRET = "a secret of sixteen and more"


@pytest.fixture
def open_network(settings):
    settings.FENGHUO_WEBHOOK_ALLOW_PRIVATE = True


@pytest.fixture
def hook(open_network, build, receiver):
    return build.queued("webhook", url=f"{receiver.url}/hook?a=1", secret=SECRET)


@pytest.mark.django_db
class TestReceiver:
    def test_can_prove_who_sent_it(self, hook, receiver, now):
        deliver.send_due(now)
        (request,) = receiver.requests
        stamp = request.headers["Fenghuo-Timestamp"]
        signed = stamp.encode() + b"." + request.body
        mac = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        assert request.headers["Fenghuo-Signature"] == f"v1={mac}"
        assert 0 <= int(stamp) - now.timestamp() < 5
        assert request.path == "/hook?a=1"
        assert request.headers["Host"] == receiver.url.removeprefix("http://")

    def test_reads_the_warning_in_the_words_of_the_contract(self, hook, receiver, now):
        deliver.send_due(now)
        (request,) = receiver.requests
        content = request.json
        assert content["type"] == "warning"
        assert content["id"] == request.headers["Idempotency-Key"]
        assert content["sample"] is False
        (warning,) = content["warnings"]
        assert warning["level"] == "red"
        assert warning["occasion"] == "investigation/preliminary/2025-05-20"
        assert warning["measure"]["kind"] == "anti_dumping"
        assert warning["notice"]["event"] == "preliminary"
        assert warning["next_date"]["date"] == "2025-06-20"
        (impact,) = warning["impacts"]
        assert impact["exposure_usd"] == "12345678.00"
        assert impact["hs6"] == ["731700"]
        assert impact["base"] == "footwear"

    def test_finds_every_field_in_the_documentation(self, hook, receiver, now):
        deliver.send_due(now)
        root = Path(deliver.__file__).resolve().parents[1]
        written = (root / "docs" / "channels.md").read_text(encoding="utf-8")
        documented = json.loads(written.split("```json")[1].split("```")[0])
        # A firm's and a reason's own fields belong to the assess room.
        assert shape(receiver.requests[0].json) == shape(documented)

    @pytest.mark.parametrize(
        ("status", "result"),
        [(204, "sent"), (410, "broken"), (400, "later"), (404, "later"), (500, "later")],
    )
    def test_answers(self, hook, receiver, now, status, result):
        receiver.will(status)
        assert deliver.send_due(now) == {result: 1}
        assert Channel.objects.get().enabled is (result != "broken")

    def test_that_sends_elsewhere_is_not_followed(self, hook, receiver, now):
        receiver.will(307, Location=f"{receiver.url}/elsewhere")
        assert deliver.send_due(now) == {"later": 1}
        assert "redirects are not followed" in Attempt.objects.get().said
        assert [request.path for request in receiver.requests] == ["/hook?a=1"]

    def test_that_talks_without_end_is_cut_short(self, hook, receiver, now):
        receiver.will(200, "x" * 5_000_000)
        assert deliver.send_due(now) == {"sent": 1}
        assert len(Attempt.objects.get().said) <= 500

    def test_that_never_answers_is_left(self, hook, receiver, now, monkeypatch):
        monkeypatch.setattr(post, "WHOLE", 0.3)
        receiver.hold = threading.Event()
        assert deliver.send_due(now) == {"later": 1}
        assert "no answer within" in Attempt.objects.get().said

    def test_that_drips_its_answer_is_left(self, open_network, build, now, monkeypatch):
        """Every byte comes in time; the whole does not."""
        monkeypatch.setattr(post, "WHOLE", 0.5)
        done = threading.Event()
        with socket.create_server(("127.0.0.1", 0)) as server:
            thread = threading.Thread(target=drip, args=(server, done))
            thread.start()
            url = f"http://127.0.0.1:{server.getsockname()[1]}/"
            build.queued("webhook", url=url, secret=SECRET)
            assert deliver.send_due(now) == {"later": 1}
            done.set()
            thread.join(timeout=10)
        assert "no answer within" in Attempt.objects.get().said


def shape(value):
    """The names of the fields, all the way down; of a list, those of its first row."""
    if isinstance(value, dict):
        return {name: shape(of) for name, of in value.items() if name not in {"firms", "reasons"}}
    return [shape(value[0])] if isinstance(value, list) and value else None


def drip(server, done):
    connection, _ = server.accept()
    with connection:
        connection.recv(65536)
        try:
            while not done.wait(0.02):
                connection.sendall(b"H")
        except OSError:
            return


@pytest.mark.django_db
class TestAddress:
    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433"])
    def test_of_our_own_is_refused_and_nothing_sent(self, build, receiver, now, host):
        port = receiver.url.rsplit(":", 1)[1]
        build.queued("webhook", url=f"https://{host}:{port}/", secret=SECRET)
        assert deliver.send_due(now) == {"broken": 1}
        assert "private or reserved" in Channel.objects.get().disabled_because
        assert not receiver.requests

    @pytest.mark.parametrize(
        "url",
        [
            "http://example.org/",
            "ftp://example.org/",
            "https:///path",
            "https://user:password@example.org/",
            "file:///etc/passwd",
        ],
    )
    def test_that_is_not_plain_https_is_refused(self, url):
        with pytest.raises(ChannelBroken, match="url"):
            TRANSPORT.read({"url": url, "secret": SECRET})

    def test_is_shown_by_its_host_only(self):
        config = {"url": "https://hooks.example.org/T/hush", "secret": SECRET}
        assert TRANSPORT.describe(config) == "hooks.example.org"


def test_a_name_that_does_not_resolve_is_tried_again():
    with pytest.raises(TransportError, match="does not resolve"):
        post.post("https://no-such-host.invalid/", b"{}", {}, private=False)


def test_the_connection_goes_to_the_address_that_was_checked(receiver, monkeypatch):
    """DNS rebinding: the second answer of the name server is never asked for."""
    asked = []
    port = int(receiver.url.rsplit(":", 1)[1])

    async def rebinding(_loop, host, port, **_kwargs):
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", rebinding)
    answer = post.post(f"http://rebind.example:{port}/x", b"{}", {}, private=True)
    assert answer.status == 200
    assert asked[0] == "rebind.example"
    assert "rebind.example" not in asked[1:]
    assert receiver.requests[0].headers["Host"] == f"rebind.example:{port}"
