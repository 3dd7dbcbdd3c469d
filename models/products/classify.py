"""Classifies documents: printed codes first, then the standard's ICS, then the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp

from models.nomenclature import codes as nomenclature
from models.nomenclature.codes import FoundCode
from models.nomenclature.contexts import System
from models.products.boilerplate import product_part
from models.products.constants import constants
from models.products.evidence import Claim, headings_of, merged, of_code
from models.products.retrieval import Match, Ranking, retriever

MODEL = constants().name


@dataclass(frozen=True)
class Document:
    """What is to be classified.

    `product` is the product as the publisher words it, where the caller knows it; else it is
    looked for in the title. `codes` are the codes that the caller has already read; None has them
    looked for in title and text. `language` is ISO 639-1; the words say it themselves, it is kept
    for models that need to be told.
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
    model: str = MODEL


def classify(document: Document) -> Classification:
    return classify_many([document])[0]


def classify_many(documents: Sequence[Document]) -> list[Classification]:
    """Batches are faster: the words of all documents are compared in one go."""
    rankings = retriever().rank([_first(document) for document in documents])
    again = [n for n, ranking in enumerate(rankings) if documents[n].product and _is_vague(ranking)]
    whole = [
        (documents[n].product or "", f"{documents[n].title}\n{documents[n].text}") for n in again
    ]
    for n, ranking in zip(again, retriever().rank(whole), strict=True):
        rankings[n] = ranking
    return [_classified(*pair) for pair in zip(documents, rankings, strict=True)]


def _first(document: Document) -> tuple[str, str]:
    """A product that the publisher names stands alone: what else is said (a contaminant, a
    procedure) would only mislead. The rest is looked at where the name says too little."""
    if document.product:
        return document.product, ""
    return product_part(document.title), document.text


def _is_vague(ranking: Ranking) -> bool:
    return max(probabilities(ranking)[0].values(), default=0.0) < constants().text.vague


def _classified(document: Document, ranking: Ranking) -> Classification:
    codes = _codes(document)
    stated = [claim for code in codes for claim in of_code(code)]
    headings, subheadings = probabilities(ranking)
    vague = not any(len(claim.code) >= 4 for claim in stated) and (
        max(headings.values(), default=0.0) < constants().text.vague
    )
    factor = 1.0
    if _is_printed(stated):
        factor = constants().text.beside_printed
        stated = [_weaker(claim, factor) for claim in stated]
    words = [
        *_text_claims(headings, ranking, ranking.headings, factor),
        *_text_claims(subheadings, ranking, ranking.subheadings, factor),
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


def probabilities(ranking: Ranking) -> tuple[dict[str, float], dict[str, float]]:
    """Softmax of the scores over the headings, with "none of these" as one more answer.

    A subheading has its heading's probability, shared among the subheadings of that heading and
    the heading as a whole, each by its own best match.
    """
    temperature = constants().temperature
    headings = {c: exp(m.score / temperature.value) for c, m in ranking.headings.items()}
    total = sum(headings.values()) + exp(temperature.none / temperature.value)
    odds = {c: exp(m.score / temperature.value) for c, m in ranking.subheadings.items()}
    within: dict[str, float] = {}
    for code, weight in odds.items():
        within[code[:4]] = within.get(code[:4], 0.0) + weight
    for code, match in ranking.headings.items():
        if len(match.reference.code) == 4:
            within[code] = within.get(code, 0.0) + headings[code]
    share = {c: weight / total for c, weight in headings.items()}
    return share, {c: share[c[:4]] * weight / within[c[:4]] for c, weight in odds.items()}


def _text_claims(
    found: Mapping[str, float], ranking: Ranking, matches: Mapping[str, Match], factor: float
) -> list[Claim]:
    floor = constants().text.floor
    return [
        Claim(code, round(probability * factor, 4), (_as_text(ranking, matches[code]),))
        for code, probability in found.items()
        if probability * factor >= floor
    ]


def _as_text(ranking: Ranking, match: Match) -> dict[str, object]:
    return {
        "kind": "text",
        "words": retriever().words(ranking, match),
        "reference": match.reference.text,
        "score": round(match.score, 3),
    }
