"""The sentinels on watch, in the memory of this process, kept up to date with the records."""

import logging
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from threading import Lock

from django.db.models import QuerySet

from alerts.models import Sentinel
from alerts.saved_searches import Search
from monitor.search.document import Analysed
from monitor.search.language import QueryError
from monitor.search.sentinels.presearcher import Presearcher

log = logging.getLogger(__name__)

OVERLAP = timedelta(minutes=10)
"""A change is stamped before others can see it, and by the clock of its host: what was changed so
long before the latest known change is looked at again."""


class Watching:
    """May be asked by several threads; one at a time is answered."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._presearcher = Presearcher()
        self._held: dict[int, Search] = {}
        """Every active one, also those that cannot be asked."""
        self._latest: datetime | None = None

    def bring_up_to_date(self) -> int:
        """Take in what was added, changed or removed. Returns how many are on watch."""
        with self._lock:
            return self._bring_up_to_date()

    def found(self, notices: Iterable[Analysed], today: date) -> Mapping[int, set[int]]:
        """By notice, the primary keys of the sentinels that it satisfies, as of when these were
        brought up to date last. Notices that satisfy none are not in it."""
        with self._lock:
            every = ((n.notice_id, self._presearcher.match(n, today)) for n in notices)
            return {notice: sentinels for notice, sentinels in every if sentinels}

    def _bring_up_to_date(self) -> int:
        if self._latest is not None:
            self._take(Sentinel.objects.filter(changed_at__gte=self._latest - OVERLAP))
        active = Sentinel.objects.filter(active=True)
        # Rows that went with their recipient, or came with a stamp long past, are no change since.
        if active.count() != len(self._held):
            known = set(active.values_list("pk", flat=True))
            for gone in self._held.keys() - known:
                self._drop(gone)
            if known - self._held.keys():
                self._take(active)
        return len(self._held)

    def _take(self, rows: "QuerySet[Sentinel]") -> None:
        # Plain values: there may be a hundred thousand, and most are as they were.
        for key, query, widened, level, active, changed_at in rows.values_list(
            "pk", "query", "widened", "minimum_level", "active", "changed_at"
        ).iterator(chunk_size=2000):
            search = Search(query, not widened, level)
            if not active:
                self._drop(key)
            elif self._held.get(key) != search:
                self._drop(key)
                self._held[key] = search
                self._add(key, search)
            self._latest = max(self._latest or changed_at, changed_at)

    def _add(self, key: int, search: Search) -> None:
        try:
            self._presearcher.add(key, search.tree())
        except QueryError as error:
            log.warning("sentinel #%d does not watch: %s", key, error)

    def _drop(self, key: int) -> None:
        self._held.pop(key, None)
        self._presearcher.remove(key)


PROCESS = Watching()
"""The one of this process: built at the first notice, then only changed."""
