"""Invitations on the pages: asked, listed, and what did not work said."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitor.accounts.models import Invitation, Organisation
from monitor.accounts.organisations import invitations
from monitor.accounts.organisations.invitations import ActedForError, AlreadyThereError, State
from monitor.accounts.walls.gates import actor_of
from monitor.web.clock import real_now
from monitor.web.member_forms import InviteForm


@dataclass(frozen=True)
class Stated:
    """An invitation and how it stands now."""

    invitation: Invitation
    state: State


def stated(found: Iterable[Invitation]) -> list[Stated]:
    now = real_now()
    return [Stated(invitation, invitations.state(invitation, now)) for invitation in found]


def asked(request: HttpRequest, organisation: Organisation, form: InviteForm) -> bool:
    """Invite whom the form names. False: the form says why not."""
    given = form.cleaned_data
    try:
        invitations.invite(
            actor_of(request), organisation, given["email"], given["role"], real_now()
        )
    except AlreadyThereError:
        form.add_error("email", _("This address is of somebody who is there or invited already."))
        return False
    except ActedForError:
        form.add_error(None, acted_for())
        return False
    except OSError:
        messages.error(request, not_mailed())
        return True
    messages.success(request, _("The invitation was mailed."))
    return True


def mailed(request: HttpRequest, invitation: Invitation) -> None:
    """Send one again, or for the first time."""
    try:
        invitations.send(actor_of(request), invitation, real_now())
    except ActedForError:
        messages.error(request, acted_for())
    except OSError:
        messages.error(request, not_mailed())
    else:
        messages.success(request, _("The invitation was mailed."))


def all_mailed(request: HttpRequest, found: list[Invitation]) -> None:
    failed = invitations.send_all(actor_of(request), found, real_now())
    count = len(found) - len(failed)
    said = ngettext("%(count)d invitation was mailed.", "%(count)d invitations were mailed.", count)
    messages.success(request, said % {"count": count})
    if failed:
        names = _(", ").join(invitation.organisation.name_zh for invitation in failed)
        messages.error(request, _("Not mailed: %(names)s") % {"names": names})


def acted_for() -> str:
    return _("People act for this firm already: they invite others themselves.")


def not_mailed() -> str:
    return _("It was recorded, but the mail could not be sent. Send it again later.")
