"""What makes the pages of the walls' province full: whatever a page can show stands on one."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pyotp
from django.urls import reverse

from monitor.accounts.entrance import factors
from monitor.accounts.models import (
    Affiliation,
    Invitation,
    Link,
    Membership,
    Organisation,
    Passkey,
    Share,
    User,
)
from monitor.accounts.sample import load_people
from monitor.accounts.secrets import bearer
from monitor.accounts.walls.acting import acting
from monitor.accounts.words import Kind, Role
from monitor.bases import merging
from monitor.bases.models import Application, Base, Enterprise
from monitor.cases.models import Case, CaseChamber, CaseMeasure, Respondent, Task
from monitor.cases.work import passing
from monitor.notices.models import Notice
from monitor.trail.hand import by
from tests.monitor.web import scene
from tests.monitor.web.house import House, code, item
from tests.monitor.web.test_browser import HOSTILE
from tests.signing_in import PASSWORD
from tests.walls.conftest import Province

LONG = "福建省南平市延平区西芹示例木制品与竹制品进出口股份有限公司"


def furnish(province: Province) -> None:
    now = datetime.now(UTC)
    chamber = province.people["chamber"]
    assert chamber
    with by(acting(chamber), now, "203.0.113.7"):  # so that the trail has lines
        _Furnishing(province, now).all()
    load_people(now - timedelta(days=30))
    scene._runs(now)


class _Furnishing:
    def __init__(self, province: Province, now: datetime) -> None:
        self.province, self.now = province, now
        self.house = House(count(1000))
        self.chamber, self.firm = self._of("chamber"), self._of("firm")

    def _of(self, who: str) -> Organisation:
        return self._membership(who).organisation

    def _membership(self, who: str) -> Membership:
        """Their first."""
        rows = Membership.objects.filter(user=self.province.people[who])
        return rows.select_related("organisation").earliest("pk")

    def all(self) -> None:
        for who in ("office", "chamber", "federation"):
            self._owner(who)
        self._colleagues()
        self._invitations(self.chamber)
        self._invitations(self.firm)
        self._shares()
        self._firms()
        self._applications()
        for who in ("office", "firm"):
            self._entrance(who)
        self._hostile()
        self._draft_regulation()
        self._passed_and_closed()

    def _draft_regulation(self) -> None:
        """Of which no firm was asked yet what it means for it."""
        case = Case.objects.create(
            name_zh="能效草案", name_en="Draft on efficiency", jurisdiction="US", opened_at=self.now
        )
        CaseChamber.objects.create(case=case, organisation=self.chamber, leads=True, since=self.now)
        measure = self.house.measure("us:G/TBT/N/USA/1", kind="technical_regulation", origin=None)
        CaseMeasure.objects.create(case=case, measure=measure)
        Respondent.objects.create(
            case=case, organisation=self.firm, listed="exports", listed_at=self.now
        )
        for name in ("call_comments", "case_comments"):
            self.province.addresses[name].append(reverse(name, args=[case.pk]))

    def _passed_and_closed(self) -> None:
        """A task that the other chamber has now; a case that was closed too early."""
        officer, case = self.province.people["chamber"], Case.objects.get(name_zh="能效草案")
        assert officer
        other = self._of("otherchmb")
        CaseChamber.objects.create(case=case, organisation=other, since=self.now)
        task = Task.objects.create(
            case=case, organisation=self.chamber, title_zh="核对型号", created_at=self.now
        )
        passing.pass_on(acting(officer), task.pk, other, "产品归其他商会", self.now)
        self.province.addresses["task"].append(reverse("task", args=[task.pk]))
        closed = Case.objects.create(
            name_zh="已结案件", name_en="Closed", jurisdiction="US", opened_at=self.now,
            closed_at=self.now - timedelta(days=9), closed_because="已到期", closed_by=officer,
        )  # fmt: skip
        CaseChamber.objects.create(
            case=closed, organisation=self.chamber, leads=True, since=self.now
        )
        measure = self.house.measure("us:A-570-001")
        self.house.entry(self.house.notice(first_seen=self.now), measure)
        CaseMeasure.objects.create(case=closed, measure=measure)
        self.province.addresses["case"].append(reverse("case", args=[closed.pk]))

    def _owner(self, who: str) -> None:
        membership = self._membership(who)
        membership.role = Role.OWNER
        membership.save()

    def _colleagues(self) -> None:
        owner = self.province.people["chamber"]
        assert owner
        office = self._of("office")
        Membership.objects.create(user=owner, organisation=office, role=Role.READER, since=self.now)
        for number, (organisation, role) in enumerate(
            [(self.chamber, Role.OFFICER), (self.chamber, Role.READER), (self.firm, Role.READER)]
        ):
            address = f"a-colleague-with-a-long-address-{number}@chamber.example.org"
            user = User.objects.create(username=address, name="" if number else "陈经办")
            Membership.objects.create(
                user=user, organisation=organisation, role=role, since=self.now
            )

    def _invitations(self, organisation: Organisation) -> None:
        day = timedelta(days=1)
        for number, (mailed, ends) in enumerate([(None, None), (-day, day), (-day * 20, -day * 6)]):
            Invitation.objects.create(
                organisation=organisation,
                email=f"somebody.with-a-long-name-{number}@subsidiary.example.org",
                role=Role.OFFICER,
                digest=bearer.fresh().digest if mailed else "",
                approved_by=self.province.people["chamber"] if mailed else None,
                created_at=self.now - day * 30,
                mailed_at=self.now + mailed if mailed else None,
                expires_at=self.now + ends if ends else None,
            )

    def _shares(self) -> None:
        for who, until, withdrawn in (
            ("office", timedelta(days=30), None),
            ("chamber", None, None),
            ("counsel", None, -timedelta(days=3)),
        ):
            Share.objects.create(
                owner=self.firm,
                receiver=self._of(who),
                what=Share.What.FIGURES,
                shared_by=self.province.people["firm"],
                since=self.now - timedelta(days=40),
                until=self.now + until if until else None,
                withdrawn_at=self.now + withdrawn if withdrawn else None,
                withdrawn_by=self.province.people["firm"] if withdrawn else None,
            )

    def _firms(self) -> None:
        """One for which nobody acts, two that may be the same, and two that were made one."""
        made = [self._member(f"{LONG}{end}") for end in ("", "（一厂）", "（二厂）", "甲", "乙")]
        Invitation.objects.create(
            organisation=made[0].organisation,
            email="first@example.org",
            role=Role.OWNER,
            created_at=self.now,
        )
        office = self.province.people["office"]
        assert office
        merging.merge(acting(office), made[3], made[4], ["phone"], "同一家企业", self.now)
        self.province.addresses["firm"].append(reverse("firm", args=[made[0].pk]))

    def _member(self, name: str) -> Enterprise:
        organisation = Organisation.objects.create(
            kind=Kind.ENTERPRISE, name_zh=name, city="南平", created_at=self.now
        )
        Affiliation.objects.create(member=organisation, of=self.chamber, since=self.now)
        firm = Enterprise.objects.create(
            organisation=organisation,
            name_zh=name,
            city="南平",
            products="木线条、竹地板、木家具、工艺品" * 4,
            hs_codes=["440910", "440921", "940360"],
            markets=["US", "DE", "JP"],
            phone=f"0599-{len(name)}{ord(name[-1])}",
            employees=120,
        )
        firm.bases.add(Base.objects.get(code="ceramics"))
        return firm

    def _applications(self) -> None:
        for state in Application.State:
            decided = state in {Application.State.APPROVED, Application.State.REFUSED}
            Application.objects.create(
                to=self.chamber,
                email="new@example.org",
                state=state,
                sheet={"name_zh": LONG, "hs_codes": ["6403"], "markets": ["US", "DE"]},
                created_at=self.now,
                filed_at=self.now,
                decided_at=self.now if decided else None,
                decided_by=self.province.people["chamber"] if decided else None,
                reason="名录表中的统一社会信用代码与名称不符。" if decided else "",
            )
        filed = Application.objects.get(state=Application.State.REFUSED)
        self.province.addresses["filed_application"].append(
            reverse("filed_application", args=[filed.pk])
        )

    def _entrance(self, who: str) -> None:
        """A password, an authenticator, a passkey, recovery codes, links of feeds."""
        user = self.province.people[who]
        assert user
        user.set_password(PASSWORD)
        user.save()
        secret = factors.fresh_secret()
        factors.keep(user, secret, pyotp.TOTP(secret).at(self.now), self.now)
        factors.fresh_codes(user)
        Passkey.objects.create(
            user=user,
            name="办公室电脑",
            credential=who,
            public_key=b"k",
            sign_count=0,
            since=self.now,
        )
        for name, revoked in (("阅读器", None), ("旧电脑", self.now)):
            Link.objects.create(
                user=user,
                organisation=self._of(who),
                name=name,
                digest=bearer.fresh().digest,
                created_at=self.now,
                revoked_at=revoked,
            )

    def _hostile(self) -> None:
        """A warning all of whose foreign text means harm, on every page that shows one."""
        base = Base.objects.get(code="ceramics")
        notice = self.house.notice(
            number="2025-<i>1</i>",
            title=HOSTILE,
            abstract=f"{HOSTILE} <b>4409</b>",
            body="\n\n".join(
                [HOSTILE, f"Firm    Margin\n-----\n{'x' * 300}   44%", *["More."] * 90]
            ),
            authority=HOSTILE,
            product=HOSTILE,
            url="javascript:alert(4)",
            item=_hostile_item(),
            capture=Notice.objects.exclude(capture=None)[0].capture,
        )
        self.house.claim(notice)
        entry = self.house.entry(notice, self.house.measure("us:<b>1</b>", title=HOSTILE))
        impact = self.house.impact(base, entry)
        for name, row in (("notice", notice), ("impact", impact), ("measure", entry.measure)):
            self.province.addresses[name].append(reverse(name, args=[row.pk]))


def _hostile_item() -> dict[str, object]:
    return item(
        case_numbers=[HOSTILE],
        companies=[{"name": HOSTILE, "role": "respondent"}],
        references=["javascript:alert(3)"],
        codes=[code("<b>4409</b>", "440910", "4409", note=HOSTILE, where="abstract:0")],
        dates=[{"kind": "comments_due", "date": "2025-06-20", "printed": HOSTILE}],
    )
