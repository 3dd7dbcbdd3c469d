"""Small rows for the tests of the pages: what each function does not take, it makes up."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Kind, Role
from monitor.bases.models import Base, Chamber, Enterprise, ExportFlow, ProductLine
from monitor.impact.models import LOUDNESS, Impact, Level
from monitor.notices.models import (
    Bundle,
    Capture,
    Entry,
    Measure,
    MeasureKey,
    Notice,
    ProductClaim,
)
from monitor.web.exports import months

TODAY = date(2025, 6, 2)
SEEN = datetime(2025, 5, 20, 3, 30, tzinfo=UTC)
LAST_MONTH = date(2025, 4, 1)
TITLE = (
    "Wood Mouldings and Millwork Products From the People's Republic of China: Preliminary Results"
)
ABSTRACT = (
    "Commerce preliminarily determines that producers of wood mouldings sold below normal value. "
    "The merchandise enters under HTSUS 4409.10.4010 and 4409.22.40. "
    "Comments are due June 20, 2025."
)


@dataclass
class House:
    """Makes rows; numbers run on, so that nothing collides."""

    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def actor(self, kind: Kind = Kind.OFFICE) -> Actor:
        """A reader of an organisation of this kind, each of another."""
        name = f"{kind.value} {next(self.numbers)}"
        own = Organisation.objects.create(kind=kind, name_zh=name, created_at=SEEN)
        return Actor(organisation=own, role=Role.READER)

    def base(self, code: str = "", **given: Any) -> Base:
        number = next(self.numbers)
        code = code or f"base-{number}"
        names = {"name_zh": f"林产品{number}", "name_en": f"Forest products {number}"}
        return Base.objects.create(
            **{"code": code, "cities": ["南平", "三明"], "position": number, **names, **given}
        )

    def line(self, base: Base, hs: str = "4409", **given: Any) -> ProductLine:
        names = {"name_zh": "木线条", "name_en": "Wood mouldings"}
        return ProductLine.objects.create(base=base, hs=hs, **{**names, **given})

    def chamber(self, base: Base) -> Chamber:
        number = next(self.numbers)
        made = Chamber.objects.create(name_zh=f"商会{number}", name_en=f"Chamber {number}")
        made.bases.add(base)
        return made

    def firm(self, base: Base, **given: Any) -> Enterprise:
        number = next(self.numbers)
        names = {"name_zh": f"南平示例木业{number}", "name_en": f"Nanping Sample Wood {number}"}
        made = Enterprise.objects.create(**{**names, **given})
        made.bases.add(base)
        return made

    def flows(
        self, base: Base, hs6: str = "440910", market: str = "US", usd: str = "2500000"
    ) -> list[ExportFlow]:
        """Twelve months of the base's own rows, and as much again of the year before."""
        spans = [*months(LAST_MONTH), *months(date(LAST_MONTH.year - 1, LAST_MONTH.month, 1))]
        return ExportFlow.objects.bulk_create(
            ExportFlow(base=base, hs6=hs6, market=market, month=month, value_usd=Decimal(usd))
            for month in spans
        )

    def capture(self) -> Capture:
        number = next(self.numbers)
        bundle = Bundle.objects.create(
            name=f"us-federal-register-{number}",
            source="us-federal-register",
            arrived_at=SEEN,
            items=1,
        )
        return Capture.objects.create(
            bundle=bundle,
            url="https://www.federalregister.gov/api/v1/documents.json?page=1",
            fetched_at=SEEN,
            status=200,
            sha256=f"{number:064x}",
            content_type="application/json",
            length=1000,
            warc=f"{bundle.name}/captures.warc.gz",
            offset=0,
        )

    def notice(self, **given: Any) -> Notice:
        number = next(self.numbers)
        fields: dict[str, Any] = {
            "source": "us-federal-register",
            "number": f"2025-{number:05d}",
            "title": TITLE,
            "abstract": ABSTRACT,
            "language": "en",
            "published": date(2025, 5, 19),
            "url": f"https://www.federalregister.gov/d/2025-{number:05d}",
            "authority": "International Trade Administration",
            "jurisdiction": "US",
            "kinds": ["anti_dumping"],
            "proceeding": "administrative_review",
            "event": "preliminary",
            "origins": ["CN"],
            "product": "Wood mouldings and millwork products",
            "item": item(),
            "fingerprint": f"{number:064x}",
            "first_seen": SEEN,
            "last_changed": SEEN,
        }
        return Notice.objects.create(**{**fields, **given})

    def measure(self, *keys: str, **given: Any) -> Measure:
        fields: dict[str, Any] = {
            "kind": "anti_dumping",
            "jurisdiction": "US",
            "authority": "International Trade Administration",
            "origin": "CN",
            "title": "Wood mouldings and millwork products",
            "first_published": date(2021, 2, 16),
            "last_published": date(2025, 5, 19),
        }
        made = Measure.objects.create(**{**fields, **given})
        MeasureKey.objects.bulk_create(MeasureKey(key=key, measure=made) for key in keys)
        return made

    def entry(
        self, notice: Notice | None = None, measure: Measure | None = None, **given: Any
    ) -> Entry:
        notice = notice or self.notice()
        fields = {"occasion": f"-/{notice.event}/{notice.published}", "change": ["event"]}
        return Entry.objects.create(
            notice=notice, measure=measure or self.measure(), **{**fields, **given}
        )

    def claim(self, notice: Notice, code: str = "440910", **given: Any) -> ProductClaim:
        printed = {"kind": "printed", "printed": "4409.10.4010", "where": "abstract:118"}
        fields: dict[str, Any] = {
            "probability": 0.98,
            "evidence": [printed, {"kind": "text", "words": ["wood mouldings"]}],
            "model": "printed-codes 1",
        }
        return ProductClaim.objects.create(notice=notice, code=code, **{**fields, **given})

    def impact(self, base: Base, entry: Entry | None = None, **given: Any) -> Impact:
        level = given.pop("level", Level.ORANGE)
        fields: dict[str, Any] = {
            "level": level,
            "loudness": LOUDNESS[level],
            "markets": ["US"],
            "matches": [match()],
            "exposure_usd": Decimal(30_000_000),
            "share": Decimal("0.082"),
            "firms": [],
            "unit_value": Decimal("3.1500"),
            "unit": "kg",
            "unit_value_change": Decimal("-0.0512"),
            "as_of_month": LAST_MONTH,
            "next_date": date(2025, 6, 20),
            "next_date_what": {
                "source": "printed",
                "kind": "comments_due",
                "printed": "June 20, 2025",
            },
            "reasons": reasons(level),
            "assessed_at": SEEN,
        }
        return Impact.objects.create(base=base, entry=entry or self.entry(), **{**fields, **given})


