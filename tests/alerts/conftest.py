"""A base, a measure and what it does to the base, as the rooms before leave them."""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default as modern
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import connections
from django.test import Client

from alerts.models import Channel, Delivery, Recipient, Sentinel, Sighting, Subscription
from alerts.models import Warning as Warned
from monitor.accounts.models import Affiliation, Membership, Organisation, Share, User
from monitor.accounts.words import Kind, Role
from monitor.bases.models import Base, Enterprise
from monitor.impact.models import LOUDNESS, Impact, Level
from monitor.jobs.rooms import State
from monitor.notices.models import Entry, Measure, Notice
from tests.signing_in import signed_in

REASONS = [
    {
        "code": "match",
        "params": {
            "depth": "heading",
            "evidence": "printed",
            "probability": 1.0,
            "goods": [{"code": "731700", "zh": "钢钉", "en": "Steel nails"}],
            "count": 1,
        },
    },
    {"code": "rule", "params": {"id": "ad-preliminary", "zh": "初裁影响出口", "en": "Duties bite"}},
]

MATCH = {
    "hs6": "731700",
    "claim": "7317",
    "depth": "heading",
    "weight": "0.6",
    "probability": 0.97,
    "evidence": "printed",
    "value_usd": "20576130.00",
    "product_line": "7317",
}


@dataclass
class Build:
    """Makes rows with plausible defaults; every call makes new ones."""

    now: datetime
    count: int = 0
    firms: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {"id": 1, "name_zh": "甲公司", "name_en": "Jia", "value_usd": "3000000.00"},
            {"id": 2, "name_zh": "乙公司", "name_en": "", "value_usd": "1000000.00"},
        ]
    )

    def _next(self) -> int:
        self.count += 1
        return self.count

    def organisation(self, kind: Kind, name: str) -> Organisation:
        return Organisation.objects.get_or_create(
            kind=kind, name_zh=name, defaults={"created_at": self.now}
        )[0]

    def chamber(self) -> Organisation:
        """It has admitted both firms; the first shows it its figures."""
        chamber = self.organisation(Kind.CHAMBER, "鞋业商会")
        if not chamber.affiliates.exists():
            first, _second = [self._firm(row, chamber) for row in self.firms]
            Share.objects.create(
                owner=first,
                receiver=chamber,
                what=Share.What.FIGURES,
                since=self.now - timedelta(days=1),
            )
        return chamber

    def _firm(self, row: dict[str, Any], chamber: Organisation) -> Organisation:
        firm = self.organisation(Kind.ENTERPRISE, row["name_zh"])
        names = {"name_zh": row["name_zh"], "name_en": row["name_en"]}
        Enterprise.objects.create(pk=row["id"], organisation=firm, **names)
        Affiliation.objects.create(member=firm, of=chamber, since=self.now)
        return firm

    def base(self, code: str = "footwear", **fields: Any) -> Base:
        return Base.objects.get_or_create(
            code=code, defaults={"name_zh": "鞋类基地", "name_en": "Footwear base", **fields}
        )[0]

    def measure(self, **fields: Any) -> Measure:
        defaults: dict[str, Any] = {
            "kind": "anti_dumping",
            "jurisdiction": "US",
            "authority": "Department of Commerce",
            "origin": "CN",
            "title": "Certain Steel Nails",
            "first_published": date(2025, 5, 20),
            "last_published": date(2025, 5, 20),
        }
        return Measure.objects.create(**{**defaults, **fields})

    def notice(self, **fields: Any) -> Notice:
        defaults: dict[str, Any] = {
            "source": "us-federal-register",
            "number": f"2025-{self._next():05d}",
            "title": "Certain Steel Nails From China: Preliminary Determination",
            "language": "en",
            "published": date(2025, 5, 20),
            "url": "https://www.federalregister.gov/d/2025-00001",
            "authority": "Department of Commerce",
            "jurisdiction": "US",
            "kinds": ["anti_dumping"],
            "proceeding": "investigation",
            "event": "preliminary",
            "outcome": "affirmative",
            "origins": ["CN"],
            "product": "certain steel nails",
            "item": {},
            "fingerprint": "0" * 64,
            "first_seen": self.now,
            "last_changed": self.now,
        }
        return Notice.objects.create(**{**defaults, **fields})

    def entry(self, measure: Measure | None = None, **fields: Any) -> Entry:
        defaults: dict[str, Any] = {
            "occasion": "investigation/preliminary/2025-05-20",
            "change": ["event"],
        }
        notice = fields.pop("notice", None) or self.notice()
        return Entry.objects.create(
            measure=measure or self.measure(), notice=notice, **{**defaults, **fields}
        )

    def impact(
        self,
        base: Base | None = None,
        entry: Entry | None = None,
        level: str = "red",
        **fields: Any,
    ) -> Impact:
        defaults: dict[str, Any] = {
            "markets": ["US"],
            "matches": [MATCH],
            "exposure_usd": Decimal("12345678.00"),
            "share": Decimal("0.045"),
            "firms": self.firms,
            "as_of_month": date(2025, 4, 1),
            "next_date": date(2025, 6, 20),
            "next_date_what": {
                "source": "computed",
                "kind": "hearing",
                "zh": "听证",
                "en": "Hearing",
                "rule": "us-hearing",
                "basis": "19 CFR 351.310",
                "citation": "19 CFR 351.310",
                "verified": False,
            },
            "reasons": REASONS,
            "assessed_at": self.now,
        }
        return Impact.objects.create(
            base=base or self.base(),
            entry=entry or self.entry(),
            level=level,
            loudness=LOUDNESS[Level(level)],
            **{**defaults, **fields},
        )

    def recipient(self, name: str = "", **fields: Any) -> Recipient:
        """A desk of the chamber, unless it is another's or the house's own."""
        fields = fields if "organisation" in fields else {**fields, "organisation": self.chamber()}
        return Recipient.objects.create(name=name or f"王科 {self._next()}", **fields)

    def subscription(
        self, recipient: Recipient, base: Base | None = None, **fields: Any
    ) -> Subscription:
        return Subscription.objects.create(recipient=recipient, base=base or self.base(), **fields)

    def channel(self, recipient: Recipient, kind: str = "console", **config: Any) -> Channel:
        return Channel.objects.create(recipient=recipient, kind=kind, config=config)

    def warning(self, recipient: Recipient, *impacts: Impact, pace: str = "now") -> Warned:
        entry = impacts[0].entry
        warning = Warned.objects.create(
            recipient=recipient,
            measure=entry.measure,
            occasion=entry.occasion,
            pace=pace,
            created_at=self.now,
        )
        warning.impacts.set(impacts)
        return warning

    def delivery(self, channel: Channel, *warnings: Warned, **fields: Any) -> Delivery:
        defaults: dict[str, Any] = {
            "key": f"{channel.pk}:test:{self._next()}",
            "created_at": self.now,
            "next_attempt_at": self.now,
        }
        delivery = Delivery.objects.create(channel=channel, **{**defaults, **fields})
        delivery.warnings.set(warnings)
        return delivery

    def settled(self, **fields: Any) -> Notice:
        """A notice that the rooms before the sentinels have done with."""
        return self.notice(classify_state=State.DONE, assess_state=State.DONE, **fields)

    def sentinel(self, recipient: Recipient, query: str = "market:US", **fields: Any) -> Sentinel:
        defaults: dict[str, Any] = {
            "name": f"岗 {self._next()}",
            "created_at": self.now,
            "changed_at": self.now,
        }
        return Sentinel.objects.create(recipient=recipient, query=query, **{**defaults, **fields})

    def sighting(self, sentinel: Sentinel, notice: Notice, **fields: Any) -> Sighting:
        return Sighting.objects.create(sentinel=sentinel, notice=notice, seen_at=self.now, **fields)

    def told(self, channel: Channel, *sightings: Sighting) -> Delivery:
        delivery = self.delivery(channel, kind=Delivery.Kind.SIGHTINGS)
        delivery.sightings.set(sightings)
        return delivery

    def queued(self, kind: str = "console", **config: Any) -> Delivery:
        """A warning on its way to a recipient with one channel."""
        recipient = self.recipient()
        self.subscription(recipient)
        channel = self.channel(recipient, kind, **config)
        return self.delivery(channel, self.warning(recipient, self.impact()))


