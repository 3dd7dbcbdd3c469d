"""Forms of outcomes: writing one down, taking over what a notice prints, closing the case."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monitor.cases.models import Respondent
from monitor.cases.outcomes.closing import SHORTEST
from monitor.cases.outcomes.entering import Said
from monitor.cases.outcomes.proposing import Proposal
from monitor.cases.outcomes.words import OWN_ONLY, Force, Result
from monitor.notices.models import Notice
from monitor.web.cases.forms import EMPTY, _choices
from monitor.web.cases.outcomes.labels import FORCES, RESULTS
from monitor.web.fields import DayField
from monitor.web.templatetags.cases import firmname

PREFIX = "outcome"


def _percent(label: Any, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=Decimal(0),
        max_digits=8,
        decimal_places=3,
        help_text=help_text,
    )


class OutcomeForm(forms.Form):
    """What a proceeding came to, for a firm or for everybody else."""

    proceeding = forms.TypedChoiceField(label=_("Of which procedure"), coerce=int)
    firm = forms.TypedChoiceField(label=_("For whom"), coerce=int, required=False, empty_value=None)
    result = forms.TypedChoiceField(label=_("Result"), coerce=Result)
    force = forms.TypedChoiceField(
        label=_("Preliminary or final"),
        choices=_choices(FORCES),
        coerce=Force,
        widget=forms.RadioSelect,
        initial=Force.DEFINITIVE,
    )
    rate = _percent(_("Rate, in percent of the value"), _("As it was determined: 12.34"))
    deposit_rate = _percent(
        _("Deposit, in percent"), _("Only where importers deposit another rate than that.")
    )
    amount = forms.DecimalField(
        label=_("Or an amount of money"),
        required=False,
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=4,
        help_text=_("Of a specific duty; of an undertaking, the lowest price."),
    )
    currency = forms.RegexField(
        r"^[A-Z]{3}$", label=_("Currency"), required=False, help_text=_("Three letters: EUR, USD")
    )
    unit = forms.CharField(
        label=_("For each"), required=False, max_length=20, help_text=_("t, kg, pair, m²")
    )
    day = DayField(label=_("Published on"))
    deposit_from = DayField(label=_("Importers pay from"), required=False)
    notice = forms.TypedChoiceField(
        label=_("Printed in the notice"), coerce=int, required=False, empty_value=None
    )
    source = forms.CharField(
        label=_("Or where it is from"),
        required=False,
        max_length=300,
        help_text=_("A letter, a gazette, a document of the file: with its number and date."),
    )

    def __init__(
        self,
        proceedings: Mapping[int, str],
        firms: Sequence[Respondent],
        notices: Mapping[int, Notice],
        data: Any = None,
        *,
        for_all: bool,
    ) -> None:
        """`for_all`: whether the reader may say what everybody else gets."""
        super().__init__(data, prefix=PREFIX)
        self._firms = {firm.pk: firm for firm in firms}
        self._notices = notices
        fields: dict[str, Any] = self.fields
        fields["proceeding"].choices = [*EMPTY, *proceedings.items()]
        everybody = [("", pgettext_lazy("for whom", "everybody without a rate of their own"))]
        named = [(pk, firmname(firm)) for pk, firm in self._firms.items()]
        fields["firm"].choices = [*(everybody if for_all else ()), *named]
        fields["result"].choices = [*EMPTY, *((r.value, str(RESULTS[r])) for r in Result)]
        fields["notice"].choices = [
            *EMPTY,
            *((pk, f"{n.published} {n.number}") for pk, n in notices.items()),
        ]
        fields["firm"].required = not for_all

    def respondent(self) -> Respondent | None:
        return self._firms.get(self.cleaned_data["firm"] or 0)

    def said(self) -> Said:
        given = dict(self.cleaned_data)
        notice = self._notices.get(given.pop("notice") or 0)
        del given["proceeding"], given["firm"]
        return Said(notice=notice, **given)


class TakeForm(forms.Form):
    """What a line of a notice is, said by whoever takes it over."""

    result = forms.TypedChoiceField(label=_("Result"), coerce=Result)
    deposit_from = DayField(label=_("Importers pay from"), required=False)
    key = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, proposal: Proposal, data: Any = None) -> None:
        super().__init__(data, prefix=f"take-{proposal.key}")
        self._proposal = proposal
        fields: dict[str, Any] = self.fields
        fields["key"].initial = proposal.key
        if proposal.result is not None:
            given = [proposal.result]
            fields["result"].initial = proposal.result
        else:
            given = sorted(
                OWN_ONLY | {Result.ALL_OTHERS, Result.COUNTRY_WIDE}, key=list(Result).index
            )
        blank = EMPTY if proposal.result is None else []
        fields["result"].choices = [*blank, *((r.value, str(RESULTS[r])) for r in given)]

    def said(self) -> Said:
        proposal = self._proposal
        return Said(
            result=self.cleaned_data["result"],
            force=proposal.force,
            day=proposal.notice.published,
            rate=proposal.printed.rate,
            deposit_rate=proposal.deposit,
            deposit_from=self.cleaned_data["deposit_from"],
            notice=proposal.notice,
            source=proposal.printed.line[:300],
        )


class CloseForm(forms.Form):
    """`known_over`: asked only where notices tell of something that goes on."""

    summary = forms.CharField(
        label=_("What came of the case"),
        min_length=SHORTEST,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stands beside similar cases later: rates, what helped, what did not."),
    )
    known_over = forms.BooleanField(
        label=_("I know that what is listed above is over, though no notice says so."),
    )

    def __init__(self, data: Any = None, *, is_left: bool) -> None:
        super().__init__(data, prefix="close")
        if not is_left:
            del self.fields["known_over"]
