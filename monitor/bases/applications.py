"""入会申请: begun by a confirmed address or by a firm that acts here, decided by the chamber.

Approving lets somebody in, so whom it lets in where is decided strictly. Who files for a firm that
they act for, joins that firm to the chamber. Who comes by a mail address is let into a firm that is
made for them, or into one that the chamber has already and that nobody acts for. Where the name or
the code is that of a firm elsewhere, the chamber can neither know nor decide that: the office does.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from monitor.accounts import letters
from monitor.accounts.addresses import folded
from monitor.accounts.models import Membership, Organisation, Share
from monitor.accounts.organisations import affiliations, invitations
from monitor.accounts.secrets import bearer
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import reaches
from monitor.accounts.words import Role
from monitor.bases.models import Application, Base, Enterprise
from monitor.bases.organisations import of_firm
from monitor.bases.sheets import BY_NAME, plain, restored

VALID = timedelta(days=14)
AGAIN = timedelta(minutes=10)
"""Nobody is mailed oftener than that by whoever types their address into the form."""
State = Application.State


class AlreadyDecidedError(Exception):
    """Somebody was faster, or the form was filed already."""


class AlreadyActedForError(Exception):
    """People act for this firm: they can apply themselves, or invite whoever applied."""


def begin(to: Organisation, email: str, now: datetime) -> None:
    """Mail a link to the form, unless one was mailed just now. Raises OSError where it cannot be.

    Says nothing of whether the address or a firm is known.
    """
    address = folded(email)
    secret = bearer.fresh()
    with opened(), transaction.atomic():
        begun = Application.objects.filter(to=to, email=address, state=State.BEGUN)
        if begun.filter(created_at__gt=now - AGAIN).exists():
            return
        begun.delete()
        Application.objects.create(
            to=to, email=address, digest=secret.digest, created_at=now, expires_at=now + VALID
        )
    words = {"organisation": to, "link": bearer.link("application", secret.text)}
    letters.send("apply", address, {**words, "until": now + VALID})


def found(secret: str) -> Application | None:
    """What the link is of: the form, and after it was filed how it stands."""
    rows = Application.objects.for_bearer(digest=bearer.digest(secret))
    return rows.select_related("to").first()


def fillable(application: Application, now: datetime) -> bool:
    expires = application.expires_at
    return application.state == State.BEGUN and expires is not None and expires > now


def file(
    application: Application, sheet: Mapping[str, Any], now: datetime, *, shares_figures: bool
) -> None:
    """What whoever confirmed the address has filled in. Raises `AlreadyDecidedError`."""
    with opened():
        done = Application.objects.filter(
            pk=application.pk, state=State.BEGUN, expires_at__gt=now
        ).update(
            state=State.WAITING, sheet=plain(sheet), shares_figures=shares_figures, filed_at=now
        )
    if not done:
        raise AlreadyDecidedError


def file_for(
    actor: Actor, firm: Enterprise, to: Organisation, now: datetime, *, shares_figures: bool
) -> Application:
    """A firm that acts here applies with what the directory says of it; one that waits already is
    replaced."""
    if actor.organisation is None or actor.user is None:
        raise ValueError("a firm applies by a person who acts for it")
    sheet = {name: getattr(firm, name) for name in BY_NAME}
    with opened(), transaction.atomic():
        waiting = Application.objects.filter(to=to, firm=actor.organisation, state=State.WAITING)
        waiting.delete()
        return Application.objects.create(
            to=to,
            firm=actor.organisation,
            email=actor.user.email or actor.user.username,
            state=State.WAITING,
            sheet=plain(sheet),
            shares_figures=shares_figures,
            filed_by=actor.user,
            created_at=now,
            filed_at=now,
        )


def refuse(actor: Actor, application: Application, reason: str, now: datetime) -> None:
    """Raises `AlreadyDecidedError`; OSError where the answer could not be mailed."""
    _decide(actor, application, State.REFUSED, now, reason=reason)
    letters.send("refused", application.email, {"organisation": application.to, "reason": reason})


def approve(actor: Actor, application: Application, now: datetime) -> State:
    """Admit the firm, and invite whoever applied where nobody acts for it.

    Returns `REFERRED` where the office has to decide. Raises `AlreadyDecidedError`,
    `AlreadyActedForError`; OSError where it was decided and the invitation not mailed.
    """
    with opened(), transaction.atomic():
        _locked(application)
        firm = application.firm or _known(actor, application)
        if firm is None and _elsewhere(application).exists():
            _decide(actor, application, State.REFERRED, now)
            return State.REFERRED
        by_mail = application.firm_id is None
        firm = firm or _made(application, now)
        if by_mail and Membership.objects.filter(organisation=firm, ended_at=None).exists():
            raise AlreadyActedForError
        _decide(actor, application, State.APPROVED, now, firm=firm)
        affiliations.admit(actor, firm, application.to, now)
        if application.shares_figures:
            _shared(application, firm, now)
    if by_mail:
        _invited(actor, firm, application.email, now)
    else:
        letters.send("admitted", application.email, {"organisation": application.to})
    return State.APPROVED


def _locked(application: Application) -> None:
    """Two who decide at the same moment wait for each other."""
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    if application.state not in {State.WAITING, State.REFERRED}:
        raise AlreadyDecidedError


def _decide(
    actor: Actor, application: Application, state: State, now: datetime, **more: Any
) -> None:
    with opened():
        open_ = Application.objects.filter(
            pk=application.pk, state__in=[State.WAITING, State.REFERRED]
        )
        done = open_.update(state=state, decided_at=now, decided_by=actor.user, **more)
    if not done:
        raise AlreadyDecidedError


def _elsewhere(application: Application) -> "QuerySet[Enterprise]":
    sheet = application.sheet
    code = Q(uscc=sheet["uscc"]) if sheet.get("uscc") else Q(pk=None)
    rows: QuerySet[Enterprise] = Enterprise.objects.filter(code | Q(name_zh=sheet["name_zh"]))
    return rows


def _known(actor: Actor, application: Application) -> Organisation | None:
    """The one firm of that name or code, where it is among those that the actor may admit: members
    of the chamber, firms in the region of the office."""
    firms = list(_elsewhere(application).select_related("organisation")[:2])
    organisation = firms[0].organisation if len(firms) == 1 else None
    if organisation is None or not reaches(actor, Action.ADMIT, organisation):
        return None
    return organisation


def _made(application: Application, now: datetime) -> Organisation:
    sheet = restored(application.sheet)
    firm = Enterprise.objects.create(**{**sheet, "uscc": sheet.get("uscc") or None})
    firm.bases.add(*Base.objects.filter(chambers__organisation=application.to))
    # Without its own address, which would make an invitation beside that of the applicant.
    address, firm.email = firm.email, ""
    of_firm(firm, now)
    firm.email = address
    if firm.organisation is None:
        raise AssertionError("of_firm gives every firm its organisation")
    return firm.organisation


def _shared(application: Application, firm: Organisation, now: datetime) -> None:
    Share.objects.get_or_create(
        owner=firm,
        receiver=application.to,
        what=Share.What.FIGURES,
        withdrawn_at=None,
        defaults={"since": now, "shared_by": application.filed_by},
    )


def _invited(actor: Actor, firm: Organisation, email: str, now: datetime) -> None:
    try:
        invitations.invite(actor, firm, email, Role.OWNER, now)
    except invitations.AlreadyThereError:
        with opened():
            pending = firm.invitations.filter(email=email, accepted_at=None, withdrawn_at=None)
            waiting = list(pending.select_related("organisation"))
        for invitation in waiting:
            invitations.send(actor, invitation, now)
