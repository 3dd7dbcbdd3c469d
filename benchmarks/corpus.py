"""Synthetic notices, as many as are wanted, of the words of real ones.

How they are made, from the feeds under `data` and one seed:

- 40% of the gazette: a real document of the U.S. Federal Register gives the clauses of the title
  and the number of sentences; half of the sentences are its own, half those of other documents, as
  may be the last clause of the title. Lengths are therefore real ones (28% have no abstract).
- 12% trade remedies in English: likewise, of trade-remedy documents; the title has real goods of a
  tariff, a place of origin and what a real title says after them.
- 18% alerts: product, hazard and category of RASFF, hazards exchanged between rows.
- 20% Chinese: two to five sentences of real notices, notifications and recalls, their goods and
  days replaced by names of China's tariff and the day of publication.
- 10% Spanish and Vietnamese: goods of Mexico's and Vietnam's tariffs in sentences of ours.

Goods, markets, kinds, authorities and the rest are drawn by laws with long tails (`corpus_facts`);
goods that the words name give the HS codes. Companies, case numbers and dockets are made up, so
that the vocabulary grows with the number of notices. Everything else recurs: there are some 180,000
different sentences. Words of one notice therefore belong together less than in life, and in a
million notices a sentence stands in several.

What an index is to know of a notice is found out by the house's own `monitor.search.documents`.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import corpus_facts, corpus_material
from benchmarks.corpus_facts import Facts
from benchmarks.corpus_wording import Wording, Writer
from monitor.notices.models import Notice
from monitor.search.document import Document
from monitor.search.documents import document
from monitor.search.outside import Touch

CHUNK = 1000
"""Notices made of one seed, so that the beginning of a corpus is the same whatever its size."""
CASES = 8000
"""Measures that notices are about; those with low numbers have many notices."""
SEEN = datetime(2026, 2, 27, tzinfo=UTC)


@dataclass(frozen=True)
class Draft:
    """A notice as the records hold it (`pk` from 1), and what else is known of it. `claims`: (HS
    code, probability)."""

    notice: Notice
    claims: list[tuple[str, float]]
    measures: list[int]
    touch: Touch

    def document(self) -> Document:
        return document(self.notice, self.claims, self.measures, self.touch)


class Corpus:
    """OSError where a feed is absent under `data`."""

    def __init__(self, data: Path, seed: int = 0) -> None:
        self._writer = Writer(corpus_material.read(data))
        self._seed = seed

    def drafts(self, first: int, count: int) -> Iterator[Draft]:
        """Those with the numbers `first` (from 1) and following; both in whole chunks."""
        for chunk in range((first - 1) // CHUNK, (first - 1 + count + CHUNK - 1) // CHUNK):
            chance = random.Random(f"{self._seed}:{chunk}")
            for number in range(chunk * CHUNK + 1, (chunk + 1) * CHUNK + 1):
                draft = self._draft(number, chance)
                if first <= number < first + count:
                    yield draft

    def _draft(self, number: int, chance: random.Random) -> Draft:
        facts = corpus_facts.drawn(chance)
        case = 1 + int(CASES * chance.random() ** 2)
        wording = self._writer.worded(facts, number, case, chance)
        return Draft(
            notice=_notice(number, facts, wording),
            claims=corpus_facts.claims(wording.codes, chance),
            measures=[] if facts.is_other else [case],
            touch=Touch(facts.bases, facts.level),
        )


def _notice(number: int, facts: Facts, wording: Wording) -> Notice:
    return Notice(
        pk=number,
        source=facts.family.source,
        number=f"{facts.published.year}-{number:07}",
        title=wording.title,
        abstract=wording.abstract,
        language=facts.family.language,
        published=facts.published,
        url=f"https://example.org/{number}",
        authority=facts.authority,
        jurisdiction=facts.market,
        kinds=[facts.kind.value],
        proceeding=facts.proceeding and facts.proceeding.value,
        event=facts.event.value,
        outcome=facts.outcome and facts.outcome.value,
        origins=list(facts.origins),
        item=_item(facts, wording),
        fingerprint=f"{number:064}",
        sample=True,
        first_seen=SEEN,
        last_changed=SEEN,
    )


def _item(facts: Facts, wording: Wording) -> dict[str, Any]:
    return {
        "case_numbers": wording.numbers,
        "companies": [{"name": name} for name in wording.companies],
        "dates": [{"kind": "comments_due", "date": day.isoformat()} for day in facts.deadlines],
    }
