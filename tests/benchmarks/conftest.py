"""A small corpus for all tests of benchmarks."""

from pathlib import Path

import pytest

from benchmarks.corpus import Corpus
from monitor.search.document import Document
from tests.benchmarks import feeds


@pytest.fixture(scope="session")
def small_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return feeds.write(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def corpus(small_data: Path) -> Corpus:
    return Corpus(small_data)


@pytest.fixture(scope="session")
def documents(corpus: Corpus) -> list[Document]:
    return [draft.document() for draft in corpus.drafts(1, 2000)]
