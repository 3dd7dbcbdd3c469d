"""What a proceeding is called: kind, proceeding, which one, and before which authority where two
of one market have such proceedings. Pages, calendars and messages all ask here."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language, pgettext, pgettext_lazy

from monitor.cases.models import Proceeding
from monitor.deadlines.authority import Authority
from monitor.deadlines.library import Library
from monitor.notices.labels import KINDS, PROCEEDINGS, Labels

SHORT: Labels = {
    "us-commerce": pgettext_lazy("authority", "Commerce"),
    "us-itc": pgettext_lazy("authority", "ITC"),
    "ca-cbsa": pgettext_lazy("authority", "CBSA"),
    "ca-citt": pgettext_lazy("authority", "CITT"),
}
"""As people call an authority who deal with two of one market."""
COLUMNS = ("measure__kind", "proceeding", "ruleset", "number", "expected_on")


@dataclass(frozen=True, slots=True)
class Which:
    """What a proceeding is told by, in the order of `COLUMNS`."""

    kind: str
    proceeding: str
    ruleset: str
    number: int
    expected_on: date | None

    @property
    def name(self) -> str:
        """In the active language: "Anti-dumping investigation (ITC)"."""
        return _named(self, get_language(), Path(settings.FENGHUO_DEADLINES))

    @property
    def ordinal(self) -> str:
        """The year in which it is expected, or which of several it is; empty of the first."""
        if self.expected_on is not None:
            return str(self.expected_on.year)
        return str(self.number) if self.number > 1 else ""


def columns(path: str) -> tuple[str, ...]:
    """Those of `Which`, from a row that points to its proceeding by the path."""
    return tuple(f"{path}__{name}" for name in COLUMNS)


def which(row: Proceeding) -> Which:
    """`row`: with its measure."""
    return Which(row.measure.kind, row.proceeding, row.ruleset, row.number, row.expected_on)


def proceeding_name(row: Proceeding) -> str:
    """The same of a row with its measure."""
    return which(row).name


@lru_cache(maxsize=4096)
def _named(of: Which, language: str | None, deadlines: Path) -> str:
    """A month names a few proceedings hundreds of times."""
    words = str(KINDS[of.kind])
    if of.proceeding in PROCEEDINGS:
        words = pgettext("proceeding", "%(kind)s %(proceeding)s") % {
            "kind": words,
            "proceeding": _lowered(str(PROCEEDINGS[of.proceeding])),
        }
    if of.ordinal:
        words = f"{words} {of.ordinal}"
    authority = _authority(of, Library.load(deadlines))
    if authority is None:
        return words
    said = pgettext("proceeding", "%(name)s (%(authority)s)")
    return said % {"name": words, "authority": _short(authority, language)}


def _authority(of: Which, library: Library) -> Authority | None:
    """None where no other authority of that market has such proceedings."""
    own = library.authorities.get(of.ruleset.partition("/")[0])
    if own is None:
        return None
    others = (
        ruleset.authority.id != own.id
        and ruleset.authority.jurisdiction == own.jurisdiction
        and of.kind in ruleset.file.kinds
        and of.proceeding in ruleset.file.proceedings
        for ruleset in library.rulesets
    )
    return own if any(others) else None


def _short(authority: Authority, language: str | None) -> str:
    if authority.id in SHORT:
        return str(SHORT[authority.id])
    return authority.zh if language == "zh-hans" else authority.en


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
