"""E-mail: text and HTML, one-click unsubscribe (RFC 8058), the same Message-ID for every attempt.

Through Django's mail backend: SMTP where `FENGHUO_SMTP_URL` is set, else files under
`FENGHUO_VAR`. What the relay says of the *recipient* for good disables the channel; what it says
of us (a refused sender, a wrong password, no connection) is the installation's fault and is tried
again.
"""

import re
import smtplib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from pydantic import field_validator

from alerts import links, plain
from alerts.channels.base import (
    ChannelBroken,
    ChannelConfig,
    Envelope,
    MessageRefused,
    Transport,
    TransportError,
)


class Config(ChannelConfig):
    to: str

    @field_validator("to")
    @classmethod
    def _one_address(cls, address: str) -> str:
        try:
            validate_email(address)
        except ValidationError:
            raise ValueError("is no mail address") from None
        return address


def send(config: Config, envelope: Envelope) -> str:
    mail = compose(config, envelope)
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        raise _recipient_refused(error) from error
    except smtplib.SMTPDataError as error:
        # RFC 5321: what was refused with 5xx is not to be sent again as it is.
        kind = MessageRefused if error.smtp_code >= 500 else TransportError
        raise kind(_answer(error.smtp_code, error.smtp_error)) from error
    except smtplib.SMTPResponseException as error:
        raise TransportError(_answer(error.smtp_code, error.smtp_error)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise TransportError(f"{type(error).__name__}: {error}") from error
    return f"accepted {mail.extra_headers['Message-ID']}"


def compose(config: Config, envelope: Envelope) -> EmailMultiAlternatives:
    context = {"message": envelope.message, "unsubscribe_url": envelope.unsubscribe_url}
    mail = EmailMultiAlternatives(
        subject=plain.line(render_to_string("alerts/email/subject.txt", context)),
        body=render_to_string("alerts/email/body.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[config.to],
        headers={
            "Message-ID": f"<{envelope.key}@{links.host()}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{envelope.unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    mail.attach_alternative(render_to_string("alerts/email/body.html", context), "text/html")
    return mail


OF_US = re.compile(r"5\.(?:2\.2|3|4|7)\b")
"""RFC 3463: a full mailbox, a system, routing or policy fault; the address itself is good."""


def _recipient_refused(error: smtplib.SMTPRecipientsRefused) -> TransportError:
    ((code, words),) = error.recipients.values()
    said = _answer(code, words)
    if code < 500:
        return TransportError(said)
    return MessageRefused(said) if OF_US.search(said) else ChannelBroken(said)


def _answer(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {text}"


TRANSPORT = Transport(label=_("E-mail"), config=Config, send=send, address=lambda config: config.to)
