"""What stands beside the pages of an organisation: those of them that the reader may open."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.words import Kind

Entry = tuple[str, str | Promise]
_NEEDS: tuple[tuple[str, str | Promise, Action | None], ...] = (
    ("organisations", gettext_lazy("My organisations"), None),
    ("members", pgettext_lazy("people", "Members"), Action.READ_PEOPLE),
    ("firms", gettext_lazy("Member firms"), Action.READ_FIRM),
    ("applications", gettext_lazy("Applications"), Action.READ_APPLICATIONS),
    ("summary", gettext_lazy("Summary"), Action.SUMMARISE),
    ("sharing", gettext_lazy("Sharing"), Action.READ_SHARES),
    ("keys", gettext_lazy("Keys"), Action.HOLD_KEYS),
    ("provider", gettext_lazy("Organisation's accounts"), Action.SET_SIGN_IN),
    ("trail", gettext_lazy("Trail"), Action.READ_TRAIL),
)
_OWN_FIRM = gettext_lazy("Our firm")


def menu(request: HttpRequest) -> dict[str, Callable[[], list[Entry]]]:
    """For templates: `menu`, made when it is shown."""
    actor: Actor | None = getattr(request, "actor", None)
    return {"menu": lambda: _entries(actor) if actor else []}


def _entries(actor: Actor) -> list[Entry]:
    own = actor.organisation is not None and actor.organisation.kind == Kind.ENTERPRISE
    return [
        (name, _OWN_FIRM if name == "firms" and own else label)
        for name, label, action in _NEEDS
        if action is None or actor.whose(action)
    ]
