"""Pairs out of the feed of abstracts, read by the corridor's own reader.

- Institutions of the International Trade Commission print the day of the preliminary determination
  and, counted from it, the day by which the views go to Commerce. When the petition was filed
  stands in Commerce's initiation, else in a list of petitions; matched by words of the product.
- Safeguard institutions print the day of filing, the day of the determination, that of the report.
- Commerce prints until when it postpones a final determination; the preliminary determination of
  the same thread was published earlier.
"""

import csv
import gzip
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from benchmarks.printed_dates_pair import Pair, day, first_day
from bundles.items import NoticeItem
from bundles.words import Event, Kind, Proceeding
from crawlers.parsing.us_federal_register import parse

FEED = "feeds/us_federal_register_all.jsonl.gz"
PETITIONS = "feeds/us_case_petition_dates.csv"
REMEDY = re.compile(
    rb"[Dd]umping|[Cc]ountervailing|[Ll]ess.[Tt]han.[Ff]air|[Ss]afeguard|[Ii]mport relief"
)
INJURY = "us-itc/injury-investigation"
SAFEGUARD = "us-itc/section-201"
DUMPING = "us-commerce/anti-dumping"
Petitions = Sequence[tuple[frozenset[str], date]]
"""Words of the product, and when the petition was filed."""
LISTED_WITHIN = timedelta(days=25)
"""A petition is instituted within days; a list entry that is older is of another case."""


def from_gazette(data: Path) -> Iterator[Pair]:
    notices = _notices(data / FEED)
    petitions = (_received(notices), _petitions(data / PETITIONS))
    for notice in notices:
        text = " ".join((notice.abstract or "").split())
        yield from _injury(notice, text, petitions)
        yield from _safeguard(notice, text)
        yield from _final(notice, text, notices)


@cache
def _notices(feed: Path) -> Sequence[NoticeItem]:
    with gzip.open(feed) as stream:
        wanted = b"".join(line for line in stream if REMEDY.search(line))
    read = parse(io.BytesIO(wanted), feed.stem)
    return [item for item in read if isinstance(item, NoticeItem)]


# --- The Commission ------------------------------------------------------------------------------


def _injury(notice: NoticeItem, text: str, petitions: Sequence[Petitions]) -> Iterator[Pair]:
    due = first_day(rf"or in this case by {day()}", text)
    if due is None:
        return
    views = first_day(rf"business days thereafter, or by {day()}", text)
    cases = tuple(notice.case_numbers)
    if views:
        yield Pair(
            INJURY, "preliminary-views", "preliminary-injury", due, views,
            notice.number, notice.number, cases=cases,
        )  # fmt: skip
    filed = next(filter(None, (_filed(notice, known) for known in petitions)), None)
    if filed:
        yield Pair(
            INJURY, "preliminary-injury", "petition-filed", filed, due,
            notice.number, "initiation or list of petitions", cases=cases,
        )  # fmt: skip


def _filed(notice: NoticeItem, petitions: Petitions) -> date | None:
    words = _words(notice.product or notice.title)
    days = {
        filed
        for product, filed in petitions
        if product and len(product & words) * 2 >= len(product)
        and timedelta() <= notice.published - filed <= LISTED_WITHIN
    }  # fmt: skip
    return min(days, default=None)


def _received(notices: Sequence[NoticeItem]) -> Petitions:
    """What Commerce's notices of initiation say of the day."""
    found = []
    for notice in notices:
        text = " ".join((notice.abstract or "").split())
        filed = first_day(rf"^On {day()}, .{{0,60}}?Commerce\) received .{{0,60}}?petition", text)
        if filed:
            found.append((_words(notice.product or notice.title), filed))
    return found


def _petitions(file: Path) -> Petitions:
    with file.open(encoding="utf-8-sig", newline="") as rows:
        return [
            (
                _words(row["case_title"].split(" From ")[0]),
                date.fromisoformat(row["petition_date"][:10]),
            )
            for row in csv.DictReader(rows)
        ]


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{4,}", text.lower())) - {"certain", "products", "thereof"}


def _safeguard(notice: NoticeItem, text: str) -> Iterator[Pair]:
    filed = first_day(rf"deemed the petition.{{0,40}}? filed on {day()}", text)
    if filed is None or Kind.SAFEGUARD not in notice.kinds:
        return
    injury = first_day(rf"injury determination by {day()}", text)
    report = first_day(rf"the petition was filed, or by {day()}", text)
    complicated = "extraordinarily complicated" in text
    for rule, due, postponed in (("injury", injury, complicated), ("report", report, False)):
        if due:
            yield Pair(
                SAFEGUARD, rule, "petition-filed", filed, due,
                notice.number, notice.number, postponed=postponed, cases=tuple(notice.case_numbers),
            )  # fmt: skip


# --- Commerce ------------------------------------------------------------------------------------


def _final(notice: NoticeItem, text: str, notices: Sequence[NoticeItem]) -> Iterator[Pair]:
    until = first_day(
        rf"postponing the deadline for issuing the final determination.{{0,260}}? until {day()}",
        text,
    )
    earlier = until and _preliminary(notice, notices)
    if until and earlier:
        yield Pair(
            DUMPING, "final-determination", "preliminary-published", earlier.published, until,
            notice.number, earlier.number, postponed=True, cases=tuple(earlier.case_numbers),
        )  # fmt: skip


def _preliminary(notice: NoticeItem, notices: Sequence[NoticeItem]) -> NoticeItem | None:
    """The last preliminary determination of the thread before the notice."""
    keys = _keys(notice)
    before = [
        other
        for other in notices
        if other.event is Event.PRELIMINARY
        and other.proceeding is Proceeding.INVESTIGATION
        and Kind.ANTI_DUMPING in other.kinds
        and other.published <= notice.published
        and keys & _keys(other)
    ]
    return max(before, key=lambda other: other.published, default=None)


def _keys(notice: NoticeItem) -> frozenset[str]:
    return frozenset(key for thread in notice.threads for key in thread.keys)
