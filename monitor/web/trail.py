"""The trail as people read it: who did what, and what it was before and after."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateTimeField, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.bases import sheets
from monitor.notices.labels import Labels
from monitor.trail.models import Entry, Person
from monitor.trail.values import ORGANISATION, PERSON, WITHHELD
from monitor.web.cases.file.labels import FORMS, PAPERS
from monitor.web.templatetags.fenghuo import own_name

VERBS: Labels = {
    "read_figures": gettext_lazy("looked at figures"),
    "export_figures": gettext_lazy("took figures away"),
    "read_files": gettext_lazy("opened a confidential document"),
    "add": gettext_lazy("added"),
    "change": gettext_lazy("changed"),
    "remove": gettext_lazy("removed"),
    "sign_in": gettext_lazy("signed in"),
    "sign_out": gettext_lazy("signed out"),
    "sign_in_failed": gettext_lazy("failed to sign in"),
    "second_factor_failed": gettext_lazy("failed at the second factor"),
}
"""Those that can be asked for; of another the word itself is shown."""
OF_PEOPLE = ("sign_in", "sign_out", "sign_in_failed", "second_factor_failed")
"""No organisation's affair."""
ROWS: Labels = {
    "affiliation": pgettext_lazy("trail", "affiliation"),
    "authenticator": pgettext_lazy("trail", "authenticator"),
    "apikey": pgettext_lazy("trail", "key of a program"),
    "application": pgettext_lazy("trail", "application for membership"),
    "assertedright": pgettext_lazy("trail", "right that is asserted"),
    "base": pgettext_lazy("trail", "base"),
    "chamber": pgettext_lazy("trail", "chamber"),
    "caseshare": pgettext_lazy("trail", "sharing of a case"),
    "commentapproval": pgettext_lazy("trail", "approval of a paragraph"),
    "commentasked": pgettext_lazy("trail", "firm asked for comments"),
    "commentfate": pgettext_lazy("trail", "what became of a paragraph"),
    "commentparagraph": pgettext_lazy("trail", "paragraph of a comment"),
    "commentquestion": pgettext_lazy("trail", "question to firms"),
    "commentreply": pgettext_lazy("trail", "reply to a comment"),
    "commentround": pgettext_lazy("trail", "round of comments"),
    "commentsent": pgettext_lazy("trail", "sending of a comment"),
    "commentsheet": pgettext_lazy("trail", "answers on a draft"),
    "commentwording": pgettext_lazy("trail", "wording of a paragraph"),
    "tradeconcern": pgettext_lazy("trail", "specific trade concern"),
    "channel": pgettext_lazy("trail", "channel of warnings"),
    "contact": pgettext_lazy("trail", "contact of a case"),
    "cost": pgettext_lazy("trail", "cost of a mandate"),
    "costshare": pgettext_lazy("trail", "share of a cost"),
    "counsel": pgettext_lazy("trail", "law firm of the list"),
    "defence": pgettext_lazy("trail", "step of a defence"),
    "distinction": pgettext_lazy("trail", "two firms told apart"),
    "document": pgettext_lazy("trail", "document of a case"),
    "documentshare": pgettext_lazy("trail", "sharing of a document"),
    "enterprise": pgettext_lazy("trail", "directory sheet"),
    "exclusion": pgettext_lazy("trail", "exclusion request"),
    "experience": pgettext_lazy("trail", "past case of a law firm"),
    "floor": pgettext_lazy("trail", "floor price"),
    "identity": pgettext_lazy("trail", "connection with the organisation's account"),
    "invitation": pgettext_lazy("trail", "invitation"),
    "jointaction": pgettext_lazy("trail", "joint action on rights"),
    "letter": pgettext_lazy("trail", "letter of a case"),
    "lettertemplate": pgettext_lazy("trail", "template of letters"),
    "link": pgettext_lazy("trail", "link for feeds"),
    "mailchange": pgettext_lazy("trail", "change of the mail address"),
    "mandate": pgettext_lazy("trail", "mandate"),
    "mandatefirm": pgettext_lazy("trail", "firm of a mandate"),
    "membership": pgettext_lazy("trail", "acting for the organisation"),
    "merger": pgettext_lazy("trail", "two firms made one"),
    "offer": pgettext_lazy("trail", "offer of counsel"),
    "offerverdict": pgettext_lazy("trail", "decision on an offer"),
    "organisation": pgettext_lazy("trail", "organisation"),
    "outcome": pgettext_lazy("trail", "outcome of a procedure"),
    "draft": pgettext_lazy("trail", "form half filled in"),
    "passkey": pgettext_lazy("trail", "passkey"),
    "payment": pgettext_lazy("trail", "payment of a share"),
    "pledge": pgettext_lazy("trail", "promise made on a contact"),
    "provider": pgettext_lazy("trail", "sign-in by the organisation's provider"),
    "recipient": pgettext_lazy("trail", "recipient of warnings"),
    "recoverycode": pgettext_lazy("trail", "recovery code"),
    "sentinel": pgettext_lazy("trail", "sentinel"),
    "share": pgettext_lazy("trail", "sharing of figures"),
    "sharingrule": pgettext_lazy("trail", "rule of sharing costs"),
    "subscription": pgettext_lazy("trail", "subscription"),
    "undertaking": pgettext_lazy("trail", "undertaking"),
    "version": pgettext_lazy("trail", "version of a document"),
}
FIELDS: Labels = {
    "accepted_at": pgettext_lazy("trail", "accepted"),
    "asked_at": pgettext_lazy("trail", "asked for"),
    "bases": pgettext_lazy("trail", "bases"),
    "confirmed_at": pgettext_lazy("trail", "confirmed"),
    "is_active": pgettext_lazy("trail", "may sign in"),
    "is_analyst": pgettext_lazy("trail", "is an analyst"),
    "is_operator": pgettext_lazy("trail", "is an operator"),
    "language": pgettext_lazy("trail", "language"),
    "password": pgettext_lazy("trail", "password"),
    "said_at": pgettext_lazy("trail", "said"),
    "said_by": pgettext_lazy("trail", "said by"),
    "time_zone": pgettext_lazy("trail", "time zone"),
    "used_at": pgettext_lazy("trail", "used"),
    "username": pgettext_lazy("trail", "mail address"),
    "admitted_by": pgettext_lazy("trail", "admitted by"),
    "approved_by": pgettext_lazy("trail", "approved by"),
    "client_id": pgettext_lazy("trail", "client ID"),
    "code": pgettext_lazy("trail", "code"),
    "created_at": pgettext_lazy("trail", "made"),
    "digest": pgettext_lazy("trail", "secret"),
    "email": pgettext_lazy("trail", "mail address"),
    "domains": pgettext_lazy("trail", "domains of mail addresses"),
    "ended_at": pgettext_lazy("trail", "ended"),
    "expires_at": pgettext_lazy("trail", "expires"),
    "invited_by": pgettext_lazy("trail", "invited by"),
    "made_by": pgettext_lazy("trail", "made by"),
    "mailed_at": pgettext_lazy("trail", "mailed"),
    "member": pgettext_lazy("trail", "member"),
    "name": pgettext_lazy("trail", "name"),
    "of": pgettext_lazy("trail", "belongs to"),
    "organisation": pgettext_lazy("trail", "organisation"),
    "owner": pgettext_lazy("trail", "owner of the figures"),
    "prefix": pgettext_lazy("trail", "begins with"),
    "receiver": pgettext_lazy("trail", "shown to"),
    "revoked_at": pgettext_lazy("trail", "revoked"),
    "revoked_by": pgettext_lazy("trail", "revoked by"),
    "role": pgettext_lazy("trail", "role"),
    "scopes": pgettext_lazy("trail", "may"),
    "second_factor": pgettext_lazy("trail", "words for a second factor"),
    "secret": pgettext_lazy("trail", "secret"),
    "set_by": pgettext_lazy("trail", "set by"),
    "shared_by": pgettext_lazy("trail", "shared by"),
    "since": pgettext_lazy("trail", "since"),
    "subject": pgettext_lazy("trail", "name at the provider"),
    "until": pgettext_lazy("trail", "until"),
    "user": pgettext_lazy("trail", "person"),
    "what": pgettext_lazy("trail", "what"),
    "withdrawn_at": pgettext_lazy("trail", "taken back"),
    "withdrawn_by": pgettext_lazy("trail", "taken back by"),
    "decided_at": pgettext_lazy("trail", "decided"),
    "decided_by": pgettext_lazy("trail", "decided by"),
    "filed_at": pgettext_lazy("trail", "filed"),
    "filed_by": pgettext_lazy("trail", "filed by"),
    "firm": pgettext_lazy("trail", "firm"),
    "issuer": pgettext_lazy("trail", "provider"),
    "kept": pgettext_lazy("trail", "kept"),
    "merged": pgettext_lazy("trail", "merged into it"),
    "reason": pgettext_lazy("trail", "reason"),
    "shares_figures": pgettext_lazy("trail", "shows its figures"),
    "state": pgettext_lazy("trail", "state"),
    "to": pgettext_lazy("trail", "to"),
    "undone_at": pgettext_lazy("trail", "undone"),
    "undone_by": pgettext_lazy("trail", "undone by"),
    "confidential": pgettext_lazy("trail", "the confidential form too"),
    "content_type": pgettext_lazy("trail", "kind of file"),
    "created_by": pgettext_lazy("trail", "put in by"),
    "form": pgettext_lazy("trail", "form"),
    "number": pgettext_lazy("trail", "number"),
    "open": pgettext_lazy("trail", "open to whoever sees the case"),
    "paper": pgettext_lazy("trail", "what it is"),
    "sha256": pgettext_lazy("trail", "SHA-256"),
    "size": pgettext_lazy("trail", "bytes"),
    "title": pgettext_lazy("trail", "title"),
    "uploaded_at": pgettext_lazy("trail", "uploaded"),
    "uploaded_by": pgettext_lazy("trail", "uploaded by"),
    "document": pgettext_lazy("trail", "document"),
    **{name: field.label for name, field in sheets.BY_NAME.items() if name != "email"},
}
WORDS: Labels = {
    "owner": pgettext_lazy("trail", "owner"),
    "officer": pgettext_lazy("trail", "officer"),
    "reader": pgettext_lazy("trail", "reader"),
    "figures": pgettext_lazy("trail", "figures"),
    "True": pgettext_lazy("trail", "yes"),
    "False": pgettext_lazy("trail", "no"),
    **FORMS,
    **PAPERS,
}
MAIL = User.USERNAME_FIELD
BATCH = 500
NOTHING = "—"


