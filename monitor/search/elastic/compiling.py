"""From a tree to Elasticsearch's query language. Pure functions; nothing here asks a server.

A leaf is compiled in one of two ways: `ranked`, where its score orders the hits, or as a filter,
which finds the same notices, scores nothing and can be cached.
https://www.elastic.co/guide/en/elasticsearch/reference/8.19/query-dsl.html
"""

from collections.abc import Mapping, Sequence
from typing import Any

from monitor.search import analysis
from monitor.search.elastic.schema import (
    HS_LEVELS,
    LONGEST,
    LONGEST_VALUE,
    STREAMS,
    characters,
)
from monitor.search.engine import Facet, QueryTooLarge
from monitor.search.meaning import bounds, lone
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

Dsl = dict[str, Any]

IN_TITLE = 2.0
"""What the title says counts so much again."""
BY_NAME = 30.0
"""A case number or a code that is one of the notice's own names outranks any mention of it."""
SURE, NAMED, LIKELY = 0.03, 0.02, 0.01
"""What stands for words that were not found: a sure code of the goods, their name in another
language, any other code. All are less than what a word scores where it is found (only one that
nearly every notice says scores so little), so that those come first."""
DEEPEST = 20
"""Levels of a tree. Elasticsearch allows 30 of a query; a leaf and what is around the tree take
some of them."""

NOTHING: Dsl = {"match_none": {}}


def asked(tree: Node, *, ranked: bool) -> Dsl:
    """The query of a whole tree.

    Raises `QueryTooLarge` where it is too deep; ValueError where it still has a relative day.
    """
    _check_depth(tree)
    return compiled(tree, ranked=ranked)


def chosen(values: Mapping[Facet, Sequence[str]], without: Facet | None = None) -> list[Dsl]:
    """One filter for each facet of which something is chosen."""
    return [
        _tagged(Tagged(facet.tag, tuple(wanted)))
        for facet, wanted in values.items()
        if wanted and facet is not without
    ]


def compiled(node: Node, *, ranked: bool) -> Dsl:
    match node:
        case Everything():
            return {"match_all": {}}
        case Words():
            return _words(node, ranked=ranked)
        case Tagged():
            return _ranked_tag(node) if ranked else _tagged(node)
        case Dated():
            return _silent(_dated(node)) if ranked else _dated(node)
        case Widened():
            return _widened(node, ranked=ranked)
        case And(parts):
            return _all_of(parts, ranked=ranked)
        case Or(parts):
            found = [compiled(part, ranked=ranked) for part in parts]
            return {"bool": {"should": found, "minimum_should_match": 1}} if found else NOTHING
        case Not(Not(part)):
            return compiled(part, ranked=ranked)
        case Not():
            return _all_of((node,), ranked=ranked)


def _all_of(parts: Sequence[Node], *, ranked: bool) -> Dsl:
    clauses: dict[str, list[Dsl]] = {}
    for part in parts:
        match part:
            case Not(excluded):
                clauses.setdefault("must_not", []).append(compiled(excluded, ranked=False))
            case _:
                ranks = ranked and _ranks(part)
                occur = "must" if ranks else "filter"
                clauses.setdefault(occur, []).append(compiled(part, ranked=ranks))
    return {"bool": clauses}


def _ranks(node: Node) -> bool:
    """Whether its score tells hits apart."""
    match node:
        case Everything() | Dated():
            return False
        case Tagged(tag, _):
            return tag is Tag.HS
        case _:
            return True


def _widened(node: Widened, *, ranked: bool) -> Dsl:
    found = [compiled(node.words, ranked=ranked)]
    for other in node.also:
        match other:
            case Tagged():
                found.append(_ranked_tag(other) if ranked else _tagged(other))
            case Words():
                plain = _words(other, ranked=False)
                found.append(_constant(plain, NAMED) if ranked else plain)
    return _any_of(found)


