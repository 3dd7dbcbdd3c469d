"""May they: asked before anything about counsel is written."""

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import reaches
from monitor.accounts.words import Kind, Role
from monitor.cases.models import Case, Document
from monitor.cases.permission import MayNotError, ask_case


def keeper(actor: Actor) -> Organisation:
    """The organisation for which the actor keeps counsel. Raises MayNotError."""
    own = actor.organisation
    if own is None or not reaches(actor, Action.EDIT_COUNSEL, own):
        raise MayNotError
    return own


def ask_keeper(actor: Actor, whose: Organisation) -> None:
    """Raises MayNotError."""
    if not reaches(actor, Action.EDIT_COUNSEL, whose):
        raise MayNotError


def keeper_in(actor: Actor, case: Case) -> Organisation:
    """The same, where it takes part in the case. Raises MayNotError."""
    own = keeper(actor)
    ask_case(actor, case, Action.EDIT_COUNSEL)
    return own


def ask_office(office: Organisation, case: Case) -> None:
    """It reads the case by its own right. Raises MayNotError."""
    if office.kind != Kind.OFFICE:
        raise MayNotError
    ask_case(Actor(organisation=office, role=Role.READER), case, Action.READ_CASES)


def ask_document(actor: Actor, case: Case, document: Document | None) -> None:
    """Of the file of the case, and seen by the actor. Raises MayNotError."""
    if document is None:
        return
    if not Document.objects.for_actor(actor).filter(pk=document.pk, case=case).exists():
        raise MayNotError
