"""What the bases are warned of: the labels of the sample, and the walk over a whole gazette."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest
from pytest_django import Settings

from benchmarks import bases
from monitor.bases import load
from monitor.bases.models import Base


@pytest.mark.django_db
def test_what_is_not_the_goods_of_a_base_names_a_base() -> None:
    load.load()
    found = bases.not_goods(bases.NOT_GOODS)
    assert {base for _, base in found} <= set(Base.objects.values_list("code", flat=True))


@pytest.mark.django_db
def test_every_judged_match_is_of_a_base_and_says_why() -> None:
    load.load()
    lines = bases.JUDGED.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) >= bases.SAMPLE
    assert {row["base"] for row in rows} <= set(Base.objects.values_list("code", flat=True))
    assert {row["judgement"] for row in rows} == {"right", "wrong", "unsure"}
    assert all(row["reason"] and " " not in row["reason"] for row in rows)
    assert len(bases.judgements(bases.JUDGED)) == len(rows), "each pair is judged once"


def _row(number: str, title: str, day: str) -> str:
    return json.dumps(
        {"document_number": number, "title": title, "publication_date": day, "abstract": None,
         "html_url": f"https://www.federalregister.gov/d/{number}"}
    )  # fmt: skip


@pytest.fixture
def data(tmp_path: Path, settings: Settings) -> Path:
    """A gazette of three documents, and labels of two of them."""
    settings.FENGHUO_BUNDLES = tmp_path / "bundles"
    settings.FENGHUO_INDEX = tmp_path / "index"
    feeds, labelled = tmp_path / "feeds", tmp_path / "labelled"
    feeds.mkdir()
    labelled.mkdir()
    rows = [
        _row("2024-00001", "Ceramic Tile From the People's Republic of China: Initiation of "
             "Less-Than-Fair-Value Investigation", "2024-05-10"),
        _row("2024-00002", "Sunshine Act Meetings", "2024-05-13"),
        _row("2024-00003", "Fresh Garlic From the People's Republic of China: Initiation of "
             "Antidumping Duty New Shipper Review", "2024-05-14"),
    ]  # fmt: skip
    with gzip.open(tmp_path / bases.FEED, "wt", encoding="utf-8") as out:
        out.write("\n".join(rows))
    labels = [
        {"document_number": "2024-00001", "itip_product": "Tile", "hs6": ["690721"]},
        {"document_number": "2024-00003", "itip_product": "Garlic", "hs6": ["070320"]},
    ]
    (tmp_path / bases.LABELLED).write_text("\n".join(map(json.dumps, labels)), encoding="utf-8")
    return tmp_path


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_gazette_is_walked_and_counted(data: Path) -> None:
    found = bases.measure(data)
    assert (found.documents, found.weeks) == (3, 2)
    by_code = {base.code: base for base in found.bases}
    assert len(by_code) == 15
    assert (by_code["stone"].concerned, by_code["stone"].found) == (1, 1)
    assert (by_code["agrifood"].concerned, by_code["agrifood"].found) == (1, 1)
    assert found.recall == (1.0, 1.0)
    assert found.missed == []
    assert Counter(found.judged.values())[0] >= 1
    assert ("2024-00001", "stone") in found.unjudged
    lines = list(bases.table(found))
    assert any(line.startswith("stone") for line in lines)
    json.dumps(found.as_dict())
