"""A result as a table for other programs: one row a notice, in the reader's language."""

import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any

from django.db.models import Prefetch
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from bundles import places
from bundles.words import ACTIONABLE_DATES
from monitor.accounts.walls.actor import Actor
from monitor.impact.labels import LEVELS
from monitor.impact.models import Impact
from monitor.notices.headline import composed
from monitor.notices.labels import EVENTS, KINDS, OUTCOMES, PROCEEDINGS, Labels
from monitor.notices.models import Notice, ProductClaim
from monitor.search.documents import FOUND_AT
from monitor.web import tables
from monitor.web.text import tame

BATCH = 500
SHEET_ROWS = 1_048_575
"""What a sheet of Excel holds below its heading."""
_LONGEST = 32_767
"""Characters of a cell of Excel."""

Row = list[str]


def csv_lines(ids: Iterable[int], actor: Actor) -> Iterator[str]:
    """A line a notice, beginning with the mark by which Excel knows UTF-8."""
    return tables.csv_lines(columns(), rows(ids, actor))


def workbook(ids: Iterable[int], actor: Actor) -> IO[bytes]:
    """An XLSX file, open at its beginning."""
    return sheet_of(_("Notices"), columns(), rows(ids, actor))


def sheet_of(title: str, heading: Row, lines: Iterable[Row]) -> IO[bytes]:
    """An XLSX file, open at its beginning; every cell is text, so nothing in it is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    cells = [WriteOnlyCell(sheet, value=name) for name in heading]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    for line in islice(lines, SHEET_ROWS):
        sheet.append([_text_cell(sheet, value) for value in line])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return file


def columns() -> Row:
    return [
        _("Published on"),
        pgettext("page", "Market"),
        _("Kind of measure"),
        _("Procedure"),
        pgettext("page", "What happened"),
        _("Outcome"),
        pgettext("page", "Number"),
        _("Title"),
        _("In short"),
        _("HS headings"),
        _("Origins concerned"),
        _("Dates to act by"),
        pgettext("page", "Level"),
        _("Bases touched"),
        _("Authority"),
        _("Source"),
        pgettext("page", "Original"),
        _("Sample data"),
    ]


def rows(ids: Iterable[int], actor: Actor) -> Iterator[Row]:
    """In the order of the ids; a notice deleted since is passed over. Three queries a batch."""
    claims = Prefetch("claims", ProductClaim.objects.defer("evidence", "model"))
    visible = Impact.objects.for_actor(actor).select_related("base")
    impacts = Prefetch("entries__impacts", visible.order_by("-loudness"))
    notices = Notice.objects.defer("abstract", "body").prefetch_related(claims, impacts)
    waiting = iter(ids)
    while batch := list(islice(waiting, BATCH)):
        found = notices.in_bulk(batch)
        yield from (_row(found[pk]) for pk in batch if pk in found)


def _row(notice: Notice) -> Row:
    impacts = [impact for entry in notice.entries.all() for impact in entry.impacts.all()]
    loudest = max(impacts, key=lambda impact: impact.loudness, default=None)
    chinese = _chinese()
    return [
        notice.published.isoformat(),
        _place(notice.jurisdiction),
        _joined(KINDS[kind] for kind in notice.kinds),
        _label(PROCEEDINGS, notice.proceeding),
        _joined(EVENTS[event] for event in (notice.event, *notice.also)),
        _label(OUTCOMES, notice.outcome),
        notice.number,
        notice.title,
        composed(notice, notice.claims.all()),
        _joined(_headings(notice.claims.all())),
        _joined(_place(origin) for origin in notice.origins),
        _joined(_days(notice)),
        _label(LEVELS, loudest.level if loudest else None),
        _joined(dict.fromkeys(i.base.name_zh if chinese else i.base.name_en for i in impacts)),
        notice.authority,
        notice.source,
        notice.url,
        _("sample") if notice.sample else "",
    ]


def _headings(claims: Iterable[ProductClaim]) -> list[str]:
    rejected = ProductClaim.Verdict.REJECTED
    kept = (c for c in claims if c.probability >= FOUND_AT and c.verdict != rejected)
    return sorted({claim.code[:4] for claim in kept if len(claim.code) >= 4})


def _days(notice: Notice) -> list[str]:
    return sorted(d["date"] for d in notice.item.get("dates", ()) if d["kind"] in ACTIONABLE_DATES)


def _label(table: Labels, word: str | None) -> str:
    return str(table[word]) if word else ""


def _place(code: str) -> str:
    try:
        return places.name(code, "zh" if _chinese() else "en")
    except KeyError:
        return code


def _joined(words: Iterable[object]) -> str:
    return "; ".join(str(word) for word in words)


def _chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def _text_cell(sheet: Any, text: str) -> Any:
    """Whatever it begins with, it is no formula."""
    cell = WriteOnlyCell(sheet, value=tame(text)[:_LONGEST])
    cell.data_type = "s"
    return cell
