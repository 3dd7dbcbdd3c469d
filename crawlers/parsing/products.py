"""Names of products: as a notice words them, and in the normal form by which cases are joined.

The administration and the Commission name one product in two ways ("Certain Steel Nails From the
People's Republic of China", "Steel Nails From China"), and neither is constant. The normal form
drops what varies without meaning: "certain", case, punctuation, parentheses, plurals. What varies
with no rule stands in `aliases.csv`, as data.
"""

import csv
import re
from functools import cache
from pathlib import Path

LONGEST = 200
"""Characters of a normal form: more never told two cases apart, and a key has to stay one."""

ALIASES = Path(__file__).with_name("aliases.csv")
_LEAD = re.compile(
    r"^(?:(?:in the matter of|and|certain|the|imports of|\d{4}[-\u2013]\d{4},?) +)+", re.IGNORECASE
)
_PARTS = re.compile(
    r",? (?:and|or) (?:certain |accessories and )*"
    r"(?:parts|components|subassemblies|accessories)(?: and (?:accessories|subassemblies))?"
    r"(?: thereof|$)",
)
_PARENTHESIS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NO_WORD = re.compile(r"[^a-z0-9.]+")
_LOOSE_DOT = re.compile(r"(?<![0-9])\.|\.(?![0-9])")
_EMPTY = frozenset(
    "certain the thereof product a an of from to in and or for with same containing".split()
)
"""Words whose presence never told two cases apart."""

_SAME = {
    "mouldings": "molding",
    "moulding": "molding",
    "moulded": "molded",
    "aluminium": "aluminum",
    "fibre": "fiber",
    "disc": "disk",
    "bearings": "bearing",
}
_NO_PLURAL = re.compile(r"(?:ss|us|is)$")


def worded(product: str) -> str:
    """The product in the notice's own words, without the boilerplate in front."""
    return _LEAD.sub("", product).strip(" ,;:.") or product


def normal_form(product: str, origin: str = "") -> str:
    """`Certain Steel Nails` → `steel nail`; an alias where one is known, for that origin or all."""
    form = _folded(product)
    known = aliases()
    return known.get((origin, form), known.get(("", form), form))[:LONGEST]


@cache
def aliases() -> dict[tuple[str, str], str]:
    """Origin (empty: any) and normal form → the form under which the case is kept."""
    with ALIASES.open(encoding="utf-8", newline="") as rows:
        return {
            (row["origin"], _folded(row["name"])): _folded(row["case"])
            for row in csv.DictReader(rows)
        }


def _folded(product: str) -> str:
    plain = _PARENTHESIS.sub(" ", _LEAD.sub("", product).lower()).replace("'", "").replace("’", "")
    plain = _PARTS.sub(" ", plain)
    words = _LOOSE_DOT.sub(" ", _NO_WORD.sub(" ", plain)).split()
    kept = [_singular(word) for word in words]
    return " ".join(word for word in kept if word not in _EMPTY) or " ".join(kept)


def _singular(word: str) -> str:
    word = _SAME.get(word, word)
    if len(word) < 4 or not word.endswith("s") or _NO_PLURAL.search(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1]
