"""Forms of tasks: writing into one, adding one by hand."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monitor.accounts.models import Membership, Organisation
from monitor.cases.models import Adopted, Task
from monitor.cases.words import Who
from monitor.web.cases.work.labels import FIELDS, WHOSE
from monitor.web.fields import DayField
from monitor.web.templatetags.cases import duename, proceedingname, tasktitle
from monitor.web.templatetags.fenghuo import own_name, person_name
from monitor.web.text import tame

NOTE = 10_000
FURTHEST = 250
"""Working days between a task and what it hangs on: a year."""
BEFORE, AFTER = "before", "after"
SIDES = [
    (BEFORE, pgettext_lazy("working days", "before it")),
    (AFTER, pgettext_lazy("working days", "after it")),
]
_WHO: Any = lazy(lambda: [(word, str(said)) for word, said in WHOSE.items()], list)
_LABELS: Mapping[str, Any] = FIELDS


class _Titled(forms.Form):
    title_zh = forms.CharField(label=_LABELS["title_zh"], max_length=200)
    title_en = forms.CharField(
        label=_LABELS["title_en"],
        max_length=300,
        required=False,
        help_text=_("Empty: readers of English see the Chinese one."),
    )
    who = forms.TypedChoiceField(label=_LABELS["who"], choices=_WHO(), coerce=Who)
    note = forms.CharField(
        label=_LABELS["note"],
        max_length=NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    days = forms.IntegerField(
        label=_("Working days"),
        min_value=0,
        max_value=FURTHEST,
        required=False,
        help_text=_("Of China, between the task and the date that it hangs on; 0: on the day."),
    )
    side = forms.ChoiceField(
        label=pgettext_lazy("working days", "Before or after"), choices=SIDES, initial=BEFORE
    )
    due = DayField(
        label=_("Due on the day"),
        required=False,
    )

    def clean_note(self) -> str:
        """As `Task.note` has its lines: a browser sends them with a carriage return."""
        return str(self.cleaned_data["note"]).replace("\r\n", "\n")

    def lead(self) -> int:
        """As `Task.lead`."""
        days: int = self.cleaned_data.get("days") or 0
        return days if self.cleaned_data.get("side") == BEFORE else -days


class EditTaskForm(_Titled):
    """`version`: the task's when the form was made."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, task: Task, data: Any = None) -> None:
        initial = {name: getattr(task, name) for name in ("title_zh", "title_en", "note", "who")}
        moves = {
            "due": task.due,
            "days": abs(task.lead),
            "side": BEFORE if task.lead >= 0 else AFTER,
            "version": task.version,
        }
        super().__init__(data, initial=initial | moves)
        self._hangs = bool(task.rule or task.stage)
        for name in ("due",) if self._hangs else ("days", "side"):
            del self.fields[name]

    def wanted(self) -> dict[str, Any]:
        """As `monitor.cases.work.editing.edit` takes it."""
        given = self.cleaned_data
        fields = {name: given[name] for name in ("title_zh", "title_en", "note", "who")}
        return fields | ({"lead": self.lead()} if self._hangs else {"due": given["due"]})


class AddTaskForm(_Titled):
    organisation = forms.TypedChoiceField(label=_LABELS["organisation"], coerce=int)
    owner = forms.TypedChoiceField(
        label=_LABELS["owner"], coerce=int, required=False, empty_value=None
    )
    date = forms.TypedChoiceField(
        label=_("Hangs on the legal date"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("It moves with that date. Else give a day below, or neither."),
    )
    checks = forms.CharField(
        label=_("Checklist"),
        max_length=NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One thing a line."),
    )
    field_order = [
        "title_zh", "title_en", "organisation", "who", "owner", "date", "days", "side", "due",
        "note", "checks",
    ]  # fmt: skip

    def __init__(
        self,
        organisations: Sequence[Organisation],
        hands: Iterable[Membership],
        dates: Iterable[Adopted],
        data: Any = None,
    ) -> None:
        """`organisations`: that may be given something to do, the reader's own first; `hands`: who
        works for that one."""
        super().__init__(data)
        self._organisations = {each.pk: each for each in organisations}
        self._hands = {each.pk: each for each in hands}
        self._dates = {each.pk: each for each in dates}
        self._own = next(iter(self._organisations), None)
        fields: dict[str, Any] = self.fields
        fields["organisation"].choices = [
            (pk, tame(own_name(each))) for pk, each in self._organisations.items()
        ]
        fields["owner"].choices = [
            ("", _("whoever takes it")),
            *((pk, person_name(each.user)) for pk, each in self._hands.items()),
        ]
        fields["date"].choices = [
            ("", _("none")),
            *((pk, _named(each)) for pk, each in self._dates.items()),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("date") and given.get("due"):
            self.add_error("due", _("Either it hangs on a legal date, or it has a day of its own."))
        if given.get("owner") and given.get("organisation") != self._own:
            self.add_error("owner", _("Who of another organisation does it is theirs to say."))
        return given

    def organisation_(self) -> Organisation:
        return self._organisations[self.cleaned_data["organisation"]]

    def owner_(self) -> Membership | None:
        return self._hands.get(self.cleaned_data["owner"] or 0)

    def date_(self) -> Adopted | None:
        return self._dates.get(self.cleaned_data["date"] or 0)

    def checks_(self) -> tuple[str, ...]:
        lines = self.cleaned_data["checks"].splitlines()
        return tuple(line.strip() for line in lines if line.strip())


class CheckForm(forms.Form):
    text = forms.CharField(label=_("Add to the checklist"), max_length=200)


class DropForm(forms.Form):
    because = forms.CharField(
        label=_("Why it will not be done"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PassForm(forms.Form):
    to = forms.TypedChoiceField(label=pgettext_lazy("task", "To whom"), coerce=int)
    because = forms.CharField(
        label=_("Why it is theirs"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("They read this, and the task as it stands with its note and checklist."),
    )

    def __init__(self, receivers: Iterable[Organisation], data: Any = None) -> None:
        super().__init__(data, prefix="pass")
        self._receivers = {each.pk: each for each in receivers}
        fields: dict[str, Any] = self.fields
        named = [(pk, tame(own_name(each))) for pk, each in self._receivers.items()]
        fields["to"].choices = named if len(named) == 1 else [("", "---------"), *named]

    def receiver(self) -> Organisation:
        return self._receivers[self.cleaned_data["to"]]


class BlockForm(forms.Form):
    by = forms.TypedChoiceField(label=_("It waits for"), coerce=int)

    def __init__(self, others: Iterable[Task], data: Any = None) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["by"].choices = [(each.pk, tame(tasktitle(each))) for each in others]


def _named(date: Adopted) -> str:
    words = [date.day.isoformat() if date.day else str(_("no day yet")), duename(date.due)]
    return " · ".join([*words, proceedingname(date.proceeding)])
