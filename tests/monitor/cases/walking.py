"""What a walk through a case's notices says after each of them, line by line."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from django.utils.translation import override

from bundles.items import NoticeItem
from monitor.cases.models import (
    Adopted,
    Case,
    Move,
    Outcome,
    Proceeding,
    Respondent,
    StageChange,
)
from monitor.cases.outcomes.paying import paid
from monitor.cases.stage_names import names
from monitor.cases.stages import family
from monitor.cases.words import Stage


def noon(day: date) -> datetime:
    return datetime.combine(day, time(13), UTC)


class Watch:
    """Tells what has been added since it was asked last."""

    def __init__(self) -> None:
        self._dates = self._moves = self._changes = self._respondents = self._outcomes = 0

    def after(self, item: NoticeItem) -> Iterator[str]:
        yield f"{item.published} {item.number} {item.title}"
        yield from self.told()

    def told(self) -> Iterator[str]:
        for change in StageChange.objects.filter(pk__gt=self._changes).order_by("pk"):
            self._changes = change.pk
            yield f"  {of(change.proceeding)}: {change.stage}, {_called(change)}"
        for row in Adopted.objects.filter(pk__gt=self._dates).order_by("pk"):
            self._dates = row.pk
            if row.day:
                yield f"    {of(row.proceeding)}: {_whose(row)} {row.day}"
        for move in Move.objects.filter(pk__gt=self._moves).order_by("pk"):
            self._moves = move.pk
            yield f"    {of(move.adopted.proceeding)}: {_moved(move)}"
        for firm in Respondent.objects.filter(pk__gt=self._respondents).order_by("pk"):
            self._respondents = firm.pk
            yield f"  listed: {firm} ({firm.listed}{', ours' if firm.organisation else ''})"
        for outcome in Outcome.objects.filter(pk__gt=self._outcomes).order_by("pk"):
            self._outcomes = outcome.pk
            whose = outcome.respondent or "everybody else"
            yield f"    {of(outcome.proceeding)}: {whose} {outcome.result} {outcome.rate}"


def end() -> Iterator[str]:
    """Where everything stands when the walk is over."""
    for case in Case.objects.order_by("pk"):
        yield f"{case.name_zh} | {case.name_en} | {case.opened_for}"
    for row in Proceeding.objects.order_by("measure__kind", "ruleset", "number"):
        period = f", period to {row.period_end}" if row.period_end else ""
        yield f"  {of(row)}: {row.stage}, began {row.began}, ended {row.ended}{period}"
    for firm in Respondent.objects.order_by("pk"):
        said = [f"{s.answer}{f' ({s.why})' if s.why else ''}" for s in firm.statements.all()]
        yield f"  {firm}: {firm.listed}, {firm.answer}; said: {', '.join(said) or '-'}"
    for firm in [*Respondent.objects.exclude(organisation=None).order_by("pk"), None]:
        yield f"  importers pay on {firm or 'everybody else'}: {', '.join(_paid(firm))}"


def of(row: Proceeding) -> str:
    kind = {"anti_dumping": "AD", "countervailing": "CVD"}[row.measure.kind]
    return f"{kind} {row.ruleset or row.proceeding} {row.number}"


def _paid(firm: Respondent | None) -> Iterator[str]:
    outcomes = list(Outcome.objects.filter(replaced_at=None).select_related("proceeding"))
    for row in Proceeding.objects.filter(ruleset__startswith="us-commerce/", number=1).filter(
        proceeding="investigation"
    ):
        found = paid(outcomes, row.measure_id, firm.pk if firm else None)
        kind = of(row).split()[0]
        yield f"{kind} {found.rate} ({'own' if found.own else 'all'})" if found else f"{kind} -"


def _called(change: StageChange) -> str:
    row = change.proceeding
    with override("zh-hans"):
        return str(names(family(row.measure.kind, row.proceeding), Stage(change.stage)).plain)


def _whose(row: Adopted) -> str:
    return f"{row.rule} [{row.respondent}]" if row.respondent else row.rule


def _moved(move: Move) -> str:
    why = move.notice.number if move.notice else move.known.source if move.known else "rules"
    return f"{_whose(move.adopted)} {move.before or 'waiting'} -> {move.after or 'gone'}, by {why}"
