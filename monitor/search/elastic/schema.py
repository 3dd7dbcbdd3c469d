"""What Elasticsearch holds of a notice.

https://www.elastic.co/guide/en/elasticsearch/reference/8.19/mapping.html
"""

from collections.abc import Iterable
from typing import Any

from monitor.search import analysis
from monitor.search.document import Analysed
from monitor.search.engine import WINDOW, fingerprint, hs_level, ordinal
from monitor.search.meaning import stream
from monitor.search.tree import Tag, Text

LONGEST = 240
"""Longer terms are known by their first so many characters: a picture printed as letters must not
keep a notice out (Lucene takes no term of more than 32,766 bytes), and a word's beginning may have
no more than 1,000 bytes."""
LONGEST_VALUE = 8_000
"""Characters of a property's value that certainly fit."""

STREAMS = {Text.ANY: "text", Text.TITLE: "title"} | {
    Text.COMPANY: "company",
    Text.AUTHORITY: "authority",
}
HS_LEVELS = ("2", "4", "6")

_KEYWORD = {"type": "keyword"}
_FOUND_ONLY = {"type": "keyword", "doc_values": False}
_DAY = {"type": "integer", "doc_values": False}
_ORDINAL = {"type": "long"}


def characters(field: str) -> str:
    """The field that holds the Chinese characters of a stream, one by one.

    One character is found within any bigram; going through all terms for it takes ten times as
    long, and Chinese names of goods often are of one character.
    """
    return f"{field}_characters"


MAPPINGS: dict[str, Any] = {
    "dynamic": "strict",
    # What is shown comes from the database; this is only half as large without its source.
    "_source": {"enabled": False},
    "properties": {
        **{field: {"type": "text", "analyzer": "terms"} for field in STREAMS.values()},
        **{characters(field): _FOUND_ONLY for field in STREAMS.values()},
        "surfaces": _FOUND_ONLY,
        "names": _FOUND_ONLY,
        "spoken": _KEYWORD,
        **{tag.value: _KEYWORD for tag in Tag if tag is not Tag.HS},
        **{f"hs{level}": _KEYWORD for level in HS_LEVELS},
        **{f"sure{level}": _FOUND_ONLY for level in HS_LEVELS},
        "published": _DAY,
        "deadlines": _DAY,
        "newest": _ORDINAL,
        "soonest": _ORDINAL,
    },
}

SETTINGS: dict[str, Any] = {
    "analysis": {
        "analyzer": {"terms": {"type": "custom", "tokenizer": "spaces", "filter": ["bounded"]}},
        # Its own limit is 255 characters, beyond which it would cut a term in two.
        "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": 1_048_576}},
        "filter": {"bounded": {"type": "truncate", "length": LONGEST}},
    },
    "max_result_window": WINDOW,
}

FINGERPRINT = fingerprint({"mappings": MAPPINGS, "settings": SETTINGS})


def source(notice: Analysed) -> dict[str, Any]:
    """The document that stands for a notice."""
    found: dict[str, Any] = {}
    for within, field in STREAMS.items():
        said = stream(notice, within)
        found[field] = said
        found[characters(field)] = sorted(filter(analysis.is_cjk, set(said)))
    return found | {
        "surfaces": _bounded(notice.surfaces),
        "names": _bounded(notice.names),
        "spoken": _bounded(notice.spoken),
        "published": notice.published,
        "deadlines": list(notice.deadlines),
        "newest": ordinal(notice.published, notice.notice_id),
        "soonest": ordinal(notice.soonest, notice.notice_id),
        **_properties(notice),
    }


def _properties(notice: Analysed) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag, values in notice.tags.items():
        for value in values:
            field = hs_level(value) if tag is Tag.HS else tag.value
            found.setdefault(field, []).append(value)
    for code in notice.sure:
        found.setdefault(sure_level(code), []).append(code)
    return found


def sure_level(code: str) -> str:
    """The name of the field that holds the sure codes of this length."""
    return f"sure{len(code)}"


def _bounded(terms: Iterable[str]) -> list[str]:
    return sorted({term[:LONGEST] for term in terms})
