"""The embedded engine keeps the contract."""

from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.search.embedded.engine import EmbeddedEngine
from tests.monitor.search.contract import *  # noqa: F403


class Folder:
    """A folder of an index, as `contract_place.Place` wants it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def open(self) -> EmbeddedEngine:
        return EmbeddedEngine(self._root)

    def outdate(self) -> None:
        pointer = self._root / "serving"
        another = f"{'0' * 12}-1"
        (self._root / pointer.read_text().strip()).rename(self._root / another)
        pointer.write_text(another)


@pytest.fixture(scope="module")
def new_place(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Folder]:
    return lambda: Folder(tmp_path_factory.mktemp("index"))
