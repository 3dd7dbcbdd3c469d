"""The bases as data: `config/bases.toml`, read strictly and brought into the records.

What the file no longer names is kept and reported: a base carries flows, firms and warnings, and
its removal is a decision, not an edit.
"""

import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from django.conf import settings
from django.db import transaction
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from models.nomenclature import hs
from monitor.bases.models import Base, Chamber, ProductLine

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class WrongBasesError(Exception):
    """The file of the bases breaks a rule; the message names every base and line concerned."""


def _known(code: str) -> str:
    if not hs.exists(code):
        raise ValueError(f"{code} is no code of HS{hs.EDITION}")
    return code


class LineData(BaseModel):
    """A product line: chapter, heading or subheading of HS2022 and the trade's name for it.
    `words`: see `ProductLine`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hs: Annotated[str, StringConstraints(pattern=r"^\d{2}(\d{2}){0,2}$"), AfterValidator(_known)]
    name_zh: Text
    name_en: Text
    words: tuple[Text, ...] = ()


class BaseData(BaseModel):
    """One base with its chamber and product lines, as the file states it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
    name_zh: Annotated[Text, StringConstraints(max_length=80)]
    name_en: Text
    cities: Annotated[tuple[Text, ...], Field(min_length=1)]
    chamber_zh: Text
    chamber_en: Text
    lines: Annotated[tuple[LineData, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _no_code_twice(self) -> "BaseData":
        if twice := _repeated(line.hs for line in self.lines):
            raise ValueError(f"lines name a code twice: {', '.join(twice)}")
        return self


@dataclass(frozen=True)
class Loaded:
    """What a load did: counts, and what stands in the records but not in the file."""

    counts: Counter[str]
    kept: tuple[str, ...]
    """Codes of bases, and `base/HS` of product lines."""


def read(path: Path) -> tuple[BaseData, ...]:
    """The bases in the file's order. Raises `WrongBasesError` with every fault of the file."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongBasesError(f"{path.name}: {error}") from error
    entries = table.pop("base", None)
    if table or not isinstance(entries, list):
        raise WrongBasesError(f"{path.name}: expected [[base]] and nothing else at the top")
    faults: list[str] = []
    bases = [base for at, entry in enumerate(entries, 1) if (base := _base(at, entry, faults))]
    for field in ("code", "name_zh", "chamber_zh"):
        twice = _repeated(getattr(base, field) for base in bases)
        faults += [f"{field}: two bases are called {name}" for name in twice]
    if faults:
        raise WrongBasesError("\n".join(f"{path.name}: {fault}" for fault in faults))
    return tuple(bases)


def load(path: Path | None = None) -> Loaded:
    """Bring the records to what the file says; `settings.FENGHUO_BASES` without a path."""
    bases = read(path or settings.FENGHUO_BASES)
    with transaction.atomic():
        counts: Counter[str] = Counter()
        for position, base in enumerate(bases):
            counts += _store(base, position)
        return Loaded(counts, _kept(bases))


def _base(at: int, entry: Any, faults: list[str]) -> BaseData | None:
    try:
        return BaseData.model_validate(entry)
    except ValidationError as error:
        code = entry.get("code") if isinstance(entry, dict) else None
        name = f"base {code or at}"
        faults += [f"{name}, {_place(fault['loc'])}: {fault['msg']}" for fault in error.errors()]
        return None


def _place(loc: tuple[int | str, ...]) -> str:
    """`lines.3.hs` counts from zero; people count from one."""
    if len(loc) > 1 and loc[0] == "lines" and isinstance(loc[1], int):
        return " ".join(["line", str(loc[1] + 1), *map(str, loc[2:])])
    return " ".join(map(str, loc)) or "as a whole"


def _repeated(names: Any) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _store(data: BaseData, position: int) -> Counter[str]:
    base, state = _upsert(
        Base,
        {"code": data.code},
        {
            "name_zh": data.name_zh,
            "name_en": data.name_en,
            "cities": list(data.cities),
            "position": position,
        },
    )
    chamber, chamber_state = _upsert(
        Chamber, {"name_zh": data.chamber_zh}, {"name_en": data.chamber_en}
    )
    chamber.bases.add(base)
    counts = Counter({f"bases_{state}": 1, f"chambers_{chamber_state}": 1})
    for line in data.lines:
        names = {
            "name_zh": line.name_zh,
            "name_en": line.name_en,
            "words": list(line.words),
        }
        counts[f"lines_{_upsert(ProductLine, {'base': base, 'hs': line.hs}, names)[1]}"] += 1
    return counts


def _upsert(model: Any, key: dict[str, Any], values: dict[str, Any]) -> tuple[Any, str]:
    """The row, and whether it was `new`, `changed` or `unchanged`."""
    row, new = model.objects.get_or_create(**key, defaults=values)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
    return row, "new" if new else "changed" if changed else "unchanged"


def _kept(bases: tuple[BaseData, ...]) -> tuple[str, ...]:
    stated = {base.code: {line.hs for line in base.lines} for base in bases}
    gone = [code for code in Base.objects.values_list("code", flat=True) if code not in stated]
    lines = ProductLine.objects.filter(base__code__in=stated).values_list("base__code", "hs")
    extra = sorted(f"{code}/{line}" for code, line in lines if line not in stated[code])
    return (*gone, *extra)
