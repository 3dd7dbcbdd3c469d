"""Forms of a round of comments: the call, a firm's sheet, a paragraph, what a person did."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from monitor.cases.comments.answering import BIGGEST, LONGEST
from monitor.cases.comments.bank import Article, Question
from monitor.cases.comments.calling import Wish
from monitor.cases.comments.drafting import Words
from monitor.cases.comments.sending import POINT, Became
from monitor.cases.models import (
    CommentQuestion,
    CommentWording,
    Document,
    Respondent,
    TradeConcern,
)
from monitor.cases.words import Asks, Fate
from monitor.notices.labels import Labels
from monitor.notices.models import Notice
from monitor.web.cases.comments.labels import ASKS, FATES, PARTS, YES_NO
from monitor.web.fields import DayField
from monitor.web.templatetags.comments import (
    articleline,
    articlename,
    choice_name,
    inquiry,
    unitof,
)
from monitor.web.templatetags.fenghuo import own_name, tongue
from monitor.web.text import tame

OWN = 3
"""Questions of its own that a chamber may add at once."""
ASKED = 600
"""Characters of a question."""


def _choices(table: Labels) -> Any:
    return lazy(lambda: [(word, str(said)) for word, said in table.items()], list)()


def _text(label: Any, rows: int, most: int = LONGEST, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=area, **more)


# --- The call ------------------------------------------------------------------------------------


class CallForm(forms.Form):
    """`bank`: the questions on offer. Each can be put in other words."""

    answer_by = DayField(label=_("Answers by"))
    letter = _text(
        _("What we tell the firms"), 4, required=False,
        help_text=_("Stands above the questions: what the draft says, and what it is about."),
    )  # fmt: skip
    firms = forms.TypedMultipleChoiceField(
        label=_("Firms that are asked"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one firm.")},
    )

    def __init__(
        self,
        bank: Sequence[Question],
        firms: Sequence[Respondent],
        today: date,
        *,
        day: date | None = None,
        data: Any = None,
    ) -> None:
        super().__init__(data, initial={"answer_by": day, "firms": [firm.pk for firm in firms]})
        self._bank, self._today = bank, today
        self._firms = {firm.pk: firm for firm in firms}
        fields: dict[str, Any] = self.fields
        fields["firms"].choices = [
            (firm.pk, tame(own_name(firm.organisation))) for firm in firms if firm.organisation
        ]
        for question in bank:
            self._offer(question)
        for number in range(1, OWN + 1):
            self._own(number)

    def _offer(self, question: Question) -> None:
        said = question.zh if tongue() == "zh" else question.en
        use = forms.BooleanField(label=said, required=False, initial=question.usual)
        self.fields[f"use-{question.id}"] = use
        for lang, label in (("zh", _("In Chinese")), ("en", _("In English"))):
            self.fields[f"{lang}-{question.id}"] = _text(
                label, 2, ASKED, required=False, initial=getattr(question, lang)
            )

    def _own(self, number: int) -> None:
        fields = self.fields
        zh, en = _("Question in Chinese"), _("Question in English")
        fields[f"own-zh-{number}"] = _text(zh, 2, ASKED, required=False)
        fields[f"own-en-{number}"] = _text(en, 2, ASKED, required=False)
        asks = forms.TypedChoiceField(
            label=_("Asks for"), choices=_choices(ASKS), coerce=Asks, initial=Asks.TEXT,
            required=False, empty_value=Asks.TEXT,
        )  # fmt: skip
        fields[f"own-asks-{number}"] = asks
        unit = forms.CharField(label=_("Unit of the number"), max_length=40, required=False)
        fields[f"own-unit-{number}"] = unit

    def offered(self) -> Iterator[tuple[Any, Any, Any, bool]]:
        """Of each question on offer: its box, its words in both languages, whether the words show
        an error."""
        for question in self._bank:
            zh, en = self[f"zh-{question.id}"], self[f"en-{question.id}"]
            yield self[f"use-{question.id}"], zh, en, bool(zh.errors or en.errors)

    def own(self) -> list[tuple[int, list[Any]]]:
        names = ("zh", "en", "asks", "unit")
        return [(n, [self[f"own-{name}-{n}"] for name in names]) for n in range(1, OWN + 1)]

    def clean_answer_by(self) -> date:
        day: date = self.cleaned_data["answer_by"]
        if day < self._today:
            raise forms.ValidationError(_("This day has passed."))
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number in range(1, OWN + 1):
            asks, unit = given.get(f"own-asks-{number}"), given.get(f"own-unit-{number}")
            asked = given.get(f"own-zh-{number}") or given.get(f"own-en-{number}")
            if asked and asks is Asks.NUMBER and not unit:
                self.add_error(f"own-unit-{number}", _("A number needs a unit."))
            if (unit or given.get(f"own-en-{number}")) and not given.get(f"own-zh-{number}"):
                self.add_error(f"own-zh-{number}", _("Write the question in Chinese too."))
        return given

    def wishes(self) -> list[Wish]:
        given = self.cleaned_data
        chosen = [each for each in self._bank if given[f"use-{each.id}"]]
        found = [Wish.of(q, given[f"zh-{q.id}"], given[f"en-{q.id}"]) for q in chosen]
        return found + [self._wish(n) for n in range(1, OWN + 1) if given[f"own-zh-{n}"]]

    def _wish(self, number: int) -> Wish:
        given = self.cleaned_data
        asks = given[f"own-asks-{number}"]
        unit = given[f"own-unit-{number}"] if asks is Asks.NUMBER else ""
        zh, en = given[f"own-zh-{number}"], given[f"own-en-{number}"]
        return Wish(asks, zh, en, unit, unit)

    def chosen(self) -> list[Respondent]:
        return [self._firms[pk] for pk in self.cleaned_data["firms"]]


class ExtendForm(forms.Form):
    answer_by = DayField(label=_("Answers by"))


class CallOffForm(forms.Form):
    because = _text(_("Why there will be no comment"), 2, 500)


# --- A firm's sheet ------------------------------------------------------------------------------


class SheetForm(forms.Form):
    """Any of it may be left empty. `seen`: the number of the sheet that it was filled with."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        questions: Sequence[CommentQuestion],
        content: Mapping[str, str],
        seen: int,
        data: Any = None,
    ) -> None:
        initial: dict[str, Any] = {_name(key): value for key, value in content.items()}
        super().__init__(data, initial=initial | {"seen": seen})
        for number, question in enumerate(questions, start=1):
            self.fields[_name(question.pk)] = _field(number, question)
        self._questions = questions

    def content(self) -> dict[str, str]:
        given = {str(q.pk): self.cleaned_data[_name(q.pk)] for q in self._questions}
        return {key: str(value) for key, value in given.items() if value not in (None, "")}

    @staticmethod
    def filled(content: Mapping[str, str], seen: int) -> dict[str, Any]:
        """As if it had been typed."""
        typed: dict[str, Any] = {_name(key): value for key, value in content.items()}
        return typed | {"seen": seen}

    def show_theirs(self, key: str, said: str) -> None:
        self.add_error(_name(key), said)


