"""Words of the records that only the pages show, in the reader's language."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from monitor.accounts.organisations.invitations import State
from monitor.bases.models import Application
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

INVITATIONS: Labels = {
    State.PENDING: pgettext_lazy("invitation", "not approved, mailed to nobody"),
    State.UNSENT: pgettext_lazy("invitation", "could not be mailed"),
    State.OPEN: pgettext_lazy("invitation", "mailed, not answered"),
    State.EXPIRED: pgettext_lazy("invitation", "expired"),
    State.ACCEPTED: pgettext_lazy("invitation", "accepted"),
    State.WITHDRAWN: pgettext_lazy("invitation", "withdrawn"),
}
APPLICATIONS: Labels = {
    Application.State.BEGUN: pgettext_lazy("application", "not filed yet"),
    Application.State.WAITING: pgettext_lazy("application", "waits for the chamber"),
    Application.State.REFERRED: pgettext_lazy("application", "waits for the office"),
    Application.State.APPROVED: pgettext_lazy("application", "approved"),
    Application.State.REFUSED: pgettext_lazy("application", "refused"),
}
DUPLICATES: Labels = {
    "code": gettext_lazy("the same organisation code"),
    "name": gettext_lazy("names that are alike"),
    "mail": gettext_lazy("the same mail address"),
}
