"""A product named in one language finds notices in every other: through its HS codes and its names.

陶瓷餐具 is in the product lexicon; its codes (6911, 6912) are those that classified notices of all
languages carry. A word that the lexicon lacks is read by its end, where Chinese and English put
what a thing is: 耐热陶瓷餐具 is 陶瓷餐具. What was added is shown and can be taken away again.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from models.products.equivalents import equivalents
from models.products.references import references
from monitor.search import analysis, terms
from monitor.search.tree import (
    And,
    Node,
    Or,
    Tag,
    Tagged,
    Text,
    Widened,
    Words,
    both,
    either,
)

LONGEST = 5
"""Words of a name that stand side by side."""
TOO_MANY = 12
"""A word that means goods of more headings than this (`products`, `steel`) says too little."""
SHARE = 0.15
"""Of the terms made with a name: what fewer of them mean is an exception."""
NEAR = 75
"""Per cent of the characters (Indel distance, as rapidfuzz counts it) that two names share."""
LONG = 5
"""Characters: of a shorter name one other character makes other goods (钢制管件, 铝制管件)."""
MANY = 10
"""From so many terms on the family knows better than the term itself, which may be a slip."""
NAMES = 2
"""Of each other language, searched beside the codes."""
_SHORTEST = 3
"""Letters: `tin` is goods; shorter words are mostly particles and abbreviations."""


@dataclass(frozen=True)
class Goods:
    """What a name means: HS2022 codes of four or six digits, those of the names made with it, and
    its names in other languages."""

    codes: tuple[str, ...]
    kin: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """All of them, those of its kin too."""
        return tuple(sorted({code[:4] for code in (*self.codes, *self.kin)}))


@dataclass(frozen=True)
class Addition:
    """What was searched beside a name: shown to the reader, who may do without."""

    name: str
    goods: Goods


def widened(tree: Node) -> tuple[Node, tuple[Addition, ...]]:
    """The tree with every product's name widened, and what was added.

    Quoted words, prefixes, words of one field and words under a NOT are left as they are.
    """
    additions: list[Addition] = []
    return _widened(tree, additions), tuple(additions)


def _widened(node: Node, additions: list[Addition]) -> Node:
    match node:
        case Words():
            return _together((node,), additions)
        case And(parts):
            return _together(parts, additions)
        case Or(parts):
            return either(*(_widened(part, additions) for part in parts))
        case _:
            return node


def _together(parts: Sequence[Node], additions: list[Addition]) -> Node:
    """Names may be of several words: the longest that is known is taken first."""
    found: list[Node] = []
    at = 0
    while at < len(parts):
        taken, node = _name_at(parts, at, additions)
        found.append(node)
        at += taken
    return both(*found)


def _name_at(parts: Sequence[Node], at: int, additions: list[Addition]) -> tuple[int, Node]:
    run = _run(parts, at)
    for length in range(len(run), 0, -1):
        text = " ".join(words.text for words in run[:length])
        if goods := meant(text):
            additions.append(Addition(text, goods))
            return length, Widened(both(*run[:length]), _also(goods))
    first = parts[at]
    return 1, first if isinstance(first, Words) else _widened(first, additions)


def _run(parts: Sequence[Node], at: int) -> list[Words]:
    """Plain words side by side from here on; those of Chinese are names each by itself."""
    run: list[Words] = []
    for part in parts[at : at + LONGEST]:
        if not isinstance(part, Words) or part.quoted or part.prefix or part.within is not Text.ANY:
            break
        if run and (analysis.is_cjk(part.text) or analysis.is_cjk(run[0].text)):
            break
        run.append(part)
    return run


@lru_cache(4096)
def meant(text: str) -> Goods | None:
    """The goods that a name means; None where it names none, or goods of every sort."""
    term = _term(text)
    if term is None:
        return None
    own, kin = _family(term)
    names = _names(term)
    for name in names:
        own |= _family(name)[0]
    goods = Goods(tuple(sorted(own)), tuple(sorted(kin - own)), names)
    return goods if 0 < len(goods.headings) <= TOO_MANY else None


def _names(term: str) -> tuple[str, ...]:
    """Up to `NAMES` of each other language; through Chinese where the term is of another."""
    known, language = equivalents(), "zh" if analysis.is_cjk(term) else ""
    direct = known.get(term.lower(), ())
    through = () if analysis.is_cjk(term) else (e for d in direct for e in known[d.text.lower()])
    counted: Counter[str] = Counter()
    found: list[str] = []
    for each in dict.fromkeys((*direct, *through)):
        same = each.text.lower() == term.lower() or each.language == language
        if not same and counted[each.language] < NAMES:
            counted[each.language] += 1
            found.append(each.text)
    return tuple(dict.fromkeys(found))


def _term(text: str) -> str | None:
    """The name itself where the lexicon has it; else, in Chinese, what it is by its end or what it
    resembles: 耐热陶瓷餐具 is 陶瓷餐具, 抗疲劳钢筋 is like 高疲劳性能钢筋."""
    if _is_known(text):
        return text
    if not analysis.is_cjk(text):
        return None
    ends = [text[start:] for start in range(1, len(text) - 1)]
    return (
        next((end for end in ends[:-1] if _is_known(end)), None)
        or _nearest(text)
        or (text if _ends_names(text) else None)
        or next(filter(_is_known, ends[-1:]), None)
    )


def _is_known(text: str) -> bool:
    # Nearly every word of nearly every query is asked about: a look-up, not a search.
    return _is_long_enough(text) and any(map(terms.is_name, analysis.forms(text)))


def _ends_names(text: str) -> bool:
    """Whether names of the lexicon end with it: 地毯 is none, 手织地毯 is."""
    return _is_long_enough(text) and any(
        next(terms.ending(form), None) for form in analysis.forms(text)
    )


def _is_long_enough(text: str) -> bool:
    return len(text) >= (2 if analysis.is_cjk(text) else _SHORTEST)


def _nearest(text: str) -> str | None:
    if len(text) < LONG:
        return None
    found = process.extractOne(text, _chinese(), scorer=fuzz.ratio, score_cutoff=NEAR)
    return found[0] if found else None


@cache
def _chinese() -> list[str]:
    return sorted({r.text for r in references() if r.source == "lexicon" and r.language == "zh"})


@cache
def _family(term: str) -> tuple[frozenset[str], frozenset[str]]:
    """The codes of the term, and the headings of the terms made with it: 陶瓷餐具 (6912) is in
    陶瓷餐具瓷制 (6911).

    Of a short name only those that end with it are kin (轮胎 is in 农用轮胎, but 轮胎模具 is a
    mould), and what few of them mean does not count. A large family knows better than the term.
    """
    own, made = _meanings(term)
    headings = Counter(code[:4] for code in made)
    common = {heading for heading, count in headings.items() if count >= SHARE * len(made)}
    if len(made) >= MANY:
        own = [code for code in own if code[:4] in common]
    return frozenset(own), frozenset(common)


def _meanings(term: str) -> tuple[list[str], list[str]]:
    """Codes of the term, and those of every term of its family, each as often as it occurs."""
    own: list[str] = []
    made: list[str] = []
    for form in analysis.forms(term):
        whole = terms.stream(form)
        family = terms.holding(form) if len(form) > 1 else terms.ending(form)
        for name in family:
            made.append(name.code)
            if name.stream == whole:
                own.append(name.code)
    return own, made


def _also(goods: Goods) -> tuple[Tagged | Words, ...]:
    """What is nearest first. A notice whose subheading nobody could say is found by the heading,
    under which much else may stand."""
    six = tuple(code for code in goods.codes if len(code) == 6)
    four = tuple(sorted({code[:4] for code in goods.codes}))
    tagged = [Tagged(Tag.MAYBE, codes) for codes in (six, four, goods.kin) if codes]
    return (*(Words(name, quoted=True) for name in goods.names), *tagged)


def occurrences(name: str) -> int:
    """In how many names of the lexicon it stands."""
    return sum(1 for form in analysis.forms(name) for _ in terms.holding(form))
