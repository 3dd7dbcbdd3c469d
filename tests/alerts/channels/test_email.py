"""Mail, through a real SMTP server."""

import re
import socket
from email import message_from_bytes
from email.policy import default as modern
from pathlib import Path

import pytest

from alerts import deliver
from alerts.models import Attempt, Channel, Delivery

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert(1)</script> & "nails"\r\nBcc: all@example.org'


def test_text_and_html_with_one_click_unsubscribe(build, mailbox, now, client):
    delivery = build.queued("email", to="wang@example.org")

    assert deliver.send_due(now) == {"sent": 1}

    (mail,) = mailbox.mails
    assert mailbox.recipients == ["wang@example.org"]
    assert mail["To"] == "wang@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    plain, html = (part.get_content() for part in mail.iter_parts())
    for said in ("鞋类基地", "1,235 万美元", "还剩 18 天", "待核实"):
        assert said in plain
        assert said in html
    url = mail["List-Unsubscribe"].strip(" <>")
    assert url in plain
    path = url.removeprefix("http://127.0.0.1:8000")
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Channel.objects.get(pk=delivery.channel_id).enabled


def test_the_same_message_id_at_every_attempt(build, mailbox, now):
    build.queued("email", to="wang@example.org")
    mailbox.data.append("451 4.3.0 try later")
    assert deliver.send_due(now) == {"later": 1}
    assert "451" in Attempt.objects.get().said
    Delivery.objects.update(status="queued", next_attempt_at=now)
    deliver.send_due(now)
    Delivery.objects.update(status="queued", next_attempt_at=now)
    deliver.send_due(now)
    first, second = mailbox.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert re.fullmatch(r"<[0-9a-f-]{36}@127\.0\.0\.1>", first["Message-ID"])


def test_two_deliveries_have_two_message_ids(build, mailbox, now):
    for _ in range(2):
        build.queued("email", to="wang@example.org")
    deliver.send_due(now)
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 2


@pytest.mark.parametrize(
    ("answer", "result", "enabled"),
    [
        ("450 4.2.1 busy", "later", True),
        ("550 5.1.1 no such user", "broken", False),
        ("550 no such user", "broken", False),
        ("552 5.2.2 mailbox full", "failed", True),
        ("550 5.7.1 your network is on a block list", "failed", True),
    ],
)
def test_what_is_said_of_the_recipient(build, mailbox, now, *, answer, result, enabled):
    build.queued("email", to="wang@example.org")
    mailbox.rcpt.append(answer)
    assert deliver.send_due(now) == {result: 1}
    assert Channel.objects.get().enabled is enabled
    assert Attempt.objects.get().said == answer
    assert not mailbox.mails


def test_a_message_refused_for_good_leaves_the_channel_enabled(build, mailbox, now):
    build.queued("email", to="wang@example.org")
    mailbox.data.append("554 5.6.0 will not have it")
    assert deliver.send_due(now) == {"failed": 1}
    assert Delivery.objects.get().status == "failed"
    assert Channel.objects.get().enabled


def test_no_server_is_no_fault_of_the_recipient(build, settings, now):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    build.queued("email", to="wang@example.org")
    assert deliver.send_due(now) == {"later": 1}
    assert "ConnectionRefusedError" in Attempt.objects.get().said
    assert Channel.objects.get().enabled


def test_a_hostile_title_is_text(build, mailbox, now):
    recipient = build.recipient(language="en")
    notice = build.notice(title=HOSTILE, url="javascript:alert(1)", product="<b>nails</b>")
    impact = build.impact(entry=build.entry(notice=notice))
    channel = build.channel(recipient, "email", to="wang@example.org")
    build.delivery(channel, build.warning(recipient, impact))
    assert deliver.send_due(now) == {"sent": 1}
    (mail,) = mailbox.mails
    assert mail["Bcc"] is None
    assert "\n" not in mail["Subject"]
    plain, html = (part.get_content() for part in mail.iter_parts())
    assert "<script>" in plain
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;nails&quot;" in html
    assert "&lt;b&gt;nails" in html
    assert "javascript:" not in html


def test_without_a_server_mail_goes_to_files(build, settings, tmp_path: Path, now):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    build.queued("email", to="wang@example.org")
    assert deliver.send_due(now) == {"sent": 1}
    (file,) = tmp_path.iterdir()
    mail = message_from_bytes(file.read_bytes(), policy=modern)
    assert mail["To"] == "wang@example.org"


def test_an_address_that_is_none_disables_the_channel(build, now):
    build.queued("email", to="wang@example.org\nBcc: all@example.org")
    assert deliver.send_due(now) == {"broken": 1}
    assert "is no mail address" in Channel.objects.get().disabled_because
