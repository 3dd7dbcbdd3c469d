"""The addresses of coming in and of one's own account."""

from datetime import UTC, datetime

from django.urls import reverse

from monitor.accounts.entrance import mail_changes
from monitor.accounts.models import User

MOVING = "moving-secret@example.org"
"""The mail address that the firm's owner is about to have: theirs alone to know."""


def addresses(owner: User | None) -> dict[str, list[str]]:
    """`owner`: of the firm, who is changing their mail address."""
    assert owner
    to_new, to_old = mail_changes.ask(owner, MOVING, datetime.now(UTC))
    secrets = (str(letter.words["link"]).rsplit("/", 2)[1] for letter in (to_new, to_old))
    confirm, undo = secrets
    plain = (
        "sign_in_code",
        "sign_in_sample",
        "sign_in_passkey",
        "passkey_request",
        "forgotten",
        "forgotten_sent",
        "account",
        "acting",
        "password",
        "mail",
        "mail_undone",
        "sessions",
        "end_session",
        "end_other_sessions",
        "second_factor",
        "authenticator",
        "drop_authenticator",
        "recovery_codes",
        "keep_passkey",
        "passkey_creation",
    )
    return {name: [reverse(name)] for name in plain} | {
        "reset": [reverse("reset", args=["MQ", "x-y"])],
        "mail_confirm": [reverse("mail_confirm", args=[confirm])],
        "mail_undo": [reverse("mail_undo", args=[undo])],
        "drop_passkey": [reverse("drop_passkey", args=[1])],
    }
