"""What the addresses of organisations are asked about: people, invitations, applications."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from monitor.accounts.models import Invitation, Organisation
from monitor.accounts.secrets import bearer
from monitor.accounts.words import Role
from monitor.bases import sheets
from monitor.bases.models import Application, Base, Chamber, Enterprise

SINCE = datetime(2025, 1, 1, tzinfo=UTC)
INVITED = "invited-secret@example.org"
"""Somebody whom the firm has invited: known to it, to its chamber and to the office."""
POSTED = (
    "leave change_role let_go send_invitation withdraw_invitation invite_to_firm let_firm_go "
    "take_back approve_application refuse_application undo_merger withdraw_distinction"
).split()
"""With a primary key, and by POST only."""
BARE = (
    "organisations members invite hand_over firms approve_import sharing share apply applications "
    "summary export_summary duplicates"
).split()


def addresses(
    organisations: Mapping[str, Organisation], base: Base, firms: list[Enterprise]
) -> dict[str, list[str]]:
    first, second, _third = firms
    chamber = Chamber.objects.create(
        name_zh="陶瓷商会", name_en="Ceramics", organisation=organisations["chamber"]
    )
    chamber.bases.add(base)
    filed = _application(organisations, second)
    found = {name: [reverse(name)] for name in BARE}
    found |= {name: [reverse(name, args=[1])] for name in POSTED}
    return found | {
        "invitation": [reverse("invitation", args=[_invitation(organisations)])],
        "firm": [reverse("firm", args=[first.pk])],
        "edit_firm": [reverse("edit_firm", args=[first.pk])],
        "apply_to": [reverse("apply_to", args=[chamber.pk])],
        "application": [reverse("application", args=[_begun(organisations)])],
        "filed_application": [reverse("filed_application", args=[filed.pk])],
        "merge": [reverse("merge", args=[first.pk, second.pk])],
        "tell_apart": [reverse("tell_apart", args=[first.pk, second.pk])],
    }


def _invitation(organisations: Mapping[str, Organisation]) -> str:
    """The secret of one into the chamber, which is a public body."""
    Invitation.objects.create(
        organisation=organisations["firm"], email=INVITED, role=Role.READER, created_at=SINCE
    )
    secret, now = bearer.fresh(), timezone.now()
    Invitation.objects.create(
        organisation=organisations["chamber"],
        email="new@example.org",
        role=Role.READER,
        digest=secret.digest,
        created_at=SINCE,
        mailed_at=now,
        expires_at=now + timedelta(days=1),
    )
    Invitation.objects.filter(digest=secret.digest).update(
        approved_by=organisations["chamber"].memberships.get().user
    )
    return secret.text


def _begun(organisations: Mapping[str, Organisation]) -> str:
    secret, now = bearer.fresh(), timezone.now()
    Application.objects.create(
        to=organisations["chamber"],
        email="new@example.org",
        digest=secret.digest,
        created_at=now,
        expires_at=now + timedelta(days=1),
    )
    return secret.text


def _application(organisations: Mapping[str, Organisation], firm: Enterprise) -> Application:
    """Of a firm that is here, without its figures."""
    return Application.objects.create(
        to=organisations["chamber"],
        firm=firm.organisation,
        email=firm.email,
        state=Application.State.WAITING,
        sheet=sheets.plain({name: getattr(firm, name) for name in sheets.BY_NAME}),
        created_at=SINCE,
        filed_at=SINCE,
    )