@dataclass(frozen=True)
class Change:
    """One field; `before` empty: there was no row."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Shown:
    """A line of the trail, all of it in words."""

    number: int
    at: datetime
    who: str
    acting_for: str
    verb: str
    what: str
    page: str
    concerned: str
    about: str
    address: str
    hash: str
    changes: Sequence[Change] = field(default_factory=list)


def lines(rows: "QuerySet[Entry]") -> "QuerySet[Entry]":
    """Newest first, with everything that `shown` asks of each."""
    joined = rows.select_related("person", "acting_for", "concerned", "about", "address")
    return joined.order_by("-at", "-number")


def shown(entries: Iterable[Entry], actor: Actor) -> list[Shown]:
    """One query, whatever the number of entries."""
    read = list(entries)
    names = _Names(read, actor)
    return [_shown(entry, names, actor) for entry in read]


def in_batches(rows: "QuerySet[Entry]", actor: Actor) -> Iterator[Shown]:
    """All of them, however many; each batch begins below the last one's end."""
    below: tuple[datetime, int] | None = None
    while True:
        left = rows if below is None else _below(rows, *below)
        batch = list(left[:BATCH])
        yield from shown(batch, actor)
        if len(batch) < BATCH:
            return
        below = (batch[-1].at, batch[-1].number)


