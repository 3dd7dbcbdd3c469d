"""Why an impact has its level: codes with parameters, plain JSON.

Sentences are made of them by `monitor.impact.sentences`, in the reader's language; money and
shares are kept as text, so that nothing is lost on the way through JSON.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from monitor.impact.dates import NextDate
from monitor.impact.matching import Match
from monitor.impact.rules import Rule
from monitor.notices.models import Entry

Reason = dict[str, Any]
GOODS_NAMED = 5
"""How many goods a sentence names; all of them stand in `Impact.matches`."""


def reason(code: str, **params: Any) -> Reason:
    return {"code": code, "params": params}


def happened(entry: Entry, origins: Sequence[str], against: str) -> Reason:
    """`against`: `ours`, `others`, or `any` where no origin is named."""
    notice, measure = entry.notice, entry.measure
    return reason(
        "happened",
        kind=measure.kind,
        proceeding=notice.proceeding,
        event=notice.event,
        outcome=notice.outcome,
        jurisdiction=measure.jurisdiction,
        against=against,
        origins=list(origins),
        product=notice.product,
        change=list(entry.change),
    )


def matched(matches: Sequence[Match], names: Mapping[str, tuple[str, str]]) -> Reason:
    """`matches`: most money first; the deepest of them is the reason. `names`: of product lines,
    Chinese and English."""
    best = max(matches, key=lambda m: (m.weight, m.claim.probability))
    alike = [m for m in matches if m.depth is best.depth]
    return reason(
        "match",
        depth=best.depth.value,
        evidence=best.claim.evidence,
        probability=max(m.claim.probability for m in alike),
        goods=[_good(m, names) for m in alike[:GOODS_NAMED]],
        count=len(alike),
    )


def _good(found: Match, names: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    zh, en = names.get(found.line or "", ("", ""))
    return {"code": found.good, "zh": zh, "en": en}


def exposed(
    market: str, usd: Decimal, share: Decimal, as_of: date | None, *, weighted: bool
) -> Reason:
    if as_of is None:
        return reason("exposure_unknown", market=market)
    month = f"{as_of:%Y-%m}"
    if not usd:
        return reason("exposure_none", market=market, as_of=month)
    return reason(
        "exposure",
        market=market,
        usd=str(usd),
        share=str(share),
        as_of=month,
        weighted=weighted,
    )


def deadline(found: NextDate) -> Reason:
    return reason("deadline", date=found.day.isoformat(), **found.what)


def echo(origins: Iterable[str]) -> Reason:
    return reason("echo", origins=list(origins))


def ruled(rule: Rule) -> Reason:
    return reason("rule", id=rule.id, zh=rule.why_zh, en=rule.why_en)
