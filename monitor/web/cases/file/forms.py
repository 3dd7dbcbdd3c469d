"""Forms of the file of a case, and of showing it to others."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from monitor.accounts.labels import KINDS
from monitor.accounts.models import Organisation
from monitor.cases.files.filing import Wish
from monitor.cases.files.packages import Refused
from monitor.cases.models import Proceeding
from monitor.cases.proceeding_names import proceeding_name
from monitor.cases.words import Form, Paper
from monitor.web.cases.file.labels import FORMS, PAPERS, REFUSED
from monitor.web.fields import DayField
from monitor.web.templatetags.fenghuo import own_name
from monitor.web.text import tame
from monitor.web.uploading import FIELD


def _choices(table: "dict[str, Any]") -> Any:
    return lazy(lambda: [(word, str(label)) for word, label in table.items()], list)()


class VersionForm(forms.Form):
    """A file, and in which form it is. What is wrong with the file is said by whoever took it."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"required": True}),
        help_text=lazy(lambda: str(_("Up to %(limit)s.")) % {"limit": limit()}, str)(),
    )
    form = forms.TypedChoiceField(
        label=_("Form"),
        choices=_choices(FORMS),
        coerce=Form,
        initial=Form.CONFIDENTIAL,
        widget=forms.RadioSelect,
        help_text=_("The public form is the one without business secrets."),
    )

    def refuse(self, refused: Refused) -> None:
        self.add_error(FIELD, str(REFUSED[refused.code]) % {"limit": limit()})


class DocumentForm(VersionForm):
    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        required=False,
        help_text=_("Empty: as the file is called. Whoever sees the document reads it."),
    )
    paper = forms.TypedChoiceField(label=_("What it is"), choices=_choices(PAPERS), coerce=Paper)
    proceeding: "forms.ModelChoiceField[Proceeding]" = forms.ModelChoiceField(
        label=_("Proceeding"), queryset=None, required=False
    )
    open = forms.BooleanField(
        label=_("Everybody who sees the case sees its public form, with our name"), required=False
    )
    field_order = ["file", "title", "paper", "proceeding", "form", "open"]

    def __init__(self, proceedings: "QuerySet[Proceeding]", *args: Any) -> None:
        super().__init__(*args)
        field: Any = self.fields["proceeding"]
        field.queryset, field.label_from_instance = proceedings, proceeding_name

    def wish(self) -> Wish:
        given = self.cleaned_data
        return Wish(
            title=given["title"],
            paper=given["paper"],
            form=given["form"],
            proceeding=given["proceeding"],
            open=given["open"],
        )


class ShareCaseForm(forms.Form):
    """With one of these organisations, which were fetched already."""

    to = forms.TypedChoiceField(label=_("To whom"), coerce=int)
    until = DayField(
        label=_("Until the end of"),
        help_text=_("It ends by itself then, and can be taken back before."),
    )

    def __init__(self, receivers: Sequence[Organisation], *args: Any) -> None:
        super().__init__(*args)
        self._receivers = {each.pk: each for each in receivers}
        self.fields["to"].choices = [("", "---------"), *_named(receivers)]  # type: ignore[attr-defined]

    def receiver(self) -> Organisation:
        return self._receivers[self.cleaned_data["to"]]

    def end(self) -> datetime:
        """The first moment at which it is seen no more, in the reader's zone."""
        after: date = self.cleaned_data["until"] + timedelta(days=1)
        return datetime.combine(after, time(), tzinfo=timezone.get_current_timezone())


class ShareDocumentForm(ShareCaseForm):
    seen = forms.ChoiceField(
        label=_("What they see"),
        choices=[
            ("public", _("its public form")),
            ("both", _("both forms, the confidential one too")),
        ],
        initial="public",
        widget=forms.RadioSelect,
    )
    field_order = ["to", "seen", "until"]

    def confidential(self) -> bool:
        return bool(self.cleaned_data["seen"] == "both")


def limit() -> str:
    return f"{settings.FENGHUO_LARGEST_UPLOAD // 2**20} MB"


def _named(organisations: Iterable[Organisation]) -> list[tuple[int, str]]:
    return [(each.pk, f"{tame(own_name(each))} · {KINDS[each.kind]}") for each in organisations]
