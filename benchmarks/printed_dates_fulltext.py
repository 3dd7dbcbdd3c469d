"""Pairs out of full texts of notices (results of reviews), which print more than abstracts do.

The text of a page also holds the end and the beginning of its neighbours; what is looked for is
worded so that it stands in the notice of the case itself.
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.printed_dates_pair import DAY, Pair, day, first_day
from crawlers.parsing import day_words

TEXTS = "feeds/us_federal_register_fulltext"
REVIEW = "us-commerce/administrative-review"
FURNITURE = 4000
"""Between two halves of a sentence there may be a page's foot and notes, and the next's head."""
NOW = (
    r"deadline (?:for|to issue) (?:these |the |issuing the |issuing these )*final results"
    r"[^.]{0,60}? (?:is now|is|until) "
)


def from_texts(data: Path) -> Iterator[Pair]:
    for file in sorted((data / TEXTS).glob("*.txt")):
        text = re.sub(r"-\s+(?=[a-z])|\x02", "", file.read_text(encoding="utf-8", errors="replace"))
        text = " ".join(text.split())
        found = re.search(r"[AC]-\d{3}-\d{3}", file.name)
        case = found[0] if found else file.stem
        yield from _final_results(text, case, file.stem)
        yield from _preliminary_results(text, case, file.stem)
        yield from _neighbour(text, file.stem)


def _final_results(text: str, case: str, document: str) -> Iterator[Pair]:
    began = first_day(rf"\({day()}\) \(Preliminary Results ?\)", text)
    last = [m.end() for m in re.finditer(r"extended the deadline for (?:issuing )?the final", text)]
    extended = first_day(rf"(?:until|than) {day()}", text[last[-1] :][:FURNITURE]) if last else None
    tolled = first_day(rf"(?:{NOW}|final results of review until ){day()}", text)
    due = extended or tolled
    if began and due:
        yield Pair(
            REVIEW, "final-results", "preliminary-published", began, due,
            document, document, postponed=extended is not None, cases=(case,),
        )  # fmt: skip


def _preliminary_results(text: str, case: str, document: str) -> Iterator[Pair]:
    extended = r"extended the (?:deadline for the )?preliminary results of this review"
    due = first_day(rf"{extended} (?:to no later than|until) {day()}", text)
    opportunity = r"Opportunity [Tt]o Request Administrative Review"
    asked = first_day(rf"{opportunity}, \d+ FR \d+ \({day()}\)", text)
    month = asked or _order(text)
    if due and month:
        yield Pair(
            REVIEW, "preliminary-results", "anniversary-month-end", _month_end(month, due), due,
            document, document, postponed=True, cases=(case,),
        )  # fmt: skip


def _order(text: str) -> date | None:
    return first_day(rf"Order, \d+ FR \d+ \({day()}\) \(Order\)", text)


def _month_end(day_in_month: date, due: date) -> date:
    """The last day of that month in the last year of which 245 days were over at `due`."""
    for year in range(due.year, due.year - 3, -1):
        last = calendar.monthrange(year, day_in_month.month)[1]
        end = date(year, day_in_month.month, last)
        if end + timedelta(days=245) <= due:
            return end
    raise ValueError(f"no review of a month like {day_in_month} is due on {due}")


def _neighbour(text: str, document: str) -> Iterator[Pair]:
    """A postponement of an investigation that begins or ends on the same page."""
    for found in re.finditer(
        rf"On (?P<began>{DAY}), .{{0,60}}?Commerce\) initiated[^.]{{0,60}}?"
        rf"(?P<sort>less-?\s?than-?\s?fair-?\s?value|countervailing).{{0,400}}?"
        rf"due no later than (?P<due>{DAY})",
        text,
    ):
        began, due = day_words.read(found["began"]), day_words.read(found["due"])
        dumping = found["sort"].startswith("less")
        if began and due:
            yield Pair(
                "us-commerce/anti-dumping" if dumping else "us-commerce/countervailing",
                "preliminary-determination", "initiation", began, due,
                f"{document} (neighbour on the page)", f"{document} (neighbour on the page)",
            )  # fmt: skip
