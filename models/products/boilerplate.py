"""Takes what is said about a measure off the title, and leaves the product.

Every language has its own set phrase between which the goods of a measure stand: "on imports of …
originating in", 对华…发起, "… menşeli". A new language adds a row here and changes nothing else.
"""

import re

_MOST = 400
"""Characters that a product's name has at the most."""

_CERTAIN = (
    r"(?:certain|certains|certaines|ciert[oa]s|determinad[oa]s|cert[oa]s|bestimmte[rn]?|"
    r"некоторых|отдельных|belirli|bazı|một số|sebagian)"
)

_FORMS: dict[str, re.Pattern[str]] = {
    "zh, official": re.compile(
        r"(?:原产于|原产自|进口自|来自)[^，。,；;]{1,60}?的(?:进口)?(?P<product>[^，。,；;（(]{2,40}?)"
        r"(?=[（(，。,；;]|发起|启动|作出|进行|实施|征收|继续|反倾销|反补贴|保障|所|产品|$)"
    ),
    "zh, without 的": re.compile(
        r"(?:原产于|原产自|进口自|来自)中国(?:大陆)?(?P<product>[^的、和及与或，。,；;（(][^，。,；;（(]{1,39}?)"
        r"(?=[（(，。,；;]|发起|启动|作出|进行|实施|征收|继续|反倾销|反补贴|保障|所|产品|$)"
    ),
    "zh, headlines": re.compile(
        r"对(?:涉华|华|(?:中国|我国?)(?:大陆)?(?:[和、][^，。的产]{1,20}产)?(?:出口的?|产|的)?)"
        r"(?P<product>[^，。,；;（(]{2,40}?)"
        r"(?=[（(，。,；;]|产品|第[一二三四]次|发起|启动|作出|进行|实施|征收|继续|延长|终止|"
        r"反倾销|反补贴|双反|保障|$)"
    ),
    "zh, imports": re.compile(
        r"对进口(?P<product>[^，。,；;（(]{2,40}?)"
        r"(?=[（(，。,；;]|产品|的?(?:保障|反)|发起|启动|作出|进行|实施|征收|继续|反倾销|反补贴|保障)"
    ),
    "en, es, pt, fr, de": re.compile(
        r"\b(?:(?:imports|importaciones|importações|exportaciones|exportações|importations|dumping|"
        r"einfuhren)\s+(?:of|des?|d[oau]s?|von|d['’])|einfuhr(?:en)?\s+(?=bestimmte))\s*"
        rf"(?:{_CERTAIN}\s+)?"
        rf"[“\"«]?(?P<product>\S.{{2,{_MOST}}}?)[”\"»]?,?\s+"
        r"(?:originating in|originari[oa]s? d|originári[oa]s? d|originaires? d|procedentes? d|"
        r"provenientes? d|en provenance|mit ursprung|exported from|from (?:the )?(?-i:(?=[A-Z])))",
        re.IGNORECASE | re.DOTALL,
    ),
    "pt, Brazil": re.compile(
        r"\bpara o brasil de\s+(?P<product>\S.{2,160}?)"
        r"(?=,|\s+(?:comumente|normalmente|usualmente|classificad|originári|quando)|[.;]|$)",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        rf"в отношении\s+(?:{_CERTAIN}\s+)?(?P<product>\S.{{2,{_MOST}}}?),?\s+"
        r"(?:происходящ|ввозим|импортируем)",
        re.IGNORECASE,
    ),
    "tr": re.compile(
        rf"menşeli\s+[“\"«]?(?:{_CERTAIN}\s+)?(?P<product>\S.{{2,{_MOST}}}?)[”\"»]?"
        r"(?=\s+(?:ithal|için|hakkında|yönelik|ürün|cinsi)|['’](?:n?[ıiuü]n|[ae])?\b|[,;.]|$)",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"산\s+(?P<product>[^,.;]{2,60}?)"
        r"(?=에 대한|에 대하여|의 덤핑|\s*(?:반?덤핑|상계|세이프가드))"
    ),
    "ja": re.compile(
        r"産の?(?P<product>[^、。産]{2,40}?)"
        r"(?=に対[すし]|に係る|に関する|の輸入|の不当廉売|のアンチダンピング)"
    ),
    "vi": re.compile(
        rf"đối với\s+(?:{_CERTAIN}\s+)?(?:sản phẩm|mặt hàng|hàng hóa)?\s*"
        rf"(?P<product>\S.{{2,{_MOST}}}?)\s+(?:có xuất xứ|nhập khẩu|xuất xứ|từ (?-i:(?=[A-ZĐ])))",
        re.IGNORECASE,
    ),
    "id": re.compile(
        rf"(?:impor|terhadap)\s+(?:impor\s+)?(?:produk|barang)?\s*(?P<product>\S.{{2,{_MOST}}}?)\s+"
        r"(?:yang berasal|berasal|asal|dari)\b",
        re.IGNORECASE,
    ),
    "de, duties": re.compile(
        r"(?:zoll|zölle|verfahrens?|untersuchung|maßnahmen?)\b.{0,30}?\s(?:auf|betreffend|gegen|über)\s+"
        rf"(?:die\s+)?(?:{_CERTAIN}\s+)?(?P<product>\S.{{2,{_MOST}}}?)\s+"
        r"(?:aus|mit Ursprung in)\s+(?-i:(?=[A-Z]))",
        re.IGNORECASE,
    ),
    "tr, imports": re.compile(
        rf"^(?:{_CERTAIN}\s+)?(?P<product>\S.{{2,{_MOST}}}?)\s+ithalat(?:ı|ında|ına|ının)\b"
    ),
    "en, United States": re.compile(
        r"^(?P<product>.+?)\s+(?:[Ff]rom|[Oo]riginating [Ii]n|[Ii]mported [Ff]rom)\s+"
        r"(?:the\s+)?(?=[A-Z])",
        re.DOTALL,
    ),
}
"""By language, and in the order in which they are tried."""

