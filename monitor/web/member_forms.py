"""Forms of organisations, of firms and of who belongs to them."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from monitor.accounts.labels import ROLES
from monitor.accounts.models import Membership, Organisation
from monitor.accounts.words import Role
from monitor.bases import sheets
from monitor.bases.imports import sentences
from monitor.bases.imports.problems import BadCellError
from monitor.bases.merging import TAKEN
from monitor.bases.models import Enterprise
from monitor.web.fields import DayField
from monitor.web.forms import AddressField


def _roles() -> list[tuple[str, str]]:
    """The least first: more than that is chosen on purpose."""
    return [(role.value, str(ROLES[role])) for role in reversed(Role)]


class RoleForm(forms.Form):
    role = forms.TypedChoiceField(label=_("Role"), choices=lazy(_roles, list)(), coerce=Role)


class InviteForm(RoleForm):
    field_order = ["email", "role"]
    email = AddressField(autocomplete="off")


class HandOverForm(forms.Form):
    """To whom, and what one stays."""

    stays = forms.TypedChoiceField(
        label=_("Afterwards I am"),
        choices=lambda: [
            *((role, label) for role, label in _roles() if role != Role.OWNER),
            ("", _("gone: I act for it no longer")),
        ],
        coerce=Role,
        empty_value=None,
        required=False,
    )
    to: "forms.ModelChoiceField[Membership]" = forms.ModelChoiceField(
        label=_("Who owns it from now on"), queryset=None
    )
    field_order = ["to", "stays"]

    def __init__(self, others: "QuerySet[Membership]", *args: Any) -> None:
        super().__init__(*args)
        self.fields["to"].queryset = others  # type: ignore[attr-defined]
        self.fields["to"].label_from_instance = lambda m: str(m.user)  # type: ignore[attr-defined]


class NewcomerForm(forms.Form):
    """Who accepts an invitation and has no account yet."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=lazy(lambda: settings.LANGUAGES, list)()
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters, and none that others use often."),
    )


class SheetField(forms.CharField):
    """A field of the plan's forms, read by the rules of `monitor.bases.sheets`."""

    def __init__(self, field: sheets.Field) -> None:
        widget = forms.Textarea(attrs={"rows": field.lines}) if field.lines > 1 else None
        super().__init__(
            label=field.label,
            help_text=field.hint,
            required=field.mandatory,
            max_length=4000,
            widget=widget,
        )
        self.field = field

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        try:
            read = self.field.read(typed)
        except BadCellError as error:
            said = str(sentences.CELL[error.code]) % error.params
            raise ValidationError(said, code=error.code) from error
        if self.field.mandatory and not read:
            raise ValidationError(self.error_messages["required"], code="required")
        return read


class SheetForm(forms.Form):
    """What the directory says of a firm; with `figures` what it exports a year as well."""

    def __init__(self, *args: Any, figures: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = (*sheets.FIELDS, sheets.FIGURE) if figures else sheets.FIELDS
        for field in asked:
            self.fields[field.name] = SheetField(field)


class ApplicationForm(SheetForm):
    """入会申请表."""

    shares_figures = forms.BooleanField(
        label=_("The chamber may see our figures from our admission on; we can take that back"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, figures=True, **kwargs)
        self.order_fields([*sheets.BY_NAME, "shares_figures"])

    def sheet(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in sheets.BY_NAME}


class AddressForm(forms.Form):
    email = AddressField(autocomplete="email")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ShareForm(forms.Form):
    receiver: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        label=_("Who may see our figures"), queryset=None
    )
    until = DayField(
        label=_("Until the end of"),
        required=False,
        help_text=_("Empty: until we take it back."),
    )

    def __init__(self, receivers: "QuerySet[Organisation]", *args: Any) -> None:
        super().__init__(*args)
        self.fields["receiver"].queryset = receivers  # type: ignore[attr-defined]

    def end(self) -> datetime | None:
        """The first moment at which it is seen no more, in the reader's zone."""
        last: date | None = self.cleaned_data["until"]
        if last is None:
            return None
        return datetime.combine(
            last + timedelta(days=1), time(), tzinfo=timezone.get_current_timezone()
        )


class DistinctionForm(forms.Form):
    """Why two firms are not one. Beside a `MergeForm`, whose reason is another."""

    why = forms.CharField(
        label=_("Why they are two"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class MergeForm(ReasonForm):
    """Field by field where the two differ: whose value stays."""

    def __init__(self, kept: Enterprise, merged: Enterprise, *args: Any, figures: bool) -> None:
        super().__init__(*args)
        self.names = [
            name
            for name in TAKEN
            if getattr(kept, name) != getattr(merged, name)
            and (figures or name != sheets.FIGURE.name)
        ]
        for name in self.names:
            self.fields[name] = forms.ChoiceField(
                label=sheets.BY_NAME[name].label,
                choices=[
                    ("kept", self._shown(kept, name)),
                    ("merged", self._shown(merged, name)),
                ],
                initial="kept" if getattr(kept, name) not in (None, "", []) else "merged",
                widget=forms.RadioSelect,
            )
        self.order_fields([*self.names, "reason"])

    @staticmethod
    def _shown(firm: Enterprise, name: str) -> str:
        return sheets.BY_NAME[name].write(getattr(firm, name)) or "—"

    def taken(self) -> list[str]:
        return [name for name in self.names if self.cleaned_data[name] == "merged"]
