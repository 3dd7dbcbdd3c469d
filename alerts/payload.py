"""A warning for programs: the JSON of the webhook (documented in docs/channels.md).

Words are those of `bundles.words`, money is decimal text in USD, dates are ISO 8601.
"""

from collections.abc import Sequence
from typing import Any

from alerts import links, plain
from alerts.models import Warning  # noqa: A004 - 预警 is the field's word
from monitor.impact.models import Impact
from monitor.notices.models import Notice


def of_warning(warning: Warning, impacts: Sequence[Impact]) -> dict[str, Any]:
    """`impacts`: one per base, loudest first."""
    first = impacts[0]
    measure = warning.measure
    return {
        "warning": warning.pk,
        "occasion": warning.occasion,
        "level": first.level,
        "measure": {
            "id": measure.pk,
            "kind": measure.kind,
            "jurisdiction": measure.jurisdiction,
            "origin": measure.origin,
            "title": plain.line(measure.title),
            "url": links.measure(measure.pk),
        },
        "notice": _notice(first.entry.notice),
        "next_date": _next_date(first),
        "impacts": [_impact(impact) for impact in impacts],
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "source": notice.source,
        "number": notice.number,
        "title": plain.line(notice.title),
        "published": notice.published.isoformat(),
        "authority": notice.authority,
        "proceeding": notice.proceeding,
        "event": notice.event,
        "also": notice.also,
        "outcome": notice.outcome,
        "url": plain.web_address(notice.url),
        "sample": notice.sample,
    }


def _next_date(impact: Impact) -> dict[str, Any] | None:
    if impact.next_date is None:
        return None
    return {"date": impact.next_date.isoformat(), **(impact.next_date_what or {})}


def _impact(impact: Impact) -> dict[str, Any]:
    return {
        "id": impact.pk,
        "base": impact.base.code,
        "level": impact.level,
        "markets": impact.markets,
        "hs6": sorted({match["hs6"] for match in impact.matches}),
        "exposure_usd": str(impact.exposure_usd),
        "share": str(impact.share),
        "as_of_month": impact.as_of_month and f"{impact.as_of_month:%Y-%m}",
        "firms": impact.firms,
        "reasons": impact.reasons,
        "sample": impact.sample or impact.base.sample,
        "url": links.impact(impact.pk),
    }
