"""Forms of counsel: an entry of the list, a past case, an offer, a verdict, a mandate."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monitor.accounts.models import Organisation
from monitor.cases.counsel.currencies import PLACES, is_whole
from monitor.cases.counsel.words import Conflict, Fee, Verdict
from monitor.cases.models import Counsel, Document, Offer, Proceeding
from monitor.notices.labels import KINDS, Labels
from monitor.web.cases.counsel.labels import CONFLICTS, FEES, INCLUDED
from monitor.web.fields import DayField
from monitor.web.templatetags.cases import proceedingname
from monitor.web.templatetags.fenghuo import own_name
from monitor.web.templatetags.goods import place
from monitor.web.text import safe_url, tame

EMPTY = ("", "---------")
COUNTRIES = (
    "US BE GB CA AU IN BR MX AR TR RU KZ KR JP VN ID TH MY PH ZA CN HK DE FR CH NL PK EG UA CO PE"
    " CL NZ SG AE"
).split()
"""Where law firms sit that act in trade remedies."""
MARKETS = (
    "US EU GB CA AU IN BR MX AR TR EAEU KR JP VN ID TH MY PH ZA PK EG UA CO PE CL NZ CN".split()
)
"""Whose authorities they act before."""
LONG = 4000


def choices(table: Labels) -> Any:
    return lazy(lambda: [(word, str(said)) for word, said in table.items()], list)()


def places(codes: Sequence[str]) -> Any:
    return lazy(
        lambda: [EMPTY, *sorted(((c, place(c)) for c in codes), key=lambda x: x[1])], list
    )()


def currencies() -> list[tuple[str, str]]:
    return [(code, code) for code in PLACES]


def text_field(label: Any, *, required: bool = True, help_text: Any = "", rows: int = 3) -> Any:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


def line_field(label: Any, *, required: bool = True, help_text: Any = "", most: int = 300) -> Any:
    return forms.CharField(label=label, required=required, max_length=most, help_text=help_text)


def amount_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=Decimal("0.01"),
        max_digits=14,
        decimal_places=2,
        help_text=help_text,
    )


def currency_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Currency"), choices=currencies)


def check_amount(form: forms.Form, given: Mapping[str, Any]) -> None:
    whole = given.get("amount") is None or is_whole(given["amount"], given.get("currency") or "USD")
    if not whole:
        form.add_error("amount", _("The currency has not so many decimals."))


class CounselForm(forms.Form):
    name_zh = line_field(_("Name in Chinese"), required=False, most=200)
    name_en = line_field(_("Name in English"), required=False)
    seat = forms.ChoiceField(label=_("Seat"), choices=places(COUNTRIES))
    languages = line_field(_("Languages that it works in"), required=False, most=200)
    contact = line_field(_("Contact"), required=False, most=200)
    phone = line_field(_("Phone"), required=False, most=60)
    email = forms.EmailField(label=_("Mail"), required=False)
    web = line_field(_("Web address"), required=False)
    house = forms.TypedChoiceField(
        label=_("Its account here"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Where its people sign in here, so that a case can be shown to them."),
    )
    note = text_field(_("Note"), required=False, help_text=_("Only our own people read it."))
    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(
        self, firms: Iterable[Organisation], data: Any = None, row: Counsel | None = None
    ) -> None:
        initial = {name: getattr(row, name) for name in self.base_fields if hasattr(row, name)}
        if row is not None:
            initial |= {"house": row.house_id, "seen": row.version}
        super().__init__(data, initial=initial)
        self._firms = {each.pk: each for each in firms}
        named = [(pk, tame(own_name(each))) for pk, each in self._firms.items()]
        self.fields["house"].choices = [EMPTY, *named]  # type: ignore[attr-defined]

    def clean_web(self) -> str:
        given: str = self.cleaned_data["web"].strip()
        if given and safe_url(given) is None:
            raise forms.ValidationError(_("An address begins with https:// or http://."))
        return given

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not (given.get("name_zh") or given.get("name_en")):
            self.add_error("name_zh", _("It needs a name in one of the two languages."))
        given["house"] = self._firms.get(given.get("house") or 0)
        return given


class ExperienceForm(forms.Form):
    jurisdiction = forms.ChoiceField(label=_("Before the authorities of"), choices=places(MARKETS))
    kind = forms.ChoiceField(label=_("Kind of measure"), choices=choices(KINDS))
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1980, max_value=2100)
    what = line_field(_("Which case, for whom"))
    result = line_field(_("Result"), required=False)
    source = line_field(
        _("Where it is from"), help_text=_("The notice, the address, or who said so.")
    )


class OfferForm(forms.Form):
    counsel = forms.TypedChoiceField(label=pgettext_lazy("one", "Counsel"), coerce=int)
    proceeding: "forms.ModelChoiceField[Proceeding]" = forms.ModelChoiceField(
        label=_("For which proceeding"),
        queryset=None,
        required=False,
        empty_label=_("the whole case"),
    )
    scope = text_field(_("What it would do"))
    fee = forms.ChoiceField(label=_("Fee"), choices=choices(FEES), widget=forms.RadioSelect)
    amount = amount_field(_("Amount"), help_text=_("The fee, the cap, or the sum of all stages."))
    currency = currency_field()
    hourly = amount_field(
        _("For an hour"), required=False, help_text=_("Only where it is by the hour.")
    )
    terms = text_field(_("Stages, expenses, taxes, how it is paid"), required=False)
    usd_rate = forms.DecimalField(
        label=_("US dollars for one unit of the currency"),
        required=False,
        min_value=Decimal("0.00000001"),
        max_digits=14,
        decimal_places=8,
        help_text=_("Only to compare. Nothing is converted without a rate that somebody typed in."),
    )
    rate_day = DayField(label=_("Rate of"), required=False)
    rate_source = line_field(_("Source of the rate"), required=False, most=200)
    included = forms.MultipleChoiceField(
        label=_("Included"),
        required=False,
        choices=choices(INCLUDED),
        widget=forms.CheckboxSelectMultiple,
    )
    days_to_start = forms.IntegerField(
        label=_("Days until it can start"), required=False, min_value=0, max_value=999
    )
    conflict = forms.ChoiceField(
        label=_("Conflict of interest"), choices=choices(CONFLICTS), initial=Conflict.UNSAID
    )
    conflict_with = line_field(_("With whom"), required=False)
    valid_until = DayField(label=_("Holds until"), required=False)
    document: "forms.ModelChoiceField[Document]" = forms.ModelChoiceField(
        label=_("Document of the file"), queryset=None, required=False
    )

    def __init__(
        self,
        counsel: Sequence[Counsel],
        proceedings: "QuerySet[Proceeding]",
        documents: "QuerySet[Document]",
        data: Any = None,
        old: Offer | None = None,
    ) -> None:
        super().__init__(data, initial=_as_before(old) if old else None)
        self._counsel = {each.pk: each for each in counsel}
        fields: dict[str, Any] = self.fields
        named = [(pk, tame(own_name(each))) for pk, each in self._counsel.items()]
        fields["counsel"].choices = named if old else [EMPTY, *named]
        fields["proceeding"].queryset = proceedings
        fields["proceeding"].label_from_instance = proceedingname
        fields["document"].queryset = documents

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        check_amount(self, given)
        if given.get("fee") == Fee.HOURLY and not given.get("hourly"):
            self.add_error("hourly", _("Say what an hour costs."))
        if given.get("conflict") == Conflict.SOME and not given.get("conflict_with"):
            self.add_error("conflict_with", _("Say with whom."))
        if given.get("usd_rate"):
            for name in ("rate_day", "rate_source"):
                if not given.get(name):
                    self.add_error(name, _("A rate needs its day and its source."))
        return given

    def counsel_of(self) -> Counsel:
        return self._counsel[self.cleaned_data["counsel"]]

    def wish(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "counsel"}


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(
        choices=[(each.value, each.value) for each in (Verdict.CHOSEN, Verdict.PASSED)]
    )
    why = forms.CharField(label=_("Reason"), required=False, max_length=LONG)
    seen = forms.ChoiceField(choices=[(each.value, each.value) for each in Verdict])


class MandateForm(forms.Form):
    counsel = forms.TypedChoiceField(label=pgettext_lazy("one", "Counsel"), coerce=int)
    scope = text_field(_("What it is to do"))
    since = DayField(label=_("From which day"))
    document: "forms.ModelChoiceField[Document]" = forms.ModelChoiceField(
        label=_("Signed document of the file"), queryset=None, required=False
    )

    def __init__(
        self,
        counsel: Sequence[Counsel],
        documents: "QuerySet[Document]",
        today: date,
        data: Any = None,
        offer: Offer | None = None,
    ) -> None:
        initial: dict[str, Any] = {"since": today}
        if offer is not None:
            initial |= {"counsel": offer.counsel_id, "scope": offer.scope}
        super().__init__(data, initial=initial)
        self._counsel = {each.pk: each for each in counsel}
        fields: dict[str, Any] = self.fields
        named = [(pk, tame(own_name(each))) for pk, each in self._counsel.items()]
        fields["counsel"].choices = named if offer else [EMPTY, *named]
        fields["document"].queryset = documents

    def counsel_of(self) -> Counsel:
        return self._counsel[self.cleaned_data["counsel"]]


def _as_before(old: Offer) -> dict[str, Any]:
    names = [name for name in OfferForm.base_fields if name not in {"counsel", "document"}]
    return {name: getattr(old, name) for name in names} | {"counsel": old.counsel_id}
