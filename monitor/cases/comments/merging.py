"""Two who write at once: what they changed of different parts is put together; where both changed
the same, whoever comes second is told, and nothing is written."""

from collections.abc import Mapping
from typing import Any

from monitor.cases.overtaking import clashing


class OvertakenError(Exception):
    """`version`: the newest; `mine`, `theirs`: of the parts that both changed, what each of the two
    wrote; `whole`: both put together, with `mine` of those; `by`: whoever wrote the newest, empty
    where nobody is known."""

    def __init__(
        self,
        version: int,
        mine: Mapping[str, Any],
        theirs: Mapping[str, Any],
        whole: Mapping[str, Any],
        by: str,
    ) -> None:
        super().__init__(f"{by} changed {', '.join(theirs)}")
        self.version = version
        self.mine = mine
        self.theirs = theirs
        self.whole = whole
        self.by = by


def merged(
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    *,
    version: int,
    by: str,
) -> dict[str, Any]:
    """`base`: what whoever wrote `mine` had before them; `theirs`: what stands now. What is missing
    in one was taken out of it. Raises OvertakenError."""
    names = base.keys() | mine.keys() | theirs.keys()
    changed = {name for name in names if mine.get(name) != base.get(name)}
    taken = {name: mine[name] for name in changed if name in mine}
    whole = {**{name: v for name, v in theirs.items() if name not in changed}, **taken}
    if clash := clashing(base, mine, theirs):
        raise OvertakenError(
            version,
            {name: mine.get(name) for name in clash},
            {name: theirs.get(name) for name in clash},
            whole,
            by,
        )
    return whole
