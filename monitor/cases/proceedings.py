"""From the notices of a measure to the proceedings that it goes through, and their stages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bundles.words import CASES, Event
from bundles.words import Proceeding as Word
from monitor.cases.models import Case, Proceeding, StageChange
from monitor.cases.outcomes.expecting import Changes, Expected, is_told
from monitor.cases.stages import OVER, Family, family, history
from monitor.cases.words import Stage
from monitor.deadlines.facts import Facts
from monitor.deadlines.library import NONE, Library, Said
from monitor.deadlines.matching import told
from monitor.deadlines.rules import Ruleset
from monitor.notices.models import Measure, Notice

_RANK = {stage: rank for rank, stage in enumerate(Stage)}


@dataclass(frozen=True)
class Found:
    """A proceeding as the notices tell it. `notices`: the authority's own, oldest first; `facts`:
    None where no calendar of it is known."""

    ruleset: str
    word: str
    notices: Sequence[Notice]
    facts: Facts | None = None
    period: tuple[date, date] | None = None

    @property
    def began(self) -> date | None:
        opened = (n.published for n in self.notices if n.event == Event.INITIATED)
        return next(opened, None)


def found(measure: Measure, notices: Iterable[Notice], library: Library) -> list[Found]:
    """The proceedings of each ruleset in their order, then those that no ruleset is about."""
    ordered = sorted(notices, key=lambda notice: (notice.published, notice.pk))
    by_said = [(said(notice, measure), notice) for notice in ordered]
    rulesets = [each for each in library.rulesets if measure.kind in each.file.kinds]
    known = [
        each
        for ruleset in rulesets
        if any(library.is_own(ruleset, told_) for told_, _ in by_said)
        for each in _of_ruleset(library, ruleset, by_said)
    ]
    mine = {notice.pk for each in known for notice in each.notices}
    return [*known, *_others(measure, [n for n in ordered if n.pk not in mine])]


def said(notice: Notice, measure: Measure) -> Said:
    """The notice as far as it is about this measure: one kind, one origin."""
    return replace(
        Said.of(notice),
        jurisdiction=measure.jurisdiction,
        kinds=(measure.kind,),
        origins=(measure.origin,) if measure.origin else (),
    )


def _of_ruleset(
    library: Library, ruleset: Ruleset, by_said: Sequence[tuple[Said, Notice]]
) -> Iterator[Found]:
    notice_of = {id(said): notice for said, notice in by_said}
    for each in told(library, ruleset, [said for said, _ in by_said]):
        own = [said for said in each.round.notices if library.is_own(ruleset, said)]
        if own:
            yield Found(
                ruleset=ruleset.name,
                word=own[0].proceeding or NONE,
                notices=[notice_of[id(said)] for said in own],
                facts=each.facts,
                period=_period(each.round.period),
            )


def _period(printed: tuple[str, str] | None) -> tuple[date, date] | None:
    if printed is None:
        return None
    return date.fromisoformat(printed[0]), date.fromisoformat(printed[1])


def _others(measure: Measure, notices: Iterable[Notice]) -> list[Found]:
    """By proceeding; each opening begins another. Of a case, what belongs to no proceeding tells
    nothing of where one stands."""
    rounds: dict[str, list[list[Notice]]] = {}
    for notice in notices:
        if notice.proceeding is None and measure.kind in CASES:
            continue
        of = rounds.setdefault(notice.proceeding or NONE, [])
        if not of or (notice.event == Event.INITIATED and _is_open(of[-1])):
            of.append([])
        of[-1].append(notice)
    return [Found("", word, each) for word, of in rounds.items() for each in of]


def _is_open(notices: Iterable[Notice]) -> bool:
    return any(
        notice.event in (Event.INITIATED, Event.PRELIMINARY, Event.FINAL) for notice in notices
    )


# --- Rows ----------------------------------------------------------------------------------------


class Rows:
    """The proceedings of a case with their changes of stage, read at once."""

    def __init__(self, case: Case, now: datetime) -> None:
        self._case = case
        self._now = now
        rows = Proceeding.objects.filter(case=case).select_related("measure")
        self.all: list[Proceeding] = list(rows.order_by("pk"))
        self._changes: dict[int, list[StageChange]] = {row.pk: [] for row in self.all}
        for change in StageChange.objects.filter(proceeding__case=case).order_by("day", "pk"):
            self._changes[change.proceeding_id].append(change)

    def settle(self, measure: Measure, founds: Sequence[Found]) -> list[tuple[Proceeding, Found]]:
        """A row for every one that was found, numbered in their order, with its stages. A row stays
        the same one when an earlier proceeding becomes known later."""
        mine = [row for row in self.all if row.measure_id == measure.pk]
        mine.sort(key=lambda row: row.expected_on is not None)
        pairs: list[tuple[Proceeding | None, Found]] = []
        for each in founds:
            row = next((row for row in mine if self._is(row, each)), None)
            if row is not None:
                mine.remove(row)
            pairs.append((row, each))
        numbers = _numbers([each for _, each in pairs])
        numbered = [(row, n) for (row, _), n in zip(pairs, numbers, strict=True) if row]
        # What no notice tells any more is kept, behind the others; what none has told of yet has
        # its year for a number.
        behind = [row for row in mine if row.expected_on is None]
        self._renumber([*numbered, *((row, len(founds) + n) for n, row in enumerate(behind, 1))])
        settled = [
            (self._kept(row, measure, each, number), each)
            for (row, each), number in zip(pairs, numbers, strict=True)
        ]
        self._end_with_the_order(settled)
        self._end_with_the_measure(settled)
        return settled

    def _is(self, row: Proceeding, each: Found) -> bool:
        if (row.ruleset, row.proceeding) != (each.ruleset, each.word):
            return False
        if row.expected_on is not None:
            return is_told(row, each.notices[0].published, each.period)
        period = row.period_start and row.period_end and (row.period_start, row.period_end)
        if period and each.period:
            return period == each.period
        notices = {notice.pk for notice in each.notices}
        told = {change.notice_id for change in self._changes[row.pk] if change.notice_id}
        return bool(told & notices) or (row.began is not None and row.began == each.began)

    def _renumber(self, pairs: Sequence[tuple[Proceeding, int]]) -> None:
        """From the last on, so that no number is there twice on the way."""
        for row, number in sorted(pairs, key=lambda pair: -pair[1]):
            if row.number != number:
                row.number = number
                row.save(update_fields=["number"])

    def _kept(
        self, row: Proceeding | None, measure: Measure, each: Found, number: int
    ) -> Proceeding:
        of = family(measure.kind, each.word)
        start, end = each.period or (None, None)
        fields: dict[str, object] = {"began": each.began, "period_start": start, "period_end": end}
        if row is None:
            row = Proceeding.objects.create(
                case=self._case,
                measure=measure,
                ruleset=each.ruleset,
                proceeding=each.word,
                number=number,
                **standing(of, self._planned(of, each, [])),
                **fields,
            )
            self.all.append(row)
            self._changes[row.pk] = []
        changes = self._changes[row.pk]
        self._write(row, self._planned(of, each, changes))
        if row.expected_on is not None:
            fields |= {"expected_on": None, "laid": ""}  # its playbook is laid out in full
        update(row, {**fields, **standing(of, changes)})
        return row

    def changes(self) -> Changes:
        return self._changes

    def expect(self, measure: Measure, wanted: Sequence[Expected]) -> list[Proceeding]:
        """A row for each review that nobody has told of yet, in their order. One that is not
        wanted any more, or that no notice came for, is over."""
        today = self._now.date()
        held: dict[tuple[str, str, date], Proceeding] = {
            (row.ruleset, row.proceeding, row.expected_on): row
            for row in self.all
            if row.measure_id == measure.pk and row.expected_on and row.ended is None
        }
        rows = [
            held.pop(_key(each)) if _key(each) in held else self._expected(measure, each)
            for each in wanted
        ]
        for row in held.values():
            update(row, {"stage": Stage.ENDED, "ended": today})
        return rows

    def _expected(self, measure: Measure, each: Expected) -> Proceeding:
        row = Proceeding.objects.create(
            case=self._case,
            measure=measure,
            ruleset=each.ruleset,
            proceeding=each.word,
            number=each.on.year,
            stage=Stage.EXPECTED,
            expected_on=each.on,
        )
        self.all.append(row)
        self._changes[row.pk] = []
        return row

    def _planned(self, of: Family, each: Found, known: Iterable[StageChange]) -> list[StageChange]:
        had = {(change.stage, change.notice_id) for change in known}
        return [
            StageChange(stage=stage, day=notice.published, notice=notice, at=self._now)
            for stage, notice in history(of, each.notices)
            if (stage.value, notice.pk) not in had
        ]

    def _write(self, row: Proceeding, changes: Sequence[StageChange]) -> None:
        for change in changes:
            change.proceeding = row
        if changes:
            self._changes[row.pk] += StageChange.objects.bulk_create(changes)
            self._changes[row.pk].sort(key=lambda change: change.day)

    def _end_with_the_order(self, settled: Sequence[tuple[Proceeding, Found]]) -> None:
        """Where two authorities investigate, the one that issues no order is through with its
        final determination."""
        own = [row for row, each in settled if each.word == Word.INVESTIGATION]
        if any(row.stage == Stage.IN_FORCE for row in own):
            for row in own:
                if row.stage == Stage.FINAL:
                    update(row, {"ended": self._changes[row.pk][-1].day})

    def _end_with_the_measure(self, settled: Sequence[tuple[Proceeding, Found]]) -> None:
        """Where a sunset review ends the measure, what the investigation made is over."""
        ends = [
            change
            for row, each in settled
            if each.word == Word.SUNSET_REVIEW
            for change in self._changes[row.pk]
            if change.stage == Stage.ENDED
        ]
        for row, each in settled if ends else ():
            if each.word == Word.INVESTIGATION and row.stage == Stage.IN_FORCE:
                end = ends[-1]
                change = StageChange(
                    stage=Stage.ENDED, day=end.day, notice=end.notice, at=self._now
                )
                self._write(row, [change])
                update(row, {"stage": Stage.ENDED})


def standing(of: Family, changes: Sequence[StageChange]) -> dict[str, object]:
    """The stage that it came to last, and when the proceeding was over."""
    if not changes:
        return {"stage": Stage.OPENED}
    last = max(changes, key=lambda change: (change.day, _RANK[Stage(change.stage)]))
    over = [change.day for change in changes if change.stage in OVER[of]]
    ended = min(over) if last.stage in OVER[of] else None
    return {"stage": Stage(last.stage), "ended": ended}


def _key(each: Expected) -> tuple[str, str, date]:
    return each.ruleset, each.word, each.on


def _numbers(founds: Sequence[Found]) -> list[int]:
    counts: dict[tuple[str, str], int] = {}
    numbers = []
    for each in founds:
        key = (each.ruleset, each.word)
        counts[key] = counts.get(key, 0) + 1
        numbers.append(counts[key])
    return numbers


def update(row: Proceeding, fields: dict[str, object]) -> None:
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        row.save(update_fields=changed)
