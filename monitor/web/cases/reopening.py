"""What the page of a case says of its having been closed: with what, what has been heard since, and
how it was opened again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from monitor.accounts.walls.actor import Actor
from monitor.cases import rules
from monitor.cases.models import Case, Reopening
from monitor.cases.outcomes.reopening import may_reopen, news
from monitor.notices.models import Entry
from monitor.web.templatetags.fenghuo import tongue


class ReopenForm(forms.Form):
    because = forms.CharField(
        label=_("Why it is opened again"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands in the history of the case, beside what it was closed with."),
    )

    def __init__(self, data: object = None) -> None:
        super().__init__(data, prefix="reopen")  # type: ignore[arg-type]


@dataclass(frozen=True)
class Closed:
    """`news`: what notices have told since; `form`: None where it is not the reader's to open."""

    news: Sequence[Entry]
    form: ReopenForm | None


def closed(actor: Actor, case: Case, refused: ReopenForm | None = None) -> Closed | None:
    """None: it is open. `refused`: the form as it was sent."""
    if case.closed_at is None:
        return None
    form = (refused or ReopenForm()) if may_reopen(actor, case) else None
    return Closed(news(case), form)


def reopenings(actor: Actor, case: Case) -> list[tuple[Reopening, str]]:
    """The newest first, each with its reason."""
    rows = Reopening.objects.for_actor(actor).filter(case=case).order_by("-pk")
    dressed = rows.select_related("said_by", "closed_by", "notice")
    light = dressed.defer("notice__body", "notice__abstract", "notice__item")
    return [(row, row.because or _of_rule(row.rule)) for row in light]


def _of_rule(name: str) -> str:
    """What the rule says now; of one that is gone its name."""
    rule = next((r for r in rules.reopeners(Path(settings.FENGHUO_CASES)) if r.id == name), None)
    return name if rule is None else rule.why_zh if tongue() == "zh" else rule.why_en
