"""A corpus in a file, so that every engine gets the same and pays for none of its making."""

import multiprocessing
import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from benchmarks.corpus import CHUNK, Corpus

_corpus: list[Corpus] = []
"""That of a process that makes one."""


def make(corpus: Corpus, count: int, file: Path, processes: int) -> None:
    """Write the documents of the first `count` notices, in chunks of `CHUNK`."""
    # Forked, because a fresh process would have to read the feeds again.
    pool = multiprocessing.get_context("fork").Pool(processes, _corpus.append, (corpus,))
    with pool, file.open("wb") as out:
        for chunk in pool.imap(_chunk, range(1, count + 1, CHUNK)):
            out.write(chunk)


def _chunk(first: int) -> bytes:
    return _packed([draft.document() for draft in _corpus[0].drafts(first, CHUNK)])


def _packed(chunk: Sequence[Any]) -> bytes:
    return pickle.dumps(chunk, protocol=pickle.HIGHEST_PROTOCOL)


def write(chunk: Sequence[Any], out: BinaryIO) -> None:
    out.write(_packed(chunk))


def chunks(file: Path) -> Iterator[list[Any]]:
    """What was written, in its order."""
    with file.open("rb") as stored:
        while True:
            try:
                yield pickle.load(stored)
            except EOFError:
                return
