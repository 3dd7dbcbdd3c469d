"""Currencies in which counsel is paid, and the decimals of each (ISO 4217, minor units)."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

PLACES: Mapping[str, int] = {
    **dict.fromkeys(("USD", "CNY", "EUR", "GBP", "CAD", "AUD", "INR", "BRL", "MXN", "ARS"), 2),
    **dict.fromkeys(("TRY", "RUB", "KZT", "IDR", "THB", "MYR", "PHP", "ZAR", "CHF", "HKD"), 2),
    **dict.fromkeys(("SGD", "PKR", "EGP", "UAH", "PEN", "COP", "NZD", "AED", "SAR"), 2),
    **dict.fromkeys(("JPY", "KRW", "VND", "CLP"), 0),
}


def unit(currency: str) -> Decimal:
    """The smallest amount of it. Raises KeyError for one that is not known here."""
    return Decimal(1).scaleb(-PLACES[currency])


def rounded(amount: Decimal, currency: str) -> Decimal:
    return amount.quantize(unit(currency), rounding=ROUND_HALF_UP)


def is_whole(amount: Decimal, currency: str) -> bool:
    """Whether the amount can be paid: it has no more decimals than the currency."""
    return amount % unit(currency) == 0
