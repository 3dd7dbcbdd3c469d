"""Cells into values: strictly, with a code for each way in which one can be wrong."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from bundles import places
from models.nomenclature import hs, revisions
from monitor.bases import units, uscc
from monitor.bases.imports.columns import Money
from monitor.bases.imports.problems import BadCellError

CENT = Decimal("0.01")
EMPTY = frozenset({"", "-", "--", "—", "——", "/", "无", "N/A"})
"""What forms and exports write where there is nothing."""
TOTALS = frozenset(
    {"合计", "总计", "小计", "累计", "共计", "总和", "TOTAL", "GRANDTOTAL", "SUBTOTAL"}
)
FOOTNOTES = (
    "注:",
    "注1",
    "备注:",
    "说明:",
    "填表",
    "制表",
    "审核",
    "填报",
    "数据来源",
    "单位负责人",
)
REGIONS = frozenset(
    """
    东南亚 中东 非洲 亚洲 欧洲 东欧 西欧 北欧 南欧 中东欧 美洲 北美 北美洲 南美 南美洲 拉美 拉丁美洲
    中南美 大洋洲 中亚 南亚 西亚 东亚 北非 西非 东非 欧美 港澳台 港澳 日韩 东盟 独联体
    一带一路 金砖国家 全球 世界各地 国外 海外 国内 其他
    """.split()
)
"""Words of the forms that are no market: left out of a firm's markets, and said so."""
_SEPARATORS = re.compile(r"[、,;/|\n\r]+")
_MONTH = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:(?P<digits>\d\d)"
    r"|(?:年|[-/.])(?P<month>\d{1,2})(?:月|[-/.](?P<day>\d{1,2}))?)",
    re.ASCII,
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[Ee][+-]?\d+)?|-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
LARGEST_MONEY = Decimal(10) ** 13
LARGEST_QUANTITY = Decimal(10) ** 12
MOST_PEOPLE = Decimal(10) ** 7


def plain(cell: str) -> str:
    """Full-width digits and letters made half-width, runs of space made one."""
    return " ".join(unicodedata.normalize("NFKC", cell).split())


def text(cell: str, longest: int) -> str:
    """Text as printed, without outer space. Empty where the form says that there is nothing."""
    value = " ".join(cell.split())
    if plain(value) in EMPTY:
        return ""
    if len(value) > longest:
        raise BadCellError("too_long", longest=longest, length=len(value))
    if any(unicodedata.category(each) == "Cc" for each in value):
        raise BadCellError("control_character")
    return value


def parts(cell: str) -> list[str]:
    """What a list in one cell holds: 、 ， ； / and line breaks separate."""
    folded = unicodedata.normalize("NFKC", cell)
    return [each for part in _SEPARATORS.split(folded) if (each := " ".join(part.split()))]


def number(cell: str, largest: Decimal) -> Decimal | None:
    """A number that is not negative, None where the cell is empty. 1,234.5 and １２３ are read."""
    value = plain(cell).replace(" ", "")
    if value in EMPTY:
        return None
    if not _NUMBER.fullmatch(value):
        raise BadCellError("no_number", value=value[:40])
    try:
        parsed = Decimal(value.replace(",", ""))
    except InvalidOperation as error:
        raise BadCellError("no_number", value=value[:40]) from error
    if parsed < 0:
        raise BadCellError("negative", value=value[:40])
    if parsed >= largest:
        raise BadCellError("too_large", value=value[:40])
    return parsed


def people(cell: str) -> int | None:
    """How many, None where the cell is empty. 120人 is read."""
    value = number(plain(cell).removesuffix("人"), MOST_PEOPLE)
    if value is not None and value != value.to_integral_value():
        raise BadCellError("no_number", value=plain(cell)[:40])
    return None if value is None else int(value)


def usd(cell: str, money: Money, cny_per_usd: Decimal | None) -> Decimal | None:
    """Dollars. Raises `no_rate` for yuan without a rate: none is ever assumed."""
    value = number(cell, LARGEST_MONEY)
    if value is None:
        return None
    value *= money.times
    if money.currency == "CNY":
        if cny_per_usd is None:
            raise BadCellError("no_rate")
        value /= cny_per_usd
    if value >= LARGEST_MONEY:
        raise BadCellError("too_large", value=plain(cell)[:40])
    return value


