"""Forms of a mandate: whom it is for, how its costs are shared, what it cost, what was paid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monitor.accounts.models import Organisation
from monitor.cases.counsel.subsidies import Subsidised
from monitor.cases.counsel.words import Payer
from monitor.cases.models import Cost, Document, MandateFirm, Payment, Respondent
from monitor.web.cases.counsel.forms import (
    EMPTY,
    amount_field,
    check_amount,
    choices,
    currencies,
    currency_field,
    line_field,
    text_field,
)
from monitor.web.cases.counsel.labels import PAYERS, RULES
from monitor.web.fields import DayField
from monitor.web.templatetags.cases import firmname
from monitor.web.templatetags.counsel import insum
from monitor.web.templatetags.fenghuo import own_name
from monitor.web.text import tame


@dataclass(frozen=True)
class Within:
    """What the forms of a mandate choose from."""

    today: date
    firms: Sequence[MandateFirm]
    others: Sequence[Respondent]
    """That may join."""
    costs: Sequence[Cost]
    """That may be reversed."""
    payments: Sequence[Payment]
    documents: "QuerySet[Document]"
    offices: Sequence[Organisation] = ()
    """That may bear a part."""
    subsidised: Sequence[Subsidised] = ()
    """By office, what it bears."""


class ActForm(forms.Form):
    """One act on a mandate. Rows are chosen by primary key, and given as rows."""

    row: str = ""
    """The field in which a row is chosen."""

    def __init__(self, within: Within, prefix: str, data: Any = None) -> None:
        super().__init__(data, prefix=prefix)
        self.rows: Mapping[Any, Any] = {}
        self.fill(within)

    def fill(self, within: Within) -> None:
        """Choices and first values."""

    def offer(self, field: str, rows: Mapping[Any, Any], named: dict[int, str]) -> None:
        self.row, self.rows = field, rows
        self.fields[field].choices = [EMPTY, *named.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.row and self.row in given:
            given[self.row] = self.rows[given[self.row]]
        if "currency" in given:
            check_amount(self, given)
        return given

    def firm_of(self, within: Within) -> None:
        rows = {firm.pk: firm for firm in within.firms}
        self.offer("firm", rows, {pk: firmname(firm.respondent) for pk, firm in rows.items()})


def row_field(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int)


class JoinForm(ActForm):
    firm = row_field(_("Firm"))
    since = DayField(
        label=_("From which day"),
        help_text=_("It shares the costs of this day and of later ones that are not divided yet."),
    )

    def fill(self, within: Within) -> None:
        rows = {each.pk: each for each in within.others}
        self.offer("firm", rows, {pk: firmname(each) for pk, each in rows.items()})
        self.initial["since"] = within.today


class LeaveForm(ActForm):
    firm = row_field(_("Firm"))
    until = DayField(label=_("Last day"), help_text=_("It shares the costs up to this day."))
    because = line_field(_("Reason"))

    def fill(self, within: Within) -> None:
        self.firm_of(within)


class RuleForm(ActForm):
    rule = forms.ChoiceField(
        label=_("Costs are shared"), choices=choices(RULES), widget=forms.RadioSelect
    )
    since = DayField(
        label=_("From which day"),
        help_text=_("Costs from this day on. What was divided already stays."),
    )
    why = line_field(
        _("Agreed where"), help_text=_("Minutes, a letter, the agreement of the firms.")
    )
    payer = forms.ChoiceField(
        label=_("A part is borne by"),
        required=False,
        choices=lambda: [("", _("nobody else")), *((w, str(said)) for w, said in PAYERS.items())],
    )
    bearer = forms.TypedChoiceField(
        label=_("Which office"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("It reads what it bears: each of those costs whole, its part, what is open."),
    )
    percent = forms.DecimalField(
        label=_("Percent of every cost"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(100),
        max_digits=5,
        decimal_places=2,
    )
    amount = amount_field(
        _("Or an amount in all"), required=False, help_text=_("Until it is used up.")
    )
    currency = forms.ChoiceField(
        label=_("Currency of the amount"),
        required=False,
        choices=lambda: [EMPTY, *currencies()],
    )

    def fill(self, within: Within) -> None:
        self.initial["since"] = within.today
        named = {each.pk: tame(own_name(each)) for each in within.offices}
        self.offer("bearer", {None: None, **{each.pk: each for each in within.offices}}, named)
        if len(within.offices) == 1:
            self.initial["bearer"] = within.offices[0].pk

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("payer") != Payer.OFFICE:
            given["bearer"] = None
        elif not given.get("bearer"):
            self.add_error("bearer", _("Say which office bears it."))
        parts = [given.get("percent"), given.get("amount")]
        if bool(given.get("payer")) != (parts.count(None) == 1):
            self.add_error("percent", _("Whoever bears a part bears a percentage or an amount."))
        if given.get("amount") and not given.get("currency"):
            self.add_error("currency", _("An amount needs its currency."))
        if not given.get("amount"):
            given["currency"] = ""
        return given


class CostForm(ActForm):
    day = DayField(label=_("Day"))
    what = line_field(_("What for"), help_text=_("The bill with its number, the expense."))
    amount = amount_field(_("Amount"))
    currency = currency_field()
    document: "forms.ModelChoiceField[Document]" = forms.ModelChoiceField(
        label=_("Document of the file"), queryset=None, required=False
    )

    def fill(self, within: Within) -> None:
        self.initial["day"] = within.today
        field: Any = self.fields["document"]
        field.queryset = within.documents


class ReverseForm(ActForm):
    cost = row_field(_("Cost"))
    why = line_field(_("Reason"))

    def fill(self, within: Within) -> None:
        rows = {each.pk: each for each in within.costs}
        named = {
            pk: f"{each.day} · {tame(each.what)} · {insum(each.amount, each.currency)}"
            for pk, each in rows.items()
        }
        self.offer("cost", rows, named)


class PayForm(ActForm):
    firm = row_field(_("Firm"))
    day = DayField(label=_("Day"))
    amount = amount_field(_("Amount"))
    currency = currency_field()
    note = line_field(_("Note"), required=False)

    def fill(self, within: Within) -> None:
        self.firm_of(within)
        self.initial["day"] = within.today


class TakeBackForm(ActForm):
    payment = row_field(pgettext_lazy("money", "Payment"))
    why = line_field(_("Reason"))

    def fill(self, within: Within) -> None:
        rows = {each.pk: each for each in within.payments}
        named = {
            pk: f"{each.day} · {firmname(each.firm.respondent)} · "
            f"{insum(each.amount, each.currency)}"
            for pk, each in rows.items()
        }
        self.offer("payment", rows, named)


class SubsidyForm(ActForm):
    office = row_field(_("Office"))
    day = DayField(label=_("Day"))
    amount = amount_field(_("Amount"))
    currency = currency_field()
    note = line_field(_("Note"), required=False)

    def fill(self, within: Within) -> None:
        rows = {each.office.pk: each.office for each in within.subsidised}
        self.offer("office", rows, {pk: tame(own_name(row)) for pk, row in rows.items()})
        self.initial["day"] = within.today


class TakeBackSubsidyForm(ActForm):
    payment = row_field(pgettext_lazy("money", "Payment"))
    why = line_field(_("Reason"))

    def fill(self, within: Within) -> None:
        paid = [payment for each in within.subsidised for payment in each.payments]
        gone = {each.reverses_id for each in paid}
        rows = {each.pk: each for each in paid if each.pk not in gone and not each.reverses_id}
        named = {
            pk: f"{each.day} · {tame(own_name(each.organisation))} · "
            f"{insum(each.amount, each.currency)}"
            for pk, each in rows.items()
        }
        self.offer("payment", rows, named)


class BenefitForm(ActForm):
    firm = row_field(_("Firm"))
    benefit = forms.DecimalField(
        label=_("Its benefit"), min_value=Decimal(0), max_digits=14, decimal_places=2
    )
    why = line_field(
        _("What the benefit is"), help_text=_("The duty that it saves in a year, for one.")
    )

    def fill(self, within: Within) -> None:
        self.firm_of(within)


class ExportsForm(ActForm):
    usd = forms.DecimalField(
        label=_("Our exports of the goods to that market in a year, US dollars"),
        min_value=Decimal(0),
        max_digits=14,
        decimal_places=2,
        help_text=_(
            "For the sharing of these costs alone. The chamber reads it; where few firms share, the"
            " others can work it out from their own share."
        ),
    )


class EndForm(ActForm):
    until = DayField(label=_("Last day"))
    because = text_field(_("Reason"))
