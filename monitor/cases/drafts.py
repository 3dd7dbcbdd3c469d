"""Half-typed work: kept for the person who types it, offered to them again, thrown away when it is
handed in or after thirty days."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.cases.models import Draft
from monitor.cases.permission import MayNotError

KEPT = timedelta(days=30)
MOST = 100
"""Forms that one person has half filled in; of more, what was saved longest ago goes."""
LARGEST = 200_000
"""Characters of one draft."""
_KEY = re.compile(r"[0-9a-zA-Z_-]{8,32}")

Fields = Mapping[str, Sequence[str]]


class TooLarge(ValueError):
    """More than a form can hold; nothing was written."""


def keep(actor: Actor, form: str, key: str, fields: Fields, now: datetime) -> Draft:
    """`form`: the address that it is sent to, with a `#` and a word behind it where several go
    there; `key`: of this opening of it.

    Raises `TooLarge`, ValueError for another key than pages make, MayNotError where nobody has
    signed in.
    """
    if actor.user is None:
        raise MayNotError
    if not (_KEY.fullmatch(key) and form.startswith("/") and len(form) <= 200):
        raise ValueError(f"{form}, {key}: no form of ours")
    if sum(len(name) + sum(map(len, values)) for name, values in fields.items()) > LARGEST:
        raise TooLarge(form)
    with opened():
        draft, made = Draft.objects.update_or_create(
            person=actor.user,
            organisation=actor.organisation,
            form=form,
            key=key,
            defaults={
                "fields": {name: list(values) for name, values in fields.items()},
                "saved_at": now,
            },
        )
        if made:
            _make_room(actor)
    return draft


def kept(actor: Actor, forms: Iterable[str]) -> Mapping[str, list[Draft]]:
    """By form, the newest first."""
    found: defaultdict[str, list[Draft]] = defaultdict(list)
    rows = Draft.objects.for_actor(actor).filter(form__in=list(forms))
    for draft in rows.order_by("-saved_at", "-pk"):
        found[draft.form].append(draft)
    return found


def throw_away(actor: Actor, key: str) -> bool:
    """False: the actor has none of this key."""
    return bool(Draft.objects.for_actor(actor).filter(key=key).delete()[0])


def clear(now: datetime) -> int:
    """Throw away what nobody has touched for so long. Returns how many."""
    return Draft.objects.filter(saved_at__lt=now - KEPT).delete()[0]


def _make_room(actor: Actor) -> None:
    rows = Draft.objects.for_actor(actor).order_by("-saved_at", "-pk")
    old = list(rows.values_list("pk", flat=True)[MOST:])
    if old:
        Draft.objects.filter(pk__in=old).delete()
