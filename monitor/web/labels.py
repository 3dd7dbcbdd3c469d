"""Words of the records that only the pages show, in the reader's language."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from monitor.notices.labels import Labels
from monitor.notices.models import Entry
from monitor.sources.models import SourceRun

CHANGES: Labels = {
    Entry.Change.EVENT: gettext_lazy("a new event"),
    Entry.Change.DEADLINE: gettext_lazy("a new date"),
    Entry.Change.SCOPE: gettext_lazy("a wider scope"),
}
ROLES: Labels = {
    "respondent": gettext_lazy("respondent"),
    "petitioner": gettext_lazy("petitioner"),
    "importer": gettext_lazy("importer"),
    "manufacturer": gettext_lazy("manufacturer"),
    "unknown": "",
}
PROOFS: Labels = {
    "real": pgettext_lazy("proof", "a real response"),
    "documented": pgettext_lazy("proof", "documentation"),
    "unproven": pgettext_lazy("proof", "unproven"),
}
RUNS: Labels = {
    SourceRun.Outcome.RUNNING: pgettext_lazy("run", "running"),
    SourceRun.Outcome.OK: pgettext_lazy("run", "worked"),
    SourceRun.Outcome.EMPTY: pgettext_lazy("run", "brought nothing"),
    SourceRun.Outcome.FAILED: pgettext_lazy("run", "failed"),
}
PARTS: Labels = {
    "title": gettext_lazy("in the title"),
    "abstract": gettext_lazy("in the abstract"),
    "body": gettext_lazy("in the text"),
    "field": gettext_lazy("in the field"),
}

UNITS: Labels = {
    "kg": gettext_lazy("kg"),
    "m": gettext_lazy("metre"),
    "m2": gettext_lazy("m²"),
    "m3": gettext_lazy("m³"),
    "pairs": gettext_lazy("pair"),
    "u": gettext_lazy("piece"),
}
"""Of quantities, as flows carry them; one that is not here is shown as it was imported."""