def _name(key: object) -> str:
    return f"q-{key}"


def _field(number: int, question: CommentQuestion) -> forms.Field:
    label = f"{number}. {tame(inquiry(question))}"
    radio: dict[str, Any] = {
        "label": label, "required": False, "widget": forms.RadioSelect,
    }  # fmt: skip
    match Asks(question.asks):
        case Asks.YES_NO:
            return forms.ChoiceField(choices=[("", _("no answer yet")), *_pairs(YES_NO)], **radio)
        case Asks.CHOICE:
            names = [(c["id"], choice_name(question.choices, c["id"])) for c in question.choices]
            return forms.ChoiceField(choices=[("", _("no answer yet")), *names], **radio)
        case Asks.NUMBER:
            return forms.DecimalField(
                label=_("%(question)s (%(unit)s)")
                % {"question": label, "unit": tame(unitof(question))},
                required=False, min_value=0, max_value=BIGGEST - 1, decimal_places=4,
                widget=forms.NumberInput(attrs={"step": "any"}),
            )  # fmt: skip
        case Asks.TEXT:
            return _text(label, 3, required=False)


def _pairs(table: Labels) -> list[tuple[str, str]]:
    return [(word, str(said)) for word, said in table.items()]


# --- A paragraph ---------------------------------------------------------------------------------


