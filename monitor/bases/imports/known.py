"""What the records already hold, as plain data: plans are made against it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from monitor.bases.imports.problems import BadCellError
from monitor.bases.imports.values import parts, plain
from monitor.bases.models import Base, Enterprise, ExportFlow

FIRM_FIELDS = (
    "name_zh", "name_en", "uscc", "city", "products", "hs_codes", "markets", "annual_export_usd",
    "contact", "phone", "email", "legal_representative", "address", "employees", "certifications",
)  # fmt: skip


class CellKey(NamedTuple):
    """One cell of the flows; `firm` is an id, None for the base's total."""

    base: str
    firm: int | None
    hs6: str
    market: str
    month: date


class CellValue(NamedTuple):
    value_usd: Decimal
    quantity: Decimal | None
    unit: str


@dataclass(frozen=True)
class KnownFirm:
    pk: int
    values: Mapping[str, object]
    bases: frozenset[str]
    sample: bool = False


@dataclass(frozen=True)
class KnownBase:
    code: str
    names: Mapping[str, object]
    """name_zh, name_en, cities, chamber_zh, chamber_en"""
    lines: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """HS → (Chinese name, English name)"""


class KnownBases:
    """The bases by code and by the names that forms give them: 鞋类, 鞋类基地, 鞋类出口基地."""

    def __init__(self, bases: list[KnownBase], given: str | None = None) -> None:
        """`given`: the code that `--base` names, which stands where a row names none."""
        self.by_code = {base.code: base for base in bases}
        self._names = {_base_key(str(base.names["name_zh"])): base.code for base in bases}
        self._names |= {_base_key(code): code for code in self.by_code}
        self.given = given

    def code(self, cell: str) -> str:
        """One base. Raises `no_such_base`, `no_base`."""
        codes = self.codes(cell)
        if len(codes) != 1:
            raise BadCellError("several_bases" if codes else "no_base")
        return codes[0]

    def codes(self, cell: str) -> list[str]:
        """The bases of a list; the given one where it is empty. Raises `no_such_base`."""
        names = parts(cell)
        if not names:
            return [self.given] if self.given else []
        whole = self.named(cell)
        return [whole] if whole else list(dict.fromkeys(self._one(name) for name in names))

    def named(self, name: str) -> str | None:
        return self._names.get(_base_key(name))

    def _one(self, name: str) -> str:
        code = self.named(name)
        if code is None:
            raise BadCellError("no_such_base", value=name[:60])
        return code


def _base_key(name: str) -> str:
    bare = re.sub(r"\s", "", plain(name)).casefold().removeprefix("福建省")
    return bare.removesuffix("基地").removesuffix("出口").removesuffix("重点商品")


def known_bases(given: str | None = None) -> KnownBases:
    rows = Base.objects.prefetch_related("lines", "chambers")
    return KnownBases([_known_base(base) for base in rows], given)


def _known_base(base: Base) -> KnownBase:
    chamber = min(base.chambers.all(), key=lambda each: each.pk, default=None)
    names: dict[str, object] = {
        "name_zh": base.name_zh,
        "name_en": base.name_en,
        "cities": list(base.cities),
        "chamber_zh": chamber.name_zh if chamber else "",
        "chamber_en": chamber.name_en if chamber else "",
    }
    return KnownBase(
        base.code, names, {line.hs: (line.name_zh, line.name_en) for line in base.lines.all()}
    )


def known_firms() -> list[KnownFirm]:
    return [
        KnownFirm(
            firm.pk,
            {name: getattr(firm, name) for name in FIRM_FIELDS},
            frozenset(base.code for base in firm.bases.all()),
            firm.sample,
        )
        for firm in Enterprise.objects.prefetch_related("bases").order_by("pk")
    ]


def known_flows(bases: frozenset[str]) -> dict[CellKey, CellValue]:
    """The real flows of the bases; sample flows give way and are not compared with."""
    rows = ExportFlow.objects.filter(base__code__in=bases, sample=False).values_list(
        "base__code", "enterprise", "hs6", "market", "month", "value_usd", "quantity", "unit"
    )
    return {CellKey(*row[:5]): CellValue(*row[5:]) for row in rows.iterator()}


def sample_counts(bases: frozenset[str]) -> dict[str, int]:
    """How many sample flows each of the bases holds."""
    found = ExportFlow.objects.filter(base__code__in=bases, sample=True)
    codes = sorted(found.values_list("base__code", flat=True).distinct())
    return {code: found.filter(base__code=code).count() for code in codes}
