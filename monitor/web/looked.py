"""Whoever is shown another organisation's confidential figures or documents is recorded, before
they see them."""

from collections.abc import Iterable

from django.http import HttpRequest

from monitor.accounts.models import Organisation
from monitor.accounts.walls.gates import actor_of
from monitor.accounts.walls.policy import Action
from monitor.cases.models import Version
from monitor.cases.words import Form
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


def looked_into(request: HttpRequest, version: Version, page: str) -> None:
    """The reader is given the version, or a passage of it: one line of the trail where it is the
    confidential form of another organisation's document, within an hour one. `page`: the address
    of the version. Its `document.organisation` is fetched already."""
    actor, whose = actor_of(request), version.document.organisation
    own = actor.organisation
    mine = own is not None and own.pk in (whose.pk, whose.merged_into_id)
    if version.form == Form.CONFIDENTIAL and not mine:
        read(actor, page, [whose], real_now(), address_of(request), verb=Action.READ_FILES)
