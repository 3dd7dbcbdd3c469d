"""The deployer's questions and articles."""

from pathlib import Path

import pytest
from django.conf import settings

from monitor.cases.comments.bank import bank, load
from monitor.deadlines.tables import RulesError


def test_what_is_asked_depends_on_the_measure_and_the_goods() -> None:
    known = bank()
    shoes = {each.id for each in known.fitting("tbt", ["64"])}
    tea = {each.id for each in known.fitting("sps", ["09"])}
    assert {"standard", "substances"} <= shoes
    assert {"codex", "residues"} <= tea
    assert not {"codex", "residues", "energy"} & shoes
    assert len(shoes) >= 20
    for family in ("tbt", "sps"):
        assert sum(each.usual for each in known.fitting(family, [])) <= 10


def test_the_articles_that_a_comment_leans_on_are_there() -> None:
    numbers = {(each.agreement, each.number) for each in bank().articles.values()}
    tbt = ("2.2", "2.4", "2.9.4", "2.12", "5.1", "5.6")
    sps = ("2.2", "3.1", "3.3", "5.1", "5.6", "Annex B, 2", "Annex B, 5")
    assert {("tbt", each) for each in tbt} | {("sps", each) for each in sps} <= numbers
    assert all(source.startswith("https://www.wto.org/") for source in bank().sources.values())


def test_a_number_without_a_unit_is_refused_with_its_place(tmp_path: Path) -> None:
    for name in ("questions", "articles"):
        text = (settings.FENGHUO_COMMENTS / f"{name}.toml").read_text(encoding="utf-8")
        text = text.replace('unit_zh = "%"\n', "")
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RulesError, match=r"questions\.toml: questions\.3 \(share\).*unit"):
        load(tmp_path)
