"""The states of an index that somebody is reading: the newest, and those of pages being turned."""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

import tantivy

from monitor.search.embedded import folder as folders
from monitor.search.embedded.folder import Folder
from monitor.search.embedded.schema import FINGERPRINT, SPACES, spaces
from monitor.search.engine import IndexBroken, IndexOutdated

KEPT = 64
LIFETIME = 600.0
"""Seconds since it was last read, after which an old state is let go."""


@dataclass
class State:
    """One commit of one generation. `token` names it for other requests and processes."""

    token: str
    generation: str
    searcher: tantivy.Searcher
    read_at: float


class States:
    """Thread-safe. A state costs its open files: what a merge has replaced stays on the disk until
    its last reader lets go."""

    def __init__(self, folder: Folder, schema: tantivy.Schema) -> None:
        self._folder = folder
        self._schema = schema
        self._lock = threading.Lock()
        self._indexes: dict[str, tantivy.Index] = {}
        self._states: OrderedDict[str, State] = OrderedDict()

    def current(self) -> State:
        """The newest state; an empty one where there never was an index. IndexOutdated where a
        generation of another version serves."""
        generation = self._generation()
        try:
            return self._state(generation)
        except IndexBroken:
            # Swapped away and deleted between the two looks? The next look finds its successor.
            successor = self._generation()
            if successor == generation:
                raise
            return self._state(successor)

    def _generation(self) -> str:
        generation = self._folder.serving
        if generation is None:
            generation = self.first()
        if folders.of(generation) != FINGERPRINT:
            raise IndexOutdated(
                f"There is no index of this version in {self._folder.root}: run `fenghuo reindex`."
            )
        return generation

    def first(self) -> str:
        """An empty generation, at once in service: a fresh installation just works."""
        with self._folder.locked():
            if (serving := self._folder.serving) is not None:
                return serving
            return self._folder.serve(self._made())

    def begin(self) -> str:
        """An empty generation beside the one that serves."""
        with self._folder.locked():
            return self._folder.build(self._made())

    def _made(self) -> str:
        generation = self._folder.new(FINGERPRINT)
        tantivy.Index(self._schema, path=str(self._folder.path(generation)))
        return generation

    def asked_for(self, token: str | None) -> State | None:
        """The state of this name if it is still kept."""
        with self._lock:
            state = self._states.get(token or "")
            if state is not None:
                state.read_at = time.monotonic()
                self._states.move_to_end(state.token)
            return state

    def fresh(self, generation: str) -> tantivy.Searcher:
        """A searcher on the last commit, kept by nobody."""
        index = self.index(generation)
        index.reload()
        return index.searcher()

    def index(self, generation: str) -> tantivy.Index:
        """IndexBroken where it cannot be opened."""
        with self._lock:
            if generation not in self._indexes:
                self._indexes[generation] = self._open(generation)
            return self._indexes[generation]

    def forget(self, generation: str) -> None:
        """Open it anew the next time."""
        with self._lock:
            self._indexes.pop(generation, None)
            for token in [t for t, s in self._states.items() if s.generation == generation]:
                del self._states[token]

    def _open(self, generation: str) -> tantivy.Index:
        path = self._folder.path(generation)
        try:
            index = tantivy.Index.open(str(path))
        except ValueError as error:
            raise IndexBroken(
                f"The index in {path} cannot be opened: {error}. `fenghuo reindex` builds it anew."
            ) from error
        index.register_tokenizer(SPACES, spaces())
        return index

    def _state(self, generation: str) -> State:
        token = self._token(generation)
        if (known := self.asked_for(token)) is not None:
            return known
        state = State(token, generation, self._searcher(generation), time.monotonic())
        with self._lock:
            self._states[token] = state
            self._let_go()
        return state

    def _searcher(self, generation: str) -> tantivy.Searcher:
        try:
            return self.fresh(generation)
        except ValueError as error:
            self.forget(generation)
            raise IndexBroken(
                f"The index in {self._folder.path(generation)} cannot be read: {error}."
                " `fenghuo reindex` builds it anew."
            ) from error

    def _token(self, generation: str) -> str:
        """Changes with every commit, which replaces `meta.json`."""
        path = self._folder.path(generation) / "meta.json"
        try:
            found = path.stat()
        except FileNotFoundError as error:
            raise IndexBroken(
                f"{path} is missing. `fenghuo reindex` builds the index anew from the records."
            ) from error
        return f"{generation}.{found.st_ino}.{found.st_mtime_ns}"

    def _let_go(self) -> None:
        expired = time.monotonic() - LIFETIME
        while len(self._states) > KEPT or next(iter(self._states.values())).read_at < expired:
            self._states.popitem(last=False)
