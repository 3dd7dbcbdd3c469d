"""A case that a chamber leads, with a firm and its rival, and others outside of it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from monitor.accounts.models import Affiliation, Membership, Organisation, User
from monitor.accounts.walls.acting import acting
from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Kind, Role
from monitor.cases.files import extracting, filing
from monitor.cases.files.storing import Part
from monitor.cases.models import Case, CaseChamber, Document, Respondent, Version
from monitor.cases.words import Form, Paper
from tests.monitor.cases.files import samples

NOW = datetime(2025, 6, 2, 4, tzinfo=UTC)
KINDS = {
    "office": Kind.OFFICE,
    "chamber": Kind.CHAMBER,
    "elsewhere": Kind.CHAMBER,
    "firm": Kind.ENTERPRISE,
    "rival": Kind.ENTERPRISE,
    "counsel": Kind.COUNSEL,
    "association": Kind.ASSOCIATION,
    "federation": Kind.FEDERATION,
}
"""`elsewhere`: a chamber that the case is no affair of. All act as owners."""


@dataclass
class Desk:
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, kind in KINDS.items():
            own = Organisation.objects.create(kind=kind, name_zh=f"{name}方", created_at=NOW)
            person = User.objects.create(username=f"{name}@example.org", name=f"{name}人")
            Membership.objects.create(user=person, organisation=own, role=Role.OWNER, since=NOW)
            self.organisations[name], self.people[name] = own, person
        self.case = self.opened("木线条案")

    def opened(self, name: str) -> Case:
        case = Case.objects.create(
            name_zh=name, name_en="Mouldings", jurisdiction="US", opened_at=NOW
        )
        CaseChamber.objects.create(
            case=case, organisation=self.organisations["chamber"], leads=True, since=NOW
        )
        for respondent in ("firm", "rival"):
            firm = self.organisations[respondent]
            Affiliation.objects.get_or_create(
                member=firm, of=self.organisations["chamber"], defaults={"since": NOW}
            )
            Respondent.objects.create(case=case, organisation=firm, listed="exports", listed_at=NOW)
        return case

    def actor(self, name: str) -> Actor:
        return acting(self.people[name])

    def document(
        self,
        name: str,
        content: bytes = b"plain",
        form: Form = Form.CONFIDENTIAL,
        title: str = "",
        *,
        open_: bool = False,
        file: str = "a.txt",
    ) -> Document:
        """Put in by the person of that name."""
        wish = filing.Wish(title, Paper.SUBMISSION, form, open=open_)
        return filing.add(self.actor(name), self.case, file, part(content), wish, NOW)

    def both(self, name: str, secret: str, public: str) -> Document:
        """A document in both forms, read."""
        made = self.document(name, samples.docx(secret), file="s.docx", title=f"{name}的文件")
        given = part(samples.docx(public))
        filing.add_version(self.actor(name), made, Form.PUBLIC, "p.docx", given, NOW)
        extracting.room().walk(NOW)
        return made


def part(content: bytes) -> Part:
    made = Part()
    made.write(content)
    return made


def version(document: Document, form: Form = Form.CONFIDENTIAL, number: int = 1) -> Version:
    return Version.objects.get(document=document, form=form, number=number)
