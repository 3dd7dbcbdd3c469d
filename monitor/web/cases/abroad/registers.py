"""The registers of what is done abroad: models, forms and parts, and how values are written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from monitor.cases.abroad.words import Subject
from monitor.cases.models import (
    AssertedRight,
    Contact,
    Defence,
    Exclusion,
    Floor,
    JointAction,
    Pledge,
    Respondent,
    Undertaking,
)
from monitor.cases.models.abroad import Abroad, Versioned
from monitor.cases.models.abroad_changes import name_of
from monitor.web.cases.abroad import forms
from monitor.web.cases.abroad.labels import UNITS, table_of
from monitor.web.templatetags.cases import firmname
from monitor.web.templatetags.goods import place


@dataclass(frozen=True)
class Part:
    """`word`: in the address; `to`: its field that points to the row."""

    word: str
    model: type[Versioned]
    form: type[forms.Sheet]
    to: str
    name: str | Promise
    add: str | Promise
    none: str | Promise


@dataclass(frozen=True)
class Register:
    subject: Subject
    model: type[Abroad]
    form: type[forms.Sheet]
    name: str | Promise
    add: str | Promise
    parts: Sequence[Part] = field(default=())
    has_firms: bool = False

    @property
    def has_status(self) -> bool:
        return self.subject is not Subject.CONTACT

    def part(self, word: str) -> Part:
        """Raises Http404."""
        found = next((part for part in self.parts if part.word == word), None)
        if found is None:
            raise Http404(word)
        return found


PLEDGES = Part(
    "pledges",
    Pledge,
    forms.PledgeForm,
    "contact",
    gettext_lazy("Promises"),
    gettext_lazy("Enter a promise"),
    gettext_lazy("Nobody has promised anything."),
)
FLOORS = Part(
    "floors",
    Floor,
    forms.FloorForm,
    "undertaking",
    gettext_lazy("Floor prices"),
    gettext_lazy("Enter a floor price"),
    gettext_lazy("No floor price is entered: a price cannot be checked yet."),
)
RIGHTS = Part(
    "rights",
    AssertedRight,
    forms.RightForm,
    "action",
    gettext_lazy("Rights asserted"),
    gettext_lazy("Enter a right"),
    gettext_lazy("Enter the patents or trademarks that are asserted."),
)
DEFENCES = Part(
    "defences",
    Defence,
    forms.DefenceForm,
    "action",
    gettext_lazy("Defence: invalidity, design-around, licence"),
    gettext_lazy("Enter a step of the defence"),
    gettext_lazy("No step is entered yet."),
)
REGISTERS: Mapping[str, Register] = {
    Subject.CONTACT: Register(
        Subject.CONTACT,
        Contact,
        forms.ContactForm,
        gettext_lazy("Contacts"),
        gettext_lazy("Enter a contact"),
        (PLEDGES,),
    ),
    Subject.UNDERTAKING: Register(
        Subject.UNDERTAKING,
        Undertaking,
        forms.UndertakingForm,
        gettext_lazy("Undertakings and suspension agreements"),
        gettext_lazy("Enter an undertaking"),
        (FLOORS,),
        has_firms=True,
    ),
    Subject.EXCLUSION: Register(
        Subject.EXCLUSION,
        Exclusion,
        forms.ExclusionForm,
        pgettext_lazy("register", "Exclusion requests"),
        gettext_lazy("Enter an exclusion request"),
    ),
    Subject.ACTION: Register(
        Subject.ACTION,
        JointAction,
        forms.ActionForm,
        gettext_lazy("Joint action on intellectual property"),
        gettext_lazy("Enter a joint action"),
        (RIGHTS, DEFENCES),
        has_firms=True,
    ),
}


def register(word: str) -> Register:
    """Raises Http404."""
    if word not in REGISTERS:
        raise Http404(word)
    return REGISTERS[word]


# --- Values as they are written ------------------------------------------------------------------

Fact = tuple[str, str]
"""What it is, and the value; both as the page writes them."""


def facts(row: Versioned, form: type[forms.Sheet], firms: Sequence[Respondent] = ()) -> list[Fact]:
    """What is filled in, in the order of the form."""
    read = form.read(row)
    names = fields_of(form)
    written = ((name, written_as(name_of(type(row)), name, read[name], firms)) for name in names)
    return [(label(form, name), text) for name, text in written if text and name != "version"]


def fields_of(form: type[forms.Sheet]) -> list[str]:
    """In the order in which they are asked."""
    return [*(form.field_order or form.base_fields)]


def column_names(form: type[forms.Sheet]) -> list[str]:
    return [label(form, name) for name in fields_of(form) if name != "version"]


def cells(row: Versioned, form: type[forms.Sheet], firms: Sequence[Respondent] = ()) -> list[Fact]:
    """The same where a price is written whole in one cell."""
    if not isinstance(row, Floor):
        return facts(row, form, firms)
    folded = {label(form, name) for name in ("currency", "unit", "incoterm")}
    price = label(form, "amount")
    return [
        (name, floor_price(row) if name == price else text)
        for name, text in facts(row, form, firms)
        if name not in folded
    ]


def floor_price(floor: Floor) -> str:
    """`1,234.50 USD/t FOB`."""
    return f"{amount(floor.amount)} {floor.currency}/{UNITS[floor.unit]} {floor.incoterm}"


def label(form: type[forms.Sheet], name: str) -> str:
    """Of a field that is in no form, what it is all the same."""
    if name in form.base_fields:
        return str(form.base_fields[name].label)
    return {
        "status": pgettext("rights", "Status"),
        "status_on": _("Since"),
        "documents": _("Document"),
        "firms": _("Firm"),
        "tasks": _("Task"),
        "withdrawn_at": pgettext("history", "withdrawn"),
    }[name]


def written_as(model: str, name: str, value: Any, firms: Sequence[Respondent] = ()) -> str:
    """A value of a row, or the same as the history keeps it."""
    table = table_of(model, name)
    match value:
        case None | "" | []:
            return ""
        case list():
            words = (str(table[word]) if table else str(word) for word in value)
            return pgettext("between words", ", ").join(words)
        case date():
            return value.isoformat()
    if table is not None:
        return str(table[value])
    match name:
        case "is_ours":
            return _("we promised them") if value in (True, "1") else _("they promised us")
        case "respondent":
            return next((firmname(firm) for firm in firms if firm.pk == value), _("one firm"))
        case "country":
            return place(value)
        case "amount":
            return amount(value)
    return str(value)


def amount(value: Decimal | str) -> str:
    """With as many places as it needs, two at least."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return str(value)
    places = max(2, -int(number.normalize().as_tuple().exponent))
    return f"{number:,.{places}f}"
