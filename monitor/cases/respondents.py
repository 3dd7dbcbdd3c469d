"""Who is asked to answer a case, and what they say to that."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitor.accounts.walls.door import opened
from monitor.accounts.words import Kind
from monitor.bases.models import Enterprise
from monitor.bases.organisations import of_firm
from monitor.cases.models import Case, Respondent, Statement
from monitor.cases.names import Register, normal
from monitor.cases.permission import By, MayNotError, ask_answer, ask_case, person
from monitor.cases.words import Answer, Joins, Listed, Why
from monitor.notices.models import Notice

ANSWERING = frozenset({"respondent", "manufacturer"})
"""Roles of named companies (`bundles.items.Company`) whose goods are examined."""
LONGEST = 300
_SPOKEN = ("answer", "why", "joined", "joins", "joins_whom")
_SAID = frozenset({Answer.CONSIDERING, Answer.ANSWERS, Answer.JOINS, Answer.DECLINES})
NEXT: Mapping[Answer, frozenset[Answer]] = {
    Answer.LISTED: _SAID | {Answer.INFORMED},
    Answer.INFORMED: _SAID | {Answer.INFORMED},
    **dict.fromkeys(_SAID, _SAID),
}
"""What may be said after what. Nobody becomes uninformed; whoever has said something may say it
again, with other words, or change their mind. `informed` again: it was asked again."""
TOGETHER = _("With whom it answers belongs to answering together.")


class CannotSayError(Exception):
    """What was said does not fit; `why` tells the reader."""

    def __init__(self, why: str | Promise) -> None:
        super().__init__(str(why))
        self.why = why


class ChangedMeanwhileError(Exception):
    """Somebody else has said something since; nothing was written."""


# --- Who is listed -------------------------------------------------------------------------------


def list_firms(case: Case, worth: Mapping[int, Decimal], now: datetime) -> list[Respondent]:
    """Our firms that export the goods there. `worth`: by enterprise, USD. Whoever is listed stays;
    the money is that of the day on which they were."""
    rows = {row.organisation_id: row for row in _of(case) if row.organisation_id}
    new: list[Respondent] = []
    for firm in Enterprise.objects.filter(pk__in=list(worth)).order_by("pk"):
        if firm.organisation_id is None:
            of_firm(firm, now)  # Nobody is to be missing for want of a row.
        row = rows.get(firm.organisation_id or 0)
        if row is None:
            new.append(
                Respondent(
                    case=case,
                    organisation_id=firm.organisation_id,
                    listed=Listed.EXPORTS,
                    value_usd=worth[firm.pk],
                    listed_at=now,
                )
            )
        elif row.listed == Listed.NAMED:
            row.listed, row.value_usd = Listed.BOTH, worth[firm.pk]
            row.save(update_fields=["listed", "value_usd"])
    return Respondent.objects.bulk_create(new)


def name_firms(
    case: Case, notices: Iterable[Notice], ours: "Ours", now: datetime
) -> list[Respondent]:
    """Whom the notices name: ours are marked so, the others are listed as not ours."""
    printed = list(dict.fromkeys(name for notice in notices for name in named_in(notice)))
    if not printed:
        return []
    rows = _of(case)
    by_name = {normal(row.named_as): row for row in rows if row.named_as}
    by_organisation = {row.organisation_id: row for row in rows if row.organisation_id}
    new: list[Respondent] = []
    for name in printed:
        organisation = ours.find(name)
        row = by_organisation.get(organisation) if organisation else by_name.get(normal(name))
        if row is None:
            row = Respondent(
                case=case,
                organisation_id=organisation,
                named_as=name,
                listed=Listed.NAMED,
                listed_at=now,
            )
            new.append(row)
            by_name[normal(name)] = row
            if organisation:
                by_organisation[organisation] = row
        elif row.organisation_id and row.listed in (Listed.EXPORTS, Listed.ENTERED):
            row.listed = Listed.BOTH if row.listed == Listed.EXPORTS else Listed.NAMED
            row.named_as = name
            if row.pk is not None:
                row.save(update_fields=["listed", "named_as"])
    return Respondent.objects.bulk_create(new)


def named_in(notice: Notice) -> list[str]:
    """The firms whose goods the notice says are examined."""
    companies = notice.item.get("companies", ())
    return [
        company["name"][:LONGEST]
        for company in companies
        if company.get("role") in ANSWERING and normal(company["name"])
    ]


class Ours:
    """Our firms by their names, read when they are first asked for."""

    def __init__(self) -> None:
        self._register: Register[int] | None = None

    def find(self, name: str) -> int | None:
        """The primary key of the firm's organisation."""
        if self._register is None:
            rows = Enterprise.objects.filter(
                organisation__kind=Kind.ENTERPRISE, organisation__merged_into=None
            )
            names = rows.values_list("name_zh", "name_en", "organisation")
            self._register = Register(((zh, en), organisation) for zh, en, organisation in names)
        return self._register.find(name)


