"""Which rooms have to work again when the claims of a notice are others than before."""

from collections.abc import Iterable

from monitor.jobs.rooms import State
from monitor.notices.models import Notice


def wake(notices: Iterable[int]) -> None:
    """What was indexed and assessed with other claims has to be done again."""
    for state in ("index_state", "assess_state"):
        done = Notice.objects.filter(pk__in=notices, **{state: State.DONE})
        done.update(**{state: State.READY})
