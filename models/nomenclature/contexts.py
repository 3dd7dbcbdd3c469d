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
    r"(?:[CKGN]N|NC|ΣΟ|КН)(?:-\w{4,8})?(?=:?\s(?:ex\s)?\d{4}\s\d\d)|"
    r"Combined [Nn]omenclature|[Cc]odes? NC|NC(?= [Cc]odes?)|KN-Codes?",
    "TARIC": r"TARIC|Taric",
    "NCM": r"NCM|M(?:ercosur|ercosul|ERCOSUR|ERCOSUL)(?: Common Nomenclature)?",
    "CCCN": r"CCCN?|C\.C\.C\.",
    "ICS": r"ICS|International Classification (?:for|of) Standards",
    "X": r"CTS?H|HSN|PCT(?= (?:[Hh]eadings?|[Cc]odes?|Nos?\b|\d{4}\.\d))|УКТ ?ЗЕД|СЭҚ ТН",
    "HS": r"HSK?|H\.S\.|S\.?H\.?(?= ?[:：]? ?\d{4}\b)|AHTN",
    "weak": r"S\.?A\.?(?= ?[:：]? ?\d{4}\b)",
}
_CHINESE = {
    "HTSUS": r"美国(?:协调)?(?:关税|税则)(?:表|编码|税号|税则号)*|美国海关(?:编码|税号|税则号)",
    "CN": r"欧盟(?:海关|税则)?(?:编码|税号|税则号)|欧盟CN(?:编码)?",
    "NCM": r"南共市(?:关?税号|海关编码|税则号|税则编码)?|南方共同市场(?:关?税号|海关编码|税则号)?",
    "ICS": r"国际标准分类(?:号|法)?",
    "HS": r"协调制度(?:编码|税号)?",
    "": r"(?:海关|关税|进出口|商品|产品)(?:商品|税则|关税)*"
    r"(?:编码|编号|税号|税目|号列|税则号?|分类|代码)|"
    r"税则(?:号[列別]|税号|税目|编码|号)?|税号|税目|关税号|品目|子目|商品名称及编码|"
    r"货品(?:分[类類])?号列|統計(?:品目)?番号|品目番号|关税率表|关税定率法",
    "weak": r"(?<!至)(?<!から)第(?=[0-9]{2}\.?[0-9]{2}(?:項|\.[0-9]{2}号))",
}
_WORDS = {
    "HTSUS": r"harmoni[sz]ed tariff schedules?(?: of the united states)?",
    "HS": r"harmoni[sz]ed (?:commodity description and coding )?system|mã (?:số )?HS",
    "": r"tariff (?:(?:sub-?)?headings?|items?|numbers?|nos?\b\.?|codes?|lines?|schedules?|"
    r"classifications?|positions?)|"
    r"customs (?:tariff|codes?|classifications?|headings?)|commodity codes?|goods codes?|"
    r"statistical (?:reporting )?(?:numbers?|codes?|suffix(?:es)?)|schedule B (?:numbers?|codes?)|"
    r"(?:fracci[oó]n(?:es)?|glosas?) arancelarias?|sub-?partidas?(?: arancelarias?)?|"
    r"partidas? arancelarias?|posici[oó]n(?:es)? arancelarias?|c[oó]digos? arancelarios?|"
    r"sous-positions?|positions? tarifaires?|num[eé]ros? tarifaires?|(?:zoll)?tarifnummern?|"
    r"warennummern?|varenumm?er|voc[ei] doganal[ei]|тн ?вэд(?: еаэс)?|gt[iİ]?p|"
    r"pos tarif|mã số hàng hóa|품목\s?번호|관세율표|세번|"
    r"พิกัด(?:อัตรา)?(?:ศุลกากร)?(?:ประเภท)?(?:ย่อย)?(?:ที่)?|פרטי? ה?מכס|رمز النظام المنسق|"
    r"(?:ال)?(?:بند|بنود) (?:ال)?(?:تعرفة )?(?:ال)?جمركي(?:ة)?",
}
_WEAK = (
    r"(?:sub-?)?headings?|item numbers?|classification codes?|"
    r"(?:fall(?:s|ing)?|classified|classifiable) under(?= [0-9]{4}(?:[,;.)]|$| and | or | of ))|"
    r"(?:sous-|unter)?position(?:en|s)?|(?:sub-?)?partidas?|(?:sotto)?voc[ei]|"
    r"(?:sub)?posiç(?:ão|ões)|(?:pod)?pozycj\w{1,3}|poziți\w{1,4}|(?:pod)?polož\w{1,4}|"
    r"posisjon(?:en|er)?|(?:суб|под|під)?позиц[иі][а-яії]{1,2}|(?:phân )?nhóm|"
    r"(?<!kode )(?<!kotak )pos\.?|"
    r"(?:(?<![가-힣])(?<![가-힣] )|(?<=[표및는호] )|(?<=표))제(?=[0-9]{4}(?:\.[0-9]{2})?호)|"
    r"(?:c[oó]d(?:igos?|ici|ice)|kody?|код[ыи]?)(?=:?\s[0-9]{4}[. ][0-9]{2})"
)
"""Words that also mean other things: a code must follow them at once, and be one of the HS."""


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

TO = "to|through|thru|à|a|bis|hasta|до|đến|sampai(?: dengan)?|hingga"
_TO_BETWEEN_CODES = TO.replace("|a|", r"|(?<![0-9] [0-9]{2} )a|")
"""Behind a code of the CN a bare "a" says no range: it is the "and" of the Czechs."""

RANGE = re.compile(rf"[项項호]?\s*(?:[-–—―~～至到]|から|(?i:{_TO_BETWEEN_CODES})\b)\s*[第제]?\s*")

