"""Plan against the records, and write what the user said yes to: all of it or nothing."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from monitor.bases.imports import bases, columns, enterprises, flows, known, tables
from monitor.bases.imports.bases import BaseRecord
from monitor.bases.imports.columns import Sheet
from monitor.bases.imports.enterprises import FirmRecord
from monitor.bases.imports.flows import FlowRecord
from monitor.bases.imports.plan import Action, Change, Plan
from monitor.bases.imports.problems import WrongFileError
from monitor.bases.models import Base, Chamber, Enterprise, ExportFlow, ProductLine
from monitor.bases.organisations import of_chamber, of_firm
from monitor.trail.recording import told

BATCH = 5_000
IMPORT = "import"
"""In the trail."""


class RecordsChangedError(Exception):
    """Between the plan that was shown and the yes, somebody changed what it was made against."""


@dataclass(frozen=True)
class Asked:
    """What the user said beside the file. `cny_per_usd`: yuan for one dollar."""

    kind: str
    now: datetime
    base: str | None = None
    sheet: str | None = None
    cny_per_usd: Decimal | None = None


def read(path: Path, asked: Asked) -> Sheet:
    """The file's table. Raises `WrongFileError`."""
    module = {"bases": bases, "enterprises": enterprises, "flows": flows}[asked.kind]
    sheet = columns.find(tables.read(path, asked.sheet), module.NAMES, module.MANDATORY)
    for column in sheet.columns.values():
        if column.money and column.money.currency == "CNY" and asked.cny_per_usd is None:
            raise WrongFileError("no_rate", label=column.label)
    return sheet


def prepare(sheet: Sheet, asked: Asked) -> Plan[Any]:
    """What the import would change. Reads the records, writes nothing."""
    known_bases = known.known_bases(asked.base)
    if asked.base and asked.base not in known_bases.by_code:
        raise WrongFileError("no_such_base", value=asked.base)
    if asked.kind == "bases":
        return bases.plan(sheet, known_bases)
    firms = known.known_firms()
    if asked.kind == "enterprises":
        return enterprises.plan(sheet, firms, known_bases, asked.cny_per_usd)
    today = timezone.localtime(asked.now).date()
    said = flows.Asked(today, asked.cny_per_usd)
    cells, made = flows.read(sheet, firms, known_bases, said)
    concerned = frozenset(key.base for key in cells)
    return flows.plan(cells, made, known.known_flows(concerned), known.sample_counts(concerned))


def apply(sheet: Sheet, asked: Asked, confirmed: Plan[Any]) -> None:
    """Write the plan that the user has seen, in one transaction.

    Raises `RecordsChangedError` where the same file would no longer do the same.
    """
    write: dict[str, Callable[[list[Change[Any]], datetime], None]] = {
        "bases": _write_bases,
        "enterprises": _write_firms,
        "flows": _write_flows,
    }
    with transaction.atomic():
        if prepare(sheet, asked) != confirmed:
            raise RecordsChangedError
        write[asked.kind](confirmed.writes(), asked.now)
        if asked.kind == "flows":
            _tell_of_flows(confirmed.writes())


def _write_bases(changes: list[Change[BaseRecord]], now: datetime) -> None:
    for change in changes:
        record = change.record
        own = {name: record.names[name] for name in _own(record)}
        if record.new:
            base = Base.objects.create(code=record.code, position=Base.objects.count(), **own)
        else:
            base = Base.objects.get(code=record.code)
            Base.objects.filter(pk=base.pk).update(**own)
        _write_chamber(base, record.names)
        for line, (chinese, english) in record.lines.items():
            names = {"name_zh": chinese, "name_en": english}
            ProductLine.objects.update_or_create(base=base, hs=line, defaults=names)
        for chamber in base.chambers.all():
            of_chamber(chamber, now)


def _own(record: BaseRecord) -> list[str]:
    return [name for name in ("name_zh", "name_en", "cities") if name in record.names]


def _write_chamber(base: Base, names: dict[str, Any]) -> None:
    chamber = base.chambers.order_by("pk").first()
    if name := names.get("chamber_zh"):
        chamber, _ = Chamber.objects.get_or_create(name_zh=name, defaults={"name_en": ""})
        base.chambers.set([chamber])
    if chamber and (english := names.get("chamber_en")):
        Chamber.objects.filter(pk=chamber.pk).update(name_en=english)


def _write_firms(changes: list[Change[FirmRecord]], now: datetime) -> None:
    codes = dict(Base.objects.values_list("code", "pk"))
    for change in changes:
        record = change.record
        firm = Enterprise.objects.get(pk=record.pk) if record.pk else Enterprise()
        for name, value in record.values.items():
            setattr(firm, name, value)
        firm.save()
        firm.bases.add(*(codes[code] for code in record.join))
        of_firm(firm, now)


def _write_flows(changes: list[Change[FlowRecord]], _now: datetime) -> None:
    codes = dict(Base.objects.values_list("code", "pk"))
    concerned = {codes[change.record.key.base] for change in changes}
    ExportFlow.objects.filter(base__in=concerned, sample=True).delete()
    new = [c.record for c in changes if c.action is Action.NEW]
    ExportFlow.objects.bulk_create((_row(record, codes) for record in new), batch_size=BATCH)
    for change in changes:
        if change.action is Action.CHANGED:
            key = change.record.key
            cell = {"hs6": key.hs6, "market": key.market, "month": key.month}
            ExportFlow.objects.filter(base=codes[key.base], enterprise=key.firm, **cell).update(
                **change.record.value._asdict()
            )


def _tell_of_flows(changes: list[Change[FlowRecord]]) -> None:
    """One line of the trail for each firm, and for each base's totals: cells are too many for one
    each, and say confidential figures. Other rows tell of themselves."""
    counts: defaultdict[tuple[str, int | None], Counter[str]] = defaultdict(Counter)
    for change in changes:
        counts[change.record.key.base, change.record.key.firm][change.action.value] += 1
    bases = {base.code: base for base in Base.objects.all()}
    firms = Enterprise.objects.select_related("organisation").in_bulk(
        [firm for _base, firm in counts if firm is not None]
    )
    for (code, firm), cells in counts.items():
        row = firms[firm] if firm is not None else bases[code]
        whose = firms[firm].organisation if firm is not None else None
        told(IMPORT, row, concerned=whose, after={"base": code, **cells})


def _row(record: FlowRecord, codes: dict[str, int]) -> ExportFlow:
    key = record.key
    return ExportFlow(
        base_id=codes[key.base],
        enterprise_id=key.firm,
        hs6=key.hs6,
        market=key.market,
        month=key.month,
        **record.value._asdict(),
    )
