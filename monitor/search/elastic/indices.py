"""The indices of an installation, and the aliases by which they are known.

    <prefix>-<fingerprint>-<n>          an index
    <prefix>                            the one that serves, for people
    <prefix>-<fingerprint>              the same, for programs of that version
    <prefix>-building                   the one being built, for people
    <prefix>-<fingerprint>-building     the same, for programs of that version

Programs read and write only through the names that bear their fingerprint, so none can reach an
index of another version, not even in the moment of a swap. All aliases of an index change in one
step. https://www.elastic.co/guide/en/elasticsearch/reference/8.19/indices-aliases.html
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from elastic_transport import ApiError
from elasticsearch import Elasticsearch

from monitor.jobs.rooms import OutsideUnavailable
from monitor.search.elastic import errors
from monitor.search.elastic.schema import FINGERPRINT, MAPPINGS, SETTINGS
from monitor.search.elastic.settings import ElasticSettings

_TRIES = 5
"""How often a change of aliases is tried while another process changes them too."""
_TAKEN = "resource_already_exists_exception"
_TWO = "more than one write index"
"""The server finds out whose names a change takes before it queues the change. Of two at once,
neither takes the other's; but of the indices of a name, it lets only one be written to."""


@dataclass(frozen=True)
class Layout:
    """The indices of an installation, and the aliases of each."""

    prefix: str
    aliases: Mapping[str, frozenset[str]]

    @property
    def serving(self) -> str | None:
        """The index that serves; that of this version if, against the rule, there are several."""
        served = self._with(self.prefix)
        ours = [name for name in served if fingerprint_of(name) == FINGERPRINT]
        return next(iter(ours or served), None)

    @property
    def building(self) -> str | None:
        return next(iter(self._with(f"{self.prefix}-building")), None)

    @property
    def is_building(self) -> bool:
        """Whether the one being built is of this version."""
        return self.building is not None and fingerprint_of(self.building) == FINGERPRINT

    @property
    def abandoned(self) -> list[str]:
        """Those that nobody can reach by a name: a process died between two steps."""
        return [name for name, aliases in self.aliases.items() if not aliases]

    def _with(self, alias: str) -> list[str]:
        return sorted(name for name, aliases in self.aliases.items() if alias in aliases)


def _given(index: str, *aliases: str, **how: bool) -> list[dict[str, Any]]:
    return [{"add": {"index": index, "alias": alias} | how} for alias in aliases]


def fingerprint_of(index: str) -> str:
    return index.rpartition("-")[0].rpartition("-")[2]


class Indices:
    """Makes, swaps and drops indices. The client's errors come out as they are."""

    def __init__(self, client: Elasticsearch, settings: ElasticSettings) -> None:
        self._client = client
        self._settings = settings
        self._prefix = settings.prefix
        self._name = re.compile(rf"{re.escape(self._prefix)}-[0-9a-f]{{12}}-(\d+)")
        self.serving = f"{self._prefix}-{FINGERPRINT}"
        """The alias of the serving index, if that is of this version."""
        self.building = f"{self.serving}-building"

    def layout(self) -> Layout:
        found = self._client.indices.get_alias(index=f"{self._prefix}-*")
        return Layout(
            self._prefix,
            {
                name: frozenset(its["aliases"])
                for name, its in found.items()
                if self._name.fullmatch(name)
            },
        )

    def ensured(self) -> None:
        """Where nothing serves, an empty index does from now on, so a fresh installation works."""
        if (layout := self.layout()).serving is None:
            self._create(self._next(layout), self._prefix, self.serving)

    def served(self) -> Layout:
        """The layout, if the index that serves is of this version; else IndexOutdated."""
        layout = self.layout()
        if layout.serving is None or fingerprint_of(layout.serving) != FINGERPRINT:
            raise errors.outdated(self._settings, layout.serving)
        return layout

    def begin(self) -> None:
        for _ in range(_TRIES):
            layout = self.layout()
            name = self._next(layout)
            # Nothing is searched in it yet, and every notice of it is in the records.
            if not self._create(name, refresh_interval="-1", number_of_replicas=0):
                continue
            # Before it is named: whoever made one of them and was about to name it makes another,
            # and where it was named meanwhile, this one takes its place.
            self._drop(*layout.abandoned)
            if self._changed(self._named_building(name)):
                self._drop(layout.building)
                return
        raise self.disturbed()

    def swap(self) -> None:
        target: str | None = None
        for _ in range(_TRIES):
            layout = self.layout()
            if target is not None and layout.serving == target:
                # The answer to the change was lost, not the change.
                return
            target = layout.building
            if target is None or not layout.is_building:
                raise self.nothing_built()
            self._ready(target)
            if self._changed(self._named_serving(target)):
                # Only now: an index that goes in the same step is gone before its name has moved.
                self._drop(*(name for name in layout.aliases if name != target))
                return
        raise self.disturbed()

    def nothing_built(self) -> OutsideUnavailable:
        return OutsideUnavailable(
            f"No index of this version is being built at {self._settings.where}"
            f" ({self._prefix}): run `fenghuo reindex`."
        )

    def _create(self, name: str, *aliases: str, **settings: Any) -> bool:
        """False where another process was faster."""
        sizes = {
            "number_of_shards": self._settings.shards,
            "number_of_replicas": self._settings.replicas,
        }
        try:
            self._client.indices.create(
                index=name,
                mappings=MAPPINGS,
                settings=SETTINGS | sizes | settings,
                aliases={alias: {} for alias in aliases},
            )
        except ApiError as error:
            if error.message != _TAKEN:
                raise
            return False
        return True

    def _next(self, layout: Layout) -> str:
        numbers = [int(name.rpartition("-")[2]) for name in layout.aliases]
        return f"{self._prefix}-{FINGERPRINT}-{max(numbers, default=0) + 1}"

    def _named_building(self, name: str) -> list[dict[str, Any]]:
        aliases = (f"{self._prefix}-building", self.building)
        return [*self._taken(*aliases), *_given(name, *aliases, is_write_index=True)]

    def _named_serving(self, name: str) -> list[dict[str, Any]]:
        built = (f"{self._prefix}-building", self.building)
        serving = (self._prefix, self.serving)
        return [*self._taken(*built, *serving), *_given(name, *serving)]

    def _taken(self, *aliases: str) -> list[dict[str, Any]]:
        """Whichever indices have them."""
        every = f"{self._prefix}-*"
        return [{"remove": {"index": every, "alias": alias}} for alias in aliases]

    def _ready(self, name: str) -> None:
        """What was left out while it was filled is done before anybody reads it."""
        self._client.indices.put_settings(
            index=name,
            settings={"refresh_interval": None, "number_of_replicas": self._settings.replicas},
        )
        self._client.indices.refresh(index=name)

    def _changed(self, actions: list[dict[str, Any]]) -> bool:
        """False where another process dropped an index that is named, or named one of its own at
        the same time: nothing is changed."""
        try:
            self._client.indices.update_aliases(actions=actions)
        except ApiError as error:
            if not errors.missing(error) and _TWO not in errors.reasons(error.body):
                raise
            return False
        return True

    def _drop(self, *names: str | None) -> None:
        dropped = [name for name in names if name]
        if dropped:
            self._client.indices.delete(index=dropped, ignore_unavailable=True)

    def disturbed(self) -> OutsideUnavailable:
        return OutsideUnavailable(
            f"Another process changes the indices {self._prefix}-* at {self._settings.where} too:"
            " let only one rebuild run."
        )
