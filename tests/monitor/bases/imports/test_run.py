"""Plans carried out: in one transaction, once, and only as shown."""

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.db.models.signals import post_save
from django.utils import translation

from monitor.bases.imports import run, sentences
from monitor.bases.imports.plan import Plan
from monitor.bases.imports.problems import WrongFileError
from monitor.bases.imports.run import Asked, RecordsChangedError
from monitor.bases.models import Base, Chamber, Enterprise, ExportFlow

pytestmark = pytest.mark.django_db

Importer = Callable[..., Plan[Any]]


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the app's tables, links between firms, chambers and bases included."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for model in apps.get_app_config("bases").get_models(include_auto_created=True)
    }


@pytest.mark.parametrize(
    ("kind", "file", "more"),
    [
        ("enterprises", "enterprises.csv", {}),
        ("flows", "customs.csv", {"base": "footwear"}),
        ("bases", "bases.csv", {}),
    ],
)
def test_a_plan_writes_nothing_and_the_second_import_changes_nothing(
    bases: dict[str, Base],
    importing: Importer,
    examples: Path,
    *,
    kind: str,
    file: str,
    more: dict[str, Any],
) -> None:
    before = everything()

    planned = importing(kind, examples / file, **more)

    assert everything() == before
    assert planned.writes()

    importing(kind, examples / file, apply=True, **more)
    after = everything()
    again = importing(kind, examples / file, apply=True, **more)

    assert after != before
    assert again.writes() == []
    assert everything() == after


def test_the_same_rows_as_a_workbook(
    bases: dict[str, Base], importing: Importer, examples: Path, workbook: Callable[..., Path]
) -> None:
    with (examples / "enterprises.csv").open(encoding="utf-8") as lines:
        rows = list(csv.reader(lines))
    from_csv = importing("enterprises", examples / "enterprises.csv")

    from_xlsx = importing("enterprises", workbook(说明=[["填表说明"]], 名录=rows))

    assert from_xlsx == from_csv


def test_firms_are_written_with_their_bases(
    bases: dict[str, Base], importing: Importer, examples: Path
) -> None:
    importing("enterprises", examples / "enterprises.csv", apply=True)

    firm = Enterprise.objects.get(uscc="91999999000000019D")
    assert firm.name_zh == "试验鞋业（甲）有限公司"
    assert firm.markets == ["US", "EU"]
    assert firm.annual_export_usd == Decimal(12_345_000)
    assert not firm.sample
    assert list(firm.bases.values_list("code", flat=True)) == ["footwear"]


def test_real_flows_drive_out_the_sample_of_their_base_only(
    bases: dict[str, Base], importing: Importer, examples: Path
) -> None:
    ExportFlow.objects.create(
        base=bases["bags"],
        hs6="420292",
        market="US",
        month=date(2025, 4, 1),
        value_usd=Decimal(9),
        sample=True,
    )

    importing("flows", examples / "customs.csv", apply=True, base="footwear")

    assert list(bases["footwear"].flows.values_list("sample", flat=True)) == [False] * 3
    assert bases["bags"].flows.get().sample


def test_a_corrected_month_changes_its_cells(
    bases: dict[str, Base], importing: Importer, examples: Path, tmp_path: Path
) -> None:
    importing("flows", examples / "customs.csv", apply=True, base="footwear")
    corrected = tmp_path / "corrected.csv"
    text = (examples / "customs.csv").read_text(encoding="utf-8")
    corrected.write_text(text.replace('"25,000"', '"26,000"'), encoding="gb18030")

    made = importing("flows", corrected, apply=True, base="footwear")

    assert made.counts() == {"changed": 1, "unchanged": 2, "rejected": 3}
    cell = bases["footwear"].flows.get(hs6="640399", market="US")
    assert (cell.value_usd, cell.quantity) == (Decimal("36000.50"), Decimal(1500))


def test_bases_are_written_with_chamber_and_lines(
    bases: dict[str, Base], importing: Importer, examples: Path
) -> None:
    importing("bases", examples / "bases.csv", apply=True)

    tea = Base.objects.get(code="trial-tea")
    assert (tea.name_zh, tea.name_en, tea.cities, tea.sample) == (
        "试验茶叶",
        "Trial Tea",
        ["安溪"],
        False,
    )
    assert [chamber.name_zh for chamber in tea.chambers.all()] == ["试验茶叶商会"]
    assert [line.hs for line in tea.lines.all()] == ["0902", "210120"]
    assert Chamber.objects.get(name_zh="鞋类商会").bases.get().cities == ["泉州", "莆田"]


