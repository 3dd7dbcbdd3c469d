"""Places by name: one reading of countries for every parser and page.

Names are those of the Unicode CLDR (through Babel) and, in `places.toml`, those of the trade's own
documents: the WTO's separate customs territories, the formal names of states, inverted forms.
Codes are ISO 3166-1 alpha-2; `EU` and `EAEU` stand for themselves.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from babel import Locale

DATA: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("places.toml").read_text(encoding="utf-8")
)
NOT_PLACES = frozenset(DATA["not_places"])
"""CLDR regions that are no party to trade: groupings, pseudo-locales, parts of others."""

UNIONS: dict[str, tuple[str, ...]] = {
    union: tuple(states) for union, states in DATA["unions"].items()
}

_STYLE = re.compile(
    r"^(?:the |(?:socialist|islamic|federal|democratic|arab|people's|federative|bolivarian"
    r"|plurinational|united|hashemite|oriental|co-?operative|kingdom|republic|state|sultanate"
    r"|commonwealth|principality|grand duchy|union)(?: of)? )+"
)
_TYPED = {"’": "'", "‘": "'", "ʼ": "'", "（": "(", "）": ")"}
_LIST_LINK = re.compile(r"^[,;]? ?(?:and|or|&)? ?(?:the )?$")


class Mention(NamedTuple):
    """A place named in running text, with the offsets of its name."""

    code: str
    start: int
    end: int


def name(code: str, language: str = "en") -> str:
    """What a page calls the place; `language` as `zh-hans` or `zh`. KeyError: no such place."""
    return _names(_tongue(language))[code]


def spoken(language: str = "en") -> frozenset[str]:
    """Every name by which running text may call a place."""
    return frozenset(_spoken(_tongue(language)))


def members(code: str) -> tuple[str, ...]:
    """The states of a customs union, else the place itself."""
    return UNIONS.get(code, (code,))


def of_alpha3(code: str) -> str | None:
    """The place behind an ISO alpha-3 code or a WTO member code (`CHN`, `TPKM`, `EU`)."""
    return _alpha3().get(code.upper())


def parse(name: str, language: str = "en") -> str | None:
    """The place that a field names, or None. `Germany (DE)` and `the Republic of …` are read."""
    labels = _labels(_tongue(language))
    key = _key(name)
    for reading in (key, re.sub(r" ?\(\w{2,4}\)$", "", key), _STYLE.sub("", key)):
        if code := labels.get(reading):
            return code
    base, comma, style = key.partition(", ")
    return labels.get(base) if comma and style.endswith((" of", " of the")) else None


def find(text: str, language: str = "en") -> list[str]:
    """The places that running text names, each once, in the order in which they first appear."""
    return list(dict.fromkeys(mention.code for mention in mentions(text, language)))


def mentions(text: str, language: str = "en") -> Iterator[Mention]:
    """Every naming of a place, longest name first: `Korea` inside `North Korea` is not another."""
    tongue = _tongue(language)
    plain = _plain(text)
    labels = _labels(tongue)
    found = [
        (Mention(labels[_key(match[0])], match.start(), match.end()), match[0])
        for match in _pattern(tongue).finditer(plain)
        if _is_name(match, plain)
    ]
    for at, (mention, printed) in enumerate(found):
        neighbours = [
            other for other, _ in found[max(at - 1, 0) : at + 2] if other.code != mention.code
        ]
        if printed.title() not in _guarded() or _is_placed(mention, neighbours, plain):
            yield mention


def _is_name(match: re.Match[str], text: str) -> bool:
    """Whether the words are used as a name here, and are not part of another thing."""
    printed = match[0]
    if printed.isascii() and text[match.start() - 1 : match.start()].isalnum():
        return False
    before, after = _forbidden(printed if not printed.isascii() else printed.capitalize())
    return not (
        (before and before.search(text[max(match.start() - 24, 0) : match.start()]))
        or (after and after.match(text, match.end()))
    )


def _is_placed(mention: Mention, neighbours: list[Mention], text: str) -> bool:
    """A name that is also a state or a brand counts after `from`, or in a list of places."""
    if _after_from().search(text[max(mention.start - 24, 0) : mention.start]):
        return True
    return any(
        _LIST_LINK.match(text[min(other.end, mention.end) : max(other.start, mention.start)])
        for other in neighbours
        if other.code != "US"  # `Savannah, Georgia, United States`
    )


@cache
def _forbidden(printed: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    before, after = DATA["never_after"].get(printed), DATA["never_before"].get(printed)
    return (
        re.compile(f"(?:{before})$", re.IGNORECASE) if before else None,
        re.compile(after, re.IGNORECASE) if after else None,
    )


@cache
def _guarded() -> frozenset[str]:
    return frozenset(DATA["guarded"]["names"])


@cache
def _after_from() -> re.Pattern[str]:
    return re.compile(DATA["guarded"]["after"], re.IGNORECASE)


@cache
def _names(tongue: str) -> dict[str, str]:
    cldr = Locale.parse("zh_Hans" if tongue == "zh" else tongue).territories
    ours = DATA["names"].get(tongue, DATA["names"]["en"])
    named = {code: text for code, text in cldr.items() if len(code) == 2 and code.isalpha()}
    return {code: text for code, text in (named | ours).items() if code not in NOT_PLACES}


@cache
def _spoken(tongue: str) -> dict[str, str]:
    """Every name by which running text may call a place, as printed, and its code."""
    cldr = Locale.parse("zh_Hans" if tongue == "zh" else tongue).territories
    spoken = {cldr[code]: code for code in _names(tongue) if code in cldr}
    for code, others in DATA["aliases"].get(tongue, {}).items():
        spoken |= dict.fromkeys(others, code)
    with_and = {text.replace(" & ", " and "): code for text, code in spoken.items()}
    return spoken | with_and


@cache
def _labels(tongue: str) -> dict[str, str]:
    """Every name, folded, that a field may hold. English names are read in every language."""
    labels = {} if tongue == "en" else dict(_labels("en"))
    for code, others in DATA["labels"].get(tongue, {}).items():
        labels |= {_key(text): code for text in others}
    return labels | {_key(text): code for text, code in _spoken(tongue).items()}


@cache
def _pattern(tongue: str) -> re.Pattern[str]:
    """One expression for all names, as printed and in capitals: `turkey` and `china` are things.

    Grouped by first letter and without a look-behind, so that the engine skips from capital to
    capital: twelve times as fast as one flat list that ignores case.
    """
    names = {_plain(text) for text in _spoken(tongue)}
    by_letter: dict[str, list[str]] = {}
    for text in sorted(names | {text.upper() for text in names}, key=len, reverse=True):
        by_letter.setdefault(text[0], []).append(re.escape(text[1:]).replace(r"\ ", r"\s+"))
    groups = (f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())
    boundary = "" if tongue == "zh" else r"(?!\w)"
    return re.compile(f"(?:{'|'.join(groups)}){boundary}")


@cache
def _alpha3() -> dict[str, str]:
    pairs = (DATA["alpha3"]["wto"] + " " + DATA["alpha3"]["iso"]).split()
    return dict(pair.split("=") for pair in pairs)


@cache
def _tongue(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


def _key(text: str) -> str:
    return " ".join(_plain(text).casefold().split())


def _plain(text: str) -> str:
    """The text without accents and curly apostrophes, character by character: offsets hold."""
    return text if text.isascii() else "".join(map(_plain_character, text))


@cache
def _plain_character(character: str) -> str:
    if character in _TYPED:
        return _TYPED[character]
    decomposed = unicodedata.normalize("NFD", character)
    is_accented = len(decomposed) > 1 and all(map(unicodedata.combining, decomposed[1:]))
    return decomposed[0] if is_accented else character
