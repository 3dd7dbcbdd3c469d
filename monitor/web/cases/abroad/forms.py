"""Forms of what is done abroad: a row of a register, a part of one."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from babel import Locale
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bundles import places
from monitor.cases.abroad import words
from monitor.cases.models import Respondent
from monitor.cases.models.abroad import Versioned
from monitor.notices.labels import Labels
from monitor.web.cases.abroad import labels
from monitor.web.fields import DayField
from monitor.web.templatetags.cases import firmname
from monitor.web.templatetags.fenghuo import tongue
from monitor.web.text import tame

EMPTY = [("", "---------")]
TALK = 8000
"""Characters of a text."""
INCOTERMS = ("EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP")
"""Incoterms 2020."""
CURRENCIES = tuple(
    "USD EUR CNY GBP JPY CAD AUD INR BRL MXN TRY KRW THB IDR VND ZAR RUB CHF ARS".split()
)
_CODE = re.compile(r"\d{4,10}")


def _choices(table: Labels, *, optional: bool = False) -> Any:
    return lazy(
        lambda: [*(EMPTY if optional else []), *((w, str(said)) for w, said in table.items())], list
    )()


def _one(label: Any, table: Labels, *, required: bool = True, **given: Any) -> forms.ChoiceField:
    choices = _choices(table, optional=True)
    return forms.ChoiceField(label=label, choices=choices, required=required, **given)


def line_field(label: Any, length: int, *, required: bool = False, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=required, **given)


def _text(label: Any, *, rows: int = 3, **given: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=TALK, widget=area, **{"required": False} | given)


class Sheet(forms.Form):
    """A row as it is filled in. `version`: the row's when the form was made."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        row: Versioned | None = None,
        data: Any = None,
        first: dict[str, Any] | None = None,
    ) -> None:
        """`first`: what is known of one that is added."""
        super().__init__(data, initial=self.read(row) if row is not None else first)

    @classmethod
    def read(cls, row: Versioned) -> dict[str, Any]:
        """What the fields hold, as the row has it."""
        return {name: getattr(row, _column(name)) for name in cls.base_fields}

    @property
    def wanted(self) -> dict[str, Any]:
        return {name: given for name, given in self.cleaned_data.items() if name != "version"}

    def overtaken(self, version: int, theirs: Mapping[str, str], by: Sequence[str]) -> "Sheet":
        """The same form once more, with what others have written said at each field."""
        data = QueryDict(mutable=True)
        data.update(self.data)  # of several values of a field each is kept
        data[self.add_prefix("version")] = str(version)
        again = self.again(data)
        who = ", ".join(by)
        for name, text in theirs.items():
            said = _("%(who)s has changed this meanwhile to “%(text)s”. Yours is still here.")
            again.add_error(name, said % {"who": who, "text": text})
        return again

    def again(self, data: Any) -> "Sheet":
        return type(self)(None, data)


def _column(name: str) -> str:
    """Of a firm its primary key, which needs no question to the database."""
    return "respondent_id" if name == "respondent" else name


# --- Contacts ------------------------------------------------------------------------------------


def _countries() -> list[tuple[str, str]]:
    """Every place that trades, by its name in the reader's language."""
    named = ((code, places.name(code, tongue())) for code in ("EU", "EAEU", *_CODES))
    return [*EMPTY, *sorted(named, key=lambda pair: pair[1])]


_CODES = tuple(
    code
    for code in map(str, Locale("en").territories)
    if len(code) == 2 and code.isalpha() and code not in {*places.NOT_PLACES, "EU"}
)