class ParagraphForm(forms.Form):
    provision = forms.CharField(
        label=PARTS["provision"], max_length=200, required=False,
        help_text=_("For instance: Article 4.2, Table 1."),
    )  # fmt: skip
    articles = forms.MultipleChoiceField(
        label=PARTS["articles"], required=False, widget=forms.CheckboxSelectMultiple
    )
    zh = _text(PARTS["zh"], 6, 20000, required=False)
    en = _text(PARTS["en"], 6, 20000, required=False)
    gone = forms.BooleanField(label=PARTS["gone"], required=False)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, articles: Iterable[Article], wording: CommentWording | None, data: Any = None
    ) -> None:
        names = ("provision", "articles", "zh", "en", "gone")
        initial = {name: getattr(wording, name) for name in names} if wording else {}
        initial["seen"] = wording.version if wording else 0
        prefix = f"p-{wording.paragraph_id}" if wording else "p"
        super().__init__(data, prefix=prefix, initial=initial)
        fields: dict[str, Any] = self.fields
        colon = pgettext("between words", ": ")
        fields["articles"].choices = [
            (each.id, f"{articlename(each)}{colon}{articleline(each)}") for each in articles
        ]
        if wording is None:
            del fields["gone"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not (given.get("zh") or given.get("en") or given.get("gone")):
            self.add_error("zh", _("Write the paragraph in Chinese or in English."))
        return given

    def words(self) -> Words:
        given = self.cleaned_data
        return Words(
            given["provision"], tuple(given["articles"]), given["zh"], given["en"],
            given.get("gone", False),
        )  # fmt: skip

    def filled(self, whole: Mapping[str, Any], seen: int) -> dict[str, Any]:
        """As if it had been typed."""
        typed = {**whole, "articles": list(whole["articles"]), "seen": seen}
        return {self.add_prefix(name): value for name, value in typed.items()}


# --- What a person did ---------------------------------------------------------------------------


class _Entered(forms.Form):
    day = DayField(label=_("Day"))
    document: "forms.ModelChoiceField[Document]" = forms.ModelChoiceField(
        label=_("Document in the file"), queryset=None, required=False,
        help_text=_("What shows it: put it into the file of the case first."),
    )  # fmt: skip

    def __init__(self, documents: "QuerySet[Document]", data: Any = None) -> None:
        super().__init__(data, prefix=self.prefix)
        field: Any = self.fields["document"]
        field.queryset = documents


class SentForm(_Entered):
    prefix = "sent"
    sender = forms.CharField(label=_("Who sent it"), max_length=200)
    to = forms.CharField(
        label=pgettext_lazy("sent", "To"), max_length=200, initial=POINT,
        help_text=_("Comments go through the national enquiry point."),
    )  # fmt: skip
    receipt = forms.CharField(label=_("Receipt"), max_length=200, required=False)
    field_order = ["day", "sender", "to", "receipt", "document"]


class ReplyForm(_Entered):
    prefix = "reply"
    sender = forms.CharField(label=_("Who replied"), max_length=200)
    text = _text(_("What they say, in our words"), 4)
    field_order = ["day", "sender", "text", "document"]


class ConcernForm(_Entered):
    prefix = "concern"
    committee = forms.ChoiceField(label=_("Committee"), choices=[("tbt", "TBT"), ("sps", "SPS")])
    number = forms.CharField(
        label=_("Number of the concern"), max_length=40, required=False,
        help_text=_("Of the WTO's list of specific trade concerns, if it has one."),
    )  # fmt: skip
    raised_by = forms.CharField(label=_("Raised by"), max_length=200)
    supported_by = forms.CharField(label=_("Supported by"), max_length=300, required=False)
    note = _text(pgettext_lazy("comments", "Note"), 3, required=False)
    field_order = [
        "day", "committee", "number", "raised_by", "supported_by", "note", "document",
    ]  # fmt: skip

    def concern(self) -> TradeConcern:
        return TradeConcern(**self.cleaned_data)


class FateForm(forms.Form):
    fate = forms.TypedChoiceField(
        label=_("What became of it"), choices=_choices(FATES), coerce=Fate,
        widget=forms.RadioSelect,
    )  # fmt: skip
    provision = forms.CharField(
        label=_("Article of the adopted text"), max_length=200, required=False
    )
    notice: "forms.ModelChoiceField[Notice]" = forms.ModelChoiceField(
        label=_("Notice of the adopted text"), queryset=None, required=False
    )
    transition_months = forms.IntegerField(
        label=_("Transition granted (months)"), min_value=0, max_value=600, required=False
    )
    note = _text(pgettext_lazy("comments", "Note"), 2, required=False)

    def __init__(self, paragraph: int, notices: Sequence[Notice], data: Any = None) -> None:
        super().__init__(data, prefix=f"fate-{paragraph}")
        field: Any = self.fields["notice"]
        field.queryset = Notice.objects.filter(pk__in=[each.pk for each in notices])
        field.label_from_instance = _notice_name

    def became(self) -> Became:
        return Became(**self.cleaned_data)


def _notice_name(notice: Notice) -> str:
    return f"{tame(notice.number)} · {notice.published:%Y-%m-%d}"
