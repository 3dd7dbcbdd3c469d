"""How the case is answered: days that somebody knows, dates, what a firm said, what is at stake for
it. What is one firm's is told to that firm and to whoever reads how it answers."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from monitor.accounts.models import Organisation
from monitor.cases.models import (
    Adopted,
    Case,
    CaseMeasure,
    KnownDay,
    Move,
    Proceeding,
    Respondent,
    RulesVersion,
    StageChange,
    Statement,
)
from monitor.notices.models import Measure

SINCE = datetime(2025, 1, 1, tzinfo=UTC)
DAY = date(2025, 3, 3)
OF_THE_CASE = ("office", "chamber", "firm", "other")
OF_THE_FIRM = ("office", "chamber", "firm")
STAKE = Decimal("7654321.09")
Secret = Callable[..., None]


def plant(organisations: Mapping[str, Organisation], secret: Secret) -> None:
    """Into the case that stands."""
    case = Case.objects.get()
    measure = Measure.objects.get()
    CaseMeasure.objects.create(case=case, measure=measure)
    proceeding = Proceeding.objects.create(
        case=case, measure=measure, proceeding="investigation", stage="opened", began=DAY
    )
    StageChange.objects.create(proceeding=proceeding, stage="opened", day=DAY, at=SINCE)
    firm = case.respondents.get(organisation=organisations["firm"])
    Respondent.objects.filter(pk=firm.pk).update(value_usd=STAKE)
    _dates(proceeding, None)
    _dates(proceeding, firm)
    Statement.objects.create(respondent=firm, answer="considering", text="甲秘答复", at=SINCE)
    for text in ("众秘来函", "众秘期限"):
        secret(text, *OF_THE_CASE)
    for text in ("甲秘来函", "甲秘期限", "甲秘答复"):
        secret(text, *OF_THE_FIRM)
    for text in (str(STAKE), f"{STAKE:,.2f}"):
        secret(text, "firm")


def _dates(proceeding: Proceeding, firm: Respondent | None) -> None:
    whose = "甲" if firm else "众"
    source = f"{whose}秘来函"
    known = KnownDay.objects.create(
        proceeding=proceeding, what="extended", name="section-a", day=DAY, respondent=firm,
        source=source, at=SINCE,
    )  # fmt: skip
    rules, _ = RulesVersion.objects.get_or_create(
        name="us-commerce/anti-dumping", fingerprint="0", defaults={"content": {}, "since": SINCE}
    )
    adopted = Adopted.objects.create(
        proceeding=proceeding, rule="section-a", respondent=firm, whom="exporter", day=DAY,
        due=_due(f"{whose}秘期限", source), rules=rules, adopted_at=SINCE,
    )  # fmt: skip
    Move.objects.create(adopted=adopted, after=DAY, because="known", known=known, at=SINCE)


def _due(name: str, source: str) -> dict[str, object]:
    """As `monitor.cases.calendar.plain` writes it."""
    nothing = ("moment", "note_zh", "note_en", "happened", "event", "since", "computed")
    return dict.fromkeys(nothing) | {
        "zh": name, "en": name, "for": "exporter", "bound": "latest", "estimated": False,
        "day": DAY.isoformat(), "printed": DAY.isoformat(), "printed_in": source,
        "difference": None, "waits": [], "verified": "2026-11-26", "mark": "0",
        "basis": "19 CFR 351.301", "citation": "https://www.ecfr.gov/", "read": "-",
        "explanation_zh": f"{name}：{source}", "explanation_en": f"{name}: {source}",
    }  # fmt: skip
