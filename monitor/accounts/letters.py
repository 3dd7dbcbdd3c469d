"""Mails to people: in their language, or to those who have told us none yet in Chinese, and below
it in English."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import override

log = logging.getLogger(__name__)

RULE = "\n\n" + "-" * 40 + "\n\n"
LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True)
class Letter:
    """A mail that is yet to be sent."""

    template: str
    to: str
    words: Mapping[str, object]
    languages: Sequence[str] = LANGUAGES

    def send(self) -> None:
        """Where nobody is left who could be told that it failed, the log is."""
        try:
            send(self.template, self.to, self.words, self.languages)
        except OSError:
            log.exception("a mail (%s) could not be sent", self.template)


def send(
    template: str, to: str, words: Mapping[str, object], languages: Sequence[str] = LANGUAGES
) -> None:
    """The template's first line is the subject. Raises OSError (of which SMTP's errors are) where
    the server cannot be reached or does not take it."""
    said = [_said(template, language, words) for language in languages]
    # No line break of a name ends up in the headers: Django refuses it, so it is folded here.
    subject = " / ".join(" ".join(subject.split()) for subject, _ in said)
    send_mail(subject, RULE.join(body for _, body in said), None, [to])


def _said(template: str, language: str, words: Mapping[str, object]) -> tuple[str, str]:
    with override(language):
        text = render_to_string(f"accounts/letters/{template}.txt", dict(words))
    subject, _, body = text.strip().partition("\n")
    return subject, body.strip()
