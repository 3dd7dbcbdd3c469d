"""The embedded engine: tantivy, in a folder. https://github.com/quickwit-oss/tantivy-py"""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from monitor.jobs.rooms import OutsideUnavailable
from monitor.search.document import Analysed
from monitor.search.embedded import folder as folders
from monitor.search.embedded.compiling import Compiler
from monitor.search.embedded.folder import Folder
from monitor.search.embedded.schema import FINGERPRINT, document, schema
from monitor.search.embedded.states import State, States
from monitor.search.engine import (
    FACET_VALUES,
    Facet,
    Hit,
    IndexBroken,
    IndexOutdated,
    Order,
    Page,
    Query,
    Standing,
)
from monitor.search.meaning import settled
from monitor.search.tree import Node, Tagged, wanted

SMALL_HEAP, LARGE_HEAP = 32_000_000, 200_000_000
MANY = 5_000
"""From so many notices on a write is worth a larger heap and a second thread."""
SCANNED = 10_000
PATIENCE = 20.0
"""Seconds that a writer waits for another one to finish its batch."""

_ORDERS = {
    Order.NEWEST: ("newest", tantivy.Order.Desc),
    Order.OLDEST: ("newest", tantivy.Order.Asc),
    Order.SOONEST: ("soonest", tantivy.Order.Asc),
}
_FACET_FIELDS = {Facet.CHAPTER: "hs2", Facet.HEADING: "hs4"}


