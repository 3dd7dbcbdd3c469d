"""Notices and saved searches to measure with: words of a real gazette, goods and markets drawn.

The gazette does not print HS codes, markets, kinds and levels of all its documents, so these are
drawn, by laws with long tails and alike for notices and for searches: the goods that many sell are
those that many are warned of. Everything follows from one seed.
"""

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any, Generic, TypeVar

from bundles import places
from models.nomenclature import hs
from monitor.search import analysis
from monitor.search.document import Analysed, Document, analysed
from monitor.search.tree import (
    Ahead,
    And,
    Dated,
    Dates,
    Node,
    Not,
    Or,
    Tag,
    Tagged,
    Text,
    Widened,
    Words,
    both,
)

GAZETTE = "feeds/us_federal_register_all.jsonl.gz"
REMEDIES = "feeds/us_federal_register_trade_remedy.jsonl"
TODAY = date(2026, 2, 27)
"""The day after the newest document of the feeds."""

MARKETS = (
    "US EU JP KR IN BR MX GB VN AU CA ID TH TR RU ZA AR MY PH SA"
    " AE CL CO PE EG PK NG KE NZ CH NO IL KZ UA MA BD LK EC UY TW"
).split()
KINDS = (
    "anti_dumping technical_regulation recall border_refusal sps countervailing standard"
    " conformity_assessment safeguard section_337"
).split()
LEVELS = ("red", "orange", "yellow", "blue")
COUNTED = 6000
"""Documents of which the frequencies of words are counted."""
ALONE, TOGETHER = 0.01, 0.1
"""Nobody asks for a word that stands in more of the notices than this, alone or with others."""

T = TypeVar("T")


class Lot(Generic[T]):
    """Draws by a law with a long tail: the weight of a rank falls with its power."""

    def __init__(self, among: Sequence[T], chance: random.Random, power: float) -> None:
        self._among = among
        self._chance = chance
        self._weights = list(accumulate((rank + 5) ** -power for rank in range(len(among))))

    def one(self) -> T:
        return self._chance.choices(self._among, cum_weights=self._weights)[0]

    def several(self, counts: Sequence[int]) -> tuple[T, ...]:
        """As many as one of the counts says, or fewer where the same is drawn twice."""
        return tuple(dict.fromkeys(self.one() for _ in range(self._chance.choice(counts))))


