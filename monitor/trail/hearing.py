"""What is recorded without anybody having to call for it: changes of recorded rows in somebody's
hand, and who came in, left, or failed to."""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete
from django.http import HttpRequest
from django.utils import timezone

from monitor.accounts.models import User
from monitor.accounts.walls.actor import ANYBODY, Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.recorded import Recorded, State, changed
from monitor.trail.hand import Hand, current
from monitor.trail.middleware import address_of
from monitor.trail.recording import record

ADD, CHANGE, REMOVE = "add", "change", "remove"
SIGN_IN, SIGN_OUT = "sign_in", "sign_out"
SIGN_IN_FAILED, SECOND_FACTOR_FAILED = "sign_in_failed", "second_factor_failed"


def listen() -> None:
    changed.connect(on_change, dispatch_uid="trail")
    # Of these models only: with a listener Django deletes rows of a model one by one.
    for model in apps.get_models():
        if issubclass(model, Recorded):
            post_delete.connect(on_delete, sender=model, dispatch_uid="trail")
            for field in model._meta.local_many_to_many:  # noqa: SLF001 - documented
                hear = partial(on_links, model, field.name)
                through = field.remote_field.through
                m2m_changed.connect(hear, sender=through, weak=False, dispatch_uid="trail")
    user_logged_in.connect(on_sign_in, dispatch_uid="trail")
    user_logged_out.connect(on_sign_out, dispatch_uid="trail")
    user_login_failed.connect(on_failure, dispatch_uid="trail")


def on_change(row: Recorded, before: State, after: State, **_: Any) -> None:
    if (hand := current()) is None or before == after:
        return
    verb = CHANGE if before and after else ADD if after else REMOVE
    with opened():
        organisations, about = row.concerns(), row.about()
    for organisation in organisations or (None,):
        record(
            hand.actor,
            verb,
            row,
            concerned=organisation,
            before=before,
            after=after,
            now=hand.now,
            address=hand.address,
            about=about,
        )


def on_delete(instance: Recorded, **_: Any) -> None:
    fields = instance._meta.concrete_fields  # noqa: SLF001 - documented
    kept = [f for f in fields if not f.primary_key and f.name not in instance.passing]
    on_change(instance, {field.name: getattr(instance, field.attname) for field in kept}, {})


def on_links(
    recorded: type[Recorded],
    name: str,
    instance: Model,
    action: str,
    reverse: bool,  # noqa: FBT001
    pk_set: Collection[Any] | None,
    **_: Any,
) -> None:
    """To which others a recorded row belongs, by the field `name`: told as they are called."""
    if action not in ("post_add", "pre_remove", "pre_clear"):
        return
    with opened():
        rows: list[Any] = [instance]
        if reverse:
            ours = recorded._base_manager.filter(**{name: instance})  # noqa: SLF001 - documented
            rows = list(ours if pk_set is None else ours.filter(pk__in=pk_set))
        others = {instance.pk} if reverse else pk_set
        told = [(row, *_linked(getattr(row, name).all(), others)) for row in rows]
    for row, kept, all_of_them in told:
        sides = (kept, all_of_them) if action == "post_add" else (all_of_them, kept)
        on_change(row, *({name: side} for side in sides))


def _linked(now: Any, others: Collection[Any] | None) -> tuple[list[str], list[str]]:
    """Those that are not among the others (None: all are), and all."""
    rows = list(now.order_by("pk"))
    kept = [] if others is None else [row for row in rows if row.pk not in others]
    return [str(row) for row in kept], [str(row) for row in rows]


def on_sign_in(user: User, request: HttpRequest | None, **_: Any) -> None:
    _came(Actor(user), SIGN_IN, user, request)


def on_sign_out(user: User | None, request: HttpRequest | None, **_: Any) -> None:
    if isinstance(user, User):
        _came(Actor(user), SIGN_OUT, user, request)


def on_failure(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """What was typed in is kept only where it is somebody's address: it may be a password in the
    wrong field. Known and unknown take the same way, so that the time tells nothing."""
    verb = SECOND_FACTOR_FAILED if "second_factor" in credentials else SIGN_IN_FAILED
    typed = str(credentials.get("username", "")).strip().lower()
    _came(ANYBODY, verb, User.objects.filter(username=typed).first(), request)


def _came(actor: Actor, verb: str, user: User | None, request: HttpRequest | None) -> None:
    hand = _hand(actor, request)
    record(actor, verb, user, concerned=None, now=hand.now, address=hand.address, about=user)


def _hand(actor: Actor, request: HttpRequest | None) -> Hand:
    if (hand := current()) is not None:
        return hand
    return Hand(actor, timezone.now(), address_of(request) if request else "")
