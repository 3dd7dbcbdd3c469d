"""The words around a classification code: what announces one, what joins a list, what forbids one.

Kept apart from the reading in `codes.py`, because a new language or authority adds words here and
changes nothing there.
"""

import re
from typing import Literal

System = Literal["HS", "HTSUS", "CN", "TARIC", "NCM", "ICS", "CCCN", "OTHER"]

_ACRONYMS = {
    "HTSUS": r"HTS(?:USA?)?",
    "CN": r"CN(?=[ (（]?(?:[Cc]odes?|[Hh]eadings?|[Ss]ubheadings?|编码|税号|Combined))|"
    r"CN(?=\s\d{4}\s\d\d\s\d\d)|Combined [Nn]omenclature|[Cc]odes? NC|NC(?= [Cc]odes?)|KN-Codes?",
    "TARIC": r"TARIC|Taric",
    "NCM": r"NCM|M(?:ercosur|ercosul|ERCOSUR|ERCOSUL)(?: Common Nomenclature)?",
    "CCCN": r"CCCN?|C\.C\.C\.",
    "ICS": r"ICS|International Classification (?:for|of) Standards",
    "X": r"CTS?H|HSN",
    "HS": r"HS|H\.S\.|S\.?H\.?(?= ?[:：]? ?\d{4}\b)|AHTN",
}
_CHINESE = {
    "HTSUS": r"美国(?:协调)?(?:关税|税则)(?:表|编码|税号|税则号)*|美国海关(?:编码|税号|税则号)",
    "CN": r"欧盟(?:海关|税则)?(?:编码|税号|税则号)|欧盟CN(?:编码)?",
    "NCM": r"南共市(?:关?税号|海关编码|税则号|税则编码)?|南方共同市场(?:关?税号|海关编码|税则号)?",
    "ICS": r"国际标准分类(?:号|法)?",
    "HS": r"协调制度(?:编码|税号)?",
    "": r"(?:海关|关税|进出口|商品|产品)(?:商品|税则|关税)*"
    r"(?:编码|编号|税号|税目|号列|税则号?|分类|代码)|"
    r"税则(?:号列|税号|税目|编码|号)?|税号|税目|关税号|品目|子目|商品名称及编码",
}
_WORDS = {
    "HTSUS": r"harmoni[sz]ed tariff schedules?(?: of the united states)?",
    "HS": r"harmoni[sz]ed (?:commodity description and coding )?system|mã (?:số )?HS",
    "": r"tariff (?:(?:sub-?)?headings?|items?|numbers?|nos?\b\.?|codes?|lines?|schedules?|"
    r"classifications?|positions?)|"
    r"customs (?:tariff|codes?|classifications?|headings?)|commodity codes?|goods codes?|"
    r"statistical (?:reporting )?(?:numbers?|codes?|suffix(?:es)?)|schedule B (?:numbers?|codes?)|"
    r"fracci[oó]n(?:es)? arancelarias?|sub-?partidas?(?: arancelarias?)?|partidas? arancelarias?|"
    r"posici[oó]n(?:es)? arancelarias?|c[oó]digos? arancelarios?|sous-positions?|"
    r"positions? tarifaires?|(?:zoll)?tarifnummern?|warennummern?|тн ?вэд(?: еаэс)?|gt[iİ]p",
}
_WEAK = r"(?:sub-?)?headings?|item numbers?|classification codes?"
"""Words that also mean other things: a code must follow them at once."""


def _triggers() -> re.Pattern[str]:
    """One pattern; the name of the group that matched is the system (`X_` where none is said).

    The look at the first character is for speed only: nearly all places fail there.
    """
    chinese = _named(0, _CHINESE, "")
    latin = [*_named(1, _WORDS, "i"), *_named(2, _ACRONYMS, ""), *_named(3, {"weak": _WEAK}, "i")]
    return re.compile(
        rf"(?=[一-鿿])(?:{'|'.join(chinese)})|"
        rf"(?<![A-Za-z])(?=[^\W\d_一-鿿])(?:{'|'.join(latin)})(?![A-Za-z])"
    )


def _named(number: int, table: dict[str, str], flags: str) -> list[str]:
    return [f"(?P<{name or 'X'}_{number}>(?{flags}:{words}))" for name, words in table.items()]


