"""A date that a notice prints, with the day from which the law counts it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from crawlers.parsing import day_words

DAY = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{1,2}, \d{4}"
)


@dataclass(frozen=True, order=True)
class Pair:
    """`event` on the day `start` begins the period of `rule`; `starts_in` names the document that
    says so. `document` prints the day on which it ends. `postponed`: it says that it was."""

    ruleset: str
    rule: str
    event: str
    start: date
    printed: date
    document: str
    starts_in: str
    postponed: bool = False
    cases: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "ruleset": self.ruleset,
            "rule": self.rule,
            "event": self.event,
            "start": self.start.isoformat(),
            "printed": self.printed.isoformat(),
            "document": self.document,
            "starts_in": self.starts_in,
            "postponed": self.postponed,
            "cases": list(self.cases),
        }


def first_day(pattern: str, text: str) -> date | None:
    """The day in the pattern's group `day`, where the text has the pattern."""
    found = re.search(pattern, text)
    return day_words.read(found["day"]) if found else None


def day(words: str = "day") -> str:
    """A pattern of a date in words, as the group `words`."""
    return f"(?P<{words}>{DAY})"
