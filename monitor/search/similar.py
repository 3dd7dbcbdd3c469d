"""Measures on the same goods: in other markets, against other origins, of other kinds.

The index names the notices that share an HS code; the records say which of their codes are the
same, and of which measures they are. What shares most subheadings is nearest, then most headings,
then a measure of the same family (a remedy to a remedy), then the newest.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from bundles.words import CASES, INCIDENTS, REGULATIONS
from monitor.notices.models import Entry, Measure, ProductClaim
from monitor.search.engine import Order, Query
from monitor.search.serving import engine
from monitor.search.tree import Not, Tag, Tagged, both

LIKELY = 0.5
"""A product less probable than this is more likely wrong than right: nothing is similar by it."""
NEARLY = 0.9
"""The part of a heading's probability that its subheadings have to have to stand for it."""
HITS = 200
"""Notices that are looked at for the subheadings, and as many for the headings, newest first."""
MOST = 300
"""Codes that are asked for."""
SHOWN = 10

Codes = frozenset[str]


@dataclass(frozen=True)
class Similar:
    """A measure and why it is near: the HS codes that it shares. `headings`: those of which it
    shares no subheading. `language`: of its newest notice among those found."""

    measure: Measure
    subheadings: tuple[str, ...]
    headings: tuple[str, ...]
    is_same_family: bool
    language: str


def goods(claims: Iterable[ProductClaim]) -> list[str]:
    """The HS codes that notices are likely about, in order: what a person has confirmed or is more
    likely than not, without a heading that says no more than its subheadings do."""
    sure: dict[str, float] = {}
    for claim in claims:
        if claim.verdict != ProductClaim.Verdict.REJECTED:
            sureness = 1.0 if claim.verdict else claim.probability
            sure[claim.code] = max(sureness, sure.get(claim.code, 0.0))
    likely = {code: sureness for code, sureness in sure.items() if sureness >= LIKELY}
    return sorted(code for code in likely if not _is_told_by_narrower(code, likely))


def _is_told_by_narrower(code: str, likely: Mapping[str, float]) -> bool:
    narrower = (other for other in likely if len(other) > len(code) and other.startswith(code))
    return sum(likely[other] for other in narrower) >= NEARLY * likely[code]


def similar(
    codes: Sequence[str], kinds: Collection[str], own: Collection[int], limit: int = SHOWN
) -> list[Similar]:
    """Measures that share a heading or more, nearest first. Two questions to the index and two to
    the records, however many there are.

    `codes`: HS codes, of which those of a chapter say too little to be heeded; `kinds`: of the
    measure or notice that they are compared with; `own`: primary keys of measures to leave out.
    Raises what an engine raises.
    """
    asked = _Asked(
        frozenset(code for code in codes[:MOST] if len(code) == 6),
        frozenset(code[:4] for code in codes[:MOST] if len(code) >= 4),
        _families(kinds),
    )
    ids = list(dict.fromkeys([*_hits(asked.six, own), *_hits(asked.four, own)]))
    found = [asked.compared(*measure) for measure in _measures(ids, own)]
    near = (each for each in found if each.subheadings or each.headings)
    return sorted(near, key=_nearness)[:limit]


@dataclass(frozen=True)
class _Asked:
    """The subheadings and headings asked about, and the families of what they were taken from."""

    six: Codes
    four: Codes
    families: frozenset[str]

    def compared(self, measure: Measure, language: str, codes: Codes) -> Similar:
        same = codes & self.six
        near = {code[:4] for code in codes} & self.four - {code[:4] for code in same}
        return Similar(
            measure=measure,
            subheadings=tuple(sorted(same)),
            headings=tuple(sorted(near)),
            is_same_family=not self.families.isdisjoint(_families([measure.kind])),
            language=language,
        )


def _hits(codes: Codes, own: Collection[int]) -> Iterator[int]:
    if not codes:
        return
    others = Not(Tagged(Tag.MEASURE, tuple(str(pk) for pk in own)))
    about = Tagged(Tag.HS, tuple(sorted(codes)))
    tree = both(about, others) if own else about
    for hit in engine().search(Query(tree, order=Order.NEWEST, limit=HITS)).hits:
        yield hit.notice_id


def _measures(ids: Sequence[int], own: Collection[int]) -> Iterator[tuple[Measure, str, Codes]]:
    """Each measure of the notices, the language of the newest, and the codes that all of them
    claim."""
    claimed = _claimed(ids)
    codes: defaultdict[int, set[str]] = defaultdict(set)
    newest: dict[int, Entry] = {}
    entries = Entry.objects.filter(notice__in=ids).exclude(measure__in=own)
    for entry in (
        entries.select_related("measure", "notice")
        .only("measure", "notice__language", "notice__published")
        .order_by("-notice__published", "-notice")
    ):
        newest.setdefault(entry.measure_id, entry)
        codes[entry.measure_id] |= claimed[entry.notice_id]
    for pk, entry in newest.items():
        yield entry.measure, entry.notice.language, frozenset(codes[pk])


def _claimed(ids: Sequence[int]) -> defaultdict[int, set[str]]:
    sure = Q(probability__gte=LIKELY) | Q(verdict=ProductClaim.Verdict.CONFIRMED)
    rows = ProductClaim.objects.filter(sure, notice__in=ids)
    found: defaultdict[int, set[str]] = defaultdict(set)
    for notice, code in rows.exclude(verdict=ProductClaim.Verdict.REJECTED).values_list(
        "notice", "code"
    ):
        found[notice].add(code)
    return found


def _families(kinds: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_family, kinds))


def _family(kind: str) -> str:
    """Remedies, regulations, incidents; a kind that is in none is a family of its own."""
    named = {"remedy": CASES, "regulation": REGULATIONS, "incident": INCIDENTS}
    return next((name for name, family in named.items() if kind in family), kind)


def _nearness(each: Similar) -> tuple[int, int, bool, int, int]:
    return (
        -len(each.subheadings),
        -len(each.headings),
        not each.is_same_family,
        -each.measure.last_published.toordinal(),
        -each.measure.pk,
    )
