"""Many documents in few requests, and patience with a server that is busy.

https://www.elastic.co/guide/en/elasticsearch/reference/8.19/docs-bulk.html
"""

import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from elastic_transport import ApiError
from elasticsearch import Elasticsearch

from monitor.jobs.rooms import OutsideUnavailable
from monitor.search.document import Analysed
from monitor.search.elastic import errors
from monitor.search.elastic.schema import source
from monitor.search.elastic.settings import ElasticSettings

CHUNK, CHUNK_BYTES = 500, 5_000_000
"""Documents of one request, and their size; one that is larger goes alone."""
ATTEMPTS = 8
FIRST_WAIT, LONGEST_WAIT = 0.25, 10.0
"""Seconds before the second attempt; they double up to the longest. All told about 20 seconds."""
_BUSY = (429, 502, 503, 504)
_NAMED = 3
"""Refused notices that a message names."""

Sleep = Callable[[float], None]
_random = secrets.SystemRandom()


@dataclass(frozen=True)
class Operation:
    """What is to become of one document, as its lines of the request."""

    notice_id: int
    lines: bytes


def put(notice: Analysed, action: Literal["index", "create"]) -> Operation:
    """`index` replaces what is there, `create` leaves it."""
    lines = (_line({action: {"_id": str(notice.notice_id)}}), _line(source(notice)))
    return Operation(notice.notice_id, b"\n".join(lines))


def delete(notice_id: int) -> Operation:
    return Operation(notice_id, _line({"delete": {"_id": str(notice_id)}}))


@dataclass
class _Outcome:
    """What a server said to the operations of one request."""

    busy: list[Operation] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    is_missing: bool = False
    failed: str = ""
    """What is wrong, if not with the notices."""
    said: str = ""


class Bulk:
    """Sends operations through an alias, and only through an alias: a name that is none would
    become an index whose fields the server guesses."""

    def __init__(self, client: Elasticsearch, settings: ElasticSettings, sleep: Sleep) -> None:
        # A retry of the client's own would come at once, which is what a busy server cannot use.
        self._client = client.options(max_retries=0)
        self._settings = settings
        self._sleep = sleep

    def send(self, alias: str, operations: Sequence[Operation]) -> bool:
        """False where there is no such alias.

        Raises `NoticeRefused` when everything else is done, OutsideUnavailable where the server
        stays busy or cannot be reached.
        """
        refused: dict[int, str] = {}
        for chunk in chunks(operations):
            outcome = self._patiently(alias, chunk)
            if outcome.is_missing:
                return False
            refused |= outcome.refused
        if refused:
            raise errors.NoticeRefused(self._refusal(refused))
        return True

    def _patiently(self, alias: str, chunk: Sequence[Operation]) -> _Outcome:
        refused: dict[int, str] = {}
        for attempt in range(ATTEMPTS):
            if attempt:
                self._sleep(wait(attempt))
            outcome = self._once(alias, chunk)
            if outcome.failed:
                raise OutsideUnavailable(
                    f"{self._settings.where} does not take notices ({outcome.failed})."
                )
            refused |= outcome.refused
            if not outcome.busy:
                outcome.refused = refused
                return outcome
            chunk = outcome.busy
        raise OutsideUnavailable(
            f"{self._settings.where} is too busy: {len(chunk)} notices were not taken in"
            f" {ATTEMPTS} attempts ({outcome.said}). They will be tried again."
        )

    def _once(self, alias: str, chunk: Sequence[Operation]) -> _Outcome:
        try:
            lines: Any = [one.lines for one in chunk]  # dumped already, to know their size
            answer = self._client.bulk(index=alias, operations=lines, require_alias=True)
        except ApiError as error:
            if error.meta.status not in _BUSY:
                raise
            return _Outcome(busy=list(chunk), said=errors.reasons(error.body))
        return _outcome(chunk, answer["items"] if answer["errors"] else ())

    def _refusal(self, refused: dict[int, str]) -> str:
        named = "; ".join(f"notice {key}: {said}" for key, said in list(refused.items())[:_NAMED])
        others = f" (and {len(refused) - _NAMED} others)" if len(refused) > _NAMED else ""
        return f"{self._settings.where} refuses {named}{others}"


def chunks(operations: Sequence[Operation]) -> Iterator[list[Operation]]:
    """No more than `CHUNK` together, nor than `CHUNK_BYTES`."""
    chunk: list[Operation] = []
    size = 0
    for operation in operations:
        if chunk and (len(chunk) == CHUNK or size + len(operation.lines) > CHUNK_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(operation)
        size += len(operation.lines)
    if chunk:
        yield chunk


def wait(attempt: int) -> float:
    """Seconds before an attempt (the second is 1): doubling, and spread, so that many who were
    refused together do not come back together."""
    doubled: float = FIRST_WAIT * 2 ** (attempt - 1)
    return min(LONGEST_WAIT, doubled) * _random.uniform(0.5, 1.0)


def _outcome(chunk: Sequence[Operation], items: Sequence[Any]) -> _Outcome:
    """Answers come in the order of the operations."""
    outcome = _Outcome()
    for operation, item in zip(chunk, items, strict=bool(items)):
        ((_, answer),) = item.items()
        status, error = answer["status"], answer.get("error")
        if error is None or status == 409:  # 409: `create` of one that is there
            continue
        said = errors.reasons({"error": error})
        if status in _BUSY:
            outcome.busy.append(operation)
            outcome.said = said
        elif status == 404:
            outcome.is_missing = True
        elif status == 400:
            outcome.refused[operation.notice_id] = said
        else:
            outcome.failed = f"{status}: {said}"
    return outcome


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
