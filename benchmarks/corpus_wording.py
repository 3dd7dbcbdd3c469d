"""How synthetic notices are worded: sentences of real ones, put together anew."""

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from benchmarks.corpus_facts import Facts, subheading
from benchmarks.corpus_material import DAY, GOODS, Good, Material, Text
from bundles import places
from bundles.words import Kind

_SYLLABLES = (
    "an bao bei cheng da de dong fa feng fu guang hai hao heng hong hua hui jia jian jin jing kang"
    " lai li long mei ming nan ning ping qi rui sheng shun tai tian tong wan wei xin yang yi yu zhi"
).split()
_TRADES = "Steel Ceramics Food Chemical Textile Electronics Furniture Metal Import&Export".split()

_FRAMES = {
    "es": (
        "Se inicia la investigación antidumping sobre las importaciones de {goods} de {place}.",
        "Se impone cuota compensatoria definitiva a las importaciones de {goods} de {place}.",
        "Se acepta la solicitud de examen de vigencia de la medida sobre {goods} de {place}.",
        "El producto objeto de investigación comprende {goods}.",
    ),
    "vi": (
        "Quyết định điều tra áp dụng biện pháp chống bán phá giá đối với {goods} từ {place}.",
        "Thông báo rà soát cuối kỳ biện pháp chống bán phá giá đối với {goods} từ {place}.",
        "Kết luận cuối cùng của vụ việc đối với {goods}.",
        "Hàng hóa bị điều tra gồm {goods}.",
    ),
}
FOOD, ALL = range(2, 24), range(1, 98)

AGAIN = 0.5
"""The share of sentences that stay beside the title with which they were published."""


class Wording(NamedTuple):
    """`codes`: HS codes of the goods that it names; `numbers`: case numbers and symbols that it
    says; `companies` as it names them."""

    title: str
    abstract: str
    codes: list[str]
    numbers: list[str]
    companies: list[str]


Made = tuple[str, list[str], list[Good]]
"""Title, sentences, and the goods that they name."""


