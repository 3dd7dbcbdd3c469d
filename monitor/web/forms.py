"""Forms of coming in and of one's own account."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth.forms import SetPasswordMixin
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from monitor.accounts.addresses import folded
from monitor.accounts.entrance import braking
from monitor.accounts.entrance.braking import Mark, Sort
from monitor.accounts.models import Membership, User
from monitor.web.clock import real_now

PASSWORD = {"autocomplete": "current-password"}
CODE = {"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false"}


class AddressField(forms.EmailField):
    """A mail address, folded as it is kept."""

    def __init__(self, label: Any = None, autocomplete: str = "username") -> None:
        widget = forms.EmailInput(attrs={"autocomplete": autocomplete})
        super().__init__(label=label or _("Mail address"), max_length=150, widget=widget)

    def to_python(self, value: str | None) -> str:
        return folded(super().to_python(value) or "")


class PasswordField(forms.CharField):
    def __init__(self, label: Any = None) -> None:
        widget = forms.PasswordInput(attrs=PASSWORD)
        super().__init__(label=label or _("Password"), strip=False, max_length=1024, widget=widget)


class SignInForm(forms.Form):
    address = AddressField()
    password = PasswordField()


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs=CODE | {"autofocus": True}),
        help_text=_("The six figures that your authenticator shows, or a recovery code."),
    )


class ForgottenForm(forms.Form):
    address = AddressField()


class PasswordAsked(forms.Form):
    """What only the owner may do asks for the password again: a browser that was left open is not
    enough. Somebody who has none, because they come in by a passkey, is not asked."""

    field_order = ["password"]
    password = PasswordField(_("Your password"))

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.has_usable_password():
            del self.fields["password"]

    @sensitive_variables("password")
    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        marks = [Mark(Sort.DEVICE, f"again {self.user.pk}")]
        if not braking.attempt(marks, real_now()) or not self.user.check_password(password):
            raise ValidationError(
                _("This is not your password, or there were too many attempts: wait a little."),
                code="wrong",
            )
        braking.forgive(marks)
        return password


class ChangePasswordForm(SetPasswordMixin, PasswordAsked):  # type: ignore[type-arg] # as below
    field_order = ["password", "new_password1", "new_password2"]
    new_password1, new_password2 = SetPasswordMixin.create_password_fields(
        _("New password"), _("New password, once more")
    )

    def clean(self) -> dict[str, Any]:
        self.validate_passwords("new_password1", "new_password2")
        self.validate_password_for_user(self.user, "new_password2")
        return self.cleaned_data

    def save(self) -> None:
        self.set_password_and_save(self.user, "new_password1")


class MailForm(PasswordAsked):
    field_order = ["address", "password"]
    address = AddressField(_("New mail address"), "email")

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if address == self.user.username:
            raise ValidationError(_("This is your address already."), code="same")
        return address


class AuthenticatorForm(PasswordAsked):
    field_order = ["code", "password"]
    code = forms.CharField(
        label=_("Code"),
        max_length=10,
        widget=forms.TextInput(attrs=CODE | {"inputmode": "numeric"}),
        help_text=_("The six figures that the authenticator shows now."),
    )


class PasskeyForm(forms.Form):
    """What a browser has made of its wish to make a passkey, and what its owner calls it."""

    credential = forms.CharField(max_length=20_000)
    name = forms.CharField(max_length=60, required=False)


def _zones() -> list[tuple[str, str]]:
    """Of continents and cities; without the old names of the same."""
    named = (z for z in available_timezones() if "/" in z and not z.startswith(("Etc/", "System")))
    return [("UTC", "UTC"), *((zone, zone) for zone in sorted(named))]


class ReadingForm(forms.ModelForm):  # type: ignore[type-arg] # not so while it runs
    """In which language and zone somebody reads."""

    language = forms.ChoiceField(
        label=_("Language"), choices=lazy(lambda: settings.LANGUAGES, list)()
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=_zones)

    class Meta:
        model = User
        fields = ["name", "language", "time_zone"]
        labels = {"name": _("Name")}


class ActingForm(forms.Form):
    """For which organisation somebody acts from now on."""

    organisation = forms.TypedChoiceField(label=_("Act for"), coerce=int)

    def __init__(self, mine: list[Membership], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(m.organisation_id, m.organisation.name_zh) for m in mine]
        self.fields["organisation"].choices = own  # type: ignore[attr-defined]
