"""Which column is what: the header is found by its names, below whatever titles stand above it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from monitor.bases.imports.problems import WrongFileError
from monitor.bases.imports.tables import Line, Table

HEADER_WITHIN = 30
"""Titles, the filling date, the name of the form: a header comes within so many lines."""

Names = Mapping[str, tuple[str, ...]]

_BASE: Names = {
    "bases": ("所属基地", "所属出口基地", "所在基地", "基地名称", "基地", "出口基地", "基地代码"),
}
_FIRM: Names = {
    "name_zh": (
        "企业名称", "企业中文名称", "企业全称", "企业名称（中文）", "单位名称", "公司名称",
        "会员企业", "会员企业名称", "会员名称",
    ),
    "uscc": (
        "统一社会信用代码", "社会信用代码", "统一信用代码", "信用代码", "企业统一社会信用代码",
    ),
}  # fmt: skip
_HS: Names = {
    "hs": (
        "HS编码", "HS代码", "HSCODE", "HS码", "海关编码", "海关HS编码", "商品编码", "商品代码",
        "税号", "海关税号", "主要产品HS编码", "产品HS编码", "HS",
    ),
}  # fmt: skip

ENTERPRISES: Names = {
    **_FIRM,
    **_BASE,
    **_HS,
    "name_en": ("企业英文名称", "英文名称", "企业名称（英文）", "英文名"),
    "city": (
        "设区市", "所属设区市", "所在设区市", "所在地市", "所属地市", "地市", "所在城市", "城市",
    ),
    "products": (
        "主要产品", "主要出口产品", "主要产品名称", "主营产品", "出口产品", "主要出口商品",
    ),
    "export": (
        "年出口额", "年出口总额", "年出口金额", "上年出口额", "上年度出口额", "出口额", "出口总额",
        "出口金额", "年出口值",
    ),
    "markets": (
        "主要出口市场", "出口市场", "主要市场", "主要出口国家", "主要出口国家或地区",
        "主要出口国家地区", "主要出口国别", "主要出口国家和地区", "出口国家和地区",
    ),
    "contact": ("联系人", "联系人姓名", "企业联系人", "联络人", "姓名"),
    "phone": (
        "联系电话", "电话", "手机", "手机号码", "联系方式", "联系人电话", "电话号码", "手机号",
    ),
    "email": ("邮箱", "电子邮箱", "电子邮件", "联系邮箱", "EMAIL", "E-MAIL"),
    "legal_representative": ("法定代表人", "法人代表", "法人", "企业法人", "法定代表人姓名"),
    "address": (
        "地址", "企业地址", "单位地址", "注册地址", "通讯地址", "联系地址", "经营地址", "详细地址",
    ),
    "employees": (
        "员工人数", "职工人数", "从业人数", "从业人员", "员工数", "职工数", "从业人员数",
    ),
    "certifications": (
        "认证情况", "认证", "资质认证", "体系认证", "获得认证", "认证证书", "产品认证", "资质",
    ),
}  # fmt: skip

BASES: Names = {
    **_HS,
    "code": ("基地代码", "基地编码", "基地标识"),
    "name_zh": ("基地名称", "出口基地名称", "重点商品出口基地", "所属基地", "基地", "出口基地"),
    "name_en": ("基地英文名称", "英文名称", "英文名"),
    "cities": ("设区市", "所在设区市", "所属设区市", "所在地市", "地市", "责任单位", "牵头设区市"),
    "chamber_zh": ("商会名称", "基地商会", "商会", "出口基地商会", "基地商会名称"),
    "chamber_en": ("商会英文名称",),
    "products": ("主要产品", "主要出口产品", "主要产品名称", "产品名称", "主营产品"),
    "products_en": ("主要产品英文名称", "产品英文名称", "主要产品（英文）"),
}

FLOWS: Names = {
    **_FIRM,
    **_HS,
    "bases": _BASE["bases"],
    "month": ("数据年月", "统计年月", "年月", "月份", "统计月份", "出口年月", "出口月份", "日期"),
    "market": (
        "贸易伙伴名称", "贸易伙伴", "贸易国家", "国别", "国别（地区）", "国家（地区）", "国家地区",
        "国别地区", "国家或地区", "最终目的国", "最终目的国（地区）", "运抵国", "运抵国（地区）",
        "出口市场", "市场",
    ),
    "quantity": ("第一数量", "数量", "法定数量", "第一法定数量", "出口数量"),
    "unit": (
        "第一计量单位", "计量单位", "第一单位", "法定单位", "法定计量单位", "单位", "数量单位",
    ),
    "value": ("出口额", "金额", "出口金额", "出口值", "价值", "值"),
}  # fmt: skip

UNREAD = (
    "序号", "编号", "备注", "贸易伙伴编码", "商品名称", "贸易方式编码", "贸易方式名称", "贸易方式",
    "注册地编码", "注册地名称", "第二数量", "第二计量单位",
)  # fmt: skip
"""Columns of the forms and exports that are known and not needed."""

MONEY = frozenset({"export", "value"})
"""The fields whose header has to say what they count in."""
CURRENCIES = dict.fromkeys(("美元", "美金", "USD", "US$"), "USD") | dict.fromkeys(
    ("人民币", "元", "RMB", "CNY"), "CNY"
)
SCALES = {"": 1, "十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7,
          "亿": 10**8}  # fmt: skip
_UNIT = (
    r"(?:单位)?(?:人民币)?(百万|千万|[十百千万亿]?)(美元|美金|USD|US\$|人民币|元|RMB|CNY)"
    r"(?:人民币)?"
)
_YEAR = re.compile(r"^(?:19|20)\d\d年度?")


@dataclass(frozen=True)
class Money:
    """What a column of money counts in: 万美元 is USD times 10,000."""

    currency: str
    times: Decimal


@dataclass(frozen=True)
class Column:
    at: int
    label: str
    """As printed, for the people who have to find it."""
    money: Money | None = None


@dataclass(frozen=True)
class Sheet:
    """A table whose header was found: its columns by field, and the lines below it."""

    name: str
    header: Line
    columns: Mapping[str, Column]
    unread: tuple[str, ...]
    lines: tuple[Line, ...]

    def label(self, field: str) -> str:
        return self.columns[field].label if field in self.columns else ""


def find(tables: list[Table], names: Names, mandatory: tuple[str, ...]) -> Sheet:
    """The one table with a header that names all mandatory fields. Raises `WrongFileError`."""
    found = [sheet for table in tables if (sheet := _in_table(table, names, mandatory))]
    if len(found) > 1:
        raise WrongFileError("several_sheets", sheets="、".join(sheet.name for sheet in found))
    if not found:
        expected = "、".join(names[field][0] for field in mandatory)
        raise WrongFileError("no_header", expected=expected, within=HEADER_WITHIN)
    return found[0]


def _in_table(table: Table, names: Names, mandatory: tuple[str, ...]) -> Sheet | None:
    for at, line in enumerate(table.lines[:HEADER_WITHIN]):
        columns = _columns(line, names)
        if all(field in columns for field in mandatory):
            above = _unit_above(table.lines[:at])
            single = {field: _one(field, each, above) for field, each in columns.items()}
            used = {column.at for column in single.values()}
            return Sheet(
                table.name, line, single, tuple(_unread(line, used)), table.lines[at + 1 :]
            )
    return None


def _columns(line: Line, names: Names) -> dict[str, list[Column]]:
    by_name = {key(name): field for field, known in names.items() for name in known}
    by_name |= {key(field): field for field in names}
    found: dict[str, list[Column]] = {}
    for at, cell in enumerate(line.cells):
        plain = key(cell)
        field, money = by_name.get(plain), None
        if field is None or field in MONEY:
            field, money = _money(plain, names) or (field, None)
        if field:
            found.setdefault(field, []).append(Column(at, " ".join(cell.split()), money))
    return found


def _money(plain: str, names: Names) -> tuple[str, Money] | None:
    """年出口额万美元, 美元金额, 人民币: a field of money and its unit, read whole or not at all:
    what is left over could be the 万 that makes a figure ten thousand times as large."""
    plain = _YEAR.sub("", plain)
    for field in MONEY & names.keys():
        known = "|".join(sorted((re.escape(key(name)) for name in names[field]), reverse=True))
        alone = "|" if field == "value" else ""
        for form in (f"(?:{known}{alone}){_UNIT}", f"{_UNIT}(?:{known})"):
            if unit := re.fullmatch(form, plain):
                return field, Money(CURRENCIES[unit[2]], Decimal(SCALES[unit[1]]))
    return None


def _unit_above(lines: tuple[Line, ...]) -> Money | None:
    """单位：万美元 in a line above the header, where forms put it."""
    cells = (key(cell) for line in lines for cell in line.cells)
    units = {unit.groups() for cell in cells if (unit := re.fullmatch(f"(?=单位){_UNIT}", cell))}
    if len(units) != 1:
        return None
    scale, currency = units.pop()
    return Money(CURRENCIES[currency], Decimal(SCALES[scale]))


def _one(field: str, columns: list[Column], above: Money | None) -> Column:
    """The one column of a field. Of money in dollars and in yuan, the dollars."""
    if field in MONEY:
        dollars = [each for each in columns if each.money and each.money.currency == "USD"]
        columns = dollars or columns
    if len(columns) > 1:
        raise WrongFileError("column_twice", labels="、".join(each.label for each in columns))
    if field not in MONEY or columns[0].money is not None:
        return columns[0]
    if above is None:
        raise WrongFileError("no_unit", label=columns[0].label)
    return replace(columns[0], money=above)


def _unread(line: Line, used: set[int]) -> Iterator[str]:
    known = {key(name) for name in UNREAD}
    for at, cell in enumerate(line.cells):
        if cell.strip() and at not in used and key(cell) not in known:
            yield " ".join(cell.split())


def key(header: str) -> str:
    """A header's name without what varies: width, case, spaces, brackets, marks."""
    return re.sub(r"[\s()\[\]【】:*,、/_-]", "", unicodedata.normalize("NFKC", header)).upper()
