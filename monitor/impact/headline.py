"""The headline of a warning: what happened, with the name that the base has for its goods."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from monitor.impact.models import Impact
from monitor.notices import headline
from monitor.notices.headline import LIKELY, About
from monitor.notices.headline import composed as _of_notice
from monitor.notices.models import Entry, Measure

Row = Mapping[str, Any]

_WORD = re.compile(r"[a-z]{4,}")
_SAYS_LITTLE = frozenset({"article", "certain", "good", "item", "material", "other", "part",
                          "product"})  # fmt: skip


def of_impact(impact: Impact) -> str:
    """The headline in the reader's language; where that is not Chinese, the publisher's title."""
    return composed(impact) or impact.entry.notice.title


def composed(first: Impact, *others: Impact) -> str:
    """The headline of one notice's impacts, one for each measure that it speaks of. Empty where
    its title serves the reader as it is. Asks the database nothing where entry, notice and measure
    are there."""
    notice = first.entry.notice
    if not headline.wanted(notice):
        return ""
    measures = [impact.entry.measure for impact in (first, *others)]
    return headline.sentence(
        About(
            jurisdiction=measures[0].jurisdiction,
            kinds=list(dict.fromkeys(measure.kind for measure in measures)),
            origins=_origins(first, measures),
            product=product(first),
            proceeding=notice.proceeding,
            event=notice.event,
            outcome=notice.outcome,
        )
    )


def of_entry(entry: Entry) -> str:
    """Of a notice in the life of a measure: as its loudest impact has it, else by its claims.
    Reads `entry.impacts` and `entry.notice.claims`."""
    impacts = list(entry.impacts.all())
    return composed(impacts[0]) if impacts else _of_notice(entry.notice, entry.notice.claims.all())


def of_measure(measure: Measure, newest: Impact | None) -> str:
    """`美国对华陶瓷砖反倾销`; empty where the measure's title serves, or no goods are known."""
    if newest is None or not headline.wanted(newest.entry.notice):
        return ""
    return headline.subject(
        About(
            jurisdiction=measure.jurisdiction,
            kinds=[measure.kind],
            origins=[measure.origin] if measure.origin else [],
            product=product(newest),
        )
    )


def product(impact: Impact) -> str:
    """The goods in Chinese; in the notice's own words where no match is likely."""
    named = list(_named(impact))
    best = max((score for _, score in named), default=0)
    names = [name for name, score in named if score == best]
    return headline.products(names) or headline.own_words(impact.entry.notice)


def _origins(impact: Impact, measures: list[Measure]) -> list[str]:
    origins = list(dict.fromkeys(measure.origin for measure in measures if measure.origin))
    return origins or list(impact.entry.notice.origins)


def _named(impact: Impact) -> Iterator[tuple[str, int]]:
    """Names of the goods touched, as far as they are likely, each with what speaks for it.

    A claim of a heading touches every line below it. The line whose name shares words with the
    notice's product is the one that is meant; where none does, only the heading is true of all.
    """
    notice = impact.entry.notice
    wording = _words(notice.product or notice.title)
    matches = {match["hs6"]: match for match in impact.matches}
    for good in _goods(impact):
        match = matches.get(good["code"])
        if match is None or match["probability"] < LIKELY:
            continue
        shared = len(wording & _words(good["en"]))
        line = match["product_line"] or ""
        is_true = bool(line) and match["claim"].startswith(line)
        yield (good["zh"] if good["zh"] and (shared or is_true) else _heading(match)), shared


def _heading(match: Row) -> str:
    return headline.heading(match["claim"])


def _goods(impact: Impact) -> list[Row]:
    """The goods that the reason names: of the deepest match, most money first."""
    return next((r["params"]["goods"] for r in impact.reasons if r["code"] == "match"), [])


def _words(text: str) -> set[str]:
    return {word.removesuffix("s") for word in _WORD.findall(text.lower())} - _SAYS_LITTLE
