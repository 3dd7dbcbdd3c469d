"""One run: every set, the matcher in service and the baselines beside it, as data and as a table.

Sets that are also a source of training are measured by folds of products: for each fold a matcher
that has not learned from its products answers for them. Where nobody trains (no trainer is given),
the matcher in service answers, and the row says that it has learned from the set.

On sets that only its scales are fitted on, the matcher in service answers each case by scales that
are fitted without the case's heading (`crossfit.py`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.products import artifacts
from models.products.evaluation import crossfit, figures, sets
from models.products.evaluation.figures import Bin, Figures
from models.products.evaluation.matchers import MATCHERS, Answer, Classifier, Contender
from models.products.evaluation.sets import Case, LabelledSet
from models.products.evaluation.splits import FOLDS, fold

Trainer = Callable[[int], Contender]
"""A matcher that has learned from no product of this fold (`splits.fold`)."""

SERVICE = "in service"
CLAIMED = 0.2
"""Below this a heading is no claim (classify.toml, the classify room's floor)."""


@dataclass(frozen=True)
class Row:
    """Figures of one matcher on one set. `learned`: it has learned from the set. `cross_fitted`:
    its scales are fitted on the set, and each answer is by scales fitted without its heading."""

    set: str
    matcher: str
    figures: Figures
    learned: bool
    cross_fitted: bool = False

    def as_dict(self) -> dict[str, Any]:
        told = {name: value for name, value in vars(self).items() if name != "figures"}
        return told | self.figures.as_dict()


@dataclass(frozen=True)
class Vagueness:
    """`said`: of titles that name no product, the share that is answered "too vague" or with no
    heading that would be claimed."""

    set: str
    matcher: str
    documents: int
    said: float


@dataclass(frozen=True)
class Errors:
    """Of the matcher in service on one set."""

    set: str
    confusions: list[tuple[str, str, int]]
    worst: list[dict[str, Any]]
    bins: list[Bin | None]


@dataclass(frozen=True)
class Report:
    """`too_vague_precision`: where as many notices name a product as name none, the share of those
    found too vague that name none. Our own titles against all sets of notices."""

    model: str
    rows: list[Row]
    vagueness: list[Vagueness]
    errors: list[Errors]
    too_vague_precision: float | None
    absent: list[str]

    def as_dict(self) -> dict[str, Any]:
        return {
            "model": self.model,
            "sets": [row.as_dict() for row in self.rows],
            "vague": [vars(v) | {"said": round(v.said, 4)} for v in self.vagueness],
            "too_vague_precision": self.too_vague_precision,
            "errors": [vars(e) | {"bins": [b and vars(b) for b in e.bins]} for e in self.errors],
            "absent": self.absent,
        }


def measure(
    folder: Path,
    matchers: Mapping[str, Contender] = MATCHERS,
    trainer: Trainer | None = None,
    *,
    learns: bool | None = None,
) -> Report:
    """Every set that is there. `absent` names the files that are not.

    `learns`: whether the matcher under "in service" has learned; that of the package, unless told.
    """
    learns = artifacts.packaged().is_file() if learns is None else learns
    there = sets.present(folder, (*sets.SETS, *sets.VAGUE))
    absent = sorted({each.path or "" for each, is_there in there.items() if not is_there})
    cases = {each: each.cases(folder) for each in sets.SETS if there[each]}
    folded = _by_folds({e: c for e, c in cases.items() if e.folds}, trainer) if trainer else {}
    crossed = _crossed(folder, cases, matchers)
    rows: list[Row] = []
    errors: list[Errors] = []
    for each, some in cases.items():
        for name, contender in matchers.items():
            serves = name == SERVICE
            apart = (folded | crossed).get(each) if serves else None
            answers = apart or contender([case.document for case in some])
            learned = each.folds and serves and each not in folded and learns
            found = figures.figures(some, answers)
            rows.append(Row(each.name, name, found, learned, serves and each in crossed))
            if serves:
                errors.append(_errors(each, some, answers))
    vagueness = list(_vagueness(folder, [e for e in sets.VAGUE if there[e]], matchers))
    return Report(artifacts.name(), rows, vagueness, errors, _precision(rows, vagueness), absent)


def _precision(rows: Sequence[Row], vagueness: Sequence[Vagueness]) -> float | None:
    own = {each.name for each in sets.VAGUE if each.path is None}
    none = [v.said for v in vagueness if v.matcher == SERVICE and v.set in own]
    silent = [
        1 - r.figures.coverage for r in rows if r.matcher == SERVICE and r.set in sets.NOTICES
    ]
    said = sum(none) / max(1, len(none))
    wrongly = sum(silent) / max(1, len(silent))
    return round(said / (said + wrongly), 4) if silent and said + wrongly else None


def _by_folds(
    cases: Mapping[LabelledSet, Sequence[Case]], trainer: Trainer
) -> dict[LabelledSet, list[Answer]]:
    """Every case answered by a matcher that has not learned from its product; in order. One
    matcher at a time is kept."""
    found: dict[LabelledSet, dict[int, Answer]] = {each: {} for each in cases}
    for number in range(FOLDS):
        contender = trainer(number)
        for each, some in cases.items():
            places = [n for n, case in enumerate(some) if fold(case.product) == number]
            answers = contender([some[n].document for n in places])
            found[each].update(zip(places, answers, strict=True))
    return {each: [found[each][n] for n in range(len(some))] for each, some in cases.items()}


def _crossed(
    folder: Path, cases: Mapping[LabelledSet, Sequence[Case]], matchers: Mapping[str, Contender]
) -> dict[LabelledSet, list[Answer]]:
    """Of the matcher in service on what calibrates it; none where another stands in its place."""
    service = matchers.get(SERVICE)
    if not isinstance(service, Classifier):
        return {}
    by = crossfit.contenders(folder, service)
    wanted = {each: some for each, some in cases.items() if each.calibrates and some}
    return {each: crossfit.answers(some, by) for each, some in wanted.items()} if by else {}


def _errors(each: LabelledSet, cases: Sequence[Case], answers: Sequence[Answer]) -> Errors:
    return Errors(
        each.name,
        figures.confusions(cases, answers),
        figures.worst(cases, answers),
        figures.bins(cases, answers, 10),
    )


def _vagueness(
    folder: Path, wanted: Sequence[LabelledSet], matchers: Mapping[str, Contender]
) -> Iterator[Vagueness]:
    for each in wanted:
        cases = each.cases(folder)
        for name, matcher in matchers.items():
            answers = matcher([case.document for case in cases])
            said = sum(_is_silent(answer) for answer in answers) / len(cases)
            yield Vagueness(each.name, name, len(cases), said)


def _is_silent(answer: Answer) -> bool:
    return answer.vague or not answer.hs4 or answer.hs4[0][1] < CLAIMED


_HEAD = (
    *("docs", "hit@1", "hit@5", "6hit@1", "6hit@5", "set", "ECE10", "ECE15", "ideal", "to 95%"),
    *("answered", "right"),
)


def table(report: Report) -> Iterator[str]:
    """The lines that a person reads."""
    yield f"model in service: {report.model}"
    for path in report.absent:
        yield f"ABSENT, not measured: {path}"
    yield f"{'set':<38}{'matcher':<14}" + "".join(f"{word:>9}" for word in _HEAD)
    for row in report.rows:
        values = list(vars(row.figures).values())
        said = "".join(f"{value:>9.3f}" for value in values[1:])
        mark = "  has learned from it" if row.learned else ""
        mark += "  calibrated by folds of headings" if row.cross_fitted else ""
        yield f"{row.set:<38}{row.matcher:<14}{values[0]:>9}{said}{mark}"
    for vague in report.vagueness:
        said = f"{vague.documents:>9}{vague.said:>9.3f} found too vague"
        yield f"{vague.set:<38}{vague.matcher:<14}{said}"
    if report.too_vague_precision is not None:
        precision = f"{report.too_vague_precision:.3f}"
        yield f"found too vague, half of all naming no product: precision {precision}"
    for errors in report.errors:
        pairs = ", ".join(f"{right}→{said} {n}" for right, said, n in errors.confusions)
        yield f"chapters confused, {errors.set}: {pairs}"
