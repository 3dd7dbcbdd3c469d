"""Which measures are one affair: the anti-dumping and the countervailing case of one product and
one origin, before one authority. They are answered together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bundles.words import Kind
from monitor.notices.models import Entry, Measure, MeasureKey

TWIN: dict[str, str] = {
    Kind.ANTI_DUMPING: Kind.COUNTERVAILING,
    Kind.COUNTERVAILING: Kind.ANTI_DUMPING,
}


def affair(measures: Iterable[Measure]) -> list[Measure]:
    """The measures and their twins, by primary key. Three queries."""
    given = {measure.pk: measure for measure in measures}
    found = given | {twin.pk: twin for twin in twins(list(given.values()))}
    return [found[pk] for pk in sorted(found)]


def twins(measures: Sequence[Measure]) -> list[Measure]:
    """By the name of the product in its normal form, which is a key of either (`us:anti_dumping:CN:
    wood molding`); where one of them has none, by a notice that speaks of the two alone."""
    mine = [m for m in measures if m.kind in TWIN and m.origin]
    keys = _keys(mine)
    wanted = {
        key.replace(f":{m.kind}:", f":{TWIN[m.kind]}:", 1) for m in mine for key in keys[m.pk]
    }
    by_name = Measure.objects.filter(keys__key__in=wanted) if wanted else ()
    return [*by_name, *_beside(mine, keys)]


def _keys(measures: Sequence[Measure]) -> dict[int, list[str]]:
    """Those that name the product."""
    found: dict[int, list[str]] = {measure.pk: [] for measure in measures}
    kinds = {measure.pk: measure.kind for measure in measures}
    for row in MeasureKey.objects.filter(measure__in=list(found)):
        if f":{kinds[row.measure_id]}:" in row.key:
            found[row.measure_id].append(row.key)
    return found


def _beside(measures: Sequence[Measure], keys: dict[int, list[str]]) -> list[Measure]:
    """A notice may list a dozen products: only one that speaks of no third measure of the origin
    says that two are one affair."""
    mine = {measure.pk for measure in measures}
    rows = Entry.objects.filter(
        notice__entries__measure__in=mine, measure__kind__in=list(TWIN)
    ).select_related("measure")
    together: defaultdict[tuple[int, str | None], dict[int, Measure]] = defaultdict(dict)
    for entry in rows:
        together[entry.notice_id, entry.measure.origin][entry.measure_id] = entry.measure
    found: dict[int, Measure] = {}
    for pair in together.values():
        others = [other for pk, other in pair.items() if pk not in mine]
        one = next((pair[pk] for pk in pair if pk in mine), None)
        if len(pair) == 2 and len(others) == 1 and one and _may_be(one, others[0], keys):
            found[others[0].pk] = others[0]
    return list(found.values())


def _may_be(one: Measure, other: Measure, keys: dict[int, list[str]]) -> bool:
    return other.kind == TWIN[one.kind] and not (keys[one.pk] and _keys([other])[other.pk])