def _words(words: Words, *, ranked: bool) -> Dsl:
    found = _said(words, STREAMS[words.within])
    if words.within is not Text.ANY:
        return _any_of(found)
    if start := _start(words):
        found.append({"prefix": {"surfaces": start[:LONGEST]}})
    if not ranked:
        return _any_of([*found, *_named(words)])
    said: Dsl = {"bool": {"must": [_any_of(found)]}}
    if in_title := _said(words, STREAMS[Text.TITLE]):
        said["bool"]["should"] = [_boosted(_any_of(in_title), IN_TITLE)]
    return _any_of([said, *(_constant(name, BY_NAME) for name in _named(words))])


def _said(words: Words, field: str) -> list[Dsl]:
    """The alternatives in which the words may stand in a stream."""
    if start := _start(words):
        return [{"prefix": {field: start[:LONGEST]}}]
    if single := lone(words.text):
        return [{"term": {characters(field): single}}]
    # `match_phrase` of one term is that term, and bounds it as the documents' are.
    return [{"match_phrase": {field: " ".join(form)}} for form in analysis.forms(words.text)]


def _named(words: Words) -> list[Dsl]:
    """Whether they are one of its numbers. A beginning and a single character are looked for in
    what is said only."""
    name = analysis.name(words.text)
    if not name or _start(words) or lone(words.text):
        return []
    return [{"term": {"names": name[:LONGEST]}}]


def _start(words: Words) -> str | None:
    return analysis.prefixes(words.text) if words.prefix else None


def _ranked_tag(tagged: Tagged) -> Dsl:
    """Notices that are sure to be about these goods before those that only seem to be."""
    likely = _constant(_tagged(tagged), LIKELY)
    if tagged.tag is not Tag.HS:
        return likely
    sure = _constant(_any_of(_codes("sure", tagged.values)), SURE - LIKELY)
    return {"bool": {"must": [likely], "should": [sure]}}


def _tagged(tagged: Tagged) -> Dsl:
    if tagged.tag is Tag.HS:
        return _any_of(_codes("hs", tagged.values))
    return {"terms": {tagged.tag.value: _known(tagged.values)}}


def _codes(field: str, values: Sequence[str]) -> list[Dsl]:
    """By level; no notice has a code of another length."""
    levels: dict[str, list[str]] = {}
    for code in values:
        if str(len(code)) in HS_LEVELS:
            levels.setdefault(f"{field}{len(code)}", []).append(code)
    return [{"terms": {level: codes}} for level, codes in levels.items()]


def _known(values: Sequence[str]) -> list[str]:
    """Without those that are too long to be in any index."""
    return [value for value in values if len(value) <= LONGEST_VALUE]


def _dated(dated: Dated) -> Dsl:
    first, last = bounds(dated)
    field = "published" if dated.dates is Dates.PUBLISHED else "deadlines"
    return {"range": {field: {"gte": first, "lte": last}}}


def _any_of(found: list[Dsl]) -> Dsl:
    """The best of the alternatives counts, and hardly the others: a word must not rank higher
    because it has more forms."""
    if not found:
        return NOTHING
    return found[0] if len(found) == 1 else {"dis_max": {"queries": found, "tie_breaker": 0.1}}


def _boosted(found: Dsl, boost: float) -> Dsl:
    return {"bool": {"must": [found], "boost": boost}}


def _constant(found: Dsl, score: float) -> Dsl:
    return {"constant_score": {"filter": found, "boost": score}}


def _silent(found: Dsl) -> Dsl:
    return {"bool": {"filter": [found]}}


def _check_depth(tree: Node) -> None:
    level: list[Node] = [tree]
    for _ in range(DEEPEST):
        level = [part for node in level for part in _parts(node)]
        if not level:
            return
    raise QueryTooLarge(f"The query has more than {DEEPEST} levels of brackets: ask it simpler.")


def _parts(node: Node) -> Sequence[Node]:
    match node:
        case And(parts) | Or(parts):
            return parts
        case Not(part):
            return (part,)
        case Widened(words, _):
            return (words,)
        case _:
            return ()