TRIGGER = _triggers()

RANGE = re.compile(r"\s*(?:[-–—―~～至到]|(?i:to|through|thru)\b)\s*第?\s*")

_GLUE_WORDS = (
    "of|the|numbers?|nos?|codes?|sub-?headings?|headings?|items?|is|are|as|under|in|within|"
    "following|currently|presently|classified|classifiable|provided|for|falls?|falling|and|or|also|"
    "may|be|entered|enter|imported|includes?|including|ex|united|states|statistical|reporting|"
    "tariff|schedule|harmoni[sz]ed|system|customs|commodity|lines?|respectively|by|with|well|"
    "national|classification|concerned|relevant|chapters?|HTSUS|HTS|HS|"
    "de|la|las|los|y|e|o|do|da|das|dos|et|ou|les|des|и|или"
)
GLUE = re.compile(
    rf"(?:[(（][^()（）]{{0,80}}[)）]|\s|[,，、;；:：&/|()（）\[\]【】“”\"'‘’《》]|"
    rf"\b(?i:{_GLUE_WORDS})\b\.?|"
    r"[为是的号列项下包括分别有如涉及归入于在目码编税则其和以与或第商品含])*+"
)
"""What may stand between the announcing word and a code, or between two codes of a list."""

SENTENCE_END = re.compile(r"[。！？!?]|\.\s+(?=[A-Z“\"(\[])|\n\s*\n")

CLAUSE_END = re.compile(rf"[;；]|{SENTENCE_END.pattern}")

NOT_BEFORE = re.compile(
    r"(?i:\b(?:CFR|FR|U\.?S\.?C\.?|parts?|paragraphs?|articles?|section|sections|pages?|pp?\.|docket|"
    r"phone|telephone|tel|fax|CAS|cas-?no|EN|ISO|IEC|ASTM|UL|GB|JIS|regulation|directive|document|"
    r"decision|USD|EUR|CNY|RMB|model|batch|lot|barcode|GTIN|EAN|no\. of|since|year|calendar|"
    r"room|suite)"
    r"[\s:：.#]*(?:no\.?|number|nos\.?)?[\s:：.#(（]*$)|"
    r"(?:电话|传真|手机|文号|批号|型号|条形?码|条码|货号|标准|美元|欧元|人民币|金额|案卷号?|公告)"
    r"[\s:：为]*$|[$€£¥#§№+*=<>≤≥×]\s*$"
)
"""Right before a number, these say that it is something else."""

NOT_AFTER = re.compile(
    r"\s?(?:%|％|‰|°|℃|(?i:percent|per cent|kg|mm|cm|km|m[²³23]?|g|t|tons?|tonnes?|pieces|units|"
    r"usd|us\$|eur|euros?|dollars?|days?|years?|hours?|companies|people|kwh|kw|w|v|hz|mhz|ppm|db)\b|"
    r"(?:多|余)?[年月日吨元克家件人名户亿万千百个台套米]|美元|欧元|公斤|号(?:公告|令|文|决议|条例|法))"
)
"""Right after a number, these say that it counts or dates something."""

TARIFF = re.compile(
    r"(?i:tariff|customs|harmoni[sz]ed)|(?<![A-Za-z])(?:HS|HTS|HTSUS|CN codes?|NCM)(?![A-Za-z])|"
    r"海关|税则|关税|协调制度|税号|税目|商品"
)
"""A chapter is one of the tariff only where its clause speaks of the tariff."""

# Possessive throughout: a hostile list of numbers must not be read in two ways at every comma.
_JOINT = (
    r"\s*+(?:[,，、&–—~～至到-]|(?i:and|or|to|through)\b|和|及|或)++\s*+"
    r"(?:第|(?i:and|or)\b)?+\s*+"
)
_NUMBER = r"[0-9]{1,2}+(?!\.?[0-9])"
_NUMBERS = rf"{_NUMBER}(?:{_JOINT}{_NUMBER}){{0,60}}+"
CHAPTERS = re.compile(
    rf"(?i:\bchapters?)\s+(?P<en>{_NUMBERS})|第?\s*+(?P<zh>(?<![0-9.]){_NUMBERS})\s*章"
)
