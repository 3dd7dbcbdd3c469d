from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from monitor.bases.imports import run
from monitor.bases.imports.plan import Plan
from monitor.bases.imports.run import Asked
from monitor.bases.models import Base, Chamber, ExportFlow

EXAMPLES = Path(__file__).parent / "examples"
NOW = datetime(2025, 6, 2, 1, tzinfo=UTC)

Importer = Callable[..., Plan[Any]]


@pytest.fixture
def examples() -> Path:
    return EXAMPLES


@pytest.fixture
def bases(db: None) -> dict[str, Base]:
    """Three bases; footwear has a chamber, a line, and sample flows."""
    rows = (("footwear", "鞋类"), ("bags", "箱包及伞"), ("textiles", "纺织服装"))
    made = {
        code: Base.objects.create(code=code, name_zh=zh, name_en=code.title(), position=at)
        for at, (code, zh) in enumerate(rows)
    }
    Chamber.objects.create(name_zh="鞋类商会", name_en="Footwear").bases.add(made["footwear"])
    made["footwear"].lines.create(hs="6403", name_zh="皮面鞋", name_en="Leather footwear")
    ExportFlow.objects.create(
        base=made["footwear"],
        hs6="640399",
        market="US",
        month=date(2025, 4, 1),
        value_usd=Decimal(7),
        sample=True,
    )
    return made


@pytest.fixture
def importing() -> Importer:
    """Plans a file, and applies it where told to."""

    def plan(kind: str, path: Path, *, apply: bool = False, **more: Any) -> Plan[Any]:
        asked = Asked(kind, NOW, **more)
        sheet = run.read(path, asked)
        made = run.prepare(sheet, asked)
        if apply:
            run.apply(sheet, asked, made)
        return made

    return plan


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Writes sheets of rows to an XLSX."""

    def write(**sheets: list[list[Any]]) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        path = tmp_path / "table.xlsx"
        book.save(path)
        return path

    return write
