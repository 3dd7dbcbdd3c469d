"""What the library of past cases has to say beside a measure, a warning, a case."""

from collections.abc import Collection
from dataclasses import dataclass

from monitor.accounts.walls.actor import Actor
from monitor.cases.past.echoing import Heard, heard
from monitor.cases.past.library import PastCases
from monitor.cases.past.near import Asked, Near, near
from monitor.cases.past.own import OwnCase, ended
from monitor.notices.models import Measure


@dataclass(frozen=True)
class Panel:
    """`own`: cases of ours that have ended, as the reader sees them. `total`: of the library."""

    near: list[Near]
    own: list[OwnCase]
    heard: list[Heard]
    total: int


def panel(asked: Asked, actor: Actor, leave_out: Collection[int] = ()) -> Panel:
    """`leave_out`: primary keys of cases of ours."""
    library = PastCases.load()
    return Panel(
        near=near(library.cases, asked),
        own=ended(asked, actor, leave_out),
        heard=heard(library, asked.codes, asked.market),
        total=len(library.cases),
    )


def past_of(measure: Measure, codes: Collection[str], actor: Actor) -> Panel:
    """`codes`: of its goods."""
    numbers = (key.key.partition(":")[2] for key in measure.keys.all())
    asked = Asked.of(codes, [measure.kind], measure.jurisdiction, numbers)
    return panel(asked, actor)
