"""Hits for a page: from the index, by exposure with the impacts beside it, or from the records."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from monitor.bases.models import Base
from monitor.impact.models import Impact
from monitor.jobs.rooms import OutsideUnavailable
from monitor.search import fallback
from monitor.search.asking import Asked
from monitor.search.engine import Hit, Page, Query
from monitor.search.serving import engine
from monitor.search.tree import Tag, Tagged, both

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """`from_records`: the index could not be reached, and this is what the database could say."""

    page: Page
    from_records: bool = False


def answer(asked: Asked, base: Base | None = None) -> Answer:
    """`base`: whose exposure the hits are to be ordered by, most money first; only notices that
    touch it are hits then."""
    try:
        return Answer(_by_exposure(asked.query, base) if base else engine().search(asked.query))
    except (OutsideUnavailable, OSError) as error:  # OSError: the folder of an embedded index
        log.warning("the index cannot be asked, the records are: %s", error)
        return Answer(fallback.page(asked.query), from_records=True)


def every_hit(asked: Asked, base: Base | None = None) -> Iterator[int]:
    """Primary keys of all hits, newest first or by the exposure of `base`. The first is looked for
    at once. Raises what an engine raises."""
    if base is not None:
        return iter(_ranked(asked.query, base))
    found = engine().scan(asked.query)
    first = next(found, None)
    return found if first is None else chain((first,), found)


def _by_exposure(query: Query, base: Base) -> Page:
    ranked = _ranked(query, base)
    counted = engine().search(replace(_touching(query, base), offset=0, limit=1))
    shown = ranked[query.offset : query.offset + query.limit]
    return replace(counted, hits=[Hit(pk) for pk in shown], total=len(ranked))


def _ranked(query: Query, base: Base) -> list[int]:
    found = set(engine().scan(_touching(query, base)))
    return [pk for pk in _most_money_first(base) if pk in found]


def _touching(query: Query, base: Base) -> Query:
    return replace(query, tree=both(query.tree, Tagged(Tag.BASE, (base.code,))))


def _most_money_first(base: Base) -> Sequence[int]:
    """Notices that touch the base, each once."""
    rows = Impact.objects.filter(base=base).order_by("-exposure_usd", "-entry__notice__published")
    return list(dict.fromkeys(rows.values_list("entry__notice", flat=True)))
