"""Tasks in the columns of a board, as pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from monitor.cases.work.boards import Card, Column, Stack

NAMES: Mapping[Column, str | Promise] = {
    Column.OVERDUE: pgettext_lazy("tasks", "Overdue"),
    Column.THIS_WEEK: pgettext_lazy("tasks", "Within seven days"),
    Column.LATER: pgettext_lazy("tasks", "Later"),
    Column.WAITING: pgettext_lazy("tasks", "Waiting for something else"),
    Column.DONE: pgettext_lazy("tasks", "Done in the last thirty days"),
}
FOLDED = frozenset({Column.LATER, Column.WAITING, Column.DONE})


@dataclass(frozen=True)
class Shown:
    """A column that holds something. `folded`: behind its heading, since it does not press."""

    word: str
    name: str | Promise
    count: int
    cards: Sequence[Card]
    folded: bool

    @property
    def is_open(self) -> bool:
        """Whether what is in it is left to do."""
        return self.word != Column.DONE


def columns(found: Mapping[Column, Stack]) -> list[Shown]:
    return [
        Shown(each.value, NAMES[each], stack.count, stack.cards, folded=each in FOLDED)
        for each, stack in found.items()
        if stack.count
    ]
