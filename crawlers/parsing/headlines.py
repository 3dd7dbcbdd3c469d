"""Headlines of the US trade authorities: products with their origins, and what is said of them.

Both authorities write "Product From Place, Place, and Place: what happened" (the Commission with a
semicolon), sometimes with what happened in front, several products in one headline, or the colon
forgotten.
"""

import re
from dataclasses import dataclass

from bundles import places

_SAID = (
    r"(?:Notice of|Institution of|Scheduling of|Continuation of|Initiation of|Termination of"
    r"|Final (?:Results|Affirmative|Negative|Determination)"
    r"|Preliminary (?:Results|Affirmative|Negative|Determination)|Affirmative|Postponement of"
    r"|Re[sc]{1,2}iss?ion of|Supplemental Schedule|Cancellation of|Amended|Determinations?\b)"
)
_FORGOTTEN = re.compile(rf"( [Ff]rom [^;:]*?[\w)])[,.]? (?={_SAID})")
_BREAK = re.compile(r"[;:]\s+(?:and (?=[A-Z]))?")
_FROM = re.compile(r"\s+[Ff]rom\s+(?:the\s+)?")
_LINK = re.compile(r",? and (?:the )?|, (?:the )?")
_BEFORE = re.compile(
    r"^(.*\b(?:Investigation Nos?\.[^,]*,|(?:[Oo]rders?|[Ii]nvestigations?|[Rr]eviews?"
    r"|[Mm]easures?|[Ii]nquir(?:y|ies)|Petitions?|Agreement)"
    r" (?:[Oo]n|[Oo]f|[Ii]n|[Ff]or|[Rr]egarding|[Cc]oncerning)) )(.+)$"
)
_NO_PRODUCT = re.compile(
    r"^(?:.*\b(?:[Ee]xports?|[Ii]mports?|[Ee]ntries|[Rr]esults?|[Dd]eterminations?|[Rr]equests?"
    r"|[Ww]ithdrawal|[Rr]emoval|Amended|Respect to .*)|Extension of .*|Notice)$"
)
_ALSO_FROM = re.compile(
    r"(?:[Ww]ith [Rr]espect [Tt]o|[Ee]xports? [Ff]rom|[Oo]riginating [Ii]n) ([^;:]+)"
)
_COMMISSION = (
    r"(?:(?:Notice of |The |Second )*(?:a |the )?(?:Commission|Institution|Issuance|Request for"
    r"|Final Determination|Formal|Receipt|Termination))"
)


@dataclass(frozen=True, slots=True)
class Article:
    """One product and whose it is (`places` codes, in the order of the headline)."""

    product: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    articles: tuple[Article, ...]
    tail: str
    """What is said beside the products and their origins."""

    @property
    def origins(self) -> tuple[str, ...]:
        named = [code for article in self.articles for code in article.origins]
        for match in _ALSO_FROM.finditer(self.tail):
            named += foreign(match[1])
        return tuple(dict.fromkeys(named))


def of(events: str, title: str) -> Headline:
    """The headline as its family of documents writes it."""
    return split_337(title) if events == "section_337" else split(title)


def split(title: str) -> Headline:
    """The parts of a headline; without a product and its origin everything is tail."""
    articles: list[Article] = []
    said: list[str] = []
    for segment in _BREAK.split(_FORGOTTEN.sub(r"\1; ", title)):
        before, found = _articles(segment)
        articles += found
        said += [before] if found else [segment]
    return Headline(tuple(articles), "; ".join(part for part in said if part))


def split_337(title: str) -> Headline:
    """The article under investigation has no origin: `Certain Articles; what happened`."""
    plain = re.sub(r"^In the Matter of ", "", title)
    plain = re.sub(rf"^(Certain [^;]*?)[,:]? (?={_COMMISSION})", r"\1; ", plain)
    parts = _BREAK.split(plain)
    at = next((i for i, part in enumerate(parts) if part.startswith("Certain ")), None)
    if at is None:
        at = 0 if len(parts) > 1 and not re.match(_COMMISSION, parts[0]) else None
    if at is None:
        return Headline((), plain)
    said = "; ".join(part for i, part in enumerate(parts) if i != at)
    return Headline((Article(parts[at], ()),), said)


def parted(product: str) -> tuple[str, str]:
    """What is said in front of a product ("Administrative Review of"), and the product."""
    match = _BEFORE.match(product)
    return (match[1].strip(), match[2]) if match else ("", product)


def foreign(text: str) -> list[str]:
    """The places that a text names, without the publisher's own."""
    return [code for code in places.find(text) if code != "US"]


def origins_in(text: str) -> tuple[str, ...]:
    """Whose goods an abstract speaks of: the first list of places that follows a "from"."""
    for match in re.finditer(r"\b[Ff]rom (?:the )?((?:[A-Z][^.;]{0,200}))", text):
        named = leading(match[1])
        if named:
            return tuple(named)
    return ()


def leading(text: str) -> list[str]:
    """The places with which a text begins, one linked to the next."""
    found: list[str] = []
    end = 0
    for mention in places.mentions(text):
        between = re.sub(r"\([^)]*\)", "", text[end : mention.start])
        if not re.fullmatch(r"[ ,]*(?:and|or)?[ ,]*(?:the )?(?:[A-Z][\w']+ (?:of )?)*", between):
            break
        end = mention.end
        if mention.code != "US":
            found.append(mention.code)
    return list(dict.fromkeys(found))


def _articles(segment: str) -> tuple[str, list[Article]]:
    """What stands before the first product, and the products; none where no place follows."""
    product, origin, rest = _cut(segment)
    if not origin:
        return segment, []
    before, product = parted(product)
    if _NO_PRODUCT.match(product):
        return segment, []
    more = _articles(rest)[1] if rest else []
    return before, [Article(product, tuple(origin)), *more]


def _cut(segment: str) -> tuple[str, list[str], str]:
    """Product, its origins, and what follows them: `A From X and B From Y` holds two."""
    match = _FROM.search(segment)
    if match is None:
        return segment, [], ""
    product, after = segment[: match.start()], segment[match.end() :]
    rest = ""
    if _FROM.search(after):
        after, rest = _second(after)
    return product, foreign(after), rest


def _second(after: str) -> tuple[str, str]:
    """Where the places end and the next product begins."""
    for link in _LINK.finditer(after):
        following = after[link.end() :]
        first = next(places.mentions(following), None)
        if first is None or first.start > 0:
            if re.match(
                r"(?:[A-Z][\w']+ )*(?:Republic|Kingdom|Sultanate|Federation) of ", following
            ):
                continue
            return after[: link.start()], following
    return after, ""
