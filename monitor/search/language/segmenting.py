"""A run of Chinese taken apart at the words of trade: 美国钢钉反倾销复审 → 美国 钢钉 反倾销 复审.

Chinese is typed without spaces, and a run is looked for as it stands: without this step hardly any
question of more than one word would find anything. Words of trade are the names of places, kinds,
events and procedures. What stands between them is a product, and stays whole however many words it
is made of (不锈钢对焊管件); the product lexicon sees to it that a product is not cut at a word of
trade within it (安全气囊 is no 安全).
"""

from functools import cache

from django.utils.translation import override

from bundles import places
from models.products.references import references
from monitor.notices.labels import EVENTS, KINDS, OUTCOMES, PROCEEDINGS
from monitor.search import analysis

_OF_THE_TRADE = (
    "对华 涉华 中国产 双反 立案 初裁 终裁 复审 日落 日落复审 期终复审 年度复审 行政复审 反规避 "
    "反规避调查 新出口商复审 情势变更 原审 反倾销 反补贴 反倾销税 反补贴税 保障措施 特保 调查 裁定 "
    "税率 征税 撤销 终止 延期 召回 通报 技术法规 标准 合格评定 认证 技术性贸易措施 卫生 检疫 限量 "
    "迁移量 重金属 标签 包装 能效 安全 要求 征求意见 生效 听证 应诉 抗辩 价格承诺 公告 修订 草案 "
    "法规 条例 指令 进口 出口 产品 食品 扣留 拒绝入境"
).split()
_LONGEST = 14
_SILENT = frozenset("原产于 来自 作出 做出 进行 启动 发起 宣布 发布 有关 相关 关于 针对".split())
"""Words of a headline that say nothing about what it is about."""
_DROPPED = frozenset("的了和与及对等在")
"""Between known words these say nothing; within one they belong to it."""

_Cost = tuple[int, int]
"""(characters that no known word covers, number of pieces)."""


def segments(text: str) -> list[str]:
    """The pieces of a word as it was typed, in order; of anything but a run of Chinese: the word.

    Of all ways to take it apart, one in which known words cover the most, and of these one with
    the fewest pieces. If a single character would be left over, the run stays as it is: alone it
    would be found everywhere.
    """
    if len(text) < 4 or not all(map(analysis.is_cjk, text)):
        return [text]
    pieces = _joined(_parted(text))
    return [text] if not pieces or any(len(piece) == 1 for piece in pieces) else pieces


def _joined(found: list[tuple[str, bool]]) -> list[str]:
    """Words of trade by themselves, and whatever stands between them in one piece."""
    pieces: list[str] = []
    within = False
    for piece, is_known in found:
        product = piece not in _of_trade()
        if piece in _SILENT or (not is_known and piece in _DROPPED):
            product = False
        elif product and within:
            pieces[-1] += piece
        else:
            pieces.append(piece)
        within = product
    return pieces


def _parted(text: str) -> list[tuple[str, bool]]:
    """(piece, whether it is known)."""
    words = known()
    best: list[tuple[_Cost, int, bool]] = [((0, 0), 0, True)]
    for end in range(1, len(text) + 1):
        options = [_single(text, best, end)]
        for start in range(max(0, end - _LONGEST), end - 1):
            if text[start:end] in words:
                (left, pieces), _, _ = best[start]
                options.append(((left, pieces + 1), start, True))
        best.append(min(options))
    return _read_back(text, best)


def _single(text: str, best: list[tuple[_Cost, int, bool]], end: int) -> tuple[_Cost, int, bool]:
    """One more character that no known word covers: it joins an unknown piece before it."""
    (left, pieces), start, known = best[end - 1]
    dropped = text[end - 1] in _DROPPED
    if not known and not dropped and text[start] not in _DROPPED:
        return (left + 1, pieces), start, False
    return (left + (0 if dropped else 1), pieces + (0 if dropped else 1)), end - 1, False


def _read_back(text: str, best: list[tuple[_Cost, int, bool]]) -> list[tuple[str, bool]]:
    found, end = [], len(text)
    while end:
        _, start, known = best[end]
        found.append((text[start:end], known))
        end = start
    return found[::-1]


@cache
def known() -> frozenset[str]:
    """Every Chinese word by which a run is taken apart."""
    goods = {reference.text for reference in references() if reference.language == "zh"}
    return _of_trade() | _fit(goods) | _SILENT


@cache
def _of_trade() -> frozenset[str]:
    return _fit({*_OF_THE_TRADE, *_labels(), *places.spoken("zh")})


def _fit(words: set[str]) -> frozenset[str]:
    return frozenset(w for w in words if 2 <= len(w) <= _LONGEST and all(map(analysis.is_cjk, w)))


def _labels() -> set[str]:
    with override("zh-hans"):
        return {
            str(label)
            for labels in (KINDS, EVENTS, PROCEEDINGS, OUTCOMES)
            for label in labels.values()
        }
