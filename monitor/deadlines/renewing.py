"""Rules change while cases run: what that would move. Nothing moves by itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.deadlines.facts import Due


@dataclass(frozen=True)
class Change:
    """A due under the rules as they were taken over, and as they are now; None where the one or
    the other has none."""

    rule: str
    to: str | None
    old: Due | None
    new: Due | None

    @property
    def days(self) -> int | None:
        """By how many days it would move; None where one of them has no date."""
        if not (self.old and self.old.day and self.new and self.new.day):
            return None
        return (self.new.day - self.old.day).days


def renewed(old: Iterable[Due], new: Iterable[Due]) -> list[Change]:
    """What differs in its date, in what it waits for, or in where it stands, in the new one's
    order, then what is gone. Both: calendars of one case."""
    before = {(due.rule.id, due.to): due for due in old}
    after = {(due.rule.id, due.to): due for due in new}
    return list(_changes(before, after))


def _changes(
    before: dict[tuple[str, str | None], Due], after: dict[tuple[str, str | None], Due]
) -> Iterator[Change]:
    for key, due in after.items():
        was = before.get(key)
        if was is None or _holds(was) != _holds(due):
            yield Change(*key, was, due)
    for key, due in before.items():
        if key not in after:
            yield Change(*key, due, None)


def _holds(due: Due) -> tuple[object, ...]:
    source = due.period or due.rule
    return due.day, due.waits_for, source.basis, source.is_verified
