"""An installation full of cases: one chamber, its firms, four of them asked in each case."""

from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from random import Random

from django.db import transaction

from monitor.accounts.models import Affiliation, Membership, Organisation, User
from monitor.accounts.words import Kind, Role
from monitor.cases.models import (
    Adopted,
    Case,
    CaseChamber,
    Proceeding,
    Respondent,
    RulesVersion,
    Task,
)
from monitor.notices.models import Measure

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
RULESET = "us-commerce/anti-dumping"
FIRMS = 200
PEOPLE = 8
"""Who work for the chamber."""
DATES = 40
"""Legal dates of a proceeding."""
ASKED = 4


def fill(cases: int, tasks: int) -> None:
    with transaction.atomic():
        _Filling(cases, tasks)


class _Filling:
    def __init__(self, cases: int, tasks: int) -> None:
        self._rng = Random(7)
        self._chamber = _organisation(Kind.CHAMBER, "商会")
        self._officers = [_joined(self._chamber, f"chamber-{n + 1}") for n in range(PEOPLE)]
        self._firms = [_organisation(Kind.ENTERPRISE, f"企业{n}") for n in range(FIRMS)]
        Affiliation.objects.bulk_create(
            Affiliation(member=firm, of=self._chamber, since=NOW) for firm in self._firms
        )
        _joined(self._firms[0], "firm-1")
        self._cases = self._opened(cases)
        self._proceedings = self._begun()
        self._respondents = self._asked()
        self._dates = self._computed()
        self._work(tasks)

    def _opened(self, count: int) -> list[Case]:
        rows = Case.objects.bulk_create(
            Case(name_zh=f"案件{n}", name_en=f"Case {n}", jurisdiction="US", opened_at=NOW)
            for n in range(count)
        )
        CaseChamber.objects.bulk_create(
            CaseChamber(case=case, organisation=self._chamber, leads=True, since=NOW)
            for case in rows
        )
        return rows

    def _begun(self) -> list[Proceeding]:
        measures = Measure.objects.bulk_create(
            Measure(
                kind="anti_dumping",
                jurisdiction="US",
                authority="Department of Commerce",
                title=f"Product {number}",
                first_published=NOW.date(),
                last_published=NOW.date(),
            )
            for number in range(len(self._cases))
        )
        return Proceeding.objects.bulk_create(
            Proceeding(
                case=case,
                measure=measure,
                ruleset=RULESET,
                proceeding="investigation",
                stage="opened",
                began=NOW.date(),
            )
            for case, measure in zip(self._cases, measures, strict=True)
        )

    def _asked(self) -> list[Respondent]:
        firms = cycle(self._firms)
        return Respondent.objects.bulk_create(
            Respondent(
                case=case, organisation=firm, listed="exports", listed_at=NOW, answer="answers"
            )
            for case in self._cases
            for firm in islice(firms, ASKED)
        )

    def _computed(self) -> list[Adopted]:
        version = RulesVersion.objects.create(
            name=RULESET, fingerprint="0" * 64, content={}, since=NOW
        )
        due = {
            "zh": "提交问卷A部分",
            "en": "Section A of the questionnaire",
            "verified": "2025-11-26",
            "estimated": False,
            "explanation_zh": "说明" * 60,
            "explanation_en": "explanation " * 30,
        }
        return Adopted.objects.bulk_create(
            Adopted(
                proceeding=proceeding,
                rule=f"rule-{number}",
                whom="exporter",
                day=self._day(),
                due=due,
                rules=version,
                adopted_at=NOW,
            )
            for proceeding in self._proceedings
            for number in range(DATES)
        )

    def _work(self, count: int) -> None:
        """A third is done; every sixth waits for the one before it."""
        rows = Task.objects.bulk_create(self._task(number) for number in range(count))
        through = Task.blocked_by.through
        through.objects.bulk_create(
            through(from_task_id=rows[n].pk, to_task_id=rows[n - 1].pk)
            for n in range(5, len(rows), 6)
        )

    def _task(self, number: int) -> Task:
        place = number % len(self._cases)
        asked = self._respondents[place * ASKED + (number // len(self._cases)) % ASKED]
        firm = asked if number // len(self._cases) % 5 else None
        done = NOW - timedelta(days=self._rng.randrange(200)) if number % 3 == 0 else None
        return Task(
            case=self._cases[place],
            proceeding=self._proceedings[place],
            respondent=firm,
            play=f"us-anti-dumping-investigation/task-{number}",
            title_zh=f"任务 {number}",
            title_en=f"Task {number}",
            checks=[{"id": f"c{n}", "zh": "核对", "en": "check", "done": False} for n in range(6)],
            organisation=firm.organisation if firm else self._chamber,
            owner=None if firm else self._rng.choice(self._officers),
            date=self._rng.choice(self._dates) if number % 2 else None,
            due=self._day() if number % 7 else None,
            created_at=NOW,
            done_at=done,
        )

    def _day(self) -> date:
        return NOW.date() + timedelta(days=self._rng.randrange(-20, 300))


def _organisation(kind: Kind, name: str) -> Organisation:
    return Organisation.objects.create(kind=kind, name_zh=name, created_at=NOW)


def _joined(organisation: Organisation, name: str) -> User:
    user = User.objects.create(username=f"{name}@example.org", name=name)
    Membership.objects.create(user=user, organisation=organisation, role=Role.OFFICER, since=NOW)
    return user