_ORIGINS = re.compile(
    "^(?:(?:[、和及与或]|以及)(?:中国)?(?:[^、的]{1,4}?[国盟]|台湾|台北|香港|越南|日本|印度尼西亚|印度|"
    "巴西|土耳其|俄罗斯|马来西亚|墨西哥)(?:地区)?)+(?:产|的)?"
)
"""More origins, where the first did not end the list."""
_NO_PRODUCT = re.compile("(?:上述|该|涉案|相关|部分|反倾销|反补贴|双反|保障措施|等)+")
_LEADING = re.compile(
    r"^(?:certain|notice of [^:;]*?(?:order|review|investigation)s? (?:on|of):?|"
    r"imports of|in the matter of)\s+",
    re.IGNORECASE,
)

_PROCEDURES = {
    "en": (
        r"anti-?\s?dumping|countervail|safeguard|import alert|\b(?:duty|duties|sunset|proposed|"
        r"recall(?:s|ed)?|regulations?|rulemaking|rules?|draft|notices?|notifications?|standards?|"
        r"requirements?|investigation|determinations?|label+ing|specifications?|conformity|"
        r"certification|refused)\b"
    ),
    "zh": (
        "反倾销|反补贴|保障措施|双反|复审|调查|公告|通报|通知|标准|法规|规定|规范|要求|召回|退运|进口|"
        "标签|认证|检验|裁定|措施|草案|办法"
    ),
    "es, pt": (
        r"subvencion|salvaguard|reglament|resoluci|\bretir[oa]|importa[cç]|requisitos|etiquetado|"
        r"rotulagem|regulament|portaria|decreto|instru[cç]|recolhimento|\bnormas?\b|\baviso"
    ),
    "fr": r"r[eè]glement|\bnormes?\b|rappel|arr[eê]t[eé]|d[eé]cret|\bavis\b|exigences|directive",
    "de": (
        r"verordnung|r[uü]ckruf|\bnorm\b|zoll|einfuhr|richtlinie|bekanntmachung|kennzeichnung|"
        r"vorschrift|warnung"
    ),
    "tr": r"tebli[gğ]|[oö]nlem|soru[sş]turma|y[oö]netmeli|geri [cç]a[gğ][ıi]r|ithal|damping",
    "ru": (
        r"регламент|\bмер[аыу]?\b|пошлин|расследовани|требовани|отзыв|\bгост|постановлени|"
        r"решени|маркировк|безопасност|ввоз"
    ),
    "ko": "관세|조사|고시|기준|리콜|수입|규칙|덤핑|회수|규격|부과",
    "ja": "ダンピング|不当廉売|関税|基準|規格|リコール|告示|輸入|回収|省令|表示|調査",
    "vi": (
        "chống bán phá giá|tự vệ|quy chuẩn|tiêu chuẩn|thu hồi|nhập khẩu|quyết định|thông tư|"
        "ghi nhãn|điều tra|nghị định"
    ),
    "id": (
        r"bea masuk|peraturan|standar\b|penarikan|\bimpor\b|penyelidikan|pengenaan|tindakan|wajib"
    ),
}
"""Words by which an authority's title is known from the bare name of goods, by language."""
_PROCEDURE = re.compile("|".join(_PROCEDURES.values()), re.IGNORECASE)


def is_notice(title: str) -> bool:
    """Whether a title is worded as an authority words it, and not only names goods.

    "Draft standard for wooden toys" is, "wooden toys" is not. Authorities name goods as the
    trade and the lexicon do; shops and search terms do not, so that a match means less there.
    """
    return named_product(title) is not None or _PROCEDURE.search(title) is not None


def named_product(title: str) -> str | None:
    """The product that a title names in a set phrase of trade remedies; None where there is none.

    "Certain Steel Nails From China: Final Results of …" → "Steel Nails";
    "对原产于中国的无框玻璃镜启动反倾销调查" → "无框玻璃镜".
    """
    for form in _FORMS.values():
        for found in form.finditer(title):
            product = _ORIGINS.sub("", found["product"].split(": ", 1)[-1])
            if product and not _NO_PRODUCT.fullmatch(product):
                return _LEADING.sub("", product)
    return None


def product_part(title: str) -> str:
    """The named product; else the title, without what announces a product."""
    return named_product(title) or _LEADING.sub("", title)
