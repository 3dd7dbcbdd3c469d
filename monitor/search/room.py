"""The index room: makes notices findable, in Chinese and in the original language."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import override

from bundles import places
from bundles.words import Kind
from models.nomenclature import hs
from monitor.jobs.rooms import Counts, Room, State
from monitor.notices.labels import EVENTS, KINDS, PROCEEDINGS
from monitor.notices.models import Notice, ProductClaim
from monitor.search.engine import Document, engine

FOUND_AT = 0.2
"""A claim less probable than this does not make a notice findable under its code."""


def room() -> Room[Notice]:
    return Room("index", Notice.objects.all(), "index_state", index)


def index(notices: Sequence[Notice], now: datetime) -> Counts:  # noqa: ARG001 - a room's signature
    codes = _codes(notices)
    engine().write([document(notice, codes[notice.pk]) for notice in notices])
    return Counter(indexed=len(notices))


def rebuild() -> int:
    """Empty the index and make every notice wait for it. The database is the truth."""
    engine().clear()
    return Notice.objects.exclude(index_state=State.READY).update(index_state=State.READY)


def rebuild_if_lost() -> int:
    """An index that is empty while notices are marked as indexed was dropped, or is of a new
    schema: fill it again."""
    indexed = Notice.objects.filter(index_state=State.DONE)
    return rebuild() if engine().size() == 0 and indexed.exists() else 0


def document(notice: Notice, codes: Sequence[str]) -> Document:
    """What the index is to know of a notice with these claimed codes."""
    item = notice.item
    levels = sorted(
        {code[:digits] for code in codes for digits in (2, 4, 6) if len(code) >= digits}
    )
    return Document(
        notice_id=notice.pk,
        title=notice.title,
        text="\n".join(part for part in (notice.abstract, notice.body) if part),
        gloss=_gloss(notice, levels),
        names=[
            notice.number,
            *item.get("case_numbers", ()),
            *item.get("symbols", ()),
            *(code["digits"] for code in item.get("codes", ())),
            *levels,
        ],
        published=int(f"{notice.published:%Y%m%d}"),
        facets={
            "kind": notice.kinds,
            "event": [notice.event, *notice.also],
            "jurisdiction": [notice.jurisdiction],
            "hs": levels,
            "source": [notice.source],
            "year": [str(notice.published.year)],
        },
    )


def _codes(notices: Sequence[Notice]) -> defaultdict[int, list[str]]:
    codes: defaultdict[int, list[str]] = defaultdict(list)
    claims = ProductClaim.objects.filter(notice__in=notices, probability__gte=FOUND_AT)
    for notice, code in claims.exclude(verdict=ProductClaim.Verdict.REJECTED).values_list(
        "notice", "code"
    ):
        codes[notice].append(code)
    return codes


def _gloss(notice: Notice, codes: Sequence[str]) -> str:
    """Its place, kind, event and products in Chinese, as an analyst would type them.

    Notices about nothing of this house get none: their words are found, their place is no use.
    """
    if notice.kinds == [Kind.OTHER]:
        return ""
    with override("zh-hans"):
        words = [str(KINDS[kind]) for kind in notice.kinds]
        words += [str(EVENTS[event]) for event in (notice.event, *notice.also)]
        if notice.proceeding:
            words.append(str(PROCEEDINGS[notice.proceeding]))
    words += [places.name(code, "zh") for code in (notice.jurisdiction, *notice.origins)]
    words += [hs.name(code, "zh") for code in codes if len(code) in (2, 4)]
    return " ".join(words)
