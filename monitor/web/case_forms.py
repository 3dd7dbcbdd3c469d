"""Forms of a case: how a firm answers, what people know of its dates."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monitor.cases.models import KnownDay, Respondent
from monitor.cases.words import Answer, Why
from monitor.notices.labels import Labels
from monitor.web.case_labels import KNOWN, THEY, WE, WHYS
from monitor.web.templatetags.cases import firmname

EMPTY = [("", "---------")]
TALK = 4000
"""Characters of what is said beside an answer."""


def _choices(table: Labels, *without: str) -> Any:
    return lazy(lambda: [(w, str(said)) for w, said in table.items() if w not in without], list)()


class AnswerForm(forms.Form):
    """What a firm says for itself. `seen`: its answer as the page showed it."""

    answer = forms.TypedChoiceField(
        label=_("Our answer"), choices=_choices(WE), coerce=Answer, widget=forms.RadioSelect
    )
    why = forms.TypedChoiceField(
        label=_("Why not"),
        choices=lazy(lambda: [*EMPTY, *_choices(WHYS, Why.SILENT)], list)(),
        coerce=Why,
        required=False,
        empty_value=None,
        help_text=_("Only where you do not answer."),
    )
    text = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=TALK,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.ChoiceField(
        choices=[(each.value, each.value) for each in Answer], widget=forms.HiddenInput
    )

    def __init__(self, respondent: Respondent, data: Any = None) -> None:
        prefix = f"answer-{respondent.pk}"
        initial = {"seen": respondent.answer, "answer": respondent.answer, "why": respondent.why}
        super().__init__(data, prefix=prefix, initial=initial)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        declines = given.get("answer") is Answer.DECLINES
        if declines and given.get("why") is None and "why" not in self.errors:
            self.add_error("why", _("Say why: others may be in the same place."))
        if not declines:
            given["why"] = None
        return given


class TheirAnswerForm(AnswerForm):
    """What a chamber writes down for a firm."""

    def __init__(self, respondent: Respondent, data: Any = None) -> None:
        super().__init__(respondent, data)
        fields: dict[str, Any] = self.fields
        fields["answer"].label, fields["answer"].choices = _("What it says"), _choices(THEY)
        fields["why"].choices = [*EMPTY, *_choices(WHYS)]
        fields["why"].help_text = _("Only where it does not answer.")
        fields["text"].label = _("Who said so, and how")


# --- Days ----------------------------------------------------------------------------------------


class DayForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    source = forms.CharField(
        label=_("Where it is from"),
        max_length=300,
        help_text=_("A letter, a docket entry, a mail: with its number and date."),
    )


class HappenedForm(DayForm):
    """An event that happened."""

    name = forms.ChoiceField(label=pgettext_lazy("known day", "What happened"))
    field_order = ["name", "day", "source"]

    def __init__(self, prefix: str, events: Mapping[str, str], data: Any = None) -> None:
        super().__init__(data, prefix=prefix)
        self.fields["name"].choices = [*EMPTY, *events.items()]  # type: ignore[attr-defined]

    what = KnownDay.What.EVENT
    respondent: Respondent | None = None


class DateForm(DayForm):
    """What is known of a date of the calendar: printed, postponed, extended."""

    name = forms.ChoiceField(label=_("Which date"))
    kind = forms.TypedChoiceField(
        label=_("What is known of it"),
        choices=_choices(KNOWN, KnownDay.What.EVENT),
        coerce=KnownDay.What,
        widget=forms.RadioSelect,
    )
    to = forms.TypedChoiceField(
        label=_("Extended for"), coerce=int, required=False, empty_value=None
    )
    field_order = ["name", "kind", "day", "to", "source"]

    def __init__(
        self, prefix: str, rules: Mapping[str, str], firms: Iterable[Respondent], data: Any = None
    ) -> None:
        super().__init__(data, prefix=prefix)
        self._firms = {firm.pk: firm for firm in firms}
        fields: dict[str, Any] = self.fields
        fields["name"].choices = [*EMPTY, *rules.items()]
        fields["to"].choices = [
            ("", _("everybody")),
            *((pk, firmname(firm)) for pk, firm in self._firms.items()),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("to") and given.get("kind") != KnownDay.What.EXTENDED:
            self.add_error("to", _("Only what is extended is extended for one firm."))
        return given

    @property
    def what(self) -> KnownDay.What:
        found: KnownDay.What = self.cleaned_data["kind"]
        return found

    @property
    def respondent(self) -> Respondent | None:
        return self._firms.get(self.cleaned_data.get("to") or 0)
