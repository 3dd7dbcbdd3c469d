"""What Slack's refusals mean (api.slack.com: errors of `chat.postMessage` and of incoming
webhooks)."""

from datetime import timedelta

from alerts.channels.base import ChannelBroken, MessageRefused, TransportError

BROKEN = frozenset(
    {
        # the token, or the app's rights
        "access_denied",
        "account_inactive",
        "invalid_auth",
        "invalid_token",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "team_access_not_granted",
        "team_disabled",
        "no_team",
        "token_expired",
        "token_revoked",
        # the channel
        "action_prohibited",
        "channel_is_archived",
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "posting_to_general_channel_denied",
        "restricted_action",
        "user_not_found",
        # the webhook
        "no_active_hooks",
        "no_service",
        "no_service_id",
    }
)

REFUSED = frozenset(
    {
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_payload",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "too_many_attachments",
    }
)


def fault(status: int, said: str, wish: timedelta | None) -> TransportError:
    """An unknown refusal is tried again: to disable a channel takes a word that says so."""
    word = said.strip()
    text = f"{status} {word}"
    if word in BROKEN or status in {404, 410}:
        return ChannelBroken(text)
    if word in REFUSED:
        return MessageRefused(text)
    return TransportError(text, wish)
