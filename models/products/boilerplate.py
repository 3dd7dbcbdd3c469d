"""Takes what is said about a measure off the title, and leaves the product.

Every language has its own set phrase between which the goods of a measure stand: "on imports of …
originating in", 对华…发起, "… menşeli". A new language adds a row here and changes nothing else.
"""

import re

_MOST = 160
"""Characters that a product's name has at the most."""

_CERTAIN = (
    r"(?:certain|certains|certaines|ciert[oa]s|determinad[oa]s|cert[oa]s|bestimmter|bestimmten|"
    r"некоторых|отдельных|belirli|bazı|một số|sebagian)"
)

_FORMS: tuple[re.Pattern[str], ...] = (
    # Chinese: 对原产于中国的无框玻璃镜启动…
    re.compile(
        r"(?:原产于|进口自|来自)[^，。,；;]{1,60}?的(?:进口)?(?P<product>[^，。,；;（(]{2,40}?)"
        r"(?=[（(，。,；;]|发起|启动|作出|进行|实施|征收|继续|反倾销|反补贴|保障|所|产品|$)"
    ),
    # Chinese headlines: 印度对华无框玻璃镜发起…, 对中国产…征收
    re.compile(
        r"对(?:涉华|华|(?:中国|我国?)(?:大陆)?(?:[和、][^，。的产]{1,20}产)?(?:出口的?|产|的)?)"
        r"(?P<product>[^，。,；;（(]{2,40}?)"
        r"(?=[（(，。,；;]|产品|第[一二三四]次|发起|启动|作出|进行|实施|征收|继续|延长|终止|"
        r"反倾销|反补贴|双反|保障|$)"
    ),
    # English, and the Romance and German titles of the Union and of South America
    re.compile(
        r"\b(?:(?:imports|importaciones|importações|exportaciones|exportações|importations|dumping|"
        r"einfuhren)\s+(?:of|des?|d[oau]s?|von|d['’])|einfuhr(?:en)?\s+(?=bestimmte))\s*"
        rf"(?:{_CERTAIN}\s+)?"
        rf"[“\"«]?(?P<product>\S.{{2,{_MOST}}}?)[”\"»]?,?\s+"
        r"(?:originating in|originari[oa]s? d|originári[oa]s? d|originaires? d|procedentes? d|"
        r"provenientes? d|en provenance|mit ursprung|exported from|from (?:the )?(?=[A-Z]))",
        re.IGNORECASE | re.DOTALL,
    ),
    # Brazil: "nas exportações da China para o Brasil de …, classificadas"
    re.compile(
        r"\bpara o brasil de\s+(?P<product>\S.{2,160}?)"
        r"(?=,|\s+(?:comumente|normalmente|usualmente|classificad|originári|quando)|[.;]|$)",
        re.IGNORECASE,
    ),
    # Russian: "в отношении …, происходящих из"
    re.compile(
        rf"в отношении\s+(?:{_CERTAIN}\s+)?(?P<product>\S.{{2,{_MOST}}}?),?\s+"
        r"(?:происходящ|ввозим|импортируем)",
        re.IGNORECASE,
    ),
    # Turkish: "Çin Halk Cumhuriyeti menşeli … ithalatında"
    re.compile(
        rf"menşeli\s+[“\"«]?(?:{_CERTAIN}\s+)?(?P<product>\S.{{2,{_MOST}}}?)[”\"»]?"
        r"(?=\s+(?:ithal|için|hakkında|yönelik|ürün|cinsi)|['’](?:n?[ıiuü]n|[ae])?\b|[,;.]|$)",
        re.IGNORECASE,
    ),
    # Korean: "중국산 …에 대한"
    re.compile(
        r"산\s+(?P<product>[^,.;]{2,60}?)(?=에 대한|에 대하여|의 덤핑|\s*(?:반?덤핑|상계|세이프가드))"
    ),
    # Japanese: 中国産の…に対する
    re.compile(
        r"(?:国|産|製)(?:産の?|の)?(?P<product>[^、。]{2,40}?)"
        r"(?=に対[すし]|に係る|に関する|の輸入|の不当廉売|のアンチダンピング)"
    ),
    # Vietnamese: "đối với … có xuất xứ từ"
    re.compile(
        rf"(?:đối với|về)\s+(?:{_CERTAIN}\s+)?(?:sản phẩm|mặt hàng|hàng hóa)?\s*"
        rf"(?P<product>\S.{{2,{_MOST}}}?)\s+(?:có xuất xứ|nhập khẩu|xuất xứ|từ)\b",
        re.IGNORECASE,
    ),
    # Indonesian: "impor produk … yang berasal dari"
    re.compile(
        rf"(?:impor|terhadap)\s+(?:impor\s+)?(?:produk|barang)?\s*(?P<product>\S.{{2,{_MOST}}}?)\s+"
        r"(?:yang berasal|berasal|asal|dari)\b",
        re.IGNORECASE,
    ),
    # The United States: "Certain Steel Nails From China: …"
    re.compile(
        r"^(?P<product>.+?)\s+(?:[Ff]rom|[Oo]riginating [Ii]n|[Ii]mported [Ff]rom)\s+"
        r"(?:the\s+)?(?=[A-Z])",
        re.DOTALL,
    ),
)
_LEADING = re.compile(
    r"^(?:certain|notice of [^:;]*?(?:order|review|investigation)s? (?:on|of):?|"
    r"imports of|in the matter of)\s+",
    re.IGNORECASE,
)


def named_product(title: str) -> str | None:
    """The product that a title names in a set phrase of trade remedies; None where there is none.

    "Certain Steel Nails From China: Final Results of …" → "Steel Nails";
    "对原产于中国的无框玻璃镜启动反倾销调查" → "无框玻璃镜".
    """
    for form in _FORMS:
        if found := form.search(title):
            return _LEADING.sub("", found["product"].split(": ", 1)[-1])
    return None


def product_part(title: str) -> str:
    """The named product; else the title, without what announces a product."""
    return named_product(title) or _LEADING.sub("", title)
