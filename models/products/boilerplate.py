"""Takes what is said about a measure off the title, and leaves the product."""

import re

_FROM = re.compile(
    r"^(?P<product>.+?)\s+(?:[Ff]rom|[Oo]riginating [Ii]n|[Ii]mported [Ff]rom)\s+"
    r"(?:the\s+)?(?=[A-Z])",
    re.DOTALL,
)
_LEADING = re.compile(
    r"^(?:certain|notice of [^:;]*?(?:order|review|investigation)s? (?:on|of):?|"
    r"imports of|in the matter of)\s+",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?:原产于|进口自|来自)[^，。,；;]{1,60}?的(?:进口)?(?P<product>[^，。,；;（(]{2,40}?)"
    r"(?=[（(，。,；;]|发起|启动|作出|进行|实施|征收|继续|反倾销|反补贴|保障|所|$)"
)
_IMPORTS = re.compile(
    r"\b(?:imports|importaciones|importações|exportações|importations|einfuhren)\s+"
    r"(?:of|de|des|do|da|dos|das|von|d['’])\s*"
    r"(?:certain|certains|certaines|ciertos|ciertas|determinados|determinadas|certos|certas|"
    r"bestimmter|bestimmten)?\s*(?P<product>.{3,160}?),?\s+"
    r"(?:originating in|originari[oa]s? d|originári[oa]s? d|originaires? d|procedentes? d|"
    r"provenientes? d|en provenance|mit ursprung|exported from)",
    re.IGNORECASE | re.DOTALL,
)
"""As the Union, Spain, Portugal and their former colonies, France and Germany title a measure."""


def product_part(title: str) -> str:
    """The product that a trade-remedy title names; the title itself where it has no such form.

    "Certain Steel Nails From China: Final Results of …" → "Steel Nails";
    "对原产于中国的无框玻璃镜启动反倾销调查" → "无框玻璃镜".
    """
    chinese = _CHINESE.search(title)
    if chinese:
        return chinese["product"]
    imports = _IMPORTS.search(title)
    if imports:
        return imports["product"]
    english = _FROM.match(title)
    product = english["product"] if english else title
    return _LEADING.sub("", product.split(": ", 1)[-1] if english else product)
