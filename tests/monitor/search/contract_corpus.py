"""Notices for the contract suite: sixty of fourteen languages, of every kind that search meets.

What a line does not say (days, kinds, markets …) is counted out from its place, so that values
repeat, fall together and are missing in every combination.
"""

from datetime import date, timedelta
from pathlib import Path

from monitor.search.document import Analysed, Document, analysed
from monitor.search.tree import Tag

TODAY = date(2025, 6, 2)
FIRST = date(2023, 12, 20)

LINES = Path(__file__).with_suffix(".txt")

KINDS = ("anti_dumping", "technical_regulation", "recall", "sps", "countervailing")
EVENTS = ("initiated", "final", "proposed", "recalled", "in_force", "order")
MARKETS = ("US", "EU", "JP", "KR", "BR", "VN", "TR", "CN")
BODIES = (
    "International Trade Administration",
    "European Commission",
    "中华人民共和国商务部",
    "Ministério da Indústria",
    "Министерство промышленности",
    "",
)
COMPANIES = (
    ("Guangdong Sitong Group Co., Ltd.",),
    ("潮州三环股份有限公司", "ACME GmbH & Co. KG"),
    (),
)
LEVELS = ("red", "orange", "yellow", "blue")


def corpus() -> list[Analysed]:
    lines = LINES.read_text(encoding="utf-8").splitlines()[1:]
    return [notice(number, line) for number, line in enumerate(lines, start=1)]


def notice(number: int, line: str) -> Analysed:
    """The notice of one line; `number` is its id and all that is not said."""
    cells = [*map(str.strip, line.split("|")), "", ""]
    language, title, text, names, codes, sure = cells[:6]
    return analysed(
        Document(
            notice_id=number,
            title=title,
            text=text,
            language=language,
            published=FIRST + timedelta(days=number * 17 % 40 * 12),
            gloss=("反倾销", "anti-dumping") if number % 5 == 0 else (),
            names=names.split(";"),
            companies=COMPANIES[number % 3],
            authority=BODIES[number % 6],
            deadlines=_deadlines(number),
            tags=_tags(number, language, codes.split()),
            sure=sorted(_levels(sure.split())),
        ),
        TODAY,
    )


def written(number: int, title: str, day: date = FIRST) -> Analysed:
    """A notice that is written while others are read."""
    return analysed(Document(number, title, day, "en", tags={Tag.KIND: ["other"]}), TODAY)


def _deadlines(number: int) -> list[date]:
    """None, one that is over, one and two to come; some on the same day."""
    days = {0: [], 1: [-30], 2: [number % 9], 3: [-400, 5, 60]}[number % 4]
    return [TODAY + timedelta(days=day) for day in days]


def _tags(number: int, language: str, codes: list[str]) -> dict[Tag, list[str]]:
    body = BODIES[number % 6]
    return {
        Tag.KIND: [KINDS[number % 5], *(["sps"] if number % 7 == 0 else [])],
        Tag.EVENT: [EVENTS[number % 6]],
        Tag.MARKET: [MARKETS[number % 8]],
        Tag.ORIGIN: ["CN"] if number % 3 else ["CN", "IN", "VN"],
        Tag.HS: sorted(_levels(codes)),
        Tag.SOURCE: [f"source-{number % 4}"],
        Tag.BODY: [body] if body else [],
        Tag.YEAR: [str(2023 + number % 3)],
        Tag.LEVEL: [LEVELS[number % 4]] if number % 2 else [],
        Tag.BASE: [f"base-{n}" for n in range(number % 4)],
        Tag.LANGUAGE: [language],
    }


def _levels(codes: list[str]) -> set[str]:
    return {code[:digits] for code in codes for digits in (2, 4, 6) if len(code) >= digits}
