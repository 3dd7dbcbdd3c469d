"""Synthetic notices: the same ones for the same seed, of every family, that agree in themselves."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks import corpus_facts, corpus_files, corpus_material
from benchmarks.corpus import Corpus
from bundles.words import CASES
from models.nomenclature import hs
from monitor.search.document import Document
from monitor.search.tree import Tag
from tests.benchmarks import feeds


def test_a_seed_gives_the_same_notices_and_another_one_others(
    small_data: Path, documents: list[Document]
) -> None:
    again, other = Corpus(small_data), Corpus(small_data, seed=1)
    assert [draft.document() for draft in again.drafts(1, 2000)] == documents
    assert [draft.document() for draft in other.drafts(1, 1000)] != documents[:1000]


@pytest.mark.parametrize(("first", "count"), [(1, 1), (990, 20), (1001, 1000), (1500, 3)])
def test_a_part_is_the_same_as_in_the_whole(
    corpus: Corpus, documents: list[Document], first: int, count: int
) -> None:
    part = [draft.document() for draft in corpus.drafts(first, count)]
    assert part == documents[first - 1 : first - 1 + count]


def test_numbers_go_up_from_one(documents: list[Document]) -> None:
    assert [document.notice_id for document in documents] == list(range(1, 2001))


def test_families_have_their_shares_and_languages(documents: list[Document]) -> None:
    languages = Counter(document.language for document in documents)
    shares = Counter[str]()
    for family in corpus_facts.FAMILIES:
        shares[family.language] += family.share
    assert sum(shares.values()) == 100
    for language, share in shares.items():
        assert languages[language] / 20 == pytest.approx(share, abs=4)


def test_a_few_values_have_most_of_the_notices_and_many_have_a_few(
    documents: list[Document],
) -> None:
    for tag, values in {Tag.MARKET: 20, Tag.BODY: 40, Tag.EVENT: 15, Tag.YEAR: 15}.items():
        counted = Counter(value for d in documents for value in d.tags[tag]).most_common()
        assert len(counted) >= values, tag
        assert counted[0][1] > 8 * counted[len(counted) // 2][1] or tag is Tag.YEAR, tag


def test_codes_are_of_the_harmonised_system_and_named_goods_bear_theirs(
    corpus: Corpus, documents: list[Document]
) -> None:
    assert all(hs.exists(code) for d in documents for code in (*d.tags[Tag.HS], *d.sure))
    named = [(d, row) for d in corpus.drafts(1, 500) for row in feeds.GOODS["zh"]]
    said = [(draft, code) for draft, (code, name) in named if name in draft.notice.title]
    assert said
    for draft, code in said:
        assert code[:6] in dict(draft.claims)


def test_procedures_are_those_of_cases_and_deadlines_follow_the_publication(
    documents: list[Document],
) -> None:
    for document in documents:
        assert bool(document.tags[Tag.PROCEEDING]) == bool(CASES & set(document.tags[Tag.KIND]))
        assert all(day > document.published for day in document.deadlines)
        assert document.published <= corpus_facts.LAST


def test_nothing_of_a_frame_is_left_over(documents: list[Document]) -> None:
    assert not any("{" in document.title + document.text for document in documents)


def test_what_is_about_goods_is_said_in_chinese_and_english_too(documents: list[Document]) -> None:
    about = [d for d in documents if "other" not in d.tags[Tag.KIND]]
    assert all(any(text.isascii() for text in d.gloss) for d in about)
    assert all(not d.gloss for d in documents if d not in about)


def test_a_corpus_comes_out_of_its_file_as_it_was_made(
    corpus: Corpus, documents: list[Document], tmp_path: Path
) -> None:
    file = tmp_path / "documents"
    corpus_files.make(corpus, 2000, file, processes=2)
    chunks = list(corpus_files.chunks(file))
    assert [len(chunk) for chunk in chunks] == [1000, 1000]
    assert [document for chunk in chunks for document in chunk] == documents


@pytest.mark.real
def test_the_real_feeds_can_be_read(real_data: Path) -> None:
    found = corpus_material.read(real_data)
    assert len(found.gazette) > 100_000
    assert len(found.frames) > 100
    assert {
        language: len(goods) > 3000 for language, goods in found.goods.items()
    } == dict.fromkeys(("en", "zh", "es", "vi"), True)
