"""Which rooms have to work again when the claims of a notice are others than before."""

from collections.abc import Collection

from monitor.jobs.rooms import State
from monitor.notices.models import Notice


def wake(notices: Collection[int]) -> None:
    """What was indexed and assessed with other claims has to be done again."""
    wake_index(notices)
    done = Notice.objects.filter(pk__in=notices, assess_state=State.DONE)
    done.update(assess_state=State.READY)


def wake_index(notices: Collection[int]) -> None:
    """What the index holds of them (their bases, levels, days) is not so any more, and what
    sentinels saw of them neither."""
    if notices:
        _wake(notices, "index_state")
        _wake(notices, "watch_state")


def _wake(notices: Collection[int], state: str) -> None:
    done = Notice.objects.filter(pk__in=notices, **{state: State.DONE})
    done.update(**{state: State.READY})