class ContactForm(Sheet):
    day = DayField(label=_("Day"))
    side = _one(_("Who of us"), labels.SIDES)
    ours = line_field(_("Our people"), 300)
    whom = _one(_("Who they are"), labels.WHOM)
    body = line_field(_("Their organisation"), 300, required=True)
    country = forms.ChoiceField(label=_("Country"), choices=_countries)
    people = line_field(_("Their people"), 300)
    channel = _one(pgettext_lazy("contact", "How"), labels.CHANNELS)
    place = line_field(pgettext_lazy("contact", "Place"), 200)
    subject = line_field(pgettext_lazy("contact", "Subject"), 300, required=True)
    position = _text(_("Our position"))
    said = _text(_("What they said"))
    audience = _one(_("Who may read it"), labels.AUDIENCES, initial=words.Audience.CHAMBERS.value)


class PledgeForm(Sheet):
    is_ours = forms.TypedChoiceField(
        label=_("Who promised"),
        choices=[("", "---------"), ("0", _("they promised us")), ("1", _("we promised them"))],
        coerce=lambda given: given == "1",
    )
    who = line_field(_("By whom"), 200)
    what = line_field(pgettext_lazy("promise", "What"), 500, required=True)
    until = DayField(label=_("By when"), required=False)
    result = _one(_("What became of it"), labels.RESULTS, initial=words.Result.OPEN.value)
    result_on = DayField(label=_("On which day"), required=False)
    note = _text(_("Note"), rows=2)

    @classmethod
    def read(cls, row: Versioned) -> dict[str, Any]:
        found = super().read(row)
        return found | {"is_ours": "1" if found["is_ours"] else "0"}


# --- Undertakings --------------------------------------------------------------------------------


class _From(Sheet):
    """From a day to a day."""

    first_last = ("begins", "ends")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = (given.get(name) for name in self.first_last)
        if first and last and last < first:
            self.add_error(self.first_last[1], _("This is before the first day."))
        return given


class UndertakingForm(_From):
    kind = _one(pgettext_lazy("undertaking", "Kind"), labels.DEALS)
    authority = line_field(_("Authority"), 200, required=True)
    goods = line_field(_("Goods"), 300, required=True)
    begins = DayField(label=pgettext_lazy("undertaking", "From"), required=False)
    ends = DayField(label=pgettext_lazy("undertaking", "Until"), required=False)
    indexing = _text(
        _("How the floor price moves"),
        help_text=_("Index and its source, base month, threshold, how often it is adapted."),
    )
    terms = _text(_("Other terms"), help_text=_("Quantities, reports, verification visits."))


class _OfFirm(Sheet):
    """Of one firm that the row covers, or of all."""

    def __init__(
        self,
        firms: Sequence[Respondent],
        row: Versioned | None = None,
        data: Any = None,
    ) -> None:
        super().__init__(row, data)
        self._firms = firms
        field: Any = self.fields["respondent"]
        field.choices = [("", _("all whom it covers")), *((f.pk, firmname(f)) for f in firms)]

    def clean_respondent(self) -> Respondent | None:
        given = self.cleaned_data["respondent"]
        return next((firm for firm in self._firms if str(firm.pk) == given), None)

    def again(self, data: Any) -> Sheet:
        return type(self)(self._firms, None, data)


def _firm() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("For which firm"),
        required=False,
        help_text=_("What is entered for one firm is seen by no other firm."),
    )


class Priced(forms.Form):
    model = line_field(
        _("Type or model"), 120, help_text=_("Empty: every type that has no floor of its own.")
    )
    amount = forms.DecimalField(
        label=_("Price"), max_digits=14, decimal_places=4, min_value=Decimal("0.0001")
    )
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[(code, code) for code in CURRENCIES], initial="USD"
    )
    unit = forms.ChoiceField(label=_("Per"), choices=_choices(labels.UNITS))
    incoterm = forms.ChoiceField(
        label=_("Incoterm"), choices=[(term, term) for term in INCOTERMS], initial="FOB"
    )


class FloorForm(Priced, _OfFirm, _From):
    first_last = ("first", "last")
    respondent = _firm()
    first = DayField(label=pgettext_lazy("floor", "From"))
    last = DayField(
        label=pgettext_lazy("floor", "Until"),
        help_text=_("Empty: until another price is fixed."),
        required=False,
    )
    field_order = ["respondent", "model", "amount", "currency", "unit", "incoterm", "first", "last"]