@pytest.fixture
def build(now: datetime) -> Build:
    return Build(now)


@pytest.fixture
def client(build: Build) -> Client:
    """An officer of the province's office, who sees the bases."""
    office = build.organisation(Kind.OFFICE, "省商务厅")
    officer = User.objects.create(username="officer@example.org", name="林经办")
    Membership.objects.create(user=officer, organisation=office, role=Role.OFFICER, since=build.now)
    return signed_in(officer)


@pytest.fixture
def make_build(now: datetime) -> Callable[[], Build]:
    return lambda: Build(now)


@dataclass
class Request:
    path: str
    headers: Message
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Receiver:
    """A real HTTP server that keeps what it is sent and answers what it is told to."""

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    answers: deque[tuple[int, dict[str, str], str]] = field(default_factory=deque)
    """Status, headers, body of the answers to come; then 200 `ok`."""
    got_one: threading.Event = field(default_factory=threading.Event)
    hold: threading.Event | None = None
    """Where given, the answer waits for it."""

    def will(self, status: int, body: str = "", **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.append((status, named, body))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.requests.append(Request(self.path, self.headers, body))
            kept.got_one.set()
            if kept.hold is not None:
                kept.hold.wait(timeout=60)
            status, headers, said = kept.answers.popleft() if kept.answers else (200, {}, "ok")
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said.encode())))
            self.end_headers()
            self.wfile.write(said.encode())

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_args: object) -> None:
            """A sender that was killed leaves a broken pipe; that is the test's own doing."""

    server = Server(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield kept
    if kept.hold is not None:
        kept.hold.set()
    server.shutdown()
    server.server_close()
    thread.join(timeout=10)


@dataclass
class Mailbox:
    """What a real SMTP server was given, and what it is told to answer."""

    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    rcpt: deque[str] = field(default_factory=deque)
    data: deque[str] = field(default_factory=deque)

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:  # noqa: N802
        answer = self.rcpt.popleft() if self.rcpt else "250 OK"
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
            self.recipients.append(address)
        return answer

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802
        answer = self.data.popleft() if self.data else "250 OK"
        if answer.startswith("2"):
            mail = message_from_bytes(envelope.content, policy=modern)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
        return answer


class AnyPort(Controller):
    def _trigger_server(self) -> None:
        # It greets itself to see whether it is up, at the port that it was given: 0.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    box = Mailbox()
    controller = AnyPort(box, hostname="127.0.0.1", port=0)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield box
    controller.stop()


@pytest.fixture
def run_together() -> Callable[[list[Callable[[], object]]], None]:
    """Each job in a thread with a database connection of its own, all from the same moment."""

    def together(jobs: list[Callable[[], object]]) -> None:
        start = threading.Barrier(len(jobs))
        errors: list[BaseException] = []

        def run(job: Callable[[], object]) -> None:
            try:
                start.wait(timeout=30)
                job()
            except BaseException as error:  # noqa: BLE001 - raised by the test's own thread below
                errors.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)
        assert not errors

    return together