def _of(case: Case) -> Sequence[Respondent]:
    return list(Respondent.objects.filter(case=case))


# --- What is said --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reply:
    """How a firm answers, as somebody says it. `why`: of not answering; `joins`, `whom`: with whom
    it answers, in its own words; `joined`: the respondent that it is tied to, None: as it is
    (`tie`). Raises CannotSayError where one of them contradicts another."""

    answer: Answer
    why: Why | None = None
    text: str = ""
    joins: Joins | None = None
    whom: str = ""
    joined: Respondent | None = None

    def __post_init__(self) -> None:
        if (self.answer is Answer.DECLINES) != (self.why is not None):
            raise CannotSayError(_("A reason belongs to not answering, and to nothing else."))
        if (self.joins or self.joined) and self.answer is not Answer.JOINS:
            raise CannotSayError(TOGETHER)
        if bool(self.whom) != (self.joins is Joins.OTHERS):
            raise CannotSayError(_("Who the others are is said where there are others."))


def say(
    respondent: Respondent, reply: Reply, actor: By, now: datetime, *, last: int | None = None
) -> Statement:
    """The firm says how it answers, or the chamber says it for the firm; the house says only that
    it was informed. `respondent`: as whoever says it was shown it, `last` the primary key of the
    last statement that they saw (0: there was none; None: not known).

    Raises MayNotError, CannotSayError, ChangedMeanwhileError.
    """
    if actor is None and reply.answer is not Answer.INFORMED:
        raise MayNotError
    ask_answer(actor, respondent)
    with opened(), transaction.atomic():
        row = _held(respondent)
        if row.answer != respondent.answer or _is_newer(row, last):
            raise ChangedMeanwhileError
        _check(row, reply, actor)
        row.answer, row.why, row.joins_whom = reply.answer, reply.why or "", reply.whom
        row.joins = reply.joins or ""
        if reply.joined is not None or reply.answer is not Answer.JOINS:
            row.joined = reply.joined
        row.informed_at = row.informed_at or now
        row.save(update_fields=[*_SPOKEN, "informed_at"])
        statement = _stated(row, reply.text, actor, now)
    for name in (*_SPOKEN, "informed_at"):
        setattr(respondent, name, getattr(row, name))
    return statement


def _held(respondent: Respondent) -> Respondent:
    return Respondent.objects.select_for_update(of=("self",)).get(pk=respondent.pk)


def _stated(row: Respondent, text: str, actor: By, now: datetime) -> Statement:
    """That this is what the row says from now on."""
    return Statement.objects.create(
        respondent=row,
        answer=row.answer,
        why=row.why,
        joins=row.joins,
        joins_whom=row.joins_whom,
        text=text,
        said_by=person(actor),
        acting_for=actor.organisation if actor else None,
        at=now,
    )


def tie(actor: By, respondent: Respondent, to: Respondent | None) -> None:
    """The chamber says with which other respondent the firm answers, which is not for the firm to
    say: firms do not see one another. Raises MayNotError, CannotSayError."""
    ask_answer(actor, respondent)
    ask_case(actor, respondent.case)
    with opened(), transaction.atomic():
        row = _held(respondent)
        if to is not None:
            if row.answer != Answer.JOINS:
                raise CannotSayError(TOGETHER)
            _check_joined(row, to)
        if row.joined_id != (to.pk if to else None):
            row.joined = to
            row.save(update_fields=["joined"])
    respondent.joined = to


def _is_newer(row: Respondent, last: int | None) -> bool:
    """Whether something has been said since."""
    return last is not None and row.statements.filter(pk__gt=last).exists()


def _speaks_for_itself(row: Respondent, actor: By) -> bool:
    own = actor.organisation if actor else None
    return own is not None and own.pk == row.organisation_id


def _check(row: Respondent, reply: Reply, actor: By) -> None:
    """What is not the reply's own affair: whose it is, and what was said before."""
    if row.organisation_id is None:
        raise CannotSayError(_("The firm is none of ours: nobody can say how it answers."))
    if reply.answer not in NEXT[Answer(row.answer)]:
        raise CannotSayError(_("After what was said already, this cannot be said any more."))
    of_chamber = reply.why is Why.SILENT or reply.answer is Answer.INFORMED
    if of_chamber and _speaks_for_itself(row, actor):
        raise CannotSayError(_("That is for the chamber to say."))
    if reply.joined is not None:
        _check_joined(row, reply.joined)


def _check_joined(row: Respondent, joined: Respondent) -> None:
    if joined.pk == row.pk or joined.case_id != row.case_id:
        raise CannotSayError(_("A firm joins another one of the same case."))
