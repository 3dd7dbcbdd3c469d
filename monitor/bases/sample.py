"""Sample data (示例数据) in the records: loaded, replaced, dropped. Every row is marked `sample`.

A base that holds real flows gets none: invented figures are never added to real ones.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from monitor.accounts.models import Organisation
from monitor.accounts.sample import drop_people
from monitor.accounts.words import Kind
from monitor.bases.load import load
from monitor.bases.models import Base, Chamber, Enterprise, ExportFlow
from monitor.bases.organisations import of_chamber, of_firm
from monitor.bases.sampling import Firm, Flow, Sample, Subject, draw

SEED = 20100813
"""Recorded here: whoever loads the sample of the same month with it gets the same rows."""
BATCH = 5_000


def load_sample(now: datetime, seed: int = SEED) -> Counter[str]:
    """Replace the sample by that of the 36 months before `now`'s month (server's zone).

    Loads the bases of `settings.FENGHUO_BASES` first where there are none. Counts `bases`,
    `firms`, `flows`; `bases_with_real_flows` and `bases_without_lines` are left alone.
    """
    as_of = timezone.localtime(now).date()
    with transaction.atomic():
        if not Base.objects.exists():
            load()
        ExportFlow.objects.filter(sample=True).delete()
        counts: Counter[str] = Counter()
        for base in Base.objects.prefetch_related("lines", "chambers"):
            counts += _load_base(base, as_of, seed)
        _organise(now)
        return counts


def _organise(now: datetime) -> None:
    for chamber in Chamber.objects.all():
        of_chamber(chamber, now)
    for firm in Enterprise.objects.filter(sample=True):
        of_firm(firm, now)


def drop_sample() -> Counter[str]:
    """Remove every sample row: flows, firms, chambers, and whom people act for as these. The bases
    are real, and stay."""
    with transaction.atomic():
        flows, _ = ExportFlow.objects.filter(sample=True).delete()
        firms = Enterprise.objects.filter(sample=True)
        chambers = Chamber.objects.filter(sample=True)
        counts = Counter(flows=flows, firms=firms.count(), chambers=chambers.count())
        firms.delete()
        chambers.delete()
        drop_people()
        _organisations().delete()
        return counts


def _organisations() -> QuerySet[Organisation]:
    """Of the sample, that are no chamber's and no firm's any more."""
    kinds = (Kind.CHAMBER, Kind.ENTERPRISE)
    return Organisation.objects.filter(sample=True, kind__in=kinds, chamber=None, enterprise=None)


def _load_base(base: Base, as_of: date, seed: int) -> Counter[str]:
    if base.flows.filter(sample=False).exists():
        return Counter(bases_with_real_flows=1)
    subject = _subject(base)
    if not subject.lines:
        return Counter(bases_without_lines=1)
    if not base.chambers.exists():
        _sample_chamber(base)
    sample = draw(subject, as_of, seed)
    firms = [_store_firm(base, sample, place) for place in range(len(sample.firms))]
    ExportFlow.objects.bulk_create(_rows(base, firms, sample.flows), batch_size=BATCH)
    return Counter(bases=1, firms=len(firms), flows=len(sample.flows))


def _subject(base: Base) -> Subject:
    lines = tuple(line.hs for line in base.lines.all())
    return Subject(base.code, base.name_zh, base.name_en, tuple(base.cities), lines)


def _sample_chamber(base: Base) -> None:
    chamber = Chamber.objects.create(
        name_zh=f"示例{base.name_zh}商会", name_en=f"Sample Chamber: {base.name_en}", sample=True
    )
    chamber.bases.add(base)


def _store_firm(base: Base, sample: Sample, place: int) -> Enterprise:
    """The firm keeps its row when the sample is replaced: what points to it still does."""
    firm: Firm = sample.firms[place]
    names = dict(base.lines.values_list("hs", "name_zh"))
    products = dict.fromkeys(
        names[code[:length]]
        for code in firm.hs_codes
        for length in (6, 4, 2)
        if code[:length] in names
    )
    enterprise, _ = Enterprise.objects.update_or_create(
        uscc=firm.uscc,
        defaults={
            "name_zh": firm.name_zh,
            "name_en": firm.name_en,
            "city": firm.city,
            "products": "、".join(products),
            "hs_codes": list(firm.hs_codes),
            "markets": list(firm.markets),
            "annual_export_usd": _last_year(sample.flows, place),
            "contact": "示例联系人",
            "sample": True,
        },
    )
    enterprise.bases.add(base)
    return enterprise


def _last_year(flows: list[Flow], place: int) -> Decimal:
    months = sorted({flow.month for flow in flows})[-12:]
    worth = (f.value_usd for f in flows if f.firm == place and f.month >= months[0])
    return sum(worth, Decimal("0.00"))


def _rows(base: Base, firms: list[Enterprise], flows: list[Flow]) -> Iterator[ExportFlow]:
    for flow in flows:
        yield ExportFlow(
            base_id=base.pk,
            enterprise_id=None if flow.firm is None else firms[flow.firm].pk,
            hs6=flow.hs6,
            market=flow.market,
            month=flow.month,
            value_usd=flow.value_usd,
            quantity=flow.quantity,
            unit=flow.unit,
            sample=True,
        )