class World:
    """What is drawn from: goods, markets, and the documents under `data`."""

    def __init__(self, data: Path, seed: int = 0) -> None:
        self.chance = chance = random.Random(seed)
        headings = hs.headings()
        chance.shuffle(headings)
        self._headings = Lot(headings, chance, 0.8)
        self._markets = Lot(MARKETS, chance, 1.0)
        self._kinds = Lot(KINDS, chance, 1.0)
        gazette, remedies = _rows(data / GAZETTE), _rows(data / REMEDIES)
        chance.shuffle(gazette)
        chance.shuffle(remedies)
        self._gazette, self._remedies = gazette, remedies

    def notices(self, count: int) -> list[Analysed]:
        """Half of them trade remedies, the others whatever a government publishes."""
        rows = self._remedies[: count // 2] + self._gazette[: count - count // 2]
        return [self._notice(number, row) for number, row in enumerate(rows, 1)]

    def long_notices(self, count: int, documents: int = 50) -> list[Analysed]:
        """Notices each with the texts of so many documents: as long as a regulation in full, and
        of more different words."""
        rows = self._gazette[: count * documents]
        texts = (rows[start : start + documents] for start in range(0, len(rows), documents))
        joined = (
            together[0] | {"abstract": " ".join(row["abstract"] for row in together)}
            for together in texts
        )
        return [self._notice(number, row) for number, row in enumerate(joined, 1)]

    @cached_property
    def frequencies(self) -> Mapping[str, float]:
        """Term → share of documents, counted on others than those of `notices`."""
        counts: Counter[str] = Counter()
        for number, row in enumerate(self._remedies[-COUNTED // 2 :] + self._gazette[-COUNTED:]):
            counts.update(set(self._notice(number, row).text.split()))
        return {term: count / number for term, count in counts.items()}

    def searches(self, count: int) -> Iterator[Node]:
        """70% goods and markets, 20% words, 10% of other shapes, in no order."""
        for _ in range(count):
            shape = self.chance.random()
            if shape < 0.7:
                yield self._trade()
            elif shape < 0.9:
                yield self._worded()
            else:
                yield self._other()

    def _notice(self, number: int, row: Mapping[str, Any]) -> Analysed:
        codes = sorted(
            {code for _ in range(self.chance.choice((1, 1, 2))) for code in self._goods()}
        )
        markets = self._markets.several((1, 1, 1, 1, 2))
        levels = sorted({code[:digits] for code in codes for digits in (2, 4, 6)})
        gloss = [places.name(market, "zh") for market in markets]
        gloss += [hs.name(code, "zh") for code in levels if len(code) < 6]
        published = date.fromisoformat(row["publication_date"])
        document = Document(
            notice_id=number,
            title=row["title"],
            published=published,
            language="en",
            text=row["abstract"] or "",
            gloss=tuple(gloss),
            names=[row["document_number"], *levels],
            deadlines=[TODAY.replace(year=2026, month=self.chance.randint(1, 12))],
            tags={
                Tag.HS: levels,
                Tag.MAYBE: [code for code in levels if len(code) > 2],
                Tag.MARKET: markets,
                Tag.KIND: self._kinds.several((1, 1, 1, 2)),
                Tag.LEVEL: [self.chance.choices(LEVELS, (1, 3, 6, 10))[0]],
                Tag.YEAR: [str(published.year)],
                Tag.LANGUAGE: ["en"],
            },
        )
        return analysed(document, TODAY)

    def _goods(self) -> Sequence[str]:
        """The subheadings of one heading that a notice prints."""
        under = hs.hs6_of(self._headings.one())
        return self.chance.sample(under, min(len(under), self.chance.choice((1, 1, 2, 4))))

    def _code(self) -> str:
        """What is subscribed to: mostly a heading, else a subheading or a whole chapter."""
        heading = self._headings.one()
        drawn = self.chance.random()
        if drawn < 0.1:
            return heading[:2]
        return heading if drawn < 0.6 else self.chance.choice(hs.hs6_of(heading) or (heading,))

    def _hs(self) -> Tagged:
        return Tagged(Tag.HS, tuple(dict.fromkeys(self._code() for _ in range(self._count()))))

    def _market(self) -> Tagged:
        return Tagged(Tag.MARKET, self._markets.several((1, 1, 1, 2, 3)))

    def _count(self) -> int:
        return self.chance.choice((1, 1, 1, 2, 2, 3))

    def _trade(self) -> Node:
        """Goods and markets; a third with kinds, a quarter with a minimum level."""
        parts: list[Node] = [self._hs(), self._market()]
        if self.chance.random() < 0.33:
            parts.append(Tagged(Tag.KIND, self._kinds.several((1, 2))))
        if self.chance.random() < 0.25:
            parts.append(Tagged(Tag.LEVEL, LEVELS[: self.chance.randint(1, 3)]))
        return both(*parts)

    def _worded(self) -> Node:
        """One to three words, two thirds English; four in ten with markets."""
        words = self._english() if self.chance.random() < 0.67 else self._chinese()
        return both(*words, self._market()) if self.chance.random() < 0.4 else both(*words)

    def _english(self) -> list[Node]:
        """Words of one title; two or three may stand apart in it."""
        count = self._count()
        title = self._title(count, ALONE if count == 1 else TOGETHER)
        return [Words(word) for word in self.chance.sample(title, count)]

    def _chinese(self) -> list[Node]:
        """Runs of two to six characters out of names of goods: one, two, or one that is widened to
        the code of the goods and a name of theirs in English."""
        drawn = self.chance.random()
        if drawn < 0.5:
            heading = self._headings.one()
            named = Words(hs.name(heading, "en").split(";")[0], quoted=True)
            also = (Tagged(Tag.MAYBE, (heading,)), named)
            return [Widened(Words(self._run()), also)]
        return [Words(self._run()) for _ in range(1 if drawn < 0.75 else 2)]

    def _run(self) -> str:
        name = self.chance.choice(self._names)
        length = self.chance.choice((2, 2, 3, 4, 4, 6))
        start = self.chance.randrange(max(1, len(name) - length + 1))
        return name[start : start + length]

    @cached_property
    def _names(self) -> Sequence[str]:
        """Chinese names of goods, split where a sign stands."""
        names = (hs.name(code, "zh") for code in hs.headings())
        runs = (run for name in names for run in re.findall(rf"[{analysis.CJK}]{{2,}}", name))
        return list(dict.fromkeys(runs))

    def _title(self, count: int, most: float) -> list[str]:
        """At least `count` words of a title, in order, each in at most this share of documents."""
        while True:
            rows = self._remedies if self.chance.random() < 0.5 else self._gazette
            title = analysis.words(self.chance.choice(rows)["title"])
            found = [word for word in dict.fromkeys(title) if self._share(word) <= most]
            if len(found) >= count:
                return found

    @cache  # noqa: B019 - there is one world for the whole run
    def _share(self, word: str) -> float:
        if word in analysis.STOP or len(word) < 3:
            return 1.0
        return max(self.frequencies.get(form[0], 0.0) for form in analysis.forms(word))

    def _other(self) -> Node:
        shapes = (self._any, self._not, self._phrase, self._prefix, self._range, self._nested)
        return self._odd() if self.chance.random() < 0.01 else self.chance.choice(shapes)()

    def _any(self) -> Node:
        return both(Or((*self._english(), self._hs())), self._market())

    def _not(self) -> Node:
        unwanted = self._title(1, TOGETHER)[0]
        return both(*self._english(), Not(Or((Words(unwanted), self._market()))))

    def _phrase(self) -> Node:
        """Two to five words as they stand side by side in a title; a third in titles only."""
        title = analysis.words(self.chance.choice(self._remedies)["title"])
        length = min(len(title), self.chance.randint(2, 5))
        start = self.chance.randrange(len(title) - length + 1)
        within = self.chance.choice((Text.ANY, Text.ANY, Text.TITLE))
        phrase = Words(" ".join(title[start : start + length]), within=within, quoted=True)
        return both(phrase, self._market())

    def _prefix(self) -> Node:
        word = self._title(1, ALONE)[0]
        prefix = Words(word[: self.chance.randint(4, 8)], prefix=True)
        return both(prefix, self._market()) if self.chance.random() < 0.5 else prefix

    def _range(self) -> Node:
        """Goods with a deadline in the coming weeks, or published since some year."""
        if self.chance.random() < 0.5:
            return both(
                self._hs(), Dated(Dates.DEADLINE, Ahead(0), Ahead(self.chance.choice((30, 60, 90))))
            )
        return both(
            *self._english(), Dated(Dates.PUBLISHED, date(self.chance.randint(2018, 2024), 1, 1))
        )

    def _nested(self) -> Node:
        worded = And((*self._english(), Not(Words(self._run()))))
        kinds = Tagged(Tag.KIND, self._kinds.several((1, 2)))
        return both(Or((worded, both(self._hs(), Not(kinds)))), self._market())

    def _odd(self) -> Node:
        """What nearly every notice satisfies, or what has nothing to be found by."""
        if self.chance.random() < 0.5:
            return Not(both(self._hs(), self._market()))
        return Dated(Dates.DEADLINE, Ahead(0), Ahead(self.chance.randint(1, 30)))


def _rows(file: Path) -> list[dict[str, Any]]:
    """Documents of a feed that say more than a title."""
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines)
        return [row for row in rows if row["abstract"]]
