"""What a publisher changed of a notice: its versions, compared field by field.

A version is a `bundles.NoticeItem` as it was kept, without what was empty. It is read as plain
data: an old one need not keep today's contract.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from babel import Locale
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from monitor.notices import labels
from monitor.notices.headline import place
from monitor.notices.models import Notice
from monitor.notices.read import COLUMNS
from monitor.web.differences import Edit, condensed, edits
from monitor.web.labels import ROLES
from monitor.web.templatetags.goods import hscode
from monitor.web.text import WHOLE

Item = Mapping[str, Any]
Words = Callable[[Any], str]


@dataclass(frozen=True)
class Field:
    """A field of a notice. `words`: how one of its values is written; None: it is a text, compared
    word by word. `decides`: whether people act on it."""

    name: str
    label: str | Promise
    words: Words | None = None
    decides: bool = False

    def text(self, item: Item) -> str:
        return item.get(self.name) or ""

    def values(self, item: Item) -> list[str]:
        """The values as they are shown. A field of one value has a list of it."""
        given = item.get(self.name)
        if self.words is None or not given:
            return []
        return [self.words(value) for value in (given if isinstance(given, list) else [given])]

    def differs(self, old: Item, new: Item) -> bool:
        """Whether the reader would see a difference; another order of values is none."""
        if self.words is None:
            return self.text(old) != self.text(new)
        return Counter(self.values(old)) != Counter(self.values(new))


@dataclass(frozen=True)
class Changed:
    """A field that differs: the pieces of a text, or the values taken out and put in."""

    what: Field
    pieces: list[Edit] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    put: list[str] = field(default_factory=list)
    kept: int = 0
    """Values that both versions have."""


def current(notice: Notice) -> Item:
    """The notice as it is now, in the form in which its versions are kept."""
    said: dict[str, Any] = notice.item
    return said | {column: getattr(notice, column) for column in COLUMNS}


def changed(old: Item, new: Item) -> list[Field]:
    """The fields that differ, in the order in which they are shown."""
    return [each for each in FIELDS if each.differs(old, new)]


def is_cosmetic(fields: Iterable[Field]) -> bool:
    """Whether nothing that people act on is among them."""
    return not any(each.decides for each in fields)


def compared(old: Item, new: Item, *, whole: bool = False) -> list[Changed]:
    """Every field that differs, with its difference. `whole`: nothing of a long text is hidden."""
    return [_compared(each, old, new, whole=whole) for each in changed(old, new)]


def _compared(each: Field, old: Item, new: Item, *, whole: bool) -> Changed:
    if each.words is None:
        before, after = each.text(old), each.text(new)
        pieces = edits(before, after)
        is_short = max(len(before), len(after)) <= WHOLE
        return Changed(each, pieces if whole or is_short else condensed(pieces))
    was, now = Counter(each.values(old)), Counter(each.values(new))
    kept = (was & now).total()
    return Changed(each, out=_listed(was - now), put=_listed(now - was), kept=kept)


def _listed(values: Counter[str]) -> list[str]:
    return list(values.elements())


def _word(table: labels.Labels) -> Words:
    """The label of a word; the word itself where an old version has one that is no longer used."""
    return lambda word: str(table.get(word, word))


def _dated(printed: Item) -> str:
    return f"{_word(labels.DATES)(printed['kind'])} {printed['date']}"


def _period(period: Item) -> str:
    return f"{period['start']} – {period['end']}"


def _code(code: Item) -> str:
    """As printed, with its system and what it is in the HS."""
    meant: Sequence[str] = code.get("hs6") or [
        part for part in (code.get("heading") or code.get("chapter"),) if part
    ]
    shown = f"{code['printed']} ({code['system']})"
    return f"{shown} → HS {', '.join(map(hscode, meant))}" if meant else shown


def _company(company: Item) -> str:
    role = str(ROLES.get(company.get("role", "unknown"), ""))
    return f"{company['name']} ({role})" if role else str(company["name"])


def _thread(thread: Item) -> str:
    return f"{thread['title']} ({thread['keys'][0]})"


def _language(code: str) -> str:
    """By its name in the reader's language, as far as Unicode's data have one."""
    reader = "zh" if (get_language() or "zh").startswith("zh") else "en"
    return Locale(reader).languages.get(code) or code


def _yes(_given: bool) -> str:  # noqa: FBT001 - a value of a field
    return str(_("yes"))


FIELDS: tuple[Field, ...] = (
    Field("title", _("Title")),
    Field("kinds", _("Kind of measure"), _word(labels.KINDS), decides=True),
    Field("proceeding", _("Proceeding"), _word(labels.PROCEEDINGS), decides=True),
    Field("event", pgettext_lazy("page", "What happened"), _word(labels.EVENTS), decides=True),
    Field("also", _("Also happened"), _word(labels.EVENTS), decides=True),
    Field("outcome", _("Outcome"), _word(labels.OUTCOMES), decides=True),
    Field("origins", _("Origins concerned"), place, decides=True),
    Field("jurisdiction", pgettext_lazy("page", "Market"), place, decides=True),
    Field("dates", _("Dates"), _dated, decides=True),
    Field("period", _("Period of investigation"), _period, decides=True),
    Field("codes", _("Codes"), _code, decides=True),
    Field("product", _("Product as worded"), decides=True),
    Field("companies", _("Companies"), _company, decides=True),
    Field("threads", _("Measures"), _thread, decides=True),
    Field("authority", _("Authority")),
    Field("published", pgettext_lazy("page", "Published"), str),
    Field("case_numbers", _("Case numbers"), str),
    Field("symbols", _("Symbols"), str),
    Field("references", _("Earlier documents"), str),
    Field("language", _("Language"), _language),
    Field("url", _("Address"), str),
    Field("sample", _("Sample data"), _yes),
    Field("abstract", _("Abstract")),
    Field("body", _("Text")),
)
"""All that a `bundles.NoticeItem` says, but for what names it and where it was fetched."""
