"""The measures that a notice of a US authority belongs to, by the keys under which each is known.

Strongest first: the number of the case, then kind, origin and product in its normal form. Numbers
are only tied to an origin where the notice shows which is whose: the administration's carry their
country, the Commission gives one number an origin in the order in which it names them.
"""

import re

from bundles import places
from bundles.items import Thread
from bundles.words import Kind
from crawlers.parsing import cases, headlines, products
from crawlers.parsing.headlines import Article

DUTIES = (Kind.ANTI_DUMPING, Kind.COUNTERVAILING)
_COMMISSION = {Kind.ANTI_DUMPING: "731-TA-", Kind.COUNTERVAILING: "701-TA-"}
_KIND_WORDS = re.compile(
    r"(?P<both>(?:antidumping|countervailing)(?: duty)?(?: \([A-Z]+\))? and"
    r" (?:antidumping|countervailing) duty)|(?P<ad>anti-?dumping duty|antidumping duty)"
    r"|(?P<cvd>countervailing duty)",
    re.IGNORECASE,
)
_EVENT_PART = re.compile(
    r"[;:,-]? (?:technical |notice of )?(?:corrections?|corrections and clarifications|extension of"
    r"|reopening of|re-opening|withdrawal|delay of|confirmation of|partial|availability|notice of"
    r"|request for|supplemental|final rule|proposed rule|public|further|comment period|direct final"
    r"|small entity|guidance for industry|draft guidance)\b.*$",
    re.IGNORECASE,
)
_SERIES = re.compile(r"\((I{1,3}|IV|V)\)")
"""Two investigations of one article at one time are told apart so: `Audio Players (II)`."""

_BRACKETS = re.compile(r"[()]")
"""In the title of a rule, what stands in them tells one batch from the next: `(21-3.5e)`."""

_DOCKET = re.compile(r"^[A-Za-z][\w-]*\d{2,}[\w-]*$")
_RIN = re.compile(r"\b\d{4}-[A-Z]{2}\d{2}\b")


def of_duties(
    kinds: tuple[Kind, ...], articles: tuple[Article, ...], numbers: list[str], abstract: str
) -> tuple[Thread, ...]:
    """One thread for every pair of kind and origin that the notice covers, per product."""
    pairs = _covered(kinds, articles, numbers, abstract)
    return tuple(
        Thread(
            kind=kind,
            origin=origin,
            title=_title(article.product, origin),
            keys=_keys(kind, origin, article, articles, numbers),
        )
        for article in articles
        for origin in article.origins
        for kind in kinds
        if kind in DUTIES and (kind, origin) in pairs
    )


def of_337(article: str | None, numbers: list[str]) -> tuple[Thread, ...]:
    """By the number of the investigation, the docket of the complaint, else the article's name.

    One article can be investigated twice ("Semiconductor Devices"). Where numbers are printed they
    keep the two apart, since the register never joins a number to another; where none is, the same
    article is taken for the same investigation (docs/adr/0003).
    """
    keys = [f"us:{number}" for number in numbers if number.startswith("337-TA-")]
    keys += [f"us:337-DN-{number[3:]}" for number in numbers if number.startswith("DN ")]
    if article and (form := products.normal_form(_SERIES.sub(r" \1 ", article))):
        keys.append(f"us:section_337:{form}")
    title = products.worded(article) if article else (keys[0].removeprefix("us:") if keys else "")
    if not keys:
        return ()
    return (Thread(kind=Kind.SECTION_337, title=title, keys=tuple(dict.fromkeys(keys))),)


def of_safeguard(product: str | None, numbers: list[str]) -> tuple[Thread, ...]:
    """A safeguard concerns every origin."""
    keys = [f"us:{number}" for number in numbers if number.startswith("TA-20")]
    if product:
        keys.append(f"us:safeguard:{products.normal_form(product)}")
    if not keys:
        return ()
    return (Thread(kind=Kind.SAFEGUARD, title=product or keys[0][3:], keys=tuple(keys)),)


def of_regulation(
    kind: Kind, title: str, rins: list[str], dockets: list[str]
) -> tuple[Thread, ...]:
    """By the regulation identifier, the docket, else the title without what happened."""
    name = _EVENT_PART.sub("", title).strip(" ;,:-") or title
    keys = [f"us:rin:{rin}" for value in rins for rin in _RIN.findall(value)]
    keys += [f"us:docket:{value.strip()}" for value in dockets if _DOCKET.match(value.strip())]
    keys.append(f"us:{kind.value}:{products.normal_form(_BRACKETS.sub(' ', name))}")
    return (Thread(kind=kind, title=name, keys=tuple(dict.fromkeys(keys))),)


def _covered(
    kinds: tuple[Kind, ...], articles: tuple[Article, ...], numbers: list[str], abstract: str
) -> set[tuple[Kind, str]]:
    """Which kind of case against which origin: by case numbers, else by the abstract's clauses."""
    origins = list(dict.fromkeys(code for article in articles for code in article.origins))
    mine = [kind for kind in kinds if kind in DUTIES]
    numbered = {
        (kind, place)
        for number in numbers
        if (kind := cases.kind(number)) and (place := cases.origin(number)) in origins
    }
    if numbered and {kind for kind, _ in numbered} >= set(mine):
        return numbered
    if len(mine) < 2 or len(origins) < 2:
        return {(kind, origin) for kind in mine for origin in origins}
    said = _clauses(abstract)
    return {
        (kind, origin)
        for kind in mine
        for origin in origins
        if not (said.get(kind, set()) & set(origins)) or origin in said[kind]
    }


def _clauses(abstract: str) -> dict[Kind, set[str]]:
    """The origins that follow each naming of a kind: "CVD order on A from X and AD orders on …"."""
    said: dict[Kind, set[str]] = {}
    words = list(_KIND_WORDS.finditer(abstract))
    for at, word in enumerate(words):
        end = words[at + 1].start() if at + 1 < len(words) else len(abstract)
        named = set(headlines.foreign(abstract[word.end() : end]))
        both = DUTIES if word["both"] else ()
        for kind in both or ((Kind.ANTI_DUMPING if word["ad"] else Kind.COUNTERVAILING),):
            said.setdefault(kind, set()).update(named)
    return said


def _keys(
    kind: Kind,
    origin: str,
    article: Article,
    articles: tuple[Article, ...],
    numbers: list[str],
) -> tuple[str, ...]:
    administration = [n for n in numbers if cases.kind(n) is kind and cases.origin(n) == origin]
    keys = administration if len(articles) == 1 else []
    keys = keys[:1] + _commission_number(kind, origin, article, articles, numbers)
    return (
        *(f"us:{number}" for number in keys),
        f"us:{kind.value}:{origin}:{products.normal_form(article.product, origin)}",
    )


def _commission_number(
    kind: Kind,
    origin: str,
    article: Article,
    articles: tuple[Article, ...],
    numbers: list[str],
) -> list[str]:
    """The Commission's number of one origin: as many numbers as origins, in their order."""
    mine = [number for number in numbers if number.startswith(_COMMISSION[kind])]
    if len(articles) == 1 and len(mine) == len(article.origins):
        return [mine[article.origins.index(origin)]]
    return []


def _title(product: str, origin: str) -> str:
    return f"{products.worded(product)} from {places.name(origin, 'en')}"
