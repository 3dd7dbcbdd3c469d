"""A person's own desk: where they are reminded of what they have to do, by mail to the address by
which they sign in. Whoever has none is reminded at the desks of their organisation."""

from django.db import transaction

from alerts.models import Channel, Recipient
from monitor.accounts.models import User

EMAIL = "email"
OWN = "%s (own)"
LONGEST = 120
"""Of a recipient's name."""


def reach(user: User) -> Channel:
    """The person's own mail, working: made, or enabled again."""
    with transaction.atomic():
        desk = Recipient.objects.filter(person=user).first() or Recipient.objects.create(
            person=user,
            name=_name(user),
            language=user.language,
            time_zone=user.time_zone,
            sample=user.sample,
        )
        mail = desk.channels.filter(kind=EMAIL).first()
        if mail is None:
            return Channel.objects.create(recipient=desk, kind=EMAIL, config={"to": user.username})
        mail.enabled, mail.disabled_because = True, ""
        mail.save(update_fields=["enabled", "disabled_because"])
        bring_up(desk, user)
        return mail


def bring_up(desk: Recipient, person: User) -> None:
    """It speaks its owner's language by its owner's clock, and writes to the address that they have
    now."""
    wanted = {"language": person.language, "time_zone": person.time_zone}
    if any(getattr(desk, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(desk, name, value)
        desk.save(update_fields=list(wanted))
    for mail in desk.channels.filter(kind=EMAIL):
        if mail.config.get("to") != person.username:
            mail.config = {**mail.config, "to": person.username}
            mail.save(update_fields=["config"])


def _name(user: User) -> str:
    """Recipients are told apart by their names; a person's own desk is no other's."""
    name = OWN % user.username[: LONGEST - len(OWN)]
    taken = Recipient.objects.filter(name=name).exists()
    return f"{name[: LONGEST - 20]} {user.pk}" if taken else name
