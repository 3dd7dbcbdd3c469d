"""The addresses of coming in and of one's own account."""

from datetime import UTC, datetime

from django.urls import reverse

from monitor.accounts.entrance import mail_changes
from monitor.accounts.models import Identity, Provider, User

KNOWN = "known-secret.example.org"
"""Where the people of the firm sign in: its own to know."""
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
        "sign_in_organisation",
        "sign_in_back",
        "provider",
        "remove_provider",
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
        "sign_in_by_code": [reverse("sign_in_by_code", args=[_provider(owner).code])],
        "connect": [reverse("connect", args=[1])],
        "disconnect": [reverse("disconnect", args=[1])],
        "disconnect_person": [reverse("disconnect_person", args=[1])],
    }


def _provider(owner: User) -> Provider:
    """Of the firm; it knows the owner."""
    now = datetime.now(UTC)
    provider = Provider.objects.create(
        organisation=owner.memberships.get().organisation,
        code="abcdefghjk",
        issuer=f"https://{KNOWN}",
        client_id="client",
        secret="secret",
        domains=["example.org"],
        since=now,
    )
    Identity.objects.create(
        provider=provider, user=owner, issuer=provider.issuer, subject="subject", since=now
    )
    return provider
