"""Claims, retries, records; and what a crash in the middle costs."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from django.db import connection

from alerts import deliver
from alerts.backoff import MAX_ATTEMPTS
from alerts.channels.base import TransportError
from alerts.models import Attempt, Channel, Delivery
from alerts.recipients import enable
from alerts.record import failed
from monitor.accounts.secrets import sealing

SECRET = "a secret of sixteen and more"
SOON = timedelta(seconds=5)


@pytest.fixture
def webhook(settings, build, receiver):
    settings.FENGHUO_WEBHOOK_ALLOW_PRIVATE = True
    return lambda: build.queued("webhook", url=f"{receiver.url}/hook?token=hush", secret=SECRET)


@pytest.mark.django_db
class TestOneDelivery:
    def test_is_sent_and_recorded(self, webhook, receiver, now):
        delivery = webhook()

        assert deliver.send_due(now) == {"sent": 1}

        delivery.refresh_from_db()
        assert delivery.status == "sent"
        assert delivery.attempts == 1
        assert now <= delivery.sent_at < now + SOON
        attempt = Attempt.objects.get()
        assert (attempt.accepted, attempt.said) == (True, "200 ok")
        assert delivery.channel.last_delivered_at == delivery.sent_at
        assert deliver.send_due(now + timedelta(days=1)) == {}
        assert len(receiver.requests) == 1

    def test_is_sent_only_after_the_channel_accepted(self, webhook, receiver, now):
        delivery = webhook()
        receiver.will(500, "boom")

        assert deliver.send_due(now, rng=Random(1)) == {"later": 1}

        delivery.refresh_from_db()
        assert delivery.status == "queued"
        assert delivery.sent_at is None
        assert now < delivery.next_attempt_at < now + timedelta(minutes=1) + SOON
        assert Attempt.objects.get().said == "500 boom"
        assert Channel.objects.get().last_error == "500 boom"

        assert deliver.send_due(delivery.next_attempt_at) == {"sent": 1}
        assert [a.accepted for a in Attempt.objects.order_by("pk")] == [False, True]
        assert Channel.objects.get().last_error == ""
        first, second = receiver.requests
        assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]

    def test_is_not_sent_before_its_time(self, webhook, receiver, now):
        webhook()
        assert deliver.send_due(now - SOON) == {}
        assert not receiver.requests

    def test_is_given_up_after_the_last_attempt(self, webhook, receiver, now):
        delivery = webhook()
        Delivery.objects.update(attempts=MAX_ATTEMPTS - 1)
        receiver.will(503)
        assert deliver.send_due(now) == {"failed": 1}
        delivery.refresh_from_db()
        assert delivery.status == "failed"
        assert deliver.send_due(now + timedelta(days=9)) == {}

    def test_that_kills_its_senders_is_given_up(self, webhook, receiver, now):
        webhook()
        Delivery.objects.update(
            attempts=MAX_ATTEMPTS, status="sending", claimed_until=now - timedelta(seconds=1)
        )
        assert deliver.send_due(now) == {"failed": 1}
        assert not receiver.requests

    def test_waits_as_long_as_the_receiver_asks_and_its_neighbours_too(
        self, webhook, build, receiver, now
    ):
        delivery = webhook()
        neighbour = build.delivery(delivery.channel, *delivery.warnings.all())
        receiver.will(429, "slow down", Retry_After="1800")

        assert deliver.send_due(now) == {"later": 1}

        for row in (delivery, neighbour):
            row.refresh_from_db()
            assert row.next_attempt_at >= now + timedelta(seconds=1800)
        assert len(receiver.requests) == 1

    def test_of_a_dead_channel_holds_up_no_other(self, webhook, build, receiver, now):
        dead = webhook()
        for _ in range(3):
            build.delivery(dead.channel, *dead.warnings.all())
        other = webhook()
        receiver.will(500)
        assert deliver.send_due(now) == {"later": 1, "resting": 3, "sent": 1}
        other.refresh_from_db()
        assert other.status == "sent"

    def test_whose_subject_is_gone_is_withdrawn(self, webhook, receiver, now):
        delivery = webhook()
        delivery.warnings.get().impacts.all().delete()
        assert deliver.send_due(now) == {"withdrawn": 1}
        delivery.refresh_from_db()
        assert delivery.status == "withdrawn"
        assert not receiver.requests

    def test_that_cannot_be_made_stops_no_other_and_is_tried_again(
        self, webhook, receiver, now, caplog
    ):
        odd, good = webhook(), webhook()
        impact = odd.warnings.get().impacts.get()
        impact.next_date_what = {"source": "dreamt"}
        impact.save()
        assert deliver.send_due(now) == {"later": 1, "sent": 1}
        good.refresh_from_db()
        assert good.status == "sent"
        assert odd.tries.get().said == "internal error: ValueError"
        assert "dreamt" in caplog.text

    def test_says_no_secret_anywhere(self, webhook, receiver, now, caplog):
        webhook()
        receiver.will(500, f"unknown caller {receiver.url}/hook?token=hush with {SECRET}")
        deliver.send_due(now)
        said = Attempt.objects.get().said + Channel.objects.get().last_error + caplog.text
        assert "hush" not in said
        assert SECRET not in said
        assert "unknown caller *** with ***" in said


@pytest.mark.django_db
class TestBrokenChannel:
    def test_is_disabled_and_its_owner_told_by_another(
        self, settings, build, webhook, receiver, now
    ):
        delivery = webhook()
        recipient = delivery.channel.recipient
        other = build.channel(recipient, "webhook", url=f"{receiver.url}/other", secret=SECRET)
        receiver.will(410, "gone")

        assert deliver.send_due(now) == {"broken": 1}

        channel = Channel.objects.get(pk=delivery.channel.pk)
        assert not channel.enabled
        assert channel.disabled_because == "410 gone"
        assert Attempt.objects.get().permanent
        notice = Delivery.objects.get(kind="channel_broken")
        assert (notice.channel, notice.about) == (other, channel)

        assert deliver.send_due(now + SOON) == {"sent": 1}
        told = receiver.requests[-1]
        assert told.path == "/other"
        assert told.json["type"] == "channel_broken"
        assert "410 gone" in told.json["text"]

    def test_keeps_what_waits_until_it_is_mended(self, webhook, receiver, now):
        delivery = webhook()
        receiver.will(410)
        deliver.send_due(now)
        assert deliver.send_due(now + timedelta(days=2)) == {}
        channel = Channel.objects.get()
        assert enable(channel, now + timedelta(days=2)) == 1
        assert deliver.send_due(now + timedelta(days=2)) == {"sent": 1}
        delivery.refresh_from_db()
        assert delivery.status == "sent"

    def test_does_not_send_old_news_when_mended(self, webhook, receiver, now):
        delivery = webhook()
        receiver.will(410)
        deliver.send_due(now)
        assert enable(Channel.objects.get(), now + timedelta(days=15)) == 0
        delivery.refresh_from_db()
        assert delivery.status == "withdrawn"

    def test_with_a_wrong_configuration_is_disabled_without_repeating_it(self, build, now):
        build.queued("webhook", url="ftp://user:hush@example.org", secret="short")
        assert deliver.send_due(now) == {"broken": 1}
        reason = Channel.objects.get().disabled_because
        assert "url" in reason
        assert "secret" in reason
        assert "hush" not in reason
        assert "short" not in reason.replace("shorter", "")

    def test_of_an_unknown_kind_is_disabled(self, build, now):
        build.queued("pigeon")
        assert deliver.send_due(now) == {"broken": 1}
        assert "pigeon" in Channel.objects.get().disabled_because


@pytest.mark.django_db(transaction=True)
class TestSendersInParallel:
    def test_send_each_once(self, webhook, receiver, now, run_together):
        deliveries = [webhook() for _ in range(8)]
        counts: Counter[str] = Counter()
        run_together([lambda: counts.update(deliver.send_due(now))] * 3)
        assert counts["sent"] == 8
        keys = [request.headers["Idempotency-Key"] for request in receiver.requests]
        assert len(keys) == len(set(keys)) == len(deliveries)
        assert Attempt.objects.count() == 8

    def test_a_claim_is_respected_until_it_runs_out(self, webhook, receiver, now):
        webhook()
        Delivery.objects.update(status="sending", claimed_until=now + timedelta(minutes=1))
        assert deliver.send_due(now) == {}
        assert deliver.send_due(now + timedelta(minutes=2)) == {"sent": 1}

    def test_a_late_failure_does_not_undo_what_another_sent(self, webhook, receiver, now):
        delivery = webhook()
        deliver.send_due(now)
        stalled = Delivery.objects.select_related("channel").get()
        Delivery.objects.update(attempts=2)  # a second sender claimed after the first had stalled
        failed(stalled, TransportError("too late"), now, Random(1))
        delivery.refresh_from_db()
        assert delivery.status == "sent"


SENDER = """
import datetime, os, django
django.setup()
from alerts import deliver
now = datetime.datetime.fromisoformat(os.environ["NOW"])
print(dict(deliver.send_due(now)), flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_in_the_middle_costs_one_copy_with_the_same_key(
    webhook, receiver, now, tmp_path
):
    """The receiver has the message; its answer never reaches anyone. At least once, not never."""
    delivery = webhook()
    receiver.hold = threading.Event()
    environment = {
        **os.environ,
        "FENGHUO_VAR": str(tmp_path),
        "DATABASE_URL": database_url(),
        "FENGHUO_WEBHOOK_ALLOW_PRIVATE": "true",
        "FENGHUO_ENCRYPTION_KEYS": ",".join(sealing.keys()),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "NOW": now.isoformat(),
    }
    root = Path(deliver.__file__).resolve().parents[1]
    sender = subprocess.Popen([sys.executable, "-c", SENDER], env=environment, cwd=root)
    assert receiver.got_one.wait(timeout=60)
    sender.send_signal(signal.SIGKILL)
    assert sender.wait(timeout=60) == -signal.SIGKILL
    receiver.hold.set()

    delivery.refresh_from_db()
    assert delivery.status == "sending"
    assert not Attempt.objects.exists()
    assert deliver.send_due(now + deliver.CLAIM - SOON) == {}

    assert deliver.send_due(now + deliver.CLAIM + SOON) == {"sent": 1}
    keys = [request.headers["Idempotency-Key"] for request in receiver.requests]
    assert len(keys) == 2
    assert len(set(keys)) == 1


def database_url() -> str:
    """The test's own database, for another process."""
    kept = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{kept['NAME']}"
    user = f"{kept['USER']}:{kept['PASSWORD']}" if kept["PASSWORD"] else kept["USER"]
    return f"postgres://{user}@{kept['HOST'] or 'localhost'}:{kept['PORT'] or 5432}/{kept['NAME']}"
