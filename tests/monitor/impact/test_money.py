from decimal import Decimal

import pytest
from django.utils.translation import override

from monitor.impact.money import percent, usd


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        ("0", "0 美元", "US$0"),
        ("12.34", "12.3 美元", "US$12.3"),
        ("5600", "5,600 美元", "US$5.6 thousand"),
        ("9999.96", "1 万美元", "US$10 thousand"),
        ("45000", "4.5 万美元", "US$45 thousand"),
        ("999950", "100 万美元", "US$1 million"),
        ("1234567", "123 万美元", "US$1.23 million"),
        ("12345678", "1,235 万美元", "US$12.3 million"),
        ("99999999", "1 亿美元", "US$100 million"),
        ("123000000", "1.23 亿美元", "US$123 million"),
        ("14427394083.40", "144 亿美元", "US$14.4 billion"),
        ("-2500000", "-250 万美元", "-US$2.5 million"),
    ],
)
def test_money_in_the_readers_units(value: str, chinese: str, english: str) -> None:
    with override("zh-hans"):
        assert usd(Decimal(value)) == chinese
    with override("en"):
        assert usd(Decimal(value)) == english


@pytest.mark.parametrize(
    ("share", "text"),
    [
        ("0", "0%"),
        ("0.045", "4.5%"),
        ("0.0004", "0.04%"),
        ("0.00001", "<0.01%"),
        ("0.1234", "12.3%"),
        ("1", "100%"),
    ],
)
def test_shares_as_percent(share: str, text: str) -> None:
    assert percent(Decimal(share)) == text
