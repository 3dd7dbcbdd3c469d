"""Forms of signing in by an organisation's own provider."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from monitor.accounts.addresses import folded
from monitor.accounts.entrance.oidc import asking
from monitor.accounts.entrance.oidc.refused import Refused, Why
from monitor.accounts.models import Provider, User
from monitor.accounts.organisations.providers import Wish
from monitor.web.forms import PasswordAsked

_BETWEEN = re.compile(r"[\s,;，；、]+")
_DOMAIN = re.compile(
    r"(?=.{1,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
)
MOST, LONGEST = 20, 253
OFF = {"autocomplete": "off", "spellcheck": "false"}


class CodeOfOrganisationForm(forms.Form):
    code = forms.CharField(
        label=_("Code of your organisation"),
        max_length=200,
        widget=forms.TextInput(attrs=OFF),
        help_text=_("Whoever owns your organisation here has it, or a link that holds it."),
    )

    def clean_code(self) -> str:
        """The whole link is as good."""
        typed = str(self.cleaned_data["code"]).rstrip("/")
        return typed.rpartition("/")[2].strip().lower()


class WordsField(forms.CharField):
    """Several words, as people set them apart."""

    def to_python(self, value: Any) -> Any:
        return list(dict.fromkeys(word for word in _BETWEEN.split(value or "") if word))


class DomainsField(WordsField):
    def to_python(self, value: Any) -> Any:
        return list(dict.fromkeys(folded(word).lstrip("@") for word in super().to_python(value)))

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        for domain in value:
            if not _DOMAIN.fullmatch(domain):
                raise ValidationError(_("“%(word)s” is no domain."), params={"word": domain})


class ProviderForm(PasswordAsked):
    """The password is asked for last: what is said here lets people in."""

    field_order = ["issuer", "client_id", "secret", "domains", "second_factor", "password"]
    issuer = forms.CharField(
        label=_("Address of the provider (issuer)"),
        max_length=500,
        widget=forms.TextInput(attrs=OFF | {"inputmode": "url"}),
        help_text=_("It begins with https://; the rest is read from what it publishes of itself."),
    )
    client_id = forms.CharField(
        label=_("Client ID"), max_length=255, widget=forms.TextInput(attrs=OFF)
    )
    secret = forms.CharField(
        label=_("Client secret"),
        max_length=1000,
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kept sealed, and never shown again. Empty: it stays as it is."),
    )
    domains = DomainsField(
        label=_("Domains of mail addresses"),
        max_length=2000,
        help_text=_(
            "Only addresses of these domains come in for the first time, e.g. example.org."
        ),
    )
    second_factor = WordsField(
        label=_("Words for a second factor"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs=OFF),
        help_text=_(
            "Only where the provider always asks for a second factor and says so: the words that "
            "it then gives in “amr” or “acr”, e.g. mfa. Empty: Fenghuo asks for its own."
        ),
    )

    def __init__(self, user: User, provider: Provider | None, *args: Any) -> None:
        super().__init__(user, *args, initial=_initial(provider))
        self.provider = provider
        if provider is None:
            self.fields["secret"].required = True

    def clean_issuer(self) -> str:
        typed = str(self.cleaned_data["issuer"]).removesuffix(asking.WELL_KNOWN)
        try:
            return asking.checked(typed)
        except ValueError as error:
            raise ValidationError(
                _("This is no https address of a provider."), code="address"
            ) from error

    def clean_domains(self) -> list[str]:
        return _few(self.cleaned_data["domains"])

    def clean_second_factor(self) -> list[str]:
        return _few(self.cleaned_data["second_factor"])

    def clean(self) -> dict[str, Any]:
        """Asks the provider what it publishes; not before the password was right, because others
        are not to have us ask addresses."""
        if not self.errors:
            try:
                self.cleaned_data["issuer"] = asking.endpoints(self.cleaned_data["issuer"]).issuer
            except Refused as refused:
                self.add_error("issuer", _WRONG[refused.why])
        return self.cleaned_data

    def wish(self) -> Wish:
        return Wish(**{name: self.cleaned_data[name] for name in _NAMES})


_NAMES = ("issuer", "client_id", "secret", "domains", "second_factor")
_WRONG = {
    Why.UNANSWERED: _("Nobody answers there, or not to us: private networks are not asked."),
    Why.UNCLEAR: _("Whoever answers there is no provider of this address."),
}


def _initial(provider: Provider | None) -> dict[str, str]:
    if provider is None:
        return {}
    return {
        "issuer": provider.issuer,
        "client_id": provider.client_id,
        "domains": " ".join(provider.domains),
        "second_factor": " ".join(provider.second_factor),
    }


def _few(words: list[str]) -> list[str]:
    if len(words) > MOST or any(len(word) > LONGEST for word in words):
        raise ValidationError(_("These are too many, or too long."))
    return words
