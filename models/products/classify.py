"""Classifies documents: printed codes first, then the standard's ICS, then the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from models.nomenclature import codes as nomenclature
from models.nomenclature.codes import FoundCode
from models.nomenclature.contexts import System
from models.products import artifacts
from models.products.boilerplate import is_notice, named_product, product_part
from models.products.constants import constants
from models.products.evidence import Claim, headings_of, merged, of_code
from models.products.query import Query

if TYPE_CHECKING:
    from models.products.matcher import Judgement, Matcher

MODEL = artifacts.name()


@dataclass(frozen=True)
class Document:
    """What is to be classified.

    `product` is the product as the publisher words it, where the caller knows it; else it is
    looked for in the title. `codes` are the codes that the caller has already read; None has them
    looked for in title and text. `language` is ISO 639-1: by it words are reduced to their stems.
    """

    id: str
    title: str
    text: str = ""
    language: str = "en"
    product: str | None = None
    codes: tuple[FoundCode, ...] | None = None
    default_system: System = "HS"


@dataclass(frozen=True)
class Classification:
    """Best first. `too_vague`: nothing printed, and the words say too little.

    `claims` are what can be said, each at its own level: a printed code at the level that was
    printed (a chapter has two digits), the words by heading and by subheading. `hs4` are all
    headings, also those that a claim of a subheading implies; `hs6` the subheadings.
    """

    id: str
    claims: tuple[Claim, ...]
    hs4: tuple[Claim, ...]
    hs6: tuple[Claim, ...]
    too_vague: bool
    codes_printed: tuple[str, ...]
    model: str


def classify(document: Document) -> Classification:
    return classify_many([document])[0]


def classify_many(
    documents: Sequence[Document], by: "Matcher | None" = None
) -> list[Classification]:
    """Batches are faster: the words of all documents are compared in one go.

    `by` is another matcher than the one in service, for comparing them.
    """
    # Whoever serves pages or searches needs no matcher, which takes a second to import.
    from models.products.matcher import matcher  # noqa: PLC0415

    by = by or matcher()
    queries = [as_read(document) for document in documents]
    found = by.judge(queries)
    again = [
        n
        for n, (document, query) in enumerate(zip(documents, queries, strict=True))
        if not query.text and query.title != _title(document) and _is_vague(found[n])
    ]
    more = [replace(queries[n], text=_whole(documents[n])) for n in again]
    for n, judged in zip(again, by.judge(more), strict=True):
        found[n] = judged
    return [_classified(*pair, by) for pair in zip(documents, found, strict=True)]


def _title(document: Document) -> str:
    return document.title or document.text


def _whole(document: Document) -> str:
    return f"{document.title}\n{document.text}"


def as_read(document: Document) -> Query:
    """A product that is named stands alone: what else is said (a contaminant, a procedure) would
    only mislead. The rest is looked at where the name says too little."""
    title, language = _title(document), document.language
    if named := document.product or named_product(title):
        return Query(named, "", language, is_notice=True)
    return Query(product_part(title), document.text, language, is_notice(title))


def _is_vague(judged: "Judgement") -> bool:
    """As the stack has it: calibration says how sure, and neither hides nor names anything."""
    weights = judged.stacked or judged.headings
    return max(weights.values(), default=0.0) < constants().text.vague


def _classified(document: Document, judged: "Judgement", by: "Matcher") -> Classification:
    codes = _codes(document)
    stated = [claim for code in codes for claim in of_code(code)]
    vague = not any(len(claim.code) >= 4 for claim in stated) and _is_vague(judged)
    factor = 1.0
    if _is_printed(stated):
        factor = constants().text.beside_printed
        stated = [_weaker(claim, factor) for claim in stated]
    words = [
        *_text_claims(judged.headings, judged, by, factor),
        *_text_claims(judged.subheadings, judged, by, factor),
    ]
    claims = merged([*stated, *words])
    with_headings = merged([*stated, *headings_of(stated), *words])
    return Classification(
        id=document.id,
        claims=tuple(claims),
        hs4=tuple(claim for claim in with_headings if len(claim.code) == 4),
        hs6=tuple(claim for claim in claims if len(claim.code) == 6),
        too_vague=vague,
        codes_printed=tuple(code.digits for code in codes if code.system != "ICS"),
        model=by.name,
    )


def _codes(document: Document) -> tuple[FoundCode, ...]:
    if document.codes is not None:
        return document.codes
    parts = (("title", document.title), ("text", document.text))
    found: dict[str, FoundCode] = {}
    for where, part in parts:
        for code in nomenclature.find(part, where=where, default_system=document.default_system):
            found.setdefault(code.digits, code)
    return tuple(found.values())


def _is_printed(claims: Sequence[Claim]) -> bool:
    return any(claim.evidence[0]["kind"] == "printed" for claim in claims)


def _weaker(claim: Claim, factor: float) -> Claim:
    """Beside a printed code, the field of a standard says as little as its words."""
    if claim.evidence[0]["kind"] == "printed":
        return claim
    return replace(claim, probability=round(claim.probability * factor, 4))


def _text_claims(
    found: Mapping[str, float], judged: "Judgement", by: "Matcher", factor: float
) -> list[Claim]:
    floor = constants().text.floor
    weights = judged.stacked or found
    return [
        Claim(code, round(probability * factor, 4), (by.evidence(judged, code),))
        for code, probability in found.items()
        if weights[code] * factor >= floor
    ]
