"""Forms of a case: how a firm answers, what people know of its dates."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monitor.cases.knowing import Word
from monitor.cases.models import KnownDay, Respondent
from monitor.cases.respondents import Reply
from monitor.cases.words import Answer, Joins, Why
from monitor.notices.labels import Labels
from monitor.web.cases.labels import JOINS, KNOWN, THEIR_JOINS, THEY, WE, WHYS
from monitor.web.fields import DayField
from monitor.web.templatetags.cases import firmname

EMPTY = [("", "---------")]
_TOGETHER = (Answer.ANSWERS, Answer.JOINS)
TALK = 4000
"""Characters of what is said beside an answer."""


def _choices(table: Labels, *without: str, optional: bool = False) -> Any:
    """In the language of the page that they are on. Made once: every `lazy` is a class of its own,
    which takes longer to make than the field."""

    def said() -> list[tuple[str, str]]:
        words = [(word, str(label)) for word, label in table.items() if word not in without]
        return [*EMPTY, *words] if optional else words

    return lazy(said, list)()


_THEY, _THEIR_WHYS = _choices(THEY), _choices(WHYS, optional=True)
_THEIR_JOINS = _choices(THEIR_JOINS, optional=True)


class AnswerForm(forms.Form):
    """What a firm says for itself. `seen`, `last`: its answer and the last statement (primary key,
    0: none) as the page showed them."""

    answer = forms.TypedChoiceField(
        label=_("Our answer"), choices=_choices(WE), coerce=Answer, widget=forms.RadioSelect
    )
    why = forms.TypedChoiceField(
        label=_("Why not"),
        choices=_choices(WHYS, Why.SILENT, optional=True),
        coerce=Why,
        required=False,
        empty_value=None,
        help_text=_("Only where you do not answer."),
    )
    joins = forms.TypedChoiceField(
        label=_("With whom"),
        choices=_choices(JOINS, optional=True),
        coerce=Joins,
        required=False,
        empty_value=None,
        help_text=_("Only where you answer together with others."),
    )
    whom = forms.CharField(
        label=_("Names of the others"),
        required=False,
        max_length=200,
        help_text=_("The counsel or the firms that you answer with, by name."),
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
    last = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, respondent: Respondent, data: Any = None, last: int | None = None) -> None:
        initial = {
            "seen": respondent.answer,
            "last": last,
            "answer": respondent.answer,
            "why": respondent.why,
            "joins": respondent.joins,
            "whom": respondent.joins_whom,
        }
        super().__init__(data, prefix=f"answer-{respondent.pk}", initial=initial)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        declines = given.get("answer") is Answer.DECLINES
        if declines and given.get("why") is None and "why" not in self.errors:
            self.add_error("why", _("Say why: others may be in the same place."))
        if not declines:
            given["why"] = None
        self._clean_joins(given)
        return given

    def _clean_joins(self, given: dict[str, Any]) -> None:
        """What belongs to another answer than the one that is given is left out."""
        if given.get("answer") is not Answer.JOINS:
            given["joins"], given["whom"] = None, ""
        elif given.get("joins") is not Joins.OTHERS:
            given["whom"] = ""
        elif not given.get("whom") and "whom" not in self.errors:
            self.add_error("whom", _("Name them: only you know who they are."))

    def reply(self) -> Reply:
        """Raises CannotSayError."""
        given = self.cleaned_data
        return Reply(**{name: given[name] for name in ("answer", "why", "text", "joins", "whom")})


class TheirAnswerForm(AnswerForm):
    """What a chamber writes down for a firm."""

    def __init__(self, respondent: Respondent, data: Any = None, last: int | None = None) -> None:
        super().__init__(respondent, data, last)
        fields: dict[str, Any] = self.fields
        fields["answer"].label, fields["answer"].choices = _("What it says"), _THEY
        fields["why"].choices = _THEIR_WHYS
        fields["why"].help_text = _("Only where it does not answer.")
        fields["joins"].choices = _THEIR_JOINS
        fields["joins"].help_text = _("Only where it answers together with others.")
        fields["whom"].help_text = _("The counsel or the firms that it answers with, by name.")
        fields["text"].label = _("Who said so, and how")


class TieForm(forms.Form):
    """Which firm answers with which other one."""

    firm = forms.TypedChoiceField(label=_("Firm that joins"), coerce=int)
    to = forms.TypedChoiceField(
        label=_("It answers with"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, firms: Iterable[Respondent], data: Any = None) -> None:
        """`firms`: ours on the list, as far as they are seen."""
        super().__init__(data, prefix="tie")
        self._firms = {firm.pk: firm for firm in firms}
        named = [(pk, firmname(firm), firm.answer) for pk, firm in self._firms.items()]
        joining = [(pk, name) for pk, name, answer in named if answer == Answer.JOINS]
        with_whom = [(pk, name) for pk, name, answer in named if answer in _TOGETHER]
        fields: dict[str, Any] = self.fields
        fields["firm"].choices = [*EMPTY, *joining]
        fields["to"].choices = [("", _("nobody in particular")), *with_whom]
        self.is_of_use = bool(joining) and len(with_whom) > 1

    def pair(self) -> tuple[Respondent, Respondent | None]:
        given = self.cleaned_data
        return self._firms[given["firm"]], self._firms.get(given["to"] or 0)


# --- Days ----------------------------------------------------------------------------------------


def _known(*what: KnownDay.What) -> Any:
    return _choices({word: KNOWN[word] for word in what})


class DayForm(forms.Form):
    day = DayField(label=_("Day"))
    source = forms.CharField(
        label=_("Where it is from"),
        max_length=300,
        help_text=_("A letter, a docket entry, a mail: with its number and date."),
    )


class HappenedForm(DayForm):
    """An event that happened."""

    asks = _("Enter what happened")

    name = forms.ChoiceField(label=pgettext_lazy("known day", "What happened"))
    field_order = ["name", "day", "source"]

    def __init__(self, prefix: str, events: Mapping[str, str], data: Any = None) -> None:
        super().__init__(data, prefix=prefix)
        self.fields["name"].choices = [*EMPTY, *events.items()]  # type: ignore[attr-defined]

    def word(self) -> Word:
        given = self.cleaned_data
        return Word(KnownDay.What.EVENT, given["name"], given["day"], given["source"])


class DateForm(DayForm):
    """What is known of a date of the calendar: printed, postponed, extended."""

    asks = _("Enter a printed, postponed or extended date")

    name = forms.ChoiceField(label=_("Which date"))
    kind = forms.TypedChoiceField(
        label=_("What is known of it"),
        choices=_known(KnownDay.What.PRINTED, KnownDay.What.POSTPONED, KnownDay.What.EXTENDED),
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

    def word(self) -> Word:
        given = self.cleaned_data
        respondent = self._firms.get(given.get("to") or 0)
        return Word(given["kind"], given["name"], given["day"], given["source"], respondent)


class PauseForm(DayForm):
    """What lengthens all periods that run: the authority's tolling, a court's stay."""

    asks = _("Enter a tolling or a court's stay")

    kind = forms.TypedChoiceField(
        label=_("What lengthens all periods"),
        choices=_known(KnownDay.What.TOLLED, KnownDay.What.STAYED),
        coerce=KnownDay.What,
        widget=forms.RadioSelect,
    )
    days = forms.IntegerField(
        label=_("By how many days"),
        required=False,
        min_value=0,
        max_value=999,
        help_text=_("Of a tolling. 0: this case was not tolled, though others were."),
    )
    until = DayField(
        label=pgettext_lazy("stay", "Until"),
        required=False,
        help_text=_(
            "Of a stay, the last day. Empty: there is no stay; what was said is taken back."
        ),
    )
    field_order = ["kind", "day", "days", "until", "source"]

    def __init__(self, prefix: str, data: Any = None) -> None:
        super().__init__(data, prefix=prefix)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        day, until = given.get("day"), given.get("until")
        if given.get("kind") == KnownDay.What.TOLLED:
            given["until"] = None
            if given.get("days") is None and "days" not in self.errors:
                self.add_error("days", _("Say by how many days."))
        elif given.get("kind") == KnownDay.What.STAYED:
            given["days"] = None
            if day and until and until < day:
                self.add_error("until", _("A stay ends after it begins."))
        return given

    def word(self) -> Word:
        given = self.cleaned_data
        return Word(
            given["kind"],
            "",
            given["day"],
            given["source"],
            days=given["days"],
            until=given["until"],
        )
