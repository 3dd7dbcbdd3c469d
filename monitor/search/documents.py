"""From the records to what the index is to know of a notice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from django.utils.translation import override

from bundles import places
from bundles.words import ACTIONABLE_DATES, Kind
from models.nomenclature import hs
from monitor.notices.labels import EVENTS, KINDS, PROCEEDINGS
from monitor.notices.models import Entry, Notice, ProductClaim
from monitor.search import outside
from monitor.search.document import Document
from monitor.search.outside import Touch
from monitor.search.tree import Tag

FOUND_AT = 0.2
"""A claim less probable than this does not make a notice findable under its code …"""
MAYBE_AT = 0.05
"""… but by a product's name, behind those that are."""
SURE_AT = 0.7
"""One at least this probable ranks the notice above those that may be about something else."""

Claims = Mapping[int, Sequence[tuple[str, float]]]


def documents(notices: Sequence[Notice]) -> list[Document]:
    """Three queries, however many notices."""
    ids = [notice.pk for notice in notices]
    claims, measures, touched = _claims(ids), _measures(ids), outside.touched(ids)
    return [
        document(n, claims.get(n.pk, ()), measures.get(n.pk, ()), touched.get(n.pk, Touch()))
        for n in notices
    ]


def document(
    notice: Notice, claims: Sequence[tuple[str, float]], measures: Sequence[int], touch: Touch
) -> Document:
    """`claims`: (HS code, probability) of those that count; `measures`: primary keys."""
    item = notice.item
    levels = _levels(code for code, probability in claims if probability >= FOUND_AT)
    return Document(
        notice_id=notice.pk,
        title=notice.title,
        published=notice.published,
        language=notice.language,
        text="\n".join(part for part in (notice.abstract, notice.body) if part),
        gloss=_gloss(notice, levels),
        names=[
            notice.number,
            *item.get("case_numbers", ()),
            *item.get("symbols", ()),
            *(code["digits"] for code in item.get("codes", ())),
            *levels,
        ],
        companies=[company["name"] for company in item.get("companies", ())],
        authority=notice.authority,
        deadlines=[*_deadlines(item.get("dates", ())), *touch.days],
        tags={
            **_tags(notice, levels, measures, touch),
            Tag.MAYBE: [code for code in _levels(code for code, _ in claims) if len(code) > 2],
        },
        sure=_levels(code for code, probability in claims if probability >= SURE_AT),
    )


def _tags(
    notice: Notice, levels: Sequence[str], measures: Sequence[int], touch: Touch
) -> dict[Tag, Sequence[str]]:
    return {
        Tag.KIND: notice.kinds,
        Tag.EVENT: [notice.event, *notice.also],
        Tag.PROCEEDING: [notice.proceeding] if notice.proceeding else [],
        Tag.OUTCOME: [notice.outcome] if notice.outcome else [],
        Tag.MARKET: [notice.jurisdiction],
        Tag.ORIGIN: notice.origins,
        Tag.HS: levels,
        Tag.SOURCE: [notice.source],
        Tag.BODY: [notice.authority],
        Tag.YEAR: [str(notice.published.year)],
        Tag.LANGUAGE: [notice.language],
        Tag.MEASURE: [str(pk) for pk in measures],
        Tag.BASE: touch.bases,
        Tag.LEVEL: [touch.level] if touch.level else [],
    }


def _claims(ids: Sequence[int]) -> Claims:
    claims: defaultdict[int, list[tuple[str, float]]] = defaultdict(list)
    rows = ProductClaim.objects.filter(notice__in=ids, probability__gte=MAYBE_AT)
    for notice, code, probability, verdict in rows.exclude(
        verdict=ProductClaim.Verdict.REJECTED
    ).values_list("notice", "code", "probability", "verdict"):
        claims[notice].append((code, 1.0 if verdict else probability))
    return claims


def _measures(ids: Sequence[int]) -> Mapping[int, Sequence[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for notice, measure in Entry.objects.filter(notice__in=ids).values_list("notice", "measure"):
        found[notice].append(measure)
    return found


def _levels(codes: Iterable[str]) -> list[str]:
    """Chapters, headings and subheadings of codes that may be of any of these levels."""
    return sorted({code[:n] for code in codes for n in (2, 4, 6) if len(code) >= n})


def _deadlines(dates: Sequence[Mapping[str, str]]) -> list[date]:
    return [date.fromisoformat(d["date"]) for d in dates if d["kind"] in ACTIONABLE_DATES]


def _gloss(notice: Notice, levels: Sequence[str]) -> tuple[str, ...]:
    """Its place, kind, event and products, as an analyst would type them in Chinese or English.

    Notices about nothing of this house get none: their words are found, their place is no use.
    """
    if notice.kinds == [Kind.OTHER]:
        return ()
    events = (notice.event, *notice.also)
    located = (notice.jurisdiction, *notice.origins)
    words = [
        *_labels(tuple(notice.kinds), events, notice.proceeding),
        *(places.name(code, language) for code in located for language in ("zh", "en")),
        *(hs.name(code, "zh") for code in levels if len(code) in (2, 4)),
    ]
    if "CN" in notice.origins:
        words += ["对华", "涉华"]
    return tuple(dict.fromkeys(words))


@cache
def _labels(
    kinds: tuple[str, ...], events: tuple[str, ...], proceeding: str | None
) -> tuple[str, ...]:
    words: list[str] = []
    for language in ("zh-hans", "en"):
        with override(language):
            words += [str(KINDS[kind]) for kind in kinds] + [str(EVENTS[event]) for event in events]
            if proceeding:
                words.append(str(PROCEEDINGS[proceeding]))
    return tuple(
        words
        + [also for word in (*kinds, *events, proceeding) for also in _ALSO.get(word or "", ())]
    )


_ALSO: dict[str, tuple[str, ...]] = {
    "anti_dumping": ("AD", "antidumping"),
    "countervailing": ("CVD",),
    "initiated": ("立案",),
    "preliminary": ("初裁",),
    "final": ("终裁",),
    "administrative_review": ("年度复审",),
    "sunset_review": ("期终复审",),
    "circumvention_inquiry": ("反规避",),
    "section_337": ("337调查",),
    "technical_regulation": ("TBT", "通报"),
    "standard": ("TBT", "通报"),
    "conformity_assessment": ("TBT", "通报"),
    "sps": ("通报",),
}
"""What the trade says beside the labels."""