SAYS_BEHIND = re.compile(
    r"(?:[\s,;、0-9.]|(?i:and|or|ve|veya|и|или|та|és)\b){0,60}+(?:"
    r"(?:gümrük )?tarife (?:istatistik )?pozisyon|alt pozisyon|G\.?T\.?[İI]?\.?P|KN-kód|"
    r"ТН ВЭД|УКТ ?ЗЕД|del? [Aa]rancel|"
    r"(?:of|in) the (?i:HTS|harmoni[sz]ed|customs tariff|tariff schedule))"
)
"""What names a tariff behind its codes."""

PREFIX = re.compile(r"(?<![א-ת])[א-ת]-$")
"""In Hebrew "and", "in", "of" are glued to a number by a hyphen."""

_GLUE_WORDS = (
    "of|the|numbers?|nos?|codes?|sub-?headings?|headings?|items?|is|are|as|under|in|within|"
    "following|currently|presently|classified|classifiable|provided|for|falls?|falling|and|or|also|"
    "may|be|entered|enter|imported|includes?|including|ex|united|states|statistical|reporting|"
    "tariff|schedule|harmoni[sz]ed|system|customs|commodity|lines?|respectively|by|with|well|"
    "national|classification|concerned|relevant|chapters?|HTSUS|HTS|HS|"
    "de|la|las|los|y|e|o|do|da|das|dos|et|ou|les|des|и|или|"
    "a|ed|und|sowie|der|i|oraz|și|en|och|og|és|και|ja|ve|veya|dan|và|та|і|из|по|згідно|و|ו|และ"
)
GLUE = re.compile(
    rf"(?:[(（][^()（）]{{0,80}}[)）]|\s|[,，、;；:：&/|()（）\[\]【】“”\"'‘’《》]|"
    rf"\b(?i:{_GLUE_WORDS})\b\.?|"
    r"[为是的号列项項下包括分别有如涉及归入于在目码编税则其和以与或第商品含び제호및])*+"
)
"""What may stand between the announcing word and a code, or between two codes of a list."""

SENTENCE_END = re.compile(r"[。！？!?]|\.\s+(?=[A-Z“\"(\[])|\n\s*\n")

CLAUSE_END = re.compile(rf"[;；]|{SENTENCE_END.pattern}")

NOT_BEFORE = re.compile(
    r"(?i:\b(?:CFR|FR|U\.?S\.?C\.?|parts?|paragraphs?|articles?|section|sections|pages?|pp?\.|docket|"
    r"phone|telephone|telefone?|teléfono|tel|tél|тел|факс|fax|CAS|cas-?no|(?-i:EN)|ISO|IEC|"
    r"ASTM|UL|GB|JIS|regulation|directive|document|"
    r"decision|USD|EUR|CNY|RMB|model|batch|lot|barcode|GTIN|EAN|no\. of|since|year|calendar|"
    r"room|suite)"
    r"[\s:：.#]*(?:no\.?|number|nos\.?)?[\s:：.#(（]*$)|"
    r"(?:电话|電話|전화|팩스|โทร\.|هاتف|טלפון|传真|手机|文号|批号|型号|"
    r"条形?码|条码|货号|标准|美元|欧元|人民币|金额|案卷号?|公告)"
    r"[\s:：为]*$|[$€£¥#§№+*=<>≤≥×]\s*$"
)
"""Right before a number, these say that it is something else."""

NOT_AFTER = re.compile(
    r"\s?(?:%|％|‰|°|℃|(?i:percent|per cent|kg|mm|cm|km|m[²³23]?|g|t|tons?|tonnes?|pieces|units|"
    r"usd|us\$|eur|euros?|dollars?|days?|years?|hours?|companies|people|inch(?:es)?|"
    r"kwh|kw|w|v|hz|mhz|ppm|db)\b|"
    r"(?:多|余)?[年月日吨元克家件人名户亿万千百个台套米]|美元|欧元|公斤|号(?:公告|令|文|决议|条例|法))"
)
"""Right after a number, these say that it counts or dates something."""

TARIFF = re.compile(
    r"(?i:tariff|customs|harmoni[sz]ed|combined nomenclature|arancel|fracci[oó]n|l?tigie|tarif|"
    r"zoll|nomenklatur|nomenclatura|gümrük|biểu thuế|тн вэд|уктзед|관세|พิกัด)|"
    r"(?<![A-Za-z])(?:HS|HTS|HTSUS|CN codes?|NCM)(?![A-Za-z])|"
    r"海关|税则|关税|协调制度|税号|税目|税率|商品"
)
"""A chapter is one of the tariff only where its clause speaks of the tariff."""

# Possessive throughout: a hostile list of numbers must not be read in two ways at every comma.
_JOINT = (
    rf"\s*+(?:[,，、&–—~～至到-]|(?i:and|or|y|e|et|und|и|và|dan|ve|{TO})\b|和|及|或)++"
    r"\s*+(?:第|(?i:and|or)\b)?+\s*+"
)
_NUMBER = r"[0-9]{1,2}+(?!\.?[0-9])"
_NUMBERS = rf"{_NUMBER}(?:{_JOINT}{_NUMBER}){{0,60}}+"
CHAPTERS = re.compile(
    rf"(?i:\b(?:chapters?|chapitres?|cap[ií]tulos?|capitol[oi]|kapiteln?|групп[аые]?|chương|bab))\s+"
    rf"(?P<en>{_NUMBERS})|(?:[第제]\s*+)?+(?P<zh>(?<![0-9.]){_NUMBERS})\s*[章類류]"
)
