"""Hits for a page: from the index, by exposure with the impacts beside it, or from the records."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from monitor.accounts.walls.actor import Actor
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


@dataclass(frozen=True)
class Ranking:
    """The notices that touch a base, most money first, each once."""

    base: Base
    notices: Sequence[int]


def ranking(base: Base | None, actor: Actor) -> Ranking | None:
    """By the exposure of a base, as far as the actor sees it."""
    if base is None:
        return None
    impacts = Impact.objects.for_actor(actor).filter(base=base)
    rows = impacts.order_by("-exposure_usd", "-entry__notice__published")
    return Ranking(base, list(dict.fromkeys(rows.values_list("entry__notice", flat=True))))


def answer(asked: Asked, by: Ranking | None = None) -> Answer:
    """`by`: what the hits are to be ordered by; only notices in it are hits then."""
    try:
        return Answer(_ordered(asked.query, by) if by else engine().search(asked.query))
    except (OutsideUnavailable, OSError) as error:  # OSError: the folder of an embedded index
        log.warning("the index cannot be asked, the records are: %s", error)
        return Answer(fallback.page(asked.query), from_records=True)


def every_hit(asked: Asked, by: Ranking | None = None) -> Iterator[int]:
    """Primary keys of all hits, newest first or in the order of `by`. The first is looked for at
    once. Raises what an engine raises."""
    if by is not None:
        return iter(_ranked(asked.query, by))
    found = engine().scan(asked.query)
    first = next(found, None)
    return found if first is None else chain((first,), found)


def _ordered(query: Query, by: Ranking) -> Page:
    ranked = _ranked(query, by)
    counted = engine().search(replace(_touching(query, by), offset=0, limit=1))
    shown = ranked[query.offset : query.offset + query.limit]
    return replace(counted, hits=[Hit(pk) for pk in shown], total=len(ranked))


def _ranked(query: Query, by: Ranking) -> list[int]:
    found = set(engine().scan(_touching(query, by)))
    return [pk for pk in by.notices if pk in found]


def _touching(query: Query, by: Ranking) -> Query:
    return replace(query, tree=both(query.tree, Tagged(Tag.BASE, (by.base.code,))))
