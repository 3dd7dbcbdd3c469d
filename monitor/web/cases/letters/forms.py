"""Forms of letters: what one is about, what stands in it, a template of one's own."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monitor.cases.letters.catalog import Blank, Sort
from monitor.cases.letters.filling import LONGEST, LONGEST_TEXT
from monitor.cases.letters.templates import Fault
from monitor.cases.models import Adopted, Proceeding, Respondent
from monitor.cases.words import Form
from monitor.web.cases.file.forms import VersionForm
from monitor.web.cases.file.labels import FORMS
from monitor.web.cases.letters.labels import FAULTS, LANGUAGES
from monitor.web.templatetags.cases import duename, firmname, proceedingname
from monitor.web.templatetags.letters import sortname
from monitor.web.text import tame

FILLED = "f"
"""Prefix of the names of fields."""


class AboutForm(forms.Form):
    """Which proceeding, which firm, which date. What there is no choice of is not asked."""

    proceeding = forms.TypedChoiceField(
        label=_("Proceeding"), coerce=int, required=False, empty_value=None
    )
    firm = forms.TypedChoiceField(label=_("Firm"), coerce=int, required=False, empty_value=None)
    date = forms.TypedChoiceField(
        label=pgettext_lazy("letter", "Legal date"), coerce=int, required=False, empty_value=None
    )

    def __init__(
        self,
        proceedings: Sequence[Proceeding],
        firms: Sequence[Respondent],
        dates: Sequence[Adopted],
        *,
        alone: bool,
        data: Any,
    ) -> None:
        """`alone`: the letter may be for no firm, but for whoever writes it."""
        super().__init__(data)
        none = [("", str(_("our own, for none of them")))] if alone else []
        self._offer("proceeding", [(row.pk, proceedingname(row)) for row in proceedings])
        self._offer("firm", [*none, *((row.pk, firmname(row)) for row in firms)])
        self._offer("date", [("", str(_("none"))), *((row.pk, _dated(row)) for row in dates)])

    def _offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        if len(choices) < 2:
            del self.fields[name]
        else:
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class FillForm(forms.Form):
    """The fields that the template has, each of which may stay empty: the letter says so then."""

    form = forms.TypedChoiceField(
        label=_("Form"),
        choices=lazy(lambda: [(word, str(said)) for word, said in FORMS.items()], list)(),
        coerce=Form,
        initial=Form.CONFIDENTIAL,
        widget=forms.RadioSelect,
        help_text=_("The public form is the one without business secrets."),
    )

    def __init__(
        self,
        names: Iterable[str],
        blanks: Mapping[str, Blank],
        sort: Sort,
        known: Mapping[str, str],
        data: Any = None,
    ) -> None:
        super().__init__(data)
        for name in names:
            self.fields[_key(name)] = _field(name, blanks[name], sort, known.get(name, ""))
        self._names = list(names)
        self.order_fields([*map(_key, self._names), "form"])

    def given(self) -> dict[str, str]:
        """Field → what was typed."""
        return {name: self.cleaned_data.get(_key(name), "") for name in self._names}


class TemplateForm(VersionForm):
    """A DOCX for one letter in one language."""

    letter = forms.ChoiceField(label=_("Letter"))
    language = forms.ChoiceField(
        label=_("Language"),
        choices=lazy(lambda: [(word, str(said)) for word, said in LANGUAGES.items()], list)(),
    )
    field_order = ["letter", "language", "file"]

    def __init__(self, sorts: Iterable[Sort], data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        del self.fields["form"]
        self.fields["file"].help_text = _("A Word document (DOCX), up to 1 MB.")
        self.fields["letter"].choices = [(sort.id, sortname(sort)) for sort in sorts]  # type: ignore[attr-defined]

    def refuse_for(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self.add_error("file", told(fault))


def told(fault: Fault) -> str:
    """What is wrong with a template, and where."""
    said = str(FAULTS.get(fault.code, FAULTS["package"])) % {"found": tame(fault.found)}
    if not fault.paragraph:
        return said
    where = _("%(part)s, paragraph %(number)d") % {"part": fault.part, "number": fault.paragraph}
    return f"{where}: {said}"


def _key(name: str) -> str:
    return f"{FILLED}-{name}"


def _field(name: str, blank: Blank, sort: Sort, known: str) -> forms.CharField:
    help_text: Any = ""
    if not known and name in sort.fields:
        help_text = _("Not known. Left empty, the letter says that it is to be filled in.")
    elif name in sort.optional:
        help_text = _("May stay empty.")
    return forms.CharField(
        label=capfirst(sortname(blank)),
        required=False,
        initial=known,
        max_length=LONGEST_TEXT if blank.long else LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}) if blank.long else forms.TextInput(),
        help_text=help_text,
    )


def _dated(row: Adopted) -> str:
    return f"{row.day} {duename(row.due)}"
