"""The engine for installations of several hosts: Elasticsearch 8 or 9.

Of a server it needs what every distribution has: no percolator, lifecycle policies, data streams or
query languages.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from elastic_transport import ApiError, TransportError
from elasticsearch import Elasticsearch

from monitor.search.document import Analysed
from monitor.search.elastic import asking, errors
from monitor.search.elastic.bulk import Bulk, Operation, delete, put
from monitor.search.elastic.indices import Indices, fingerprint_of
from monitor.search.elastic.schema import FINGERPRINT
from monitor.search.elastic.settings import ElasticSettings
from monitor.search.engine import IndexBroken, IndexOutdated, Page, Query, Standing

log = logging.getLogger(__name__)

KEPT = "5m"
"""How long a snapshot is kept after it was last read. It costs the server the files that a merge
has replaced meanwhile."""
SCANNED = 5_000
WORDS = 10_000
_TRIES = 3
"""How often reading or writing starts anew when the index under it is swapped away."""
_GONE = (400, 404)
"""400: what was given as a snapshot never was one."""

T = TypeVar("T")
Body = dict[str, Any]
Answer = Mapping[str, Any]


class ElasticEngine:
    """Any number of processes may read and write; each is safe to share among threads.

    A write is on the server's disk when it returns, but the index shows it only after a refresh,
    and one for every batch would cut the index into crumbs: it is refreshed by the next search of
    this process, and once a second by itself for others. `sleep` is what a busy server is waited
    for with.
    """

    def __init__(
        self, settings: ElasticSettings, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._settings = settings
        self._client = _client(settings)
        self._indices = Indices(self._client, settings)
        self._bulk = Bulk(self._client, settings, sleep)
        self._lock = threading.Lock()
        # Whatever other processes have written by now is seen from the first search on.
        self._unseen = True

    def write(self, notices: Collection[Analysed]) -> None:
        with errors.translated(self._settings):
            self._indices.ensured()
            self._send([put(notice, "index") for notice in notices])

    def remove(self, notice_ids: Sequence[int]) -> None:
        with errors.translated(self._settings):
            self._send([delete(notice_id) for notice_id in notice_ids])

    def search(self, query: Query) -> Page:
        body = asking.page(query)
        with errors.translated(self._settings):
            if query.snapshot and (page := self._turned(query.snapshot, query, body)):
                return page
            return self._anew(query, body)

    def scan(self, query: Query) -> Iterator[int]:
        with errors.translated(self._settings):
            first = asking.batch(query, SCANNED, None)
            answer = self._steadily(lambda: self._opened(first))
            state = answer["pit_id"]
            try:
                while True:
                    found = answer["hits"]["hits"]
                    yield from (int(hit["_id"]) for hit in found)
                    if len(found) < SCANNED:
                        return
                    answer = self._read(asking.batch(query, SCANNED, found[-1]["sort"]), state)
                    state = answer["pit_id"]
            finally:
                self._close(state)

    def spoken(self, beginning: str, limit: int) -> list[tuple[str, int]]:
        with errors.translated(self._settings):
            if beginning and 0 < limit <= WORDS:
                return self._steadily(lambda: self._begun(beginning, limit))
            vocabulary = self._steadily(self._vocabulary)
            found = (pair for pair in vocabulary if pair[0].startswith(beginning))
            return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def standing(self) -> Standing:
        with errors.translated(self._settings):
            layout = self._indices.layout()
            version = self._client.info()["version"]["number"]
        serving = fingerprint_of(layout.serving) if layout.serving else None
        is_current = serving == FINGERPRINT
        return Standing(
            engine=f"Elasticsearch {version}",
            where=self._settings.where,
            serving=serving,
            is_current=is_current,
            building=layout.building is not None,
            notices=self._size() if is_current else 0,
        )

    def begin(self) -> None:
        with errors.translated(self._settings):
            self._indices.begin()

    def add(self, notices: Collection[Analysed]) -> None:
        operations = [put(notice, "create") for notice in notices]
        with errors.translated(self._settings):
            if not self._bulk.send(self._indices.building, operations):
                # There is none, or it was dropped for another one that is begun anew.
                raise self._indices.nothing_built()

    def swap(self) -> None:
        with errors.translated(self._settings):
            self._indices.swap()

    def _send(self, operations: Sequence[Operation]) -> None:
        try:
            for _ in range(_TRIES):
                # In this order: an index that begins to serve between the two has both.
                if self._indices.served().is_building:
                    self._bulk.send(self._indices.building, operations)
                if self._bulk.send(self._indices.serving, operations):
                    return
        finally:
            self._unseen = True
        raise self._indices.disturbed()

    def _turned(self, token: str, query: Query, body: Body) -> Page | None:
        """Another page of a snapshot; None where it is gone."""
        version, _, state = token.partition(":")
        if version != FINGERPRINT or not state:
            return None
        try:
            answer = self._read(body, state)
        except ApiError as error:
            if error.meta.status not in _GONE:
                raise
            return None
        return _page(query, answer, snapshot=_token(answer))

    def _anew(self, query: Query, body: Body) -> Page:
        lost = query.snapshot is not None
        if not query.limit:
            return _page(query, self._steadily(lambda: self._read(body)), lost=lost)
        answer = self._steadily(lambda: self._opened(body))
        page = _page(query, answer, snapshot=_token(answer), lost=lost)
        if page.total > query.offset + len(page.hits):
            return page
        # Nobody turns the page: there is no other.
        self._close(answer["pit_id"])
        return replace(page, snapshot=None)

    def _opened(self, body: Body) -> Answer:
        """What the index answers as it is now; `pit_id` names this state of it."""
        index = self._indices.serving
        state = self._client.open_point_in_time(index=index, keep_alive=KEPT)["id"]
        try:
            return self._read(body, state)
        except (ApiError, TransportError):
            self._close(state)
            raise

    def _steadily(self, ask: Callable[[], T]) -> T:
        """The answer, asked for again where the index was swapped away under the question."""
        for _ in range(_TRIES):
            try:
                self._refresh()
                return ask()
            except ApiError as error:
                if not errors.missing(error):
                    raise
                self._indices.ensured()
                self._indices.served()
        raise self._indices.disturbed()

    def _read(self, body: Body, state: str | None = None) -> Answer:
        """Of that state, or of the index as it is now."""
        index = self._indices.serving if state is None else None
        pit = {"pit": {"id": state, "keep_alive": KEPT}} if state else {}
        # Without this, the hits of the parts that answered would look like all of them.
        found = self._client.search(
            index=index, body=body | pit, allow_partial_search_results=False
        )
        answer: Answer = found.body
        return answer

    def _close(self, state: str) -> None:
        try:
            self._client.close_point_in_time(id=state)
        except (ApiError, TransportError) as error:
            log.info("a point in time is left to expire: %s", errors.problem(error, self._settings))

    def _refresh(self) -> None:
        """Let this process see what it has written."""
        with self._lock:
            if not self._unseen:
                return
            # Before the refresh: what is written while it runs may need another one.
            self._unseen = False
            try:
                # The one being built too: it may serve by the time it is searched.
                self._client.indices.refresh(
                    index=[self._indices.serving, self._indices.building], ignore_unavailable=True
                )
            except BaseException:
                self._unseen = True
                raise

    def _size(self) -> int:
        try:
            with errors.translated(self._settings):
                return self._steadily(self._count)
        except (IndexOutdated, IndexBroken) as error:
            # Standing tells of it by holding nothing; a server that is away is still an error.
            log.warning("%s", error)
            return 0

    def _count(self) -> int:
        return int(self._client.count(index=self._indices.serving)["count"])

    def _begun(self, beginning: str, limit: int) -> list[tuple[str, int]]:
        answer = self._read(asking.words(beginning, limit))["aggregations"]["words"]
        return [(bucket["key"], bucket["doc_count"]) for bucket in answer["buckets"]]

    def _vocabulary(self) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        after: dict[str, Any] | None = None
        while True:
            answer = self._read(asking.vocabulary(WORDS, after))["aggregations"]["words"]
            found += [(b["key"]["word"], b["doc_count"]) for b in answer["buckets"]]
            after = answer.get("after_key")
            if after is None:
                return found


def _client(settings: ElasticSettings) -> Elasticsearch:
    tls: dict[str, Any] = {}
    if settings.where.startswith("https:"):
        tls = {"verify_certs": settings.verify, "ssl_show_warn": False}
        if settings.ca_certs is not None:
            tls["ca_certs"] = str(settings.ca_certs)
    return Elasticsearch(
        settings.where,
        basic_auth=settings.basic_auth,
        api_key=settings.api_key,
        request_timeout=settings.timeout,
        max_retries=2,
        **tls,
    )


def _page(query: Query, answer: Answer, *, snapshot: str | None = None, lost: bool = False) -> Page:
    return Page(
        hits=asking.hits(query, answer["hits"]["hits"]),
        total=answer["hits"]["total"]["value"],
        facets=asking.counts(query, answer.get("aggregations", {})),
        snapshot=snapshot,
        snapshot_lost=lost,
    )


def _token(answer: Answer) -> str:
    """Bears the version: a snapshot of another one is not read."""
    return f"{FINGERPRINT}:{answer['pit_id']}"
