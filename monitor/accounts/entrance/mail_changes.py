"""Another mail address, confirmed at both ends.

The address that somebody signs in by changes only when its new owner has opened the link that was
mailed there. The old address is told at once, and its link stops or undoes the change for a month:
then whoever asked for it is thrown out, and the password has to be set anew.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from monitor.accounts.entrance import resets, sessions
from monitor.accounts.letters import Letter
from monitor.accounts.models import MailChange, User
from monitor.accounts.secrets import bearer
from monitor.accounts.walls.door import opened

CONFIRMED_WITHIN = timedelta(hours=24)
UNDONE_WITHIN = timedelta(days=30)


def ask(user: User, new: str, now: datetime) -> list[Letter]:
    """Begin the change to the address `new` (folded). One that was under way is over.

    What is returned is to be mailed. Somebody who has the new address already is told so there, not
    here, where it would say who works with us.
    """
    confirm, undo = bearer.fresh(), bearer.fresh()
    taken = User.objects.filter(username=new).exists()
    with opened(), transaction.atomic():
        _under_way(user).update(undone_at=now)
        MailChange.objects.create(
            user=user,
            old=user.username,
            new=new,
            confirm_digest=confirm.digest,
            undo_digest=undo.digest,
            asked_at=now,
        )
    words = {"person": user, "old": user.username, "new": new}
    to_new = Letter("mail_taken", new, words, (user.language,))
    if not taken:
        link = bearer.link("mail_confirm", confirm.text)
        to_new = Letter("mail_confirm", new, words | {"link": link}, (user.language,))
    undo_link = bearer.link("mail_undo", undo.text)
    to_old = Letter("mail_undo", user.username, words | {"link": undo_link}, (user.language,))
    return [to_new, to_old]


def under_way(user: User, now: datetime) -> MailChange | None:
    with opened():
        return _under_way(user).filter(asked_at__gt=now - CONFIRMED_WITHIN).first()


def to_confirm(secret: str, now: datetime) -> MailChange | None:
    """The change that the link at the new address is of, while it can be confirmed."""
    found = MailChange.objects.for_bearer(confirm_digest=bearer.digest(secret))
    fresh = found.filter(asked_at__gt=now - CONFIRMED_WITHIN, confirmed_at=None, undone_at=None)
    return fresh.select_related("user").first()


def confirm(change: MailChange, now: datetime) -> bool:
    """False: somebody else has the address by now, or the change is over."""
    with opened(), transaction.atomic():
        person = User.objects.select_for_update().get(pk=change.user_id)
        if person.username != change.old or User.objects.filter(username=change.new).exists():
            return False
        if not _under_way(person).filter(pk=change.pk).update(confirmed_at=now):
            return False
        _move(person, change.new)
        return True


def to_undo(secret: str, now: datetime) -> MailChange | None:
    """The change that the link at the old address is of, while it can be undone."""
    found = MailChange.objects.for_bearer(undo_digest=bearer.digest(secret))
    fresh = found.filter(asked_at__gt=now - UNDONE_WITHIN, undone_at=None)
    return fresh.select_related("user").first()


def undo(change: MailChange, now: datetime) -> list[Letter]:
    """Back to the old address; what is returned is to be mailed there. Whoever asked for the change
    was not the owner: every session ends, and the password no longer lets anybody in."""
    with opened(), transaction.atomic():
        person = User.objects.select_for_update().get(pk=change.user_id)
        if not MailChange.objects.filter(pk=change.pk, undone_at=None).update(undone_at=now):
            return []
        if person.username == change.new:
            _move(person, change.old)
        person.set_unusable_password()
        person.save(update_fields=["password"])
        sessions.end_all(person)
    return [resets.letter(person)]


def _under_way(user: User) -> QuerySet[MailChange]:
    return MailChange.objects.filter(user=user, confirmed_at=None, undone_at=None)


def _move(person: User, address: str) -> None:
    person.username = person.email = address
    person.save(update_fields=["username", "email"])
