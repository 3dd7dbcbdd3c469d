"""Money as people say it: 1.23 亿美元, US$123 million."""

from decimal import ROUND_HALF_EVEN, Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monitor.bases.confidential import Confidential, Shown

CHINESE = ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"), (Decimal(1), ""))
ENGLISH = (
    (Decimal(10) ** 9, "billion"),
    (Decimal(10) ** 6, "million"),
    (Decimal(10) ** 3, "thousand"),
    (Decimal(1), ""),
)


def usd(value: Shown) -> str:
    """Three figures in the reader's units, so that neither cents nor false precision distract."""
    if isinstance(value, Confidential):
        return str(value)
    sign = "-" if value < 0 else ""
    return sign + _("US$%(amount)s") % {"amount": _scaled(abs(value))}


def percent(share: Shown) -> str:
    """A share, 0 to 1, as percent: two figures below ten, three above."""
    if isinstance(share, Confidential):
        return str(share)
    hundred = share * 100
    if 0 < hundred < Decimal("0.01"):
        return "<0.01%"
    return f"{_figures(hundred, 2 if hundred < 10 else 3)}%"


def _scaled(value: Decimal) -> str:
    chinese = (get_language() or "").startswith("zh")
    scales = CHINESE if chinese else ENGLISH
    # 999,950 is a million, not "1000 thousand": rounded before the unit is chosen.
    figures, name = next(
        (figures, name)
        for size, name in scales
        if Decimal((figures := _figures(value / size, 3)).replace(",", "")) >= 1 or size == 1
    )
    return f"{figures} {name}" if chinese or name else figures


def _figures(value: Decimal, significant: int) -> str:
    if not value:
        return "0"
    places = min(significant - 1 - value.adjusted(), 2)
    rounded = value.quantize(Decimal(1).scaleb(-max(places, 0)), rounding=ROUND_HALF_EVEN)
    text = f"{rounded:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text