def verb_word(verb: str) -> str:
    return str(VERBS.get(verb, verb))


def _below(rows: "QuerySet[Entry]", at: datetime, number: int) -> "QuerySet[Entry]":
    return rows.filter(at__lte=at).exclude(at=at, number__gte=number)


class _Names:
    """Of the persons that the entries join, of the organisations that the actor sees, and the mail
    addresses that the actor has had."""

    def __init__(self, entries: Sequence[Entry], actor: Actor) -> None:
        people = [p for entry in entries for p in (entry.person, entry.about) if p]
        self._people = {str(person.pk): str(person) for person in people}
        wanted = {
            value[ORGANISATION]
            for entry in entries
            for values in (entry.before, entry.after)
            for value in values.values()
            if isinstance(value, dict) and ORGANISATION in value
        }
        seen = Organisation.objects.for_actor(actor).filter(pk__in=wanted) if wanted else ()
        self._organisations = {row.pk: own_name(row) for row in seen}
        moved = any(MAIL in values for entry in entries for values in (entry.before, entry.after))
        mine = Person.objects.for_actor(actor) if moved else ()
        self._addresses = {str(person.pk): person.mail for person in mine}

    def person(self, pseudonym: UUID | str | None) -> str:
        return self._people.get(str(pseudonym)) or _("somebody whose name is not kept")

    def address(self, pseudonym: str) -> str:
        """By which they signed in."""
        return self._addresses.get(pseudonym) or self.person(pseudonym)

    def organisation(self, pk: int) -> str:
        return self._organisations.get(pk) or _("another organisation")


