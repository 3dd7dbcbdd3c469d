"""A question as the body of a request, and a page of its answer.

https://www.elastic.co/guide/en/elasticsearch/reference/8.19/search-search.html
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from monitor.search.elastic import compiling
from monitor.search.elastic.compiling import Dsl
from monitor.search.elastic.schema import LONGEST
from monitor.search.engine import FACET_VALUES, WINDOW, Facet, Hit, Order, Query

COUNTED = 10_000
"""Values that each shard counts: facets are exact as long as they have fewer, and a single shard
always is. The longest, headings of the harmonised system, has 1,230."""

_NEWEST = {"newest": "desc"}
_SORTS: Mapping[Order, list[dict[str, str]]] = {
    Order.RELEVANCE: [{"_score": "desc"}, _NEWEST],
    Order.NEWEST: [_NEWEST],
    Order.OLDEST: [{"newest": "asc"}],
    Order.SOONEST: [{"soonest": "asc"}],
}
_FIELDS = {Facet.CHAPTER: "hs2", Facet.HEADING: "hs4"}
_COMMONEST = [{"_count": "desc"}, {"_key": "asc"}]
_SIGN = re.compile(r"([^\w])")


def page(query: Query) -> dict[str, Any]:
    """Raises ValueError where the page is deeper than `WINDOW`."""
    if query.offset + query.limit > WINDOW:
        raise ValueError(f"pages end at {WINDOW:,}: whatever is beyond is reached by `scan`")
    ranked = query.order is Order.RELEVANCE
    tree = compiling.asked(query.tree, ranked=ranked)
    body: dict[str, Any] = {
        "query": {"bool": {"must" if ranked else "filter": [tree]}},
        "sort": _SORTS[query.order],
        "from": query.offset,
        "size": query.limit,
        "track_total_hits": True,
        "_source": False,
    }
    if chosen := compiling.chosen(query.chosen):
        # After the counting, so that each facet can leave its own values out.
        body["post_filter"] = {"bool": {"filter": chosen}}
    if query.facets:
        body["aggs"] = {facet.value: _facet(facet, query) for facet in query.facets}
    return body


def batch(query: Query, size: int, after: Sequence[Any] | None) -> dict[str, Any]:
    """The hits that follow the sort values of one, in the order of days."""
    order = Order.OLDEST if query.order is Order.OLDEST else Order.NEWEST
    filters = [compiling.asked(query.tree, ranked=False), *compiling.chosen(query.chosen)]
    body: dict[str, Any] = {
        "query": {"bool": {"filter": filters}},
        "sort": _SORTS[order],
        "size": size,
        "track_total_hits": False,
        "_source": False,
    }
    return body | ({"search_after": list(after)} if after else {})


def words(beginning: str, limit: int) -> dict[str, Any]:
    """The commonest words of titles that begin so."""
    literal = _SIGN.sub(r"\\\1", beginning[:LONGEST])
    return {
        "query": {"prefix": {"spoken": beginning[:LONGEST]}},
        "size": 0,
        "aggs": {
            "words": {
                "terms": {
                    "field": "spoken",
                    "include": f"{literal}.*",
                    "size": limit,
                    "shard_size": max(limit, COUNTED),
                    "order": _COMMONEST,
                }
            }
        },
    }


def vocabulary(size: int, after: Mapping[str, Any] | None) -> dict[str, Any]:
    """Every word of titles, alphabetically, `size` at a time."""
    composite: dict[str, Any] = {
        "size": size,
        "sources": [{"word": {"terms": {"field": "spoken"}}}],
    }
    if after:
        composite["after"] = dict(after)
    return {"size": 0, "aggs": {"words": {"composite": composite}}}


def hits(query: Query, found: Sequence[Mapping[str, Any]]) -> list[Hit]:
    ranked = query.order is Order.RELEVANCE
    return [Hit(int(hit["_id"]), float(hit["_score"]) if ranked else 0.0) for hit in found]


def counts(query: Query, aggregations: Mapping[str, Any]) -> dict[Facet, list[tuple[str, int]]]:
    return {
        facet: [
            (bucket["key"], bucket["doc_count"])
            for bucket in aggregations[facet.value]["values"]["buckets"]
        ]
        for facet in query.facets
    }


def _facet(facet: Facet, query: Query) -> Dsl:
    others = compiling.chosen(query.chosen, without=facet)
    counted = {
        "field": _FIELDS.get(facet, facet.value),
        "size": FACET_VALUES,
        "shard_size": COUNTED,
        "order": _COMMONEST,
    }
    return {
        "filter": {"bool": {"filter": others}},
        "aggs": {"values": {"terms": counted}},
    }
