"""Forms of what is done with a row of a register: its next status, what follows from it, what
belongs to it, a price against its floors."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monitor.accounts.models import Membership
from monitor.cases.abroad.following_up import MOST, Wish
from monitor.cases.models import Respondent
from monitor.cases.models.abroad import Abroad
from monitor.notices.models import Notice
from monitor.web.cases.abroad import labels
from monitor.web.cases.abroad.forms import EMPTY, Priced, line_field
from monitor.web.fields import DayField
from monitor.web.templatetags.cases import firmname
from monitor.web.templatetags.fenghuo import person_name
from monitor.web.text import tame


class CheckForm(Priced):
    """A price that somebody wants to sell at. `firms`: whose floors they may ask for."""

    day = DayField(label=_("Day of sale"))
    respondent = forms.ChoiceField(label=_("For which firm"), required=False)
    field_order = ["day", "respondent", "model", "amount", "currency", "unit", "incoterm"]

    def __init__(self, firms: Sequence[Respondent], day: date, data: Any = None) -> None:
        super().__init__(data, prefix="check", initial={"day": day})
        field: Any = self.fields["respondent"]
        field.choices = [*EMPTY, *((f.pk, firmname(f)) for f in firms)]
        self.fields["model"].help_text = ""
        if len(firms) == 1:
            field.choices = field.choices[1:]

    @property
    def firm(self) -> int | None:
        given = self.cleaned_data["respondent"]
        return int(given) if given else None


class StatusForm(forms.Form):
    status = forms.ChoiceField(label=_("Status now"))
    day = DayField(label=_("Since"))
    notice: "forms.ModelChoiceField[Notice]" = forms.ModelChoiceField(
        label=_("Notice that says so"), queryset=Notice.objects.none(), required=False
    )
    source = line_field(_("Where else it is from"), 300)

    def __init__(
        self, model: str, row: Abroad, notices: Any, today: date, data: Any = None
    ) -> None:
        super().__init__(data, prefix="status", initial={"day": today})
        self._today = today
        fields: dict[str, Any] = self.fields
        now = getattr(row, "status", "")
        table = labels.STATUSES[model]
        fields["status"].choices = [
            *EMPTY,
            *((word, said) for word, said in table.items() if word != now),
        ]
        fields["notice"].queryset = notices
        fields["notice"].label_from_instance = _notice

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self._today:
            raise ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("notice") and not given.get("source"):
            self.add_error("source", _("Say where it is from: a notice, a letter, a mail."))
        return given


def _notice(row: Notice) -> str:
    return f"{row.published:%Y-%m-%d} {tame(row.number)}"


class FollowForm(forms.Form):
    """A task that follows from it. `hands`: of the own organisation."""

    title = line_field(_("What is to be done"), 200, required=True)
    due = DayField(label=pgettext_lazy("task", "Due"), required=False)
    firm = forms.ChoiceField(label=_("For which firm"), required=False)
    to = forms.ChoiceField(label=_("Who does it"), required=False)
    times = forms.IntegerField(
        label=_("How often"),
        min_value=1,
        max_value=MOST,
        initial=1,
        help_text=_("Every three months from that day on: for quarterly reports."),
    )

    def __init__(
        self, hands: Iterable[Membership], firms: Sequence[Respondent], data: Any = None
    ) -> None:
        super().__init__(data, prefix="follow")
        self._hands = {str(each.pk): each.user for each in hands}
        self._firms = {str(each.pk): each for each in firms}
        fields: dict[str, Any] = self.fields
        people = [(pk, person_name(user)) for pk, user in self._hands.items()]
        fields["to"].choices = [("", _("whoever takes it")), *people]
        fields["firm"].choices = [
            ("", _("ourselves")),
            *((pk, firmname(firm)) for pk, firm in self._firms.items()),
        ]
        if not self._firms:
            del self.fields["firm"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (given.get("times") or 1) > 1 and not given.get("due"):
            self.add_error("due", _("What comes again needs its first day."))
        if given.get("firm") and given.get("to"):
            self.add_error("to", _("A firm's task is taken by its own people."))
        return given

    def wish(self) -> Wish:
        given = self.cleaned_data
        return Wish(
            given["title"],
            given["due"],
            owner=self._hands.get(given["to"]),
            firm=self._firms.get(given.get("firm", "")),
            times=given["times"],
        )


class TieForm(forms.Form):
    """A document or a firm of the case that it does not have yet."""

    other = forms.ChoiceField()

    def __init__(self, name: str, rows: Sequence[tuple[int, str]], data: Any = None) -> None:
        super().__init__(data, prefix=name)
        self.fields["other"].label = _("Firm") if name == "firms" else _("Document")
        self.fields["other"].choices = [*EMPTY, *rows]  # type: ignore[attr-defined]
