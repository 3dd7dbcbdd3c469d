"""What a reader may learn of the cases that they see."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitor.accounts.walls.actor import Actor
from monitor.cases.learning.counting import (
    Firm,
    Group,
    Share,
    Times,
    each_defended,
    group,
    response,
    times,
)
from monitor.cases.learning.reading import Read, read
from monitor.cases.models import Case, Counsel

USD = "USD"


@dataclass(frozen=True)
class Cost:
    """What a case cost, by currency. `each`: USD for each USD of duty that is not paid in a year,
    where all of it was paid in USD."""

    case: Case
    amounts: Mapping[str, Decimal]
    each: Decimal | None


@dataclass(frozen=True)
class Year:
    year: int
    response: Share


@dataclass(frozen=True)
class Retained:
    """What is learned of one counsel. `amounts`: paid to it, by currency."""

    counsel: Counsel
    group: Group
    amounts: Mapping[str, Decimal]


@dataclass(frozen=True)
class Report:
    """`whole`: of everything; `since_day`, `since_known`: how long telling took. `showing`: the
    organisations whose exports are in the sums."""

    whole: Group
    since_day: Times
    since_known: Times
    years: Sequence[Year]
    by_market: Sequence[Group]
    by_chapter: Sequence[Group]
    by_counsel: Sequence[Retained]
    costs: Sequence[Cost]
    showing: frozenset[int]
    sample: bool
    """Whether any of the cases is a sample."""


def learned(actor: Actor) -> Report:
    """A fixed number of queries, however many cases."""
    rows = read(actor)
    firms = list(rows.firms.values())
    return Report(
        whole=group("", firms),
        since_day=times(firms, from_house=False),
        since_known=times(firms, from_house=True),
        years=_years(rows, firms),
        by_market=_groups(firms, lambda firm: [rows.cases[firm.case].jurisdiction]),
        by_chapter=_groups(firms, lambda firm: rows.chapters.get(firm.case, ())),
        by_counsel=_by_counsel(rows),
        costs=_costs(rows, firms),
        showing=rows.showing,
        sample=any(case.sample for case in rows.cases.values()),
    )


def _groups(firms: Iterable[Firm], keys: Callable[[Firm], Sequence[str]]) -> list[Group]:
    """Those of which most is known first. A firm stands in each group that it belongs to."""
    found: defaultdict[str, list[Firm]] = defaultdict(list)
    for firm in firms:
        for key in keys(firm):
            found[key].append(firm)
    groups = [group(key, mine) for key, mine in found.items()]
    return sorted(groups, key=lambda each: (-each.response.whole, each.key))


def _years(rows: Read, firms: Sequence[Firm]) -> list[Year]:
    """By the year in which the case was opened."""
    found: defaultdict[int, list[Firm]] = defaultdict(list)
    for firm in firms:
        found[rows.cases[firm.case].opened_at.year].append(firm)
    return [Year(year, response(found[year])) for year in sorted(found)]


def _by_counsel(rows: Read) -> list[Retained]:
    counsel = {m.counsel_id: m.counsel for mine in rows.mandates.values() for m in mine}
    found: defaultdict[int, list[Firm]] = defaultdict(list)
    for respondent, firm in rows.firms.items():
        for pk in rows.counsel.get(respondent, ()):
            found[pk].append(firm)
    return [
        Retained(each, group(str(pk), found[pk]), rows.spent_on.get(pk, {}))
        for pk, each in sorted(counsel.items(), key=lambda item: (-len(found[item[0]]), item[0]))
    ]


def _costs(rows: Read, firms: Sequence[Firm]) -> list[Cost]:
    """The newest case first."""
    avoided: defaultdict[int, Decimal] = defaultdict(Decimal)
    for firm in firms:
        avoided[firm.case] += firm.avoided or 0
    costed = [case for pk, case in rows.cases.items() if rows.spent.get(pk)]
    return [
        Cost(case, amounts, _each(amounts, avoided[case.pk]))
        for case in sorted(costed, key=lambda case: case.opened_at, reverse=True)
        if (amounts := rows.spent[case.pk])
    ]


def _each(amounts: Mapping[str, Decimal], avoided: Decimal) -> Decimal | None:
    return each_defended(amounts[USD], avoided) if set(amounts) == {USD} else None
