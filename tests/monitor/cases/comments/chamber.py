"""A draft regulation, the chamber whose case it is, and three of its firms."""

from datetime import UTC, date, datetime

from monitor.accounts.models import Affiliation, Membership, Organisation, User
from monitor.accounts.walls.acting import acting
from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Kind, Role
from monitor.cases.comments import calling
from monitor.cases.comments.calling import Wish
from monitor.cases.models import (
    Adopted,
    Case,
    CaseChamber,
    CaseMeasure,
    CommentAsked,
    CommentQuestion,
    CommentRound,
    Proceeding,
    Respondent,
    RulesVersion,
)
from monitor.cases.words import Asks
from monitor.notices.models import Entry, Measure, Notice

NOW = datetime(2025, 6, 3, 2, tzinfo=UTC)
"""Ten in the morning in China, a Tuesday."""
FINAL, RESERVE = date(2025, 7, 31), date(2025, 7, 28)
FIRMS = ("甲电器", "乙电器", "丙电器")
QUESTIONS = (
    Wish(Asks.YES_NO, "产品受管吗？", "Is it yours?"),
    Wish(Asks.NUMBER, "每件成本？", "Cost per unit?", "元/件", "CNY per unit"),
    Wish(Asks.TEXT, "哪一条？", "Which clause?"),
)


class Chamber:
    def __init__(self) -> None:
        self.own = self._organisation(Kind.CHAMBER, "电器商会")
        self.other = self._organisation(Kind.CHAMBER, "茶叶商会")
        self.firms = [self._organisation(Kind.ENTERPRISE, name) for name in FIRMS]
        for firm in self.firms:
            Affiliation.objects.create(member=firm, of=self.own, since=NOW)
        self.office = self._organisation(Kind.OFFICE, "省商务厅")
        self.lin = self.person("林干事", self.own, Role.OFFICER)
        self.chen = self.person("陈秘书长", self.own, Role.OWNER)
        self.measure = Measure.objects.create(
            kind="technical_regulation", jurisdiction="US", authority="DOE", title="Draft",
            first_published=NOW.date(), last_published=NOW.date(),
        )  # fmt: skip
        self.case = self._case()
        self.respondents = [
            Respondent.objects.create(
                case=self.case, organisation=firm, listed="exports", listed_at=NOW
            )
            for firm in self.firms
        ]

    def _organisation(self, kind: Kind, name: str) -> Organisation:
        return Organisation.objects.create(kind=kind, name_zh=name, name_en=name, created_at=NOW)

    def person(self, name: str, own: Organisation, role: Role = Role.OWNER) -> Actor:
        user = User.objects.create(username=f"{name}-{own.pk}@example.org", name=name)
        Membership.objects.create(user=user, organisation=own, role=role, since=NOW)
        return acting(user)

    def _case(self) -> Case:
        case = Case.objects.create(
            name_zh="美国能效草案", name_en="Efficiency draft", jurisdiction="US", opened_at=NOW
        )
        CaseChamber.objects.create(case=case, organisation=self.own, leads=True, since=NOW)
        CaseMeasure.objects.create(case=case, measure=self.measure)
        going = Proceeding.objects.create(
            case=case, measure=self.measure, ruleset="wto-tbt-sps/tbt-comments",
            proceeding="none", stage="opened", began=NOW.date(),
        )  # fmt: skip
        rules = RulesVersion.objects.create(
            name=going.ruleset, fingerprint="0" * 64, content={}, since=NOW
        )
        for rule, day in (("comments", FINAL), ("own-reserve", RESERVE)):
            due = {"zh": rule, "en": rule, "printed": None, "bound": "latest", "happened": None}
            Adopted.objects.create(
                proceeding=going, rule=rule, whom="chamber", day=day, due=due, rules=rules,
                adopted_at=NOW,
            )  # fmt: skip
        return case

    def called(self, now: datetime = NOW) -> CommentRound:
        day = date(2025, 6, 20)
        return calling.call(
            self.lin, self.case, QUESTIONS, self.respondents, day, "请看草案第4条", now
        )

    def asked(self, number: int) -> CommentAsked:
        rows = CommentAsked.objects.select_related("organisation")
        return rows.get(organisation=self.firms[number])

    def content(self, ours: str = "", cost: str = "", clause: str = "") -> dict[str, str]:
        """By the questions' keys."""
        keys = CommentQuestion.objects.order_by("position").values_list("pk", flat=True)
        return dict(zip(map(str, keys), (ours, cost, clause), strict=True))

    def notice(self, event: str, published: date, number: str = "US-1/Add.1") -> Notice:
        notice = Notice.objects.create(
            source="wto-eping", number=number, title="Addendum", language="en",
            published=published, url="https://example.org/1", authority="DOE", jurisdiction="US",
            kinds=["technical_regulation"], event=event, item={}, fingerprint=number,
            first_seen=NOW, last_changed=NOW,
        )  # fmt: skip
        Entry.objects.create(
            notice=notice, measure=self.measure, occasion=f"{event}/{number}", change=["event"]
        )
        return notice
