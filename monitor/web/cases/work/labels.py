"""Words of tasks that only the pages show, in the reader's language."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from monitor.cases.models import TaskChange
from monitor.cases.words import Who
from monitor.cases.work.laying import OVER, UNANSWERED
from monitor.cases.work.proposing import NO_MORE
from monitor.notices.labels import Labels

WHAT = TaskChange.What
WHATS: Labels = {
    WHAT.LAID: pgettext_lazy("task", "laid out by the playbook"),
    WHAT.ADDED: pgettext_lazy("task", "added by hand"),
    WHAT.TAKEN: pgettext_lazy("task", "taken"),
    WHAT.HANDED: pgettext_lazy("task", "handed over"),
    WHAT.FELL: pgettext_lazy("task", "free again, because its owner has left"),
    WHAT.TICKED: pgettext_lazy("task", "checklist"),
    WHAT.EDITED: pgettext_lazy("task", "edited"),
    WHAT.BLOCKED: pgettext_lazy("task", "waits for others than before"),
    WHAT.MOVED: pgettext_lazy("task", "moved, because its date has moved"),
    WHAT.PLACED: pgettext_lazy("task", "put in another order"),
    WHAT.DONE: pgettext_lazy("task", "done"),
    WHAT.REOPENED: pgettext_lazy("task", "opened again"),
    WHAT.DROPPED: pgettext_lazy("task", "dropped"),
    WHAT.FOLLOWED: pgettext_lazy("task", "brought to what the playbook says now"),
    WHAT.KEPT: pgettext_lazy("task", "left as it was, though the playbook says otherwise"),
}
WHOSE: Labels = {
    Who.CHAMBER: pgettext_lazy("whose work", "the chamber"),
    Who.FIRM: pgettext_lazy("whose work", "the firm"),
    Who.COUNSEL: pgettext_lazy("whose work", "counsel"),
}
DROPPED: Labels = {
    UNANSWERED: pgettext_lazy("dropped because", "the firm does not answer the case"),
    OVER: pgettext_lazy("dropped because", "the proceeding is over"),
    NO_MORE: pgettext_lazy("dropped because", "the playbook has no such task any more"),
}
"""Reasons that the house gives; of people's own there is the text."""
FIELDS: Labels = {
    "title_zh": gettext_lazy("Title in Chinese"),
    "title_en": gettext_lazy("Title in English"),
    "note": gettext_lazy("Note"),
    "who": gettext_lazy("Whose work it is"),
    "lead": gettext_lazy("Working days before its date"),
    "due": pgettext_lazy("task", "Due"),
    "owner": pgettext_lazy("task", "Who has it"),
    "organisation": pgettext_lazy("task", "Who sees to it"),
    "blocked_by": gettext_lazy("Waits for"),
    "check": gettext_lazy("Added to the checklist"),
    "dropped_because": gettext_lazy("Reason"),
}
"""Fields of a change that a reader is shown."""