def quantity(cell: str, unit: str) -> tuple[Decimal, str] | None:
    """(amount, unit's code), None where the cell is empty."""
    value = number(cell, LARGEST_QUANTITY)
    if value is None:
        return None
    name = plain(unit).replace(" ", "")
    if not name:
        raise BadCellError("unit_missing")
    if name not in units.CUSTOMS:
        raise BadCellError("no_such_unit", value=name[:40])
    code, times = units.CUSTOMS[name]
    return value * times, code


def month(cell: str, now: date) -> date:
    """202403, 2024-03, 2024年3月, 2024/3/31 → the first of the month; not after `now`'s."""
    value = plain(cell).replace(" ", "")
    match = _MONTH.fullmatch(value)
    if match is None:
        raise BadCellError("no_month", value=value[:40])
    try:
        day = date(
            int(match["year"]), int(match["digits"] or match["month"]), int(match["day"] or 1)
        )
    except ValueError as error:
        raise BadCellError("no_month", value=value[:40]) from error
    if day.replace(day=1) > now:
        raise BadCellError("future_month", value=value[:40])
    return day.replace(day=1)


def code(cell: str) -> str:
    """2, 4, 6, 8 or 10 digits, dots and spaces dropped."""
    value = re.sub(r"[.\s]", "", plain(cell))
    if not value.isascii() or not value.isdigit():
        raise BadCellError("no_code", value=value[:40])
    if len(value) in {3, 5, 7, 9}:
        raise BadCellError("lost_zero", value=value)
    if len(value) not in {2, 4, 6, 8, 10}:
        raise BadCellError("code_length", value=value[:40])
    return value


def in_hs(digits: str, year: int | None = None) -> str:
    """The code in HS2022, at most six digits. A code of an earlier edition is brought over where
    its goods are in one subheading; raises `code_split` where in several, `no_such_code` if none.
    """
    short = digits[:6]
    moved = revisions.moved(short, year) if len(short) == 6 else None
    if moved is None:
        if not hs.exists(short):
            raise BadCellError("no_such_code", value=short, edition=hs.EDITION)
        return short
    if len(moved.hs6) != 1:
        targets = "、".join(moved.hs6 or moved.headings)
        raise BadCellError("code_split", value=short, last=moved.last, targets=targets)
    return moved.hs6[0]


def social_credit_code(cell: str) -> str | None:
    value = re.sub(r"\s", "", plain(cell)).upper()
    if value in EMPTY:
        return None
    if fault := uscc.fault(value):
        raise BadCellError(fault, value=value[:40])
    return value


def email(cell: str) -> str:
    value = plain(cell)
    if value in EMPTY:
        return ""
    try:
        validate_email(value)
    except ValidationError as error:
        raise BadCellError("no_email", value=value[:60]) from error
    return value


def market(cell: str) -> str:
    """ISO 3166 code of a state. A union is refused: its members' trade would count twice."""
    value = plain(cell)
    found = places.parse(value, "zh")
    if found is None:
        raise BadCellError("no_such_place", value=value[:60])
    if len(places.members(found)) > 1:
        raise BadCellError("not_a_state", value=value[:60])
    if found == "CN":
        raise BadCellError("home_market", value=value[:60])
    return found


def markets(cell: str) -> tuple[list[str], list[str]]:
    """A firm's markets: (codes, words that name a region and not a market)."""
    codes: dict[str, None] = {}
    left_out = []
    for part in _market_words(cell):
        if found := places.parse(part, "zh"):
            codes[found] = None
        elif part in REGIONS:
            left_out.append(part)
        else:
            raise BadCellError("no_such_place", value=part[:60])
    return list(codes), left_out


def _market_words(cell: str) -> Iterator[str]:
    """Names that a space separates count each; `United States` is one, and so is 美国等."""
    for part in parts(cell):
        if part in EMPTY:
            continue
        whole = part.removesuffix("等国家和地区").removesuffix("等国家").removesuffix("等国")
        whole = whole.removesuffix("等") or part
        if places.parse(whole, "zh") or whole in REGIONS or whole.isascii():
            yield whole
        else:
            yield from whole.split(" ")


def is_total(cells: tuple[str, ...]) -> bool:
    """合 计, 总计: a row that adds up the others."""
    return any(re.sub(r"[\s:()]", "", plain(cell)).upper() in TOTALS for cell in cells)


def is_footnote(cells: tuple[str, ...]) -> bool:
    """注：…, 填表人：…: a line below the table, not a row of it."""
    filled = [plain(cell).replace(" ", "") for cell in cells if cell.strip()]
    return 0 < len(filled) <= 3 and filled[0].startswith(FOOTNOTES)