def _shown(entry: Entry, names: _Names, actor: Actor) -> Shown:
    return Shown(
        number=entry.number,
        at=entry.at,
        who=_who(entry, names),
        acting_for=own_name(entry.acting_for) if entry.acting_for else "",
        verb=verb_word(entry.verb),
        what=str(ROWS.get(entry.model, entry.model)) if entry.model != "user" else "",
        page=entry.page if entry.by != Entry.By.COMMAND else "",
        concerned=own_name(entry.concerned) if entry.concerned else "",
        about=names.person(entry.about_id) if entry.about_id else "",
        address=str(entry.address or "") if _is_ours(entry, actor) else "",
        hash=entry.hash,
        changes=list(_changes(entry, names)),
    )


def _who(entry: Entry, names: _Names) -> str:
    match entry.by:
        case Entry.By.PERSON:
            return names.person(entry.person_id)
        case Entry.By.KEY:
            return _("a program with key %(key)s") % {"key": entry.key}
        case Entry.By.ANYBODY:
            return _("somebody who had not signed in")
        case Entry.By.HOUSE:
            return _("Fenghuo itself")
        case Entry.By.COMMAND:
            return _("somebody at the command line (%(command)s)") % {"command": entry.page}
        case _:
            raise ValueError(f"line {entry.number}: {entry.by!r} is nobody that we know")


def _is_ours(entry: Entry, actor: Actor) -> bool:
    """Whether the reader is told from where it was done: of other organisations' people not."""
    if entry.by == Entry.By.ANYBODY:
        return True
    who = actor.themselves
    mine = who and entry.person and entry.person.user_id == who.pk
    own = actor.organisation and entry.acting_for_id == actor.organisation.pk
    return bool(mine or own)


def _changes(entry: Entry, names: _Names) -> Iterator[Change]:
    for name in dict.fromkeys((*entry.before, *entry.after)):
        before, after = (
            _value(entry, name, values[name], names) if name in values else ""
            for values in (entry.before, entry.after)
        )
        yield Change(str(FIELDS.get(name, name)), before, after)


def _value(entry: Entry, name: str, value: Any, names: _Names) -> str:
    match value:
        case None | "":
            return NOTHING
        case {"person": str(pseudonym)} if len(value) == 1 and name == MAIL:
            return names.address(pseudonym)
        case {"person": str(pseudonym)} if len(value) == 1 and PERSON in value:
            return names.person(pseudonym)
        case {"organisation": int(pk)} if len(value) == 1 and ORGANISATION in value:
            return names.organisation(pk)
        case {"withheld": True} if len(value) == 1 and WITHHELD in value:
            return _("not shown")
        case list():
            return ", ".join(_value(entry, name, each, names) for each in value)
        case str() if _is_moment(entry, name) and (at := parse_datetime(value)):
            return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
        case _:
            return str(WORDS.get(str(value), value))


def _is_moment(entry: Entry, name: str) -> bool:
    """Whether the field is one, as far as the model is still there."""
    try:
        model = apps.get_model(entry.app, entry.model)
        return isinstance(model._meta.get_field(name), DateTimeField)  # noqa: SLF001 - documented
    except (LookupError, ValueError, FieldDoesNotExist):
        return False
