"""Slack: an incoming webhook, or a bot token with `chat.postMessage`."""

import logging
from datetime import timedelta
from typing import Any, Self
from urllib.error import URLError
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from pydantic import SecretStr, field_validator, model_validator
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from alerts.channels.base import ChannelConfig, Envelope, Transport, TransportError
from alerts.channels.slack.answers import fault
from alerts.channels.slack.blocks import blocks, fallback

TIMEOUT = 20

# Above DEBUG whatever the root logger says: the library logs URLs and tokens there, which are
# secrets.
_quiet = logging.getLogger("alerts.channels.slack.sdk")
_quiet.setLevel(logging.WARNING)


class Config(ChannelConfig):
    """Either `webhook_url`, or `token` (bot, scope `chat:write`) and `channel`."""

    webhook_url: SecretStr | None = None
    token: SecretStr | None = None
    channel: str | None = None
    api_url: str = "https://slack.com/api/"

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.webhook_url is None) == (self.token is None):
            raise ValueError("give either webhook_url, or token and channel")
        if (self.token is None) != (self.channel is None):
            raise ValueError("token and channel belong together")
        return self

    @field_validator("webhook_url")
    @classmethod
    def _slack_webhook(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None:
            _at_slack(url.get_secret_value())
        return url

    @field_validator("api_url")
    @classmethod
    def _slack_api(cls, url: str) -> str:
        return _at_slack(url)


def _at_slack(url: str) -> str:
    """Only Slack's own hosts: a URL that a user gives must not lead into our network."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    known = f".{host}".endswith((".slack.com", ".slack-gov.com"))
    if not settings.FENGHUO_WEBHOOK_ALLOW_PRIVATE and not (parts.scheme == "https" and known):
        raise ValueError("must be an https address of slack.com")
    return url


def send(config: Config, envelope: Envelope) -> str:
    message = {"text": fallback(envelope.message), "blocks": blocks(envelope.message)}
    try:
        if config.webhook_url is not None:
            return _by_webhook(config.webhook_url.get_secret_value(), message)
        return _by_bot(config, envelope.key, message)
    except (URLError, OSError, SlackClientError) as error:
        raise TransportError(f"{type(error).__name__}: {error}") from error


def _by_webhook(url: str, message: dict[str, Any]) -> str:
    # Retries are the outbox's: no handler of the library's own.
    client = WebhookClient(url, timeout=TIMEOUT, logger=_quiet, retry_handlers=[])
    answer = client.send(**message, unfurl_links=False)
    if answer.status_code != 200:
        raise fault(answer.status_code, answer.body, _wish(answer.headers))
    return answer.body


def _by_bot(config: Config, key: str, message: dict[str, Any]) -> str:
    if config.token is None or config.channel is None:
        raise TypeError("the configuration's validator lets no such through")
    client = WebClient(
        config.token.get_secret_value(),
        base_url=config.api_url,
        timeout=TIMEOUT,
        logger=_quiet,
        retry_handlers=[],
    )
    # Slack does not drop copies; the key lets whoever reads the channel by program do it.
    sight = {"event_type": "fenghuo_delivery", "event_payload": {"idempotency_key": key}}
    try:
        answer = client.chat_postMessage(
            channel=config.channel, **message, metadata=sight, unfurl_links=False
        )
    except SlackApiError as error:
        said = error.response
        raise fault(said.status_code, str(said.get("error", "")), _wish(said.headers)) from None
    return f"ok {answer['ts']}"


def _wish(headers: dict[str, str]) -> timedelta | None:
    """`Retry-After` in seconds, as Slack gives it."""
    asked = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    return timedelta(seconds=int(asked)) if asked.isdigit() else None


def address(config: Config) -> str:
    return config.channel or "webhook"


TRANSPORT = Transport(label=_("Slack"), config=Config, send=send, address=address)