class EmbeddedEngine:
    """One writer at a time (tantivy locks the folder), any number of readers.

    `patience`: seconds that a write waits for another writer; `sleep` is what it waits with.
    """

    def __init__(
        self,
        root: Path,
        patience: float = PATIENCE,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._folder = Folder(root)
        self._patience = patience
        self._sleep = sleep
        self._schema = schema()
        self._states = States(self._folder, self._schema)

    def write(self, notices: Collection[Analysed]) -> None:
        if self._folder.serving is None:
            self._states.first()
        self._everywhere(lambda generation: self._write(generation, notices))

    def _write(self, generation: str, notices: Collection[Analysed]) -> None:
        with self._writer(generation, len(notices)) as writer:
            writing, written = self._reading(generation, doing="written"), set[int]()
            with writing:
                known = self._states.fresh(generation)
            for notice in notices:
                row, notice_id = document(notice), notice.notice_id
                with writing:
                    if notice_id in written or known.doc_freq("id", notice_id):
                        writer.delete_documents_by_term("id", notice_id)
                    writer.add_document(row)
                written.add(notice_id)

    def remove(self, notice_ids: Sequence[int]) -> None:
        self._everywhere(lambda generation: self._remove(generation, notice_ids))

    def _remove(self, generation: str, notice_ids: Sequence[int]) -> None:
        with self._writer(generation, len(notice_ids)) as writer:
            for notice_id in notice_ids:
                writer.delete_documents_by_term("id", notice_id)

    def search(self, query: Query) -> Page:
        settled(query.tree)
        state, lost = self._states.asked_for(query.snapshot), False
        if state is None:
            state, lost = self._states.current(), query.snapshot is not None
        with self._reading(state.generation):
            return self._page(state, query, lost=lost)

    def scan(self, query: Query) -> Iterator[int]:
        settled(query.tree)
        state = self._states.current()
        with self._reading(state.generation):
            asked = self._asked(Compiler(self._schema, state.searcher), query)
        order = Order.OLDEST if query.order is Order.OLDEST else Order.NEWEST
        last: int | None = None
        while True:
            with self._reading(state.generation):
                last, found = self._beyond(state, asked, order, last)
            yield from found
            if len(found) < SCANNED:
                return

    def spoken(self, beginning: str, limit: int) -> list[tuple[str, int]]:
        state = self._states.current()
        with self._reading(state.generation):
            # Without a filter the words of replaced notices would be counted until the next merge.
            found = state.searcher.terms_with_prefix("spoken", beginning, tantivy.Query.all_query())
        living = [pair for pair in found if pair[1]]
        return sorted(living, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def standing(self) -> Standing:
        serving = self._folder.serving
        current = serving is not None and folders.of(serving) == FINGERPRINT
        return Standing(
            engine="tantivy",
            where=str(self._folder.root),
            serving=folders.of(serving) if serving else None,
            is_current=current,
            building=self._folder.building is not None,
            notices=self._size() if current else 0,
        )

    def begin(self) -> None:
        self._states.begin()

    def add(self, notices: Collection[Analysed]) -> None:
        generation = self._built()
        with self._writer(generation, len(notices)) as writer:
            writing = self._reading(generation, doing="written")
            with writing:
                known = self._states.fresh(generation)
            for notice in notices:
                row = document(notice)
                with writing:
                    if not known.doc_freq("id", notice.notice_id):
                        writer.add_document(row)

    def swap(self) -> None:
        with self._folder.locked():
            self._folder.serve(self._built())

    def _built(self) -> str:
        generation = self._folder.building
        if generation is None or folders.of(generation) != FINGERPRINT:
            raise OutsideUnavailable(f"No index is being built in {self._folder.root}.")
        return generation

    def _generations(self) -> list[str]:
        """The one that serves and the one being built, where they are of this version."""
        serving, building = self._folder.serving, self._folder.building
        named = [name for name in (serving, building) if name and folders.of(name) == FINGERPRINT]
        if not named:
            raise IndexOutdated(
                f"The index in {self._folder.root} is of another version: run `fenghuo reindex`."
            )
        return named

    def _everywhere(self, change: Callable[[str], None]) -> None:
        """In every generation that anybody reads or will. A rebuild may begin or swap meanwhile:
        then its generation takes the change too, and one that was swapped away needs it no more."""
        changed = set[str]()
        while rest := [name for name in self._generations() if name not in changed]:
            generation = rest[0]
            try:
                change(generation)
            except OutsideUnavailable:
                if generation in self._generations():
                    raise
            changed.add(generation)

    def _size(self) -> int:
        try:
            return int(self._states.current().searcher.num_docs)
        except OutsideUnavailable:
            return 0

    @contextmanager
    def _writer(self, generation: str, notices: int) -> Iterator[tantivy.IndexWriter]:
        many = notices >= MANY
        writer = self._opened(generation, LARGE_HEAP if many else SMALL_HEAP, 2 if many else 1)
        try:
            yield writer
            with self._reading(generation, doing="written"):
                writer.commit()
        except BaseException:
            with self._reading(generation, doing="written"):
                writer.rollback()
            raise
        finally:
            with self._reading(generation, doing="written"):
                writer.wait_merging_threads()

    def _opened(self, generation: str, heap: int, threads: int) -> tantivy.IndexWriter:
        """The writer, as soon as no other process has it."""
        index = self._states.index(generation)
        waited = 0.0
        while True:
            try:
                return index.writer(heap_size=heap, num_threads=threads)
            except ValueError as error:
                # It says `lock` too where the folder is gone.
                if "LockBusy" not in str(error):
                    raise self._broken(generation, "written", error) from error
                if waited >= self._patience:
                    raise OutsideUnavailable(
                        f"The index in {self._folder.path(generation)} is being written by another"
                        f" process; waited {waited:.0f} s. It will be tried again."
                    ) from error
            self._sleep(0.1)
            waited += 0.1

    def _reading(self, generation: str, doing: str = "read") -> "_Reading":
        return _Reading(lambda error: self._broken(generation, doing, error))

    def _broken(self, generation: str, doing: str, error: BaseException) -> IndexBroken:
        self._states.forget(generation)
        return IndexBroken(
            f"The index in {self._folder.path(generation)} cannot be {doing}: {error}."
            " If the disk is not full, `fenghuo reindex` builds it anew from the records."
        )

    def _page(self, state: State, query: Query, *, lost: bool) -> Page:
        compiler = Compiler(self._schema, state.searcher)
        asked = self._asked(compiler, query)
        field, order = _ORDERS.get(_order(query), (None, tantivy.Order.Desc))
        found = state.searcher.search(
            asked, limit=max(1, query.limit), offset=query.offset, order_by_field=field, order=order
        )
        addresses = [address for _, address in found.hits[: query.limit]]
        ids = state.searcher.fast_field_values("id", addresses) if addresses else []
        scores = [0.0 if field else float(key) for key, _ in found.hits[: query.limit]]
        return Page(
            hits=[Hit(int(i), score) for i, score in zip(ids, scores, strict=True)],  # type: ignore[arg-type]
            # The counter is there at run time, but missing from the package's type stubs.
            total=found.count,  # type: ignore[attr-defined]
            facets=self._facets(compiler, state, query, asked),
            snapshot=state.token,
            snapshot_lost=lost,
        )

    def _asked(
        self, compiler: Compiler, query: Query, *, without: Facet | None = None
    ) -> tantivy.Query:
        filters: list[Node] = [
            Tagged(facet.tag, values)
            for facet, values in query.chosen.items()
            if values and facet is not without
        ]
        return compiler.filtered(compiler.query(query.tree), tuple(filters))

    def _facets(
        self, compiler: Compiler, state: State, query: Query, asked: tantivy.Query
    ) -> Mapping[Facet, Sequence[tuple[str, int]]]:
        own = [facet for facet in query.facets if query.chosen.get(facet)]
        shared = [facet for facet in query.facets if facet not in own]
        counted = _counted(state, asked, shared)
        for facet in own:
            counted |= _counted(state, self._asked(compiler, query, without=facet), [facet])
        return {facet: counted[facet] for facet in query.facets}

    def _beyond(
        self, state: State, asked: tantivy.Query, order: Order, last: int | None
    ) -> tuple[int | None, list[int]]:
        """The hits that follow the one whose key is `last`, and the key of the last of them."""
        if last is not None:
            ends = (last + 1, None) if order is Order.OLDEST else (None, last - 1)
            rest = tantivy.Query.range_query(
                self._schema, "newest", tantivy.FieldType.Integer, *ends
            )
            must = [(tantivy.Occur.Must, part) for part in (asked, rest)]
            asked = tantivy.Query.boolean_query(must)
        field, direction = _ORDERS[order]
        found = state.searcher.search(
            asked, limit=SCANNED, count=False, order_by_field=field, order=direction
        ).hits
        if not found:
            return last, []
        ids = state.searcher.fast_field_values("id", [address for _, address in found])
        return int(found[-1][0]), [int(i) for i in ids]  # type: ignore[arg-type]


class _Reading:
    """What the library under it could not do becomes what `broken` makes of it. A notice at a time
    is written within, so it may be entered again and again."""

    def __init__(self, broken: Callable[[BaseException], IndexBroken]) -> None:
        self._broken = broken

    def __enter__(self) -> None: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> None:
        # A panic of the library is no Exception, and its class cannot be imported.
        if isinstance(error, ValueError | OSError) or (
            error is not None and type(error).__name__ == "PanicException"
        ):
            raise self._broken(error) from error


def _order(query: Query) -> Order:
    """Without words nothing is more relevant than another: then the newest is."""
    ranked = query.order is not Order.RELEVANCE or any(wanted(query.tree))
    return query.order if ranked else Order.NEWEST


def _counted(
    state: State, asked: tantivy.Query, facets: Sequence[Facet]
) -> dict[Facet, list[tuple[str, int]]]:
    if not facets:
        return {}
    fields = {facet: _FACET_FIELDS.get(facet, facet.value) for facet in facets}
    # Equal counts are cut in an order of the engine's own: some more than are wanted, then ours.
    terms = {
        f: {"terms": {"field": field, "size": 2 * FACET_VALUES}} for f, field in fields.items()
    }
    answer = state.searcher.aggregate(asked, {facet.value: ask for facet, ask in terms.items()})
    return {
        facet: sorted(
            (
                (bucket["key"], int(bucket["doc_count"]))
                for bucket in answer[facet.value]["buckets"]
            ),
            key=lambda pair: (-pair[1], pair[0]),
        )[:FACET_VALUES]
        for facet in facets
    }
