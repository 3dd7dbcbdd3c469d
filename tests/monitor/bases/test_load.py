from pathlib import Path

import pytest
from django.conf import settings

from models.nomenclature import hs
from monitor.bases.load import WrongBasesError, load, read
from monitor.bases.models import Base, Chamber, ProductLine

ONE = """
[[base]]
code = "footwear"
name_zh = "鞋类"
name_en = "Footwear"
cities = ["泉州"]
chamber_zh = "鞋类商会"
chamber_en = "Footwear Chamber"
lines = [
  { hs = "6403", name_zh = "皮鞋", name_en = "Leather footwear" },
  { hs = "64", name_zh = "鞋", name_en = "Footwear" },
]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bases.toml"
    path.write_text(ONE, encoding="utf-8")
    return path


def test_the_fifteen_bases_stand_in_hs2022() -> None:
    bases = read(settings.FENGHUO_BASES)

    assert len(bases) == 15
    assert all(hs.exists(line.hs) for base in bases for line in base.lines)
    assert all(8 <= len(base.lines) <= 35 for base in bases)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('hs = "6403"', 'hs = "6499"', "base footwear, line 1 hs: Value error, 6499 is no code"),
        ('hs = "6403"', 'hs = "640"', "base footwear, line 1 hs"),
        ('hs = "64"', 'hs = "6403"', "lines name a code twice: 6403"),
        ('name_en = "Leather footwear"', 'name_de = "Schuhe"', "line 1 name_en: Field required"),
        ('cities = ["泉州"]', "cities = []", "base footwear, cities"),
        ("[[base]]", "[[bases]]", "expected [[base]]"),
        ("[[base]]", "[[base]", "bases.toml"),
    ],
)
def test_a_fault_is_named_with_base_and_line(file: Path, old: str, new: str, said: str) -> None:
    file.write_text(ONE.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(WrongBasesError) as raised:
        read(file)

    assert said in str(raised.value)


def test_two_bases_of_one_name_are_refused(file: Path) -> None:
    file.write_text(ONE + ONE, encoding="utf-8")

    with pytest.raises(WrongBasesError, match="code: two bases are called footwear"):
        read(file)


@pytest.mark.django_db
def test_a_second_load_changes_nothing() -> None:
    first = load()
    rows = list(ProductLine.objects.order_by("pk").values())

    second = load()

    assert first.counts["bases_new"] == 15
    assert first.counts["chambers_new"] == Chamber.objects.count() == 15
    assert {name for name, count in second.counts.items() if count} == {
        "bases_unchanged",
        "chambers_unchanged",
        "lines_unchanged",
    }
    assert list(ProductLine.objects.order_by("pk").values()) == rows
    assert second.kept == ()


@pytest.mark.django_db
def test_what_the_file_no_longer_names_is_kept_and_reported(file: Path) -> None:
    load(file)
    without = [line for line in ONE.splitlines() if "6403" not in line]
    file.write_text("\n".join(without).replace("footwear", "shoes").replace("鞋类", "鞋"))
    load(file)
    file.write_text("\n".join(without))

    again = load(file)

    assert again.kept == ("shoes", "footwear/6403")
    assert Base.objects.count() == 2


@pytest.mark.django_db
def test_a_changed_name_is_brought_over(file: Path) -> None:
    load(file)
    file.write_text(ONE.replace("皮鞋", "皮面鞋"), encoding="utf-8")

    counts = load(file).counts

    assert counts["lines_changed"] == 1
    assert ProductLine.objects.get(hs="6403").name_zh == "皮面鞋"
