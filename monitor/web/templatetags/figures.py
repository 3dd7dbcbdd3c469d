"""How the pages write down figures: money, shares, prices, and what is confidential."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.functional import Promise

from monitor.bases.confidential import CONFIDENTIAL, Confidential, Shown, is_hidden
from monitor.impact import money as written
from monitor.web import labels as web_labels
from monitor.web.templatetags.fenghuo import NOTHING, tongue

register = template.Library()


@register.filter
def money(usd: Shown | str | None) -> str:
    """US dollars in the reader's units: 1.23 亿美元, US$123 million."""
    if usd is None:
        return NOTHING
    return written.usd(usd if isinstance(usd, Confidential) else Decimal(usd))


@register.filter
def thousands(usd: Shown | None) -> str:
    """For narrow columns whose heading names the unit: 万美元 in Chinese, thousands in English."""
    if usd is None or isinstance(usd, Confidential):
        return NOTHING if usd is None else str(usd)
    return f"{usd / (10000 if tongue() == 'zh' else 1000):,.1f}"


@register.filter
def percent(share: Shown | None) -> str:
    """0.1234 → 12.3%."""
    if share is None:
        return NOTHING
    return written.percent(share if isinstance(share, Confidential) else Decimal(str(share)))


@register.filter
def is_confidential(value: object) -> bool:
    return is_hidden(value)


@register.filter
def probability(value: float) -> str:
    return f"{value:.0%}"


@register.filter
def is_exported(match: dict[str, Any]) -> bool:
    """Whether a matched good brings money at all; it is named even where it does not."""
    value: Shown | str = match["value_usd"]
    return isinstance(value, Confidential) or Decimal(value) > 0


@register.filter
def weighs_less(weight: Any) -> bool:
    """Whether a match counts less than its whole exports."""
    return Decimal(str(weight)) < 1


@register.filter
def unitvalue(value: Shown) -> str:
    """A price: two decimals, four where it is less than a dollar."""
    if isinstance(value, Confidential):
        return str(value)
    return f"{value:,.2f}" if value >= 1 else f"{value:,.4f}"


@register.filter
def unitword(unit: str) -> str | Promise:
    return web_labels.UNITS.get(unit, unit)


@register.filter
def change(ratio: Shown | None) -> str:
    if isinstance(ratio, Confidential):
        return str(ratio)
    return NOTHING if ratio is None else f"{ratio * 100:+.1f}%".replace("-", "−")


@register.filter
def bar(share: Shown | None) -> str:
    """The width of a bar, as SVG reads it; none where the figure is confidential."""
    if isinstance(share, Confidential):
        return "0%"
    return f"{min(max(float(share or 0), 0), 1) * 100:.1f}%"


@register.filter
def of(part: Shown, whole: Shown) -> Shown:
    if isinstance(part, Confidential) or isinstance(whole, Confidential):
        return CONFIDENTIAL
    return part / whole if whole else Decimal(0)
