"""Who is told of a task: whoever has it, and if need be up the chain."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from monitor.accounts.models import Affiliation, Membership, Organisation, User
from monitor.accounts.words import Kind, Role
from monitor.cases.models import Case, CaseChamber, Reminder, Task, TaskChange


class Rung(IntEnum):
    """Of the chain, from the bottom."""

    OWNER = 1
    """Who took the task; where nobody did, the officers."""
    OFFICERS = 2
    OWNERS = 3
    """Of the organisation."""
    CHAMBER = 4
    """The officers of the chamber that sees to the firm's answer."""


@dataclass(frozen=True)
class Addressee:
    """`person`: None where nobody acts for the organisation: its desks."""

    organisation: int
    person: int | None


@dataclass
class People:
    """Who acts for the organisations of some tasks, as what."""

    roles: dict[int, dict[str, list[int]]] = field(default_factory=dict)
    chambers: dict[tuple[int, int], int] = field(default_factory=dict)
    """(case, firm) → the chamber that sees to its answer."""

    @classmethod
    def of(cls, tasks: Sequence[Task]) -> "People":
        """With their organisations."""
        firms = {(t.case_id, t.organisation_id) for t in tasks if _is_firms(t)}
        chambers = dict(_seeing_to(firms))
        wanted = {task.organisation_id for task in tasks} | set(chambers.values())
        roles: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        rows = Membership.objects.filter(organisation__in=wanted, ended_at=None)
        for organisation, role, user in rows.order_by("since", "pk").values_list(
            "organisation", "role", "user"
        ):
            roles[organisation][role].append(user)
        return cls(roles, chambers)

    def told(self, task: Task, rungs: Iterable[Rung]) -> list[Addressee]:
        """In the order of the chain, each once; at least one."""
        every = [each for rung in rungs for each in self._rung(task, rung)]
        mine = task.organisation_id
        if not any(each.organisation == mine for each in every):
            every.append(Addressee(mine, None))
        return list(dict.fromkeys(every))

    def _rung(self, task: Task, rung: Rung) -> Iterator[Addressee]:
        own = task.organisation_id
        match rung:
            case Rung.OWNER:
                officers = self._with(own, Role.OFFICER) or self._with(own, Role.OWNER)
                found = [task.owner_id] if task.owner_id in self._all(own) else officers
                yield from (Addressee(own, person) for person in found)
            case Rung.OFFICERS:
                yield from (Addressee(own, person) for person in self._with(own, Role.OFFICER))
            case Rung.OWNERS:
                yield from (Addressee(own, person) for person in self._with(own, Role.OWNER))
            case Rung.CHAMBER:
                yield from self._chamber(task)

    def _chamber(self, task: Task) -> Iterator[Addressee]:
        chamber = self.chambers.get((task.case_id, task.organisation_id))
        if chamber is not None:
            found = self._with(chamber, Role.OFFICER) or self._with(chamber, Role.OWNER)
            yield from (Addressee(chamber, person) for person in found)
            if not found:
                yield Addressee(chamber, None)

    def _with(self, organisation: int, role: Role) -> list[int]:
        return self.roles.get(organisation, {}).get(role, [])

    def _all(self, organisation: int) -> set[int]:
        return {user for users in self.roles.get(organisation, {}).values() for user in users}


def _is_firms(task: Task) -> bool:
    """Whether a firm has to do it: part of its answer, or passed on to it."""
    return bool(task.organisation.kind == Kind.ENTERPRISE)


def tell_of(
    change: TaskChange, task: Task, rungs: Sequence[Rung], now: datetime, *, but: User | None = None
) -> int:
    """Remind those on the rungs of what became of the task; not `but`, who did it. Returns how
    many."""
    told = People.of([task]).told(task, rungs)
    rows = [
        Reminder(
            task=task,
            change=change,
            organisation_id=each.organisation,
            person_id=each.person,
            made_at=now,
        )
        for each in told
        if but is None or each.person != but.pk
    ]
    return len(Reminder.objects.bulk_create(rows))


def chamber_of(case: Case, firm: Organisation) -> Organisation | None:
    """The chamber that sees to the firm's answer: of those seated the leading one if it has
    admitted the firm, else another that has, else the leading one. None: nobody leads."""
    found = dict(_seeing_to({(case.pk, firm.pk)})).get((case.pk, firm.pk))
    return Organisation.objects.get(pk=found) if found is not None else None


def _seeing_to(pairs: set[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], int]]:
    seats: dict[int, list[tuple[bool, int]]] = defaultdict(list)
    rows = CaseChamber.objects.filter(case__in={case for case, _ in pairs}, ended_at=None)
    for case, chamber, leads in rows.order_by("-leads", "pk").values_list(
        "case", "organisation", "leads"
    ):
        seats[case].append((leads, chamber))
    admitted = set(
        Affiliation.objects.filter(member__in={firm for _, firm in pairs}, ended_at=None)
        .order_by()
        .values_list("member", "of")
    )
    for case, firm in pairs:
        own = [chamber for _, chamber in seats[case] if (firm, chamber) in admitted]
        leading = [chamber for leads, chamber in seats[case] if leads]
        if found := own or leading:
            yield (case, firm), found[0]
