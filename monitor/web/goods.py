"""What is known of a measure's goods beside the measure itself: our exports, similar measures."""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitor.accounts.walls.actor import Actor
from monitor.bases.confidential import is_hidden
from monitor.jobs.rooms import OutsideUnavailable
from monitor.notices.models import ProductClaim
from monitor.search.similar import Similar, goods, similar
from monitor.web.charts import Bar, bars
from monitor.web.statistics import Row, Statistics, statistics

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Around:
    """`codes`: HS codes of the goods. `statistics`: None where they cannot be given. `similar`:
    None where the index cannot be asked."""

    codes: Sequence[str]
    statistics: Statistics | None
    similar: list[Similar] | None

    @property
    def sample(self) -> bool:
        """Whether sample data are among the figures."""
        return self.statistics is not None and self.statistics.sample

    @property
    def together(self) -> Row | None:
        """All bases' exports."""
        return self.statistics.all if self.statistics and self.statistics.rows else None

    @property
    def highest(self) -> Bar | None:
        """The month of most exports; None where one is hidden, which may be it."""
        if any(is_hidden(bar.value) for bar in self.bars):
            return None
        known = [(bar.value, bar) for bar in self.bars if isinstance(bar.value, Decimal)]
        return max(known, key=lambda pair: pair[0], default=(None, None))[1]

    @property
    def bars(self) -> list[Bar]:
        found, together = self.statistics, self.together
        return bars(found.months, together.values) if found and together else []


def around(
    claims: Iterable[ProductClaim],
    market: str,
    kinds: Collection[str],
    own: Collection[int],
    actor: Actor,
) -> Around:
    """Of the goods that notices are likely about. `own`: the measures that are on the page."""
    codes = goods(claims)
    return Around(codes, statistics(codes, market, actor), _similar(codes, kinds, own))


def _similar(
    codes: Sequence[str], kinds: Collection[str], own: Collection[int]
) -> list[Similar] | None:
    try:
        return similar(codes, kinds, own)
    except (OutsideUnavailable, OSError) as error:  # OSError: the folder of an embedded index
        log.warning("the index cannot be asked for similar measures: %s", error)
        return None
