"""What the database itself can answer while the index cannot be reached.

Slower and rougher: words are looked for as they are typed, in titles and abstracts; there are no
facets and no relevance; bases and levels are not asked for. Pages say so.
"""

from collections.abc import Sequence

from django.db.models import Q

from bundles.words import ACTIONABLE_DATES
from monitor.notices.models import Notice
from monitor.search.engine import Hit, Order, Page, Query
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

COUNTED = 1000
"""Hits that are counted; the database would have to read every row to know more."""

_COLUMNS = {
    Tag.MARKET: "jurisdiction",
    Tag.SOURCE: "source",
    Tag.BODY: "authority",
    Tag.LANGUAGE: "language",
    Tag.PROCEEDING: "proceeding",
    Tag.OUTCOME: "outcome",
    Tag.EVENT: "event",
    Tag.YEAR: "published__year",
    Tag.MEASURE: "measures",
}
_LISTS = {Tag.KIND: "kinds", Tag.ORIGIN: "origins"}


def page(query: Query) -> Page:
    """Newest first, whatever order was asked for, but `OLDEST`."""
    asked = _all(
        [query.tree, *(Tagged(f.tag, values) for f, values in query.chosen.items() if values)]
    )
    order = ("published", "pk") if query.order is Order.OLDEST else ("-published", "-pk")
    rows = Notice.objects.filter(asked).order_by(*order).values_list("pk", flat=True).distinct()
    ids = list(rows[query.offset : query.offset + query.limit])
    return Page([Hit(pk) for pk in ids], rows[:COUNTED].count(), {})


def _q(node: Node) -> Q:
    match node:
        case Words():
            return _words(node)
        case Tagged():
            return _tagged(node)
        case Dated():
            return _dated(node)
        case Widened(words, also):
            return _any([words, *also])
        case And(parts):
            return _all(parts)
        case Or(parts):
            return _any(parts)
        case Not(part):
            return ~_q(part)
        case Everything():
            return Q()


def _all(parts: Sequence[Node]) -> Q:
    found = Q()
    for part in parts:
        found &= _q(part)
    return found


def _any(parts: Sequence[Node]) -> Q:
    found = _q(parts[0])
    for part in parts[1:]:
        found |= _q(part)
    return found


def _words(words: Words) -> Q:
    text = words.text
    match words.within:
        case Text.TITLE:
            return Q(title__icontains=text)
        case Text.AUTHORITY:
            return Q(authority__icontains=text)
        case Text.COMPANY:
            return Q(item__companies__icontains=text)
        case Text.ANY:
            return (
                Q(title__icontains=text)
                | Q(abstract__icontains=text)
                | Q(number__iexact=text)
                | Q(measures__keys__key__iendswith=f":{text}")
            )


def _tagged(tagged: Tagged) -> Q:
    tag, values = tagged.tag, tagged.values
    if tag is Tag.HS:
        return _either([Q(claims__code__startswith=code) for code in values])
    if tag in _LISTS:
        return _either([Q(**{f"{_LISTS[tag]}__icontains": f'"{value}"'}) for value in values])
    if tag in _COLUMNS:
        return Q(**{f"{_COLUMNS[tag]}__in": values})
    return Q()


def _dated(dated: Dated) -> Q:
    found = Q()
    if dated.dates is Dates.DEADLINE:
        kinds = [Q(item__dates__icontains=f'"{kind}"') for kind in sorted(ACTIONABLE_DATES)]
        return _either(kinds)
    if dated.first is not None:
        found &= Q(published__gte=dated.first)
    if dated.last is not None:
        found &= Q(published__lte=dated.last)
    return found


def _either(found: Sequence[Q]) -> Q:
    total = found[0]
    for q in found[1:]:
        total |= q
    return total
