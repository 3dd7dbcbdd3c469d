"""Slack, played by a real server on loopback; the client is Slack's own."""

from datetime import timedelta

import pytest
from django.utils import translation

from alerts import deliver, messages
from alerts.channels.base import ChannelBroken
from alerts.channels.slack import TRANSPORT, answers
from alerts.channels.slack.blocks import blocks, fallback
from alerts.models import Attempt, Channel, Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loopback(settings):
    settings.FENGHUO_WEBHOOK_ALLOW_PRIVATE = True


@pytest.fixture
def hook(build, receiver):
    return build.queued("slack", webhook_url=f"{receiver.url}/services/T0/B0/hush")


@pytest.fixture
def bot(build, receiver):
    return build.queued("slack", token="xoxb-hush", channel="C123", api_url=f"{receiver.url}/api/")


class TestWebhook:
    def test_is_sent_blocks(self, hook, receiver, now):
        assert deliver.send_due(now) == {"sent": 1}
        (request,) = receiver.requests
        assert request.path == "/services/T0/B0/hush"
        assert request.json["blocks"][0]["type"] == "header"
        assert "鞋类基地" in request.json["text"]
        assert "1,235 万美元" in str(request.json["blocks"])

    def test_is_asked_again_when_it_wishes(self, hook, receiver, now):
        receiver.will(429, "rate_limited", Retry_After="7200")
        assert deliver.send_due(now) == {"later": 1}
        assert Delivery.objects.get().next_attempt_at >= now + timedelta(hours=2)
        assert len(receiver.requests) == 1

    @pytest.mark.parametrize(
        ("status", "said", "result"),
        [
            (404, "no_service", "broken"),
            (403, "action_prohibited", "broken"),
            (410, "channel_is_archived", "broken"),
            (400, "invalid_payload", "failed"),
            (500, "rollup_error", "later"),
            (503, "", "later"),
        ],
    )
    def test_says_no(self, hook, receiver, now, *, status, said, result):
        receiver.will(status, said)
        assert deliver.send_due(now) == {result: 1}
        assert Channel.objects.get().enabled is (result != "broken")
        assert Attempt.objects.get().said == f"{status} {said}"

    def test_that_is_down_is_tried_again_without_naming_its_address(self, build, now, caplog):
        build.queued("slack", webhook_url="http://127.0.0.1:9/services/hush")
        assert deliver.send_due(now) == {"later": 1}
        assert "hush" not in Attempt.objects.get().said + caplog.text


class TestBot:
    def test_is_sent_blocks_and_the_key(self, bot, receiver, now):
        receiver.will(200, '{"ok": true, "ts": "1.2"}', Content_Type="application/json")
        assert deliver.send_due(now) == {"sent": 1}
        (request,) = receiver.requests
        assert request.path == "/api/chat.postMessage"
        assert request.headers["Authorization"] == "Bearer xoxb-hush"
        assert request.json["channel"] == "C123"
        assert request.json["metadata"]["event_payload"]["idempotency_key"]
        assert Attempt.objects.get().said == "ok 1.2"

    @pytest.mark.parametrize(
        ("error", "result"),
        [
            ("invalid_auth", "broken"),
            ("channel_not_found", "broken"),
            ("invalid_blocks", "failed"),
            ("internal_error", "later"),
        ],
    )
    def test_says_no(self, bot, receiver, now, error, result):
        receiver.will(200, f'{{"ok": false, "error": "{error}"}}', Content_Type="application/json")
        assert deliver.send_due(now) == {result: 1}
        assert error in Attempt.objects.get().said
        assert Channel.objects.get().enabled is (result != "broken")

    def test_is_asked_again_when_it_wishes(self, bot, receiver, now):
        receiver.will(
            429,
            '{"ok": false, "error": "ratelimited"}',
            Retry_After="60",
            Content_Type="application/json",
        )
        assert deliver.send_due(now) == {"later": 1}
        assert Delivery.objects.get().next_attempt_at >= now + timedelta(seconds=60)

    def test_keeps_its_token_out_of_what_is_said(self, bot, receiver, now, caplog):
        caplog.set_level("DEBUG")
        receiver.will(
            200, '{"ok": false, "error": "bad xoxb-hush"}', Content_Type="application/json"
        )
        deliver.send_due(now)
        assert "xoxb-hush" not in Attempt.objects.get().said + caplog.text
        assert "***" in Attempt.objects.get().said


class TestConfiguration:
    @pytest.mark.parametrize(
        "config",
        [
            {},
            {"token": "xoxb-1"},
            {"channel": "C1"},
            {"token": "xoxb-1", "channel": "C1", "webhook_url": "https://hooks.slack.com/x"},
            {"webhook_url": "http://hooks.slack.com/x"},
            {"webhook_url": "https://hooks.slack.com.example.org/x"},
            {"webhook_url": "https://169.254.169.254/latest"},
            {"token": "xoxb-1", "channel": "C1", "api_url": "https://example.org/api/"},
        ],
    )
    def test_that_leads_elsewhere_is_refused(self, settings, config):
        settings.FENGHUO_WEBHOOK_ALLOW_PRIVATE = False
        with pytest.raises(ChannelBroken):
            TRANSPORT.read(config)

    @pytest.mark.parametrize(
        "config",
        [
            {"webhook_url": "https://hooks.slack.com/services/T/B/x"},
            {"webhook_url": "https://hooks.slack-gov.com/services/T/B/x"},
            {"token": "xoxb-1", "channel": "C1"},
        ],
    )
    def test_that_leads_to_slack_is_taken(self, settings, config):
        settings.FENGHUO_WEBHOOK_ALLOW_PRIVATE = False
        assert "hooks" not in TRANSPORT.describe(config)


class TestBlocks:
    def test_keep_within_the_limits_however_long_a_digest(self, build, now):
        recipient = build.recipient(language="en")
        many = [
            build.warning(recipient, build.impact(entry=build.entry(notice=self.wordy(build))))
            for _ in range(40)
        ]
        delivery = build.delivery(build.channel(recipient), *many, kind="digest")
        made = self.english(messages.of(delivery, now))
        assert len(made) <= 50
        texts = [b["text"]["text"] for b in made if b["type"] == "section"]
        assert all(0 < len(text) <= 3000 for text in texts)
        assert len(made[0]["text"]["text"]) <= 150
        assert any("more warnings" in text for text in texts)

    @staticmethod
    def english(message):
        with translation.override("en"):
            return blocks(message)

    @staticmethod
    def wordy(build):
        return build.notice(title="Nails & <screws> " * 200, product="& " * 2000)

    def test_escape_what_slack_would_read(self, build, now):
        recipient = build.recipient(language="en")
        notice = build.notice(
            title="<!channel> & <http://example.org|click>", url="https://example.org/a|b>c<d e"
        )
        impact = build.impact(entry=build.entry(notice=notice))
        delivery = build.delivery(build.channel(recipient), build.warning(recipient, impact))
        message = messages.of(delivery, now)
        text = str(self.english(message))
        assert "<!channel>" not in text.replace(message.subject, "")
        assert "&lt;!channel&gt; &amp; &lt;http://example.org|click&gt;" in text
        assert "<https://example.org/a%7Cb%3Ec%3Cd%20e|Original>" in text
        assert "&lt;!channel&gt;" in fallback(message)


def test_an_unknown_refusal_does_not_disable():
    assert not isinstance(answers.fault(200, "something_new", None), ChannelBroken)
