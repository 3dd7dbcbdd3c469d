"""A base that exports mouldings, its chamber, and five sample firms of it."""

from datetime import UTC, date, datetime
from decimal import Decimal

from monitor.accounts.models import Affiliation, Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Kind, Role
from monitor.bases.models import Base, Chamber, Enterprise, ExportFlow, ProductLine
from monitor.notices.models import Entry, Measure, MeasureKey, Notice

SINCE = datetime(2019, 1, 1, tzinfo=UTC)
LAST_MONTH = date(2019, 12, 1)
FIRMS = {
    "示例青松木业": ("Fujian Sample Pine Import & Export Trade Co., Ltd.", 40_000_000),
    "示例雪松木业": ("Fujian Sample Cedar Wood Machining Co., Ltd.", 25_000_000),
    "示例红杉木业": ("Nanping Sample Redwood Co., Ltd.", 9_000_000),
    "示例云杉木业": ("Sanming Sample Spruce Co., Ltd.", 4_000_000),
    "示例银杏木业": ("Shunchang Sample Ginkgo Co., Ltd.", 2_000_000),
}
"""English name, and a year's exports to the United States."""


class Forest:
    def __init__(self) -> None:
        self.base = Base.objects.create(code="forestry", name_zh="林产品", name_en="Forestry")
        ProductLine.objects.create(
            base=self.base, hs="4409", name_zh="木制装饰线条", name_en="Wood mouldings"
        )
        self.chamber = self.seated("示例林产品商会", self.base)
        self.firms = {name: self._firm(name, en, usd) for name, (en, usd) in FIRMS.items()}
        self._export(None, Decimal(100_000_000))

    def seated(self, name: str, *bases: Base) -> Organisation:
        own = Organisation.objects.create(kind=Kind.CHAMBER, name_zh=name, created_at=SINCE)
        chamber = Chamber.objects.create(name_zh=name, name_en=name, organisation=own)
        chamber.bases.add(*bases)
        return own

    def acting(self, organisation: Organisation, role: Role = Role.OFFICER) -> Actor:
        return Actor(organisation=organisation, role=role)

    @property
    def officer(self) -> Actor:
        return self.acting(self.chamber)

    def owner(self, firm: str) -> Actor:
        return self.acting(self.organisation(firm), Role.OWNER)

    def organisation(self, firm: str) -> Organisation:
        found = self.firms[firm].organisation
        assert found
        return found

    def _firm(self, name: str, en: str, usd: int) -> Enterprise:
        own = Organisation.objects.create(kind=Kind.ENTERPRISE, name_zh=name, created_at=SINCE)
        Affiliation.objects.create(member=own, of=self.chamber, since=SINCE)
        firm = Enterprise.objects.create(organisation=own, name_zh=name, name_en=en, sample=True)
        firm.bases.add(self.base)
        self._export(firm, Decimal(usd))
        return firm

    def _export(self, firm: Enterprise | None, usd: Decimal) -> None:
        ExportFlow.objects.create(
            base=self.base, enterprise=firm, hs6="440910", market="US", month=LAST_MONTH,
            value_usd=usd, quantity=usd / 4, unit="kg", sample=True,
        )  # fmt: skip

    # --- Measures without the rooms before ---

    def measure(self, *keys: str, **given: object) -> Measure:
        fields = {
            "kind": "anti_dumping",
            "jurisdiction": "US",
            "authority": "International Trade Administration",
            "origin": "CN",
            "title": "Wood mouldings from China",
            "first_published": date(2025, 5, 20),
            "last_published": date(2025, 5, 20),
        }
        made = Measure.objects.create(**{**fields, **given})
        MeasureKey.objects.bulk_create(MeasureKey(key=key, measure=made) for key in keys)
        return made

    def entry(self, measure: Measure, number: str, published: date, **given: object) -> Entry:
        at = datetime(published.year, published.month, published.day, 12, tzinfo=UTC)
        fields = {
            "source": "us-federal-register",
            "number": number,
            "title": f"Notice {number}",
            "language": "en",
            "published": published,
            "url": f"https://example.org/{number}",
            "authority": measure.authority,
            "jurisdiction": measure.jurisdiction,
            "kinds": [measure.kind],
            "proceeding": "investigation",
            "event": "initiated",
            "origins": ["CN"],
            "product": "Wood mouldings",
            "item": {},
            "fingerprint": number,
            "first_seen": at,
            "last_changed": at,
        }
        notice = Notice.objects.create(**{**fields, **given})
        return Entry.objects.create(
            notice=notice, measure=measure, occasion=f"{notice.event}/{number}", change=["event"]
        )