@pytest.mark.parametrize(
    ("kind", "file", "model", "more"),
    [
        ("enterprises", "enterprises.csv", Enterprise, {}),
        ("bases", "bases.csv", Base, {}),
    ],
)
def test_what_dies_in_the_middle_leaves_nothing(
    bases: dict[str, Base],
    importing: Importer,
    examples: Path,
    *,
    kind: str,
    file: str,
    model: type[models.Model],
    more: dict[str, Any],
) -> None:
    before = everything()
    saved: list[models.Model] = []

    def die(instance: models.Model, **_: Any) -> None:
        saved.append(instance)
        if len(saved) == (2 if kind == "enterprises" else 1):
            raise MemoryError

    post_save.connect(die, sender=model, weak=False)
    try:
        with pytest.raises(MemoryError):
            importing(kind, examples / file, apply=True, **more)
    finally:
        post_save.disconnect(die, sender=model)

    assert saved
    assert everything() == before


def test_flows_that_fail_in_the_middle_bring_the_sample_back(
    bases: dict[str, Base], examples: Path, now: datetime
) -> None:
    asked = Asked("flows", now, base="footwear")
    sheet = run.read(examples / "customs.csv", asked)
    plan = run.prepare(sheet, asked)
    broken = [
        change if at < 2 else type(change)(**{**vars(change), "record": None})
        for at, change in enumerate(plan.changes)
    ]
    before = everything()

    with pytest.raises(AttributeError), run.transaction.atomic():
        run._write_flows(broken, datetime(2025, 6, 2, tzinfo=UTC))

    assert everything() == before


def test_a_plan_that_no_longer_holds_is_not_carried_out(
    bases: dict[str, Base], examples: Path, now: datetime
) -> None:
    asked = Asked("enterprises", now)
    sheet = run.read(examples / "enterprises.csv", asked)
    plan = run.prepare(sheet, asked)
    Enterprise.objects.create(name_zh="试验鞋业乙有限公司")
    before = everything()

    with pytest.raises(RecordsChangedError):
        run.apply(sheet, asked, plan)

    assert everything() == before


def test_yuan_need_a_rate_and_are_divided_by_it(
    bases: dict[str, Base], importing: Importer, examples: Path, tmp_path: Path
) -> None:
    path = tmp_path / "yuan.csv"
    text = (examples / "customs.csv").read_text(encoding="utf-8")
    path.write_text(text.replace("美元", "人民币"), encoding="utf-8")

    with pytest.raises(WrongFileError) as raised:
        importing("flows", path, base="footwear")
    assert raised.value.code == "no_rate"

    importing("flows", path, apply=True, base="footwear", cny_per_usd=Decimal("7.2"))
    assert bases["footwear"].flows.get(hs6="640391").value_usd == Decimal("125.00")


def test_a_base_that_is_not_there_is_refused(
    bases: dict[str, Base], importing: Importer, examples: Path
) -> None:
    with pytest.raises(WrongFileError, match="no_such_base"):
        importing("flows", examples / "customs.csv", base="tea")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_code_has_a_sentence_in_both_languages(language: str) -> None:
    with translation.override(language):
        texts = [
            str(text)
            for table in (sentences.FILE, sentences.CELL, sentences.NOTES, sentences.FIELDS)
            for text in table.values()
        ]

    chinese = [any("一" <= letter <= "鿿" for letter in text) for text in texts]
    assert all(chinese) if language == "zh-hans" else sum(chinese) < 5


def test_a_chamber_is_renamed_in_english_or_named_anew(
    bases: dict[str, Base], importing: Importer, tmp_path: Path
) -> None:
    path = tmp_path / "bases.csv"
    path.write_text(
        "基地名称,商会名称,商会英文名称\n鞋类,,Shoe Chamber\n箱包及伞,,Bag Chamber\n"
        "纺织服装,纺织商会,Textile Chamber\n",
        encoding="utf-8",
    )

    made = importing("bases", path, apply=True)

    assert [(p.line, p.code) for p in made.rejected] == [(3, "new_base_needs")]
    assert dict(Chamber.objects.values_list("name_zh", "name_en")) == {
        "鞋类商会": "Shoe Chamber",
        "纺织商会": "Textile Chamber",
    }
    assert importing("bases", path).writes() == []
