"""Whoever is shown another firm's confidential figures is recorded, before they see them."""

from collections.abc import Iterable

from django.http import HttpRequest

from monitor.accounts.models import Organisation
from monitor.accounts.walls.gates import actor_of
from monitor.accounts.walls.policy import Action
from monitor.trail.middleware import address_of
from monitor.trail.recording import read
from monitor.web.clock import real_now

EXPORT_FIGURES = "export_figures"


def looked(
    request: HttpRequest, enterprises: Iterable[int], verb: str = Action.READ_FIGURES
) -> None:
    """The page shows figures of these enterprises (primary keys): one line of the trail for each
    other organisation, within an hour one. `verb`: `EXPORT_FIGURES` where they are taken away."""
    actor, firms = actor_of(request), set(enterprises)
    if not firms:
        return
    others = Organisation.objects.for_actor(actor).filter(enterprise__pk__in=firms)
    if actor.organisation:
        others = others.exclude(pk=actor.organisation.pk)
    read(actor, request.path, others, real_now(), address_of(request), verb=verb)
