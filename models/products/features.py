"""What a text is made of, for comparing it with others: words, pairs of words, pieces of words.

Chinese and Japanese have no spaces: their features are pairs of characters, as are those of Korean
words. Russian, Turkish and German words are reduced to their stem (Snowball), since a title hardly
ever has a product's name in the form in which a dictionary has it; others to one that forgives
plurals and the two spellings of English. Pieces of four letters forgive the rest.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from Stemmer import Stemmer

from models.products.pieces import is_dense, plain

_STEMMERS = {
    "de": Stemmer("german"),
    "ru": Stemmer("russian"),
    "tr": Stemmer("turkish"),
}
"""Where the ending of a word changes with its place in the sentence. Spanish, French and Portuguese
nouns only have a plural: their stems would part what these languages and English share."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_CYRILLIC = re.compile("[а-яА-Я]")

_TOKEN = re.compile(r"[a-z][a-z0-9]+(?:-[a-z0-9]+)*|[а-я]{2,}(?:-[а-я]+)*|[぀-ヿ一-鿿]+|[가-힣]+")
_SPELLINGS = (
    ("aluminium", "aluminum"),
    ("fibre", "fiber"),
    ("tyre", "tire"),
    ("sulph", "sulf"),
    ("colour", "color"),
    ("galvanis", "galvaniz"),
    ("moulding", "molding"),
    ("plough", "plow"),
    ("jewellery", "jewelry"),
)
_STOP = frozenset(
    "a an and or of the for from to in on by with without not other than n.e.c nec whether if its "
    "their thereof therefrom containing including excluding heading headings item no nos kind used "
    "use as at be is are was were this that these those such any all each one two more less over "
    "under least into up out put made form forms presented certain products product articles "
    "article goods parts part china people republic india korea japan vietnam taiwan thailand "
    "brazil mexico canada turkey italy germany indonesia malaysia russia ukraine spain european "
    "union united states final preliminary results result review reviews administrative sunset "
    "five-year year antidumping anti-dumping countervailing duty duties order orders investigation "
    "investigations determination determinations affirmative negative notice sales less fair value "
    "initiation institution scheduling continuation revocation rescission postponement amended "
    "correction commerce department commission international trade import imports imported "
    "importation exporters producers company companies period effective act tariff proposed rule "
    "rules final standards standard regulation regulations requirements requirement concerning "
    "draft amendment amending technical safety national committee member members notification "
    "recall recalled recalls risk hazard due unit units sold about consumers consumer "
    "hereby gives pursuant interested parties merchandise subject material injury "
    "high new set sets size style color type brand pcs model origin mainland "
    "de del la el los las lo para con por sus demas originario originaria originarios originarias "
    "do da dos das em com ou para outros outras procedente procedentes derechos direitos "
    "du des le les et en pour avec autres originaires provenance droits sur aux "
    "der die das und von mit aus fur oder zum zur andere ursprung einfuhr einfuhren "
    "ve ile icin olan diger mensei и из для на по от или не прочие происхождения "
    "dan untuk dari yang dengan lainnya cua va cho khac tu bang loai".split()
)
_TAIL = re.compile(
    r"[;,:(（、，；。]|\s(?:of|for|with|from|containing|in|to|made|not|other|and|or|between|de|del|du|da|do|en|em|para|pour|con|com|aus|mit|из|для)\s",
    re.IGNORECASE,
)
_CHINESE_STOP = re.compile(
    r"反倾销|反补贴|保障措施|双反|日落复审|行政复审|期中复审|期终复审|复审|调查|初裁|终裁|裁定|立案|启动|发起|作出|公告|"
    r"原产于|进口自|来自|中国|大陆|欧盟|美国|印度|巴西|商工部|委员会|发布|涉案|产品|征收|税率|申请|企业|"
    r"海关编码|税号|税则|编码|倾销|补贴|幅度|措施|肯定性|否定性|继续|实施|为期|有效期|标准|技术法规|要求|草案|"
    r"通报|修订|规定|适用于|进口|出口|其他|及其|制品$|用$"
)


def tokens(text: str, language: str = "en") -> list[str]:
    """Words in their stem, and runs of Chinese characters, in order; stop words are gone.

    `language`: ISO 639-1, of the words in Latin letters; Cyrillic ones are Russian.
    """
    if _CYRILLIC.search(text):
        language = "ru"
    if language in _STEMMERS:
        text = _WORD.sub(lambda word: _of(language, word[0]), text)
    text = plain(text) if text.isascii() else plain(_CHINESE_STOP.sub("，", text))
    found = (match[0] for match in _TOKEN.finditer(text))
    return [_stem(word) for word in found if word not in _STOP]


@lru_cache(1 << 16)
def _of(language: str, word: str) -> str:
    """The stem of a word; a stop word as it stands, for it would not be known by its stem."""
    low = word.lower().replace("i̇", "i")  # what Python makes of the Turkish İ
    return low if plain(low) in _STOP else str(_STEMMERS[language].stemWord(low))


def features(text: tuple[str, str]) -> list[str]:
    """Of a (text, language): `w:` words, `p:` pairs of neighbours, `c:` pieces of words, `z:` pairs
    of characters, `h:` the head, which says what the thing is: an oyster mushroom is a mushroom."""
    words = tokens(*text)
    found = [feature for word in words for feature in _of_word(word)]
    found.extend(_head(*text))
    spaced = [word for word in words if not is_dense(word)]
    found.extend(f"p:{left} {right}" for left, right in pairwise(spaced))
    return found


def _head(text: str, language: str) -> list[str]:
    """The last word before the first comma or preposition; in Chinese its last two characters."""
    words = tokens(_TAIL.split(text, maxsplit=1)[0], language)
    if not words:
        return []
    return [f"h:{words[-1][-2:]}" if is_dense(words[-1]) else f"h:{words[-1]}"]


def _of_word(word: str) -> Iterator[str]:
    if is_dense(word):
        yield from (f"z:{word[i : i + 2]}" for i in range(max(1, len(word) - 1)))
        return
    yield f"w:{word}"
    if len(word) > 5:
        yield from (f"c:{word[i : i + 4]}" for i in range(len(word) - 3))


def _stem(word: str) -> str:
    if not word.isascii():
        return word
    for british, american in _SPELLINGS:
        word = word.replace(british, american)
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch")):
        if word.endswith(ending) and len(word) > 5:
            return word[: -len(ending)] + instead
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