# --- Exclusions ----------------------------------------------------------------------------------


class ExclusionForm(Sheet):
    programme = _one(_("From what"), labels.PROGRAMMES)
    measure = line_field(_("Which list, order or regulation"), 200)
    product = _text(_("Product, as it is described"), required=True)
    codes = line_field(
        _("Codes"), 300, help_text=_("HS or tariff codes of 4 to 10 digits, one after the other.")
    )
    requester = _one(pgettext_lazy("exclusion", "Who asks"), labels.REQUESTERS)
    requester_name = line_field(_("Name of who asks"), 200)
    docket = line_field(_("Docket number"), 120)
    filed_on = DayField(label=_("Filed on"), required=False)
    reasons = forms.MultipleChoiceField(
        label=_("Reasons"),
        choices=_choices(labels.REASONS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    grounds = _text(_("Grounds"))
    supporters = _text(_("Who supports it"), rows=2)
    objections = _text(_("Who objects, and why"), rows=2)
    decision = _text(_("Decision"), rows=2)
    valid_until = DayField(
        label=_("Valid until"),
        help_text=_("A task to ask for it anew is made by itself."),
        required=False,
    )
    renew_by = DayField(
        label=_("To be asked for anew by"),
        help_text=_("Empty: 60 days before the exclusion ends."),
        required=False,
    )
    audience = _one(_("Who may read it"), labels.AUDIENCES, initial=words.Audience.CHAMBERS.value)

    @classmethod
    def read(cls, row: Versioned) -> dict[str, Any]:
        found = super().read(row)
        return found | {"codes": " ".join(found["codes"])}

    def clean_codes(self) -> list[str]:
        given = re.split(r"[\s,;，；、]+", self.cleaned_data["codes"].replace(".", ""))
        codes = [code for code in given if code]
        for code in codes:
            if not _CODE.fullmatch(code):
                raise ValidationError(
                    _("“%(code)s” is no code of 4 to 10 digits.") % {"code": tame(code)}
                )
        return codes

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("renew_by") and not given.get("valid_until"):
            self.add_error("valid_until", _("Say until when the exclusion is valid."))
        return given


# --- Rights --------------------------------------------------------------------------------------


class ActionForm(Sheet):
    forum = _one(pgettext_lazy("rights", "Where"), labels.FORUMS)
    authority = line_field(_("Authority or court"), 200, required=True)
    docket = line_field(_("Docket number"), 120)
    complainant = line_field(_("Who asserts the rights"), 200, required=True)
    goods = line_field(_("Goods"), 300, required=True)
    strategy = _text(_("Our strategy"))
    relief = _one(_("How it ended"), labels.RELIEFS, required=False)
    scope = _text(_("What the order reaches"), rows=2)


class RightForm(Sheet):
    kind = _one(pgettext_lazy("rights", "Kind"), labels.RIGHTS)
    number = line_field(pgettext_lazy("rights", "Number"), 80)
    claims = line_field(_("Claims asserted"), 200)
    owner = line_field(pgettext_lazy("rights", "Owner"), 200, required=True)


class DefenceForm(_OfFirm):
    respondent = _firm()
    kind = _one(pgettext_lazy("rights", "Kind"), labels.MOVES)
    against = line_field(_("Against which right or order"), 200)
    where = line_field(_("Before whom, with whom"), 200)
    number = line_field(pgettext_lazy("rights", "Number"), 80)
    day = DayField(label=_("Day"), required=False)
    status = _one(
        pgettext_lazy("rights", "Status"),
        labels.MOVE_STATUSES,
        initial=words.MoveStatus.PREPARING.value,
    )
    text = _text(_("What it is about"), help_text=_("What was changed, what the opinion says."))
