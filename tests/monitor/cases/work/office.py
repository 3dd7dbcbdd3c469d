"""A chamber, two of its firms and a case that they answer, as the rooms before leave them."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from monitor.accounts.models import Affiliation, Membership, Organisation, User
from monitor.accounts.walls.acting import acting
from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Kind, Role
from monitor.cases.models import (
    Adopted,
    Case,
    CaseChamber,
    Proceeding,
    Respondent,
    RulesVersion,
    StageChange,
    Statement,
    Task,
)
from monitor.cases.words import Answer, Stage
from monitor.notices.models import Measure

OPENED = date(2025, 6, 3)
"""A Tuesday, the day after the Dragon Boat Festival's holiday."""
NOW = datetime(2025, 6, 3, 2, tzinfo=UTC)
"""Ten in the morning of that day in China."""

BOOK = """
zh = "试用剧本"
en = "A trial"
rulesets = ["us-commerce/anti-dumping"]
kinds = ["anti_dumping"]
proceedings = ["investigation"]

[[tasks]]
id = "tell"
zh = "通知会员"
en = "Tell members"
for = "case"
who = "chamber"
stage = "opened"
lag = 1
checks = [{ id = "called", zh = "打电话", en = "Telephone" }]

[[tasks]]
id = "brief"
zh = "案件书状"
en = "Case brief"
for = "case"
who = "counsel"
rule = "case-brief"
lead = 2
blocked_by = ["tell"]

[[tasks]]
id = "draft"
zh = "A部分初稿"
en = "Draft of Section A"
for = "respondent"
who = "firm"
rule = "section-a"
lead = 5
checklist = "papers"

[[tasks]]
id = "file"
zh = "递交A部分"
en = "File Section A"
for = "respondent"
who = "counsel"
joins = true
rule = "section-a"
lead = 1
blocked_by = ["draft", "tell"]

[[chases]]
id = "ask-again"
zh = "催问{firm}"
en = "Ask {firm} again"
answer = "informed"
after = 2

[[chases]]
id = "decide"
zh = "请{firm}定下来"
en = "Bring {firm} to a decision"
answer = "considering"
after = 3
"""
PAPERS = """
zh = "材料"
en = "Papers"

[[checks]]
id = "accounts"
zh = "审计报告"
en = "Audited accounts"

[[checks]]
id = "totals"
zh = "总额对账"
en = "Totals reconciled"
"""


def shelve(folder: Path, book: str = BOOK, papers: str = PAPERS) -> Path:
    """A folder of playbooks."""
    (folder / "checklists").mkdir(parents=True, exist_ok=True)
    (folder / "trial.toml").write_text(book, encoding="utf-8")
    (folder / "checklists" / "papers.toml").write_text(papers, encoding="utf-8")
    return folder


class Office:
    def __init__(self) -> None:
        self.chamber = self.organisation(Kind.CHAMBER, "木业商会", "Wood Chamber")
        self.firm = self.organisation(Kind.ENTERPRISE, "甲木业", "Jia Wood")
        self.other = self.organisation(Kind.ENTERPRISE, "乙木业", "Yi Wood")
        for firm in (self.firm, self.other):
            Affiliation.objects.create(member=firm, of=self.chamber, since=NOW)
        self.chair = self.person("chair", self.chamber, Role.OWNER)
        self.officer = self.person("officer", self.chamber, Role.OFFICER)
        self.head = self.person("head", self.firm, Role.OWNER)
        self.clerk = self.person("clerk", self.firm, Role.OFFICER)
        self.case = self.opened_case()
        self.proceeding = self.proceeding_of(self.case)
        self.reached(Stage.OPENED, OPENED)
        self.rules = RulesVersion.objects.create(
            name="us-commerce/anti-dumping", fingerprint="0" * 64, content={}, since=NOW
        )

    def organisation(self, kind: Kind, zh: str, en: str = "") -> Organisation:
        return Organisation.objects.create(kind=kind, name_zh=zh, name_en=en, created_at=NOW)

    def person(self, name: str, organisation: Organisation, role: Role, **fields: Any) -> User:
        user, _made = User.objects.get_or_create(
            username=f"{name}@example.org", defaults={"name": name, **fields}
        )
        Membership.objects.create(user=user, organisation=organisation, role=role, since=NOW)
        return user

    def actor(self, user: User) -> Actor:
        return acting(user)

    def opened_case(self, chamber: Organisation | None = None, **fields: Any) -> Case:
        case = Case.objects.create(
            name_zh="木线条反倾销案",
            name_en="Wood mouldings",
            jurisdiction="US",
            opened_at=NOW,
            **fields,
        )
        CaseChamber.objects.create(
            case=case, organisation=chamber or self.chamber, leads=True, since=NOW
        )
        return case

    def proceeding_of(self, case: Case, **fields: Any) -> Proceeding:
        measure = Measure.objects.create(
            kind="anti_dumping",
            jurisdiction="US",
            authority="Department of Commerce",
            origin="CN",
            title="Wood Mouldings",
            first_published=OPENED,
            last_published=OPENED,
        )
        known: dict[str, Any] = {
            "ruleset": "us-commerce/anti-dumping",
            "proceeding": "investigation",
            "stage": Stage.OPENED,
            "began": OPENED,
        }
        return Proceeding.objects.create(case=case, measure=measure, **{**known, **fields})

    def reached(self, stage: Stage, day: date, proceeding: Proceeding | None = None) -> None:
        proceeding = proceeding or self.proceeding
        StageChange.objects.create(proceeding=proceeding, stage=stage, day=day, at=NOW)
        Proceeding.objects.filter(pk=proceeding.pk).update(stage=stage)

    def adopted(
        self,
        rule: str,
        day: date | None,
        respondent: Respondent | None = None,
        proceeding: Proceeding | None = None,
        **due: Any,
    ) -> Adopted:
        said = {
            "zh": "提交问卷A部分",
            "en": "Section A",
            "printed": None,
            "basis": "19 CFR 351.301(c)(1)",
            "verified": "2026-11-26",
            "estimated": False,
            "explanation_zh": "问卷发出后21天",
            "explanation_en": "21 days after the questionnaire was issued",
        }
        return Adopted.objects.create(
            proceeding=proceeding or self.proceeding,
            rule=rule,
            respondent=respondent,
            whom="exporter",
            day=day,
            due={**said, **due},
            rules=self.rules,
            adopted_at=NOW,
        )

    def asked(
        self,
        firm: Organisation,
        answer: Answer = Answer.ANSWERS,
        case: Case | None = None,
        **fields: Any,
    ) -> Respondent:
        return Respondent.objects.create(
            case=case or self.case,
            organisation=firm,
            listed="exports",
            listed_at=NOW,
            answer=answer,
            **fields,
        )

    def says(self, respondent: Respondent, answer: Answer, at: datetime) -> None:
        Statement.objects.create(respondent=respondent, answer=answer, at=at)
        respondent.answer = answer
        respondent.save(update_fields=["answer"])

    def task(self, organisation: Organisation | None = None, **fields: Any) -> Task:
        known: dict[str, Any] = {
            "case": self.case,
            "title_zh": "核对税号",
            "title_en": "Check the codes",
            "created_at": NOW,
        }
        return Task.objects.create(organisation=organisation or self.chamber, **{**known, **fields})
