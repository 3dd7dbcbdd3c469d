"""The log of contacts as a table for other programs: a row for each."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from monitor.cases.models import Contact, Pledge
from monitor.web.cases.abroad.forms import ContactForm
from monitor.web.cases.abroad.registers import label, written_as
from monitor.web.templatetags.fenghuo import own_name
from monitor.web.text import tame

FIELDS = [name for name in ContactForm.base_fields if name != "version"]


def columns() -> list[str]:
    fields = [label(ContactForm, name) for name in FIELDS]
    return [*fields, _("They promised"), _("We promised"), _("Entered by")]


def rows(contacts: Iterable[Contact]) -> Iterator[list[str]]:
    """`contacts`: with their organisation and the promises that the reader sees."""
    for contact in contacts:
        fields = [written_as("contact", name, getattr(contact, name)) for name in FIELDS]
        promises = list(contact.pledges.all())
        yield [
            *(tame(text) for text in fields),
            "\n".join(_promise(each) for each in promises if not each.is_ours),
            "\n".join(_promise(each) for each in promises if each.is_ours),
            tame(own_name(contact.organisation)),
        ]


def _promise(row: Pledge) -> str:
    until = row.until.isoformat() if row.until else ""
    words = [row.who, row.what, until, written_as("pledge", "result", row.result)]
    return pgettext("between words", ", ").join(tame(word) for word in words if word)
