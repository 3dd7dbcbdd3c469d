"""Companies that a US notice names: who complained, whose goods are examined.

A name is known by its legal form, so that no product or place is taken for a firm. Complaints under
Section 337 say who filed them ("on behalf of X of City, State").
"""

import re
from collections.abc import Iterator

from bundles.items import Company
from bundles.words import Kind

_FORM = (
    r"(?:Co\.?,? ?Ltd\.?|Company,? (?:Limited|Ltd\.?)|Company|Corporation|Corp\.|Inc\.|Incorporated"
    r"|Limited|Ltd\.|LLC|L\.L\.C\.|LP|GmbH(?: & Co\. KG)?|AG|S\.p\.A\.|SpA|S\.A\.(?: de C\.V\.)?"
    r"|S\.A\.P\.I\. de C\.V\.|S\.A\.S\.|S\.r\.l\.|B\.V\.|N\.V\.|A\.S\.|A\.S|S\.L\.|Oy|AB|PLC|plc"
    r"|Joint Stock Company|JSC|PJSC|OJSC|Sdn\.? Bhd\.?|Pte\.? Ltd\.?|Pvt\.? Ltd\.?|K\.K\.|Co\.)"
)
_WORD = r"(?:[A-Z][\w&'’./-]*|\d+[A-Z]?\w*|de|of|the|and|&|do|da|y|e|la|ve|und|et|\([A-Z][\w ]*\))"
_NAMED = re.compile(rf"(?<![\w.])(?P<name>[A-Z][\w&'’.-]*(?:,? {_WORD}){{0,7}}?,? {_FORM})(?![\w])")
_BEHALF = re.compile(
    r"\bon behalf of (?P<who>.+?)"
    r"(?:\.? (?=(?:The|A|An|Supplements?|Amended|On|Letters?) )|; |\.?$|, (?:with|pursuant))"
)
_SEATED = re.compile(
    r"(?P<name>[A-Z].*?) of [A-Z][\w. -]+, [A-Z][\w. ]+?(?:;|,? and |, (?=[A-Z])|$)"
)
_LEAD = re.compile(
    r"^(?:(?:and|the|that|by|from|of|for|respondents?|exporters?|producers?|petitioners?|The|Of"
    r"|In|On|Commerce|Department of Commerce) )+"
)
_MOST = 12
"""More names than this are a list in a table, not respondents that a reader looks for."""


def find(text: str, kinds: tuple[Kind, ...]) -> tuple[Company, ...]:
    """The companies of a case, each once; at most a dozen."""
    complainants = list(_complainants(text)) if Kind.SECTION_337 in kinds else []
    named = [_LEAD.sub("", match["name"]) for match in _NAMED.finditer(text)]
    role = "respondent" if Kind.SECTION_337 not in kinds else "unknown"
    found = {name: Company(name=name, role="petitioner") for name in complainants}
    for name in named:
        if len(name) > 4 and not any(name in known or known in name for known in found):
            found[name] = Company(name=name, role=role)
    return tuple(found.values())[:_MOST]


def _complainants(text: str) -> Iterator[str]:
    if match := _BEHALF.search(text):
        for seat in _SEATED.finditer(match["who"]):
            yield seat["name"].strip(" ,;")
