"""The peer: a percolator (OpenSearch, or an Elasticsearch that has the module), over plain HTTP.

It gets the streams that our engines index, to be split at spaces, and queries that ask the same, so
both have to find the same. It gets its best chance too: fields that it can preselect queries by,
among them indexed beginnings of words; one segment; nothing scored, no source kept or returned; and
beside each query the goods and markets that it wants, as fields to filter by.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from types import TracebackType
from typing import Any, Self

import httpx

from monitor.search import analysis, meaning
from monitor.search.document import Analysed
from monitor.search.tree import (
    And,
    Dated,
    Dates,
    Everything,
    Node,
    Not,
    Or,
    Tag,
    Tagged,
    Text,
    Widened,
    Words,
)

Json = dict[str, Any]

INDEX = "sentinels-benchmark"
WRITTEN = 2000
"""Queries written in one request."""
ANY = "*"
"""Stands in a filter field of a query that does not ask for goods, or for markets."""
SHOWN = (Tag.HS, Tag.MARKET)

_STREAM: Json = {
    "type": "text",
    "analyzer": "whitespace",
    "norms": False,
    "index_prefixes": {"min_chars": 3, "max_chars": 10},
}
_KEYWORD: Json = {"type": "keyword", "norms": False}
_STREAMS = {text: "text" if text is Text.ANY else text.value for text in Text}
MAPPING: Json = {
    "dynamic": False,
    "_source": {"enabled": False},
    "properties": {
        "query": {"type": "percolator"},
        "key": {"type": "integer"},
        "surfaces": _STREAM,
        "names": _KEYWORD,
        **dict.fromkeys(_STREAMS.values(), _STREAM),
        **{tag.value: _KEYWORD for tag in Tag},
        **{f"for_{tag.value}": _KEYWORD for tag in SHOWN},
        **{day.value: {"type": "integer"} for day in Dates},
    },
}
MOST = 2_000_000
"""Searches that one request may find."""


class Percolator:
    """An index of saved searches; emptied at the start, dropped at the end."""

    def __init__(self, url: str, shards: int = 1) -> None:
        self._http = httpx.Client(base_url=url, timeout=600, trust_env=False)
        self._settings = {
            "number_of_shards": shards,
            "number_of_replicas": 0,
            "refresh_interval": "-1",
            "max_result_window": MOST,
        }

    def __enter__(self) -> Self:
        self._http.delete(f"/{INDEX}")
        self._ask("PUT", f"/{INDEX}", {"settings": self._settings, "mappings": MAPPING})
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._http.delete(f"/{INDEX}")
        self._http.close()

    @property
    def name(self) -> str:
        version = self._ask("GET", "/")["version"]
        return f"{version.get('distribution', 'elasticsearch')} {version['number']}"

    def write(self, trees: Iterable[tuple[int, Node]]) -> None:
        """Index the searches, and merge them into one segment."""
        rows = iter(trees)
        while batch := list(islice(rows, WRITTEN)):
            lines = "".join(f'{{"index":{{}}}}\n{json.dumps(_row(*row))}\n' for row in batch)
            answer = self._ask("POST", f"/{INDEX}/_bulk", lines)
            if answer["errors"]:
                raise ValueError(f"the percolator took not all searches: {str(answer)[:500]}")
        self._ask("POST", f"/{INDEX}/_forcemerge?max_num_segments=1")
        self._ask("POST", f"/{INDEX}/_refresh")

    def match(self, notices: Sequence[Analysed], *, filtered: bool) -> list[set[int]]:
        """The keys of the searches that each notice satisfies; one request."""
        asked: Json = {"percolate": {"field": "query", "documents": list(map(_document, notices))}}
        filters = [_shown(tag, notices) for tag in SHOWN] if filtered else []
        answer = self._ask(
            "POST",
            f"/{INDEX}/_search?filter_path=hits.hits.fields,timed_out,_shards.failed",
            {
                "query": {"bool": {"filter": [*filters, asked]}},
                "size": MOST,
                "track_total_hits": False,
                "stored_fields": "_none_",
                "docvalue_fields": ["key"],
                "sort": ["_doc"],
            },
        )
        if answer["timed_out"] or answer["_shards"]["failed"]:
            raise ValueError(f"the percolator did not answer whole: {str(answer)[:500]}")
        found: list[set[int]] = [set() for _ in notices]
        for hit in answer.get("hits", {}).get("hits", ()):
            for slot in hit["fields"]["_percolator_document_slot"]:
                found[slot].add(hit["fields"]["key"][0])
        return found

    def _ask(self, method: str, path: str, body: Json | str | None = None) -> Json:
        content = body if isinstance(body, str) else json.dumps(body) if body else None
        headers = {"Content-Type": "application/json"} if content else {}
        answer = self._http.request(method, path, content=content, headers=headers)
        if answer.is_error:
            raise ValueError(f"{method} {path}: {answer.status_code} {answer.text[:500]}")
        found: Json = answer.json()
        return found


def _row(key: int, tree: Node) -> Json:
    parts = tree.parts if isinstance(tree, And) else (tree,)
    wanted = {part.tag: list(part.values) for part in parts if isinstance(part, Tagged)}
    shown = {f"for_{tag.value}": wanted.get(tag, [ANY]) for tag in SHOWN}
    return {"key": key, "query": query(tree), **shown}


def _shown(tag: Tag, notices: Sequence[Analysed]) -> Json:
    values = {value for notice in notices for value in notice.tags.get(tag, ())}
    return {"terms": {f"for_{tag.value}": [ANY, *sorted(values)]}}


def _document(notice: Analysed) -> Json:
    return {
        **{field: meaning.stream(notice, text) for text, field in _STREAMS.items()},
        "surfaces": " ".join(notice.surfaces),
        "names": list(notice.names),
        **{tag.value: list(values) for tag, values in notice.tags.items()},
        Dates.PUBLISHED.value: notice.published,
        Dates.DEADLINE.value: list(notice.deadlines),
    }


def query(node: Node) -> Json:
    """The tree in the percolator's language."""
    match node:
        case Widened(words, also):
            return _any(map(query, (words, *also)))
        case And(parts):
            return {"bool": {"filter": list(map(query, parts))}}
        case Or(parts):
            return _any(map(query, parts))
        case Not(part):
            return {"bool": {"must_not": [query(part)]}}
        case _:
            return _leaf(node)


def _leaf(node: Everything | Words | Tagged | Dated) -> Json:
    match node:
        case Everything():
            return {"match_all": {}}
        case Words():
            return _any(_words(node))
        case Tagged(tag, values):
            return {"terms": {tag.value: list(values)}}
        case Dated(dates):
            first, last = meaning.bounds(node)
            return {"range": {dates.value: {"gte": first, "lte": last}}}


def _any(queries: Iterable[Json]) -> Json:
    """Of none: no notice."""
    parts = list(queries)
    if len(parts) == 1:
        return parts[0]
    return {"bool": {"should": parts, "minimum_should_match": 1}} if parts else {"match_none": {}}


def _words(words: Words) -> Iterator[Json]:
    field = _STREAMS[words.within]
    if words.prefix and (start := analysis.prefixes(words.text)):
        yield {"prefix": {field: start}}
        if words.within is Text.ANY:
            yield {"prefix": {"surfaces": start}}
        return
    if meaning.lone(words.text):
        raise ValueError(f"{words.text}: single characters are not measured")
    if words.within is Text.ANY:
        yield {"term": {"names": analysis.name(words.text)}}
    for form in analysis.forms(words.text):
        only = len(form) == 1
        yield {"term" if only else "match_phrase": {field: " ".join(form)}}
