"""The fields of the query language: their names in Chinese and English, and what each holds."""

from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monitor.search.language.errors import QueryError
from monitor.search.tree import Dates, Tag, Text


@dataclass(frozen=True)
class Name:
    """Asks for a number, symbol or measure by its whole name."""


@dataclass(frozen=True)
class Since:
    """`after:` (first) and `before:` (last): published on that day or later, or earlier."""

    last: bool


Meaning = Tag | Text | Dates | Since | Name

_NAMES: dict[Meaning, str] = {
    Tag.KIND: "kind 类型 措施类型",
    Tag.EVENT: "event 环节 事件",
    Tag.PROCEEDING: "proceeding 程序",
    Tag.OUTCOME: "outcome 结果",
    Tag.MARKET: "market 市场 国家",
    Tag.ORIGIN: "origin 原产地 原产国",
    Tag.HS: "hs 税号 编码",
    Tag.SOURCE: "source 来源 信息源",
    Tag.BODY: "body 发布机构",
    Tag.YEAR: "year 年份 年",
    Tag.LEVEL: "level 级别 等级",
    Tag.BASE: "base 基地",
    Tag.LANGUAGE: "lang 语言 language",
    Tag.MEASURE: "measure 措施",
    Text.TITLE: "title 标题",
    Text.COMPANY: "company 企业 公司",
    Text.AUTHORITY: "authority 机构 主管机构",
    Dates.PUBLISHED: "published 发布 发布日",
    Dates.DEADLINE: "deadline 时限 期限 截止",
    Since(last=False): "after 自 晚于",
    Since(last=True): "before 至 早于",
    Name(): "number 编号 案号",
}
_BY_NAME = {name: meaning for meaning, names in _NAMES.items() for name in names.split()}


def meaning(name: str, at: int) -> Meaning:
    """What a field means. QueryError with the nearest known name where there is none such."""
    found = known(name)
    if found is None:
        raise QueryError(
            _("“%(name)s” is no field.") % {"name": name}, at, at + len(name), _instead(name)
        )
    return found


def known(name: str) -> Meaning | None:
    return _BY_NAME.get(name.lower())


def name(meaning: Meaning, language: str = "en") -> str:
    """What the field is called first, in Chinese (`zh…`) or in English."""
    english, chinese, *_others = _NAMES[meaning].split()
    return chinese if language.startswith("zh") else english


@cache
def names() -> tuple[str, ...]:
    return tuple(_BY_NAME)


def _instead(wrong: str) -> str:
    # Imported here: a wrong name is rare, and this is the only place that compares spellings.
    from difflib import get_close_matches  # noqa: PLC0415

    near = get_close_matches(wrong.lower(), _BY_NAME, n=1, cutoff=0.6)
    if near:
        return _("Did you mean “%(near)s:”?") % {"near": near[0]}
    return _(
        "To search for the sign itself, put the words in quotation marks. Fields: %(names)s."
    ) % {"names": " ".join(name(meaning, get_language() or "zh") for meaning in _NAMES)}
