"""What the planted case came to: everybody's rate, and a firm's own, which others do not read."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from django.urls import reverse

from monitor.accounts.models import Organisation
from monitor.cases.models import Case, Outcome, Proceeding

SINCE = datetime(2025, 1, 1, tzinfo=UTC)
DAY = date(2025, 4, 1)
POSTED = ("enter_outcome", "take_outcome", "close_case", "reopen_case")
"""With one primary key, and by POST only."""
OF_THE_CASE = ("office", "chamber", "firm", "other")
OF_THE_FIRM = ("office", "chamber", "firm")
Secret = Callable[..., None]


def plant(organisations: Mapping[str, Organisation], secret: Secret) -> dict[str, list[str]]:
    """Into the case that stands, after its proceeding."""
    case = Case.objects.get()
    row = Proceeding.objects.filter(case=case).earliest("pk")
    firm = case.respondents.get(organisation=organisations["firm"])
    for respondent, result, source, rate in (
        (None, "all_others", "众秘税率", "98.760"),
        (firm, "individual", "甲秘税率", "12.340"),
    ):
        Outcome.objects.create(
            proceeding=row, respondent=respondent, result=result, force="definitive",
            rate=Decimal(rate), day=DAY, source=source, at=SINCE,
        )  # fmt: skip
    for text in ("众秘税率", "98.76%"):
        secret(text, *OF_THE_CASE)
    for text in ("甲秘税率", "12.34%"):
        secret(text, *OF_THE_FIRM)
    return {
        "case_outcome": [reverse("case_outcome", args=[case.pk])],
        "learning": [reverse("learning")],
        "export_learning": [reverse("export_learning")],
    } | {name: [reverse(name, args=[case.pk])] for name in POSTED}