def item(**given: Any) -> dict[str, Any]:
    """`Notice.item`: a `bundles.NoticeItem` without title, abstract and body."""
    fields: dict[str, Any] = {
        "case_numbers": ["A-570-117"],
        "symbols": [],
        "references": ["86 FR 9486"],
        "companies": [{"name": "Fujian Yinfeng Imp & Exp Trading", "role": "respondent"}],
        "codes": [
            code("4409.10.4010", "440910", "4409"),
            code("9999.99", "", "", exists=False, note="no edition of the HS has chapter 99"),
        ],
        "dates": [{"kind": "comments_due", "date": "2025-06-20", "printed": "June 20, 2025"}],
        "period": {"start": "2023-02-01", "end": "2024-01-31", "printed": "the period of review"},
    }
    return {**fields, **given}


def code(printed: str, hs6: str, heading: str, **given: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "printed": printed,
        "digits": printed,
        "system": "HTSUS",
        "hs6": [hs6] if hs6 else [],
        "heading": heading or None,
        "chapter": heading[:2] or None,
        "exists": True,
        "partial": False,
        "where": f"abstract:{max(ABSTRACT.find(printed), 0)}",
        "note": None,
    }
    return {**fields, **given}


def match(**given: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "hs6": "440910",
        "claim": "440910",
        "depth": "hs6",
        "weight": "1",
        "probability": 0.98,
        "value_usd": "30000000",
        "product_line": "4409",
    }
    return {**fields, **given}


def reasons(level: str) -> list[dict[str, Any]]:
    goods = [{"code": "440910", "zh": "木线条", "en": "wood mouldings"}]
    return [
        {
            "code": "match",
            "params": {
                "goods": goods,
                "count": 1,
                "depth": "hs6",
                "evidence": "printed",
                "probability": 0.98,
            },
        },
        {
            "code": "exposure",
            "params": {
                "market": "US",
                "usd": "30000000",
                "share": "0.082",
                "as_of": "2025-04",
                "weighted": False,
            },
        },
        {
            "code": "rule",
            "params": {
                "id": f"case-{level}",
                "zh": "针对我国的裁决，涉及金额较大",
                "en": "a determination against China that touches much money",
            },
        },
    ]