class Writer:
    """Words notices of every family out of the same material."""

    def __init__(self, material: Material) -> None:
        self._from = material
        self._goods = {language: _by_code(goods) for language, goods in material.goods.items()}
        self._families: dict[str, Callable[[Facts, random.Random], Made]] = {
            "gazette": self._gazette,
            "remedies": self._remedy,
            "alerts": self._alert,
            "chinese remedies": self._chinese,
            "chinese notifications": self._chinese,
            "spanish": self._translated,
            "vietnamese": self._translated,
        }

    def worded(self, facts: Facts, number: int, case: int, chance: random.Random) -> Wording:
        """`number`: of the notice; `case`: of the measure that it is about."""
        title, sentences, goods = self._families[facts.family.name](facts, chance)
        numbers, companies = _numbers(facts, number, case), _companies(facts, chance)
        if companies and chance.random() < 0.5:
            sentences.append(f"{'、'.join(companies)} ({', '.join(numbers)}).")
        elif numbers and sentences:
            sentences[0] += f" ({', '.join(numbers)})"
        joint = "" if facts.family.language == "zh" else " "
        codes = [good.code for good in goods] or _codes(facts, chance)
        return Wording(title, joint.join(sentences), codes, numbers, companies)

    def _gazette(self, _: Facts, chance: random.Random) -> Made:
        return self._recombined(self._from.gazette, chance)

    def _recombined(self, texts: Sequence[Text], chance: random.Random) -> Made:
        """As many sentences as a real document has; some of them are of others."""
        text, other = chance.choice(texts), chance.choice(texts)
        clauses = list(text.clauses)
        if len(clauses) > 1 and chance.random() < 0.5:
            clauses[-1] = other.clauses[-1]
        sentences = [
            sentence
            if chance.random() < AGAIN
            else chance.choice(chance.choice(texts).sentences or (sentence,))
            for sentence in text.sentences
        ]
        return " ".join(clauses), sentences, []

    def _remedy(self, facts: Facts, chance: random.Random) -> Made:
        _, sentences, _ = self._recombined(self._from.remedies, chance)
        good = self._good("en", chance)
        where = " and ".join(places.name(code) for code in facts.origins) or "Various Countries"
        title = f"{good.name} From {where}{chance.choice(self._from.steps)}"
        return title, [f"{title}.", *sentences], [good]

    def _alert(self, facts: Facts, chance: random.Random) -> Made:
        found, other = chance.choice(self._from.alerts), chance.choice(self._from.alerts)
        origin = facts.origins[0] if facts.origins else found.origin or "CN"
        title = f"{other.hazard} in {found.product} from {places.name(origin)}"
        told = [
            f"{found.category}: {found.product}.",
            f"{other.hazards}.",
            f"Notified by {found.notified_by}.",
        ]
        return title, told, []

    def _chinese(self, facts: Facts, chance: random.Random) -> Made:
        goods = [self._good("zh", chance) for _ in range(chance.choice((1, 1, 2, 3)))]
        names = "、".join(good.name for good in goods)
        day = f"{facts.published.year}年{facts.published.month}月{facts.published.day}日"
        frames = chance.choices(self._from.frames, k=chance.randint(2, 5))
        sentences = [frame.replace(GOODS, names).replace(DAY, day) for frame in frames]
        where = places.name(facts.market, "zh")
        steps = ("作出反倾销初裁", "发起反倾销调查", "作出终裁", "发布技术法规草案", "修订检验要求")
        return f"{where}对{names}{chance.choice(steps)}", [f"产品:{names}。", *sentences], goods

    def _translated(self, facts: Facts, chance: random.Random) -> Made:
        language = facts.family.language
        goods = [self._good(language, chance) for _ in range(chance.randint(1, 4))]
        where = places.name(facts.origins[0] if facts.origins else "CN", language)
        frames = _FRAMES[language]
        title = chance.choice(frames).format(goods=goods[0].name, place=where)
        told = [
            frame.format(goods="; ".join(g.name for g in goods), place=where) for frame in frames
        ]
        return title, chance.sample(told, 2), goods

    def _good(self, language: str, chance: random.Random) -> Good:
        named = self._goods[language].get(subheading(chance))
        return chance.choice(named or self._from.goods[language])


def _by_code(goods: Sequence[Good]) -> dict[str, list[Good]]:
    found: dict[str, list[Good]] = {}
    for good in goods:
        found.setdefault(good.code, []).append(good)
    return found


def _codes(facts: Facts, chance: random.Random) -> list[str]:
    """Of notices whose words do not say which: none where they are about nothing of this house."""
    if facts.is_other:
        return []
    chapters = FOOD if facts.family.name == "alerts" else ALL
    return [subheading(chance, chapters) for _ in range(chance.choice((1, 1, 1, 2)))]


def _numbers(facts: Facts, number: int, case: int) -> list[str]:
    year = facts.published.year
    match facts.family.name:
        case "gazette":
            return [f"Docket No. {year}-N-{number % 9973:04}"] if number % 3 == 0 else []
        case "remedies":
            letter = "C" if facts.kind is Kind.COUNTERVAILING else "A"
            return [f"{letter}-{500 + case % 90}-{case:03}"]
        case "alerts":
            return [f"{year}.{number % 9973:04}"]
        case "chinese notifications":
            return [f"G/TBT/N/{facts.market}/{case}"]
    return [f"AD{case:04}"]


def _companies(facts: Facts, chance: random.Random) -> list[str]:
    """Most have a name that is met once or twice: with them the vocabulary grows without end."""
    if facts.is_other or chance.random() > 0.4:
        return []
    count = chance.choice((1, 1, 2, 3))
    names = ("".join(chance.choices(_SYLLABLES, k=3)).capitalize() for _ in range(count))
    return [f"{name} {chance.choice(_TRADES)} Co., Ltd." for name in names]
