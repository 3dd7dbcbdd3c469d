"""Finds the classification codes that a text prints, and says what each is in HS2022.

A number is a code only where something says so. Either its form does (`7306.30.5032`: four
digits, two, then more, of a heading that there is), or an announcing word before it in the same
sentence or list (`contexts.py`). Dates, case numbers, citations, telephones, CAS numbers and money
look much like codes; a number that could be one of them needs the announcing word right before it.

A code that no edition of the HS knows is kept and explained, never dropped and never guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from models.nomenclature import contexts, ics
from models.nomenclature.contexts import System
from models.nomenclature.resolving import Resolved, resolve, within

_LINE_END = r"(?:-?[ \t]*\n[ \t]*)?"
_DOT = rf"\.{_LINE_END}"
_SPACE = r"[ \u00a0\u2009\u202f]"
_2, _3, _4 = "[0-9]{2}", "[0-9]{3}", "[0-9]{4}"
_CANDIDATE = re.compile(
    rf"""(?=[0-9Ee.])(?<![0-9])(?<![0-9]\.)(?P<ex>(?<![A-Za-z])[Ee][Xx]\.?\s*)?(?:
      (?P<tail>(?<=[0-9]{{4}}\.[0-9]{{2}}[/–-]){_2}|(?<=[\s,/])\.{_2}(?:{_2})?)
    | (?P<long>{_4}{_DOT}{_2}{_DOT}(?:{_4}|{_2}(?:{_DOT}{_2}){{0,2}}(?:[.-][0-9])?(?:{_SPACE}00)?
                |{_2}\.{_3}[A-Z]?|{_3})
              |{_4}\.{_2}-[0-9]{{3,4}})
    | (?P<dotted>{_4}\.{_2}(?:{_2}){{0,2}})
    | (?P<spaced>{_4}(?:{_SPACE}{_2}){{1,4}}(?:{_SPACE}{_3}{_SPACE}[0-9])?
                |{_4}{_SPACE}{_2}{_SPACE}{_4}
                |[0-9]{{6}}{_SPACE}{_2})
    | (?P<pairs>{_2}(?:{_SPACE}{_2}){{3,5}})
    | (?P<ics>{_2}\.{_3}(?:\.{_2})?)
    | (?P<short>{_2}\.{_2}(?:\.{_2}(?:{_2})?)?)
    | (?P<bare>[0-9]{{4,12}})
    | (?P<two>{_2})
    )(?![0-9])(?!\.[0-9])(?![A-Za-z])(?!-[0-9]{{1,2}}-[0-9])""",
    re.VERBOSE,
)
_TAIL = re.compile(r"[/–-][0-9]{2}(?![0-9.])")
_NEXT = re.compile(r"(?:\s|[,，、;；/]|and\b|or\b){1,8}+([0-9]{8}(?:[0-9]{2})?)(?![0-9.])")
_SUBHEADING = re.compile(r"[0-9]{4}\.[0-9]{2}(?![0-9.])")
_SAME = str.maketrans("０１２３４５６７８９．　號稅則關関編碼貨", "0123456789. 号税则关关编码货")
"""One word for one thing: what Taipei and Tokyo write otherwise is announced by the same words."""
_EDITIONS = {"1988", "1992", "1996", "2002", "2007", "2012", "2017", "2022"}
_LENGTHS = {4, 6, 8, 9, 10, 11, 12}
_SENTENCE = 500
"""No sentence is taken to be longer, in characters: other people's text must not cost us hours."""
_LOOSE = 100
"""How far behind its announcing word, in characters, a dotted code may stand with prose between."""


@dataclass(frozen=True)
class FoundCode:
    """A code as printed, and what it is in HS2022.

    `hs6`: its subheadings of HS2022; empty for a chapter, a heading, or a code whose subheading is
    unknown. `exists`: some edition of the HS has it. `partial`: printed with "ex". `where`: what
    was searched and the offset of the first character, `body:1532`.
    """

    printed: str
    digits: str
    system: System
    hs6: tuple[str, ...]
    heading: str | None
    chapter: str | None
    exists: bool
    partial: bool
    where: str
    note: str | None


def find(
    text: str, *, where: str = "body", default_system: System = "HS", year: int | None = None
) -> list[FoundCode]:
    """The codes printed in `text`, in order, each once.

    `where` names what is searched; `field:<name>` says that the whole text is a list of codes, as
    the structured fields of WTO notifications are, so that no announcing word is needed.
    `default_system` is assumed where the text does not say whose codes these are. `year` is that
    of the text: it decides what a number meant that the HS gave away twice.
    """
    text = text.translate(_SAME)
    if not re.search("[0-9]", text):
        return []
    reader = _Reader(text, where, default_system, year)
    reader.read()
    ordered = sorted(reader.found.items(), key=lambda entry: entry[0])
    unique: dict[tuple[str, str], FoundCode] = {}
    for _, code in ordered:
        unique.setdefault((code.system, code.digits), code)
    return list(unique.values())


@dataclass
class _Reader:
    """One pass over one text: announcing words and candidates in the order they stand."""

    text: str
    where: str
    default: System
    year: int | None
    found: dict[tuple[int, int], FoundCode] = field(default_factory=dict)
    """By offset, and by order within a range."""
    anchor: int = -1
    """End of the last announcing word or accepted code; −1 before the first."""
    announced: int = -1
    """End of the last announcing word that speaks of nothing but tariffs."""
    system: System | None = None
    in_chinese: bool = False
    """Announced in Chinese: the form alone then says nothing of whose code it is."""
    last: re.Match[str] | None = None
    """The last accepted candidate: where a range may begin."""
    printed: str = ""
    """Its digits: what `.20` or `/43` behind it leaves out."""
    listed: System | None = None
    """Whose code it was: in `7306.30.5032 and 7306.30.50` the first says it for both."""

    @property
    def in_field(self) -> bool:
        return self.where.startswith("field:")

    def read(self) -> None:
        self._chapters()
        if self.in_field:
            self.anchor = self.announced = 0
        for event in sorted((*self._triggers(), *self._candidates()), key=lambda m: m.start()):
            if event.re is contexts.TRIGGER:
                self._announce(event)
            elif event.start() >= self.anchor or self.anchor < 0:
                self._consider(event)

    def _triggers(self) -> Iterator[re.Match[str]]:
        return contexts.TRIGGER.finditer(self.text)

    def _candidates(self) -> Iterator[re.Match[str]]:
        """Pairs that are no code in one, as in `73 06 30 49 10`, are chapters: `33 34 35 36`."""
        for match in _CANDIDATE.finditer(self.text):
            if match["pairs"] and not resolve(_digits(match), self.year).exists:
                for start in range(match.start("pairs"), match.end(), len("33 ")):
                    yield from _CANDIDATE.finditer(self.text, start, start + 2)
            else:
                yield match

    def _announce(self, trigger: re.Match[str]) -> None:
        name, _, table = (trigger.lastgroup or "").rpartition("_")
        if self._sentence_ended(self.announced, trigger.start()):
            self.system = None
        self.anchor = trigger.end()
        self.last = self.listed = None
        if name == "weak":
            return
        self.announced = trigger.end()
        self.in_chinese = table == "0"
        if name != "X":
            self.system = name  # type: ignore[assignment]  # the groups are named by the systems

    def _sentence_ended(self, start: int, end: int) -> bool:
        if start < 0 or end - start > _SENTENCE:
            return True
        return contexts.SENTENCE_END.search(self.text, start, end) is not None

    # --- is it a code? -------------------------------------------------------------------------

    def _consider(self, match: re.Match[str]) -> None:
        if self._is_something_else(match):
            return
        system = self.system or self.default
        if match["ics"] or (system == "ICS" and match["two"]):
            if system == "ICS" and self._tight(match):
                self._accept_ics(match)
            return
        if system != "ICS" and self._is_code(match):
            self._accept(match)

    def _is_something_else(self, match: re.Match[str]) -> bool:
        before = self.text[max(0, match.start() - 24) : match.start()]
        if before[-1:].isascii() and before[-1:].isalpha() and match.start() != self.anchor:
            return True
        glued = before[-1:] in "-–/" and before and not contexts.PREFIX.search(before)
        if glued and not self._continues(match):
            return True
        return bool(
            contexts.NOT_BEFORE.search(before)
            or contexts.NOT_AFTER.match(self.text, match.end())
            or (_continues_oddly(self.text, match.end()) and not self._has_tail(match))
        )

    def _continues(self, match: re.Match[str]) -> bool:
        """After a hyphen or a slash only as the next of a list that has begun."""
        return self.last is not None and self.anchor == match.start() - 1

    def _has_tail(self, match: re.Match[str]) -> bool:
        """`8541.42/43` goes on with a subheading, `3926.90.90/04` with Australia's statistics."""
        return bool(match["long"] or match["dotted"]) and bool(_TAIL.match(self.text, match.end()))

    def _read_digits(self, match: re.Match[str]) -> str:
        digits = _digits(match)
        return self.printed[: -len(digits)] + digits if match["tail"] else digits

    def _is_code(self, match: re.Match[str]) -> bool:
        digits = self._read_digits(match)
        if match["tail"]:
            return self._is_tail(match, digits)
        dated = _looks_like_a_date(digits) and not match["spaced"]
        if not dated and self._is_evident(match, digits):
            return True
        if match["two"]:
            return self._is_chapter(match, digits)
        if len(digits) not in _LENGTHS or digits[:2] == "00":
            return False
        if self._tight(match):
            return self._is_tight_code(match, digits, dated=dated)
        return not dated and self._is_loose_code(match, digits)

    def _is_tail(self, match: re.Match[str], digits: str) -> bool:
        """Behind a slash or hyphen it is a subheading's; Australia puts its statistics there."""
        if self.last is None or (match[0][0] != "." and len(digits) != 6):
            return False
        return self._tight(match) and resolve(digits, self.year).exists

    def _is_evident(self, match: re.Match[str], digits: str) -> bool:
        """Its form says it all, or what stands around it: long dotted or spaced codes, an "ex"
        before it, a range of subheadings, brackets, a list, `7307.19 tarife pozisyonu`."""
        if match["long"]:
            return resolve(digits, self.year).heading_known
        if match["ex"] and (len(digits) >= 8 or (len(digits) == 4 and not digits.startswith("20"))):
            return resolve(digits, self.year).exists
        if match["spaced"] and len(digits) >= 8 and not _looks_like_a_date(digits):
            return resolve(digits, self.year).exists
        shapes = (self._opens, self._in_brackets, self._opens_a_list, self._is_named_behind)
        return any(shape(match, digits) for shape in shapes)

    def _opens_a_list(self, match: re.Match[str], digits: str) -> bool:
        """Two long numbers in a row, of one length: by chance hardly both begin as codes do."""
        following = _NEXT.match(self.text, match.end()) if match["bare"] else None
        if following is None or len(following[1]) != len(digits):
            return False
        both = (digits, following[1])
        return all(resolve(d, self.year).exists and not _looks_like_a_date(d) for d in both)

    def _in_brackets(self, match: re.Match[str], digits: str) -> bool:
        """`pears (0808.30)`; `(2009.11)` is a month."""
        around = self.text[max(0, match.start() - 1) : match.end() + 1]
        bracketed = match["dotted"] and around[0] in "(（" and around[-1] in ")）"
        return bool(bracketed) and not _is_year(digits[:4]) and resolve(digits, self.year).exists

    def _is_named_behind(self, match: re.Match[str], digits: str) -> bool:
        if match["two"] or _is_year(digits) or len(digits) not in _LENGTHS:
            return False
        named = contexts.SAYS_BEHIND.match(self.text, match.end())
        return bool(named) and resolve(digits, self.year).exists

    def _opens(self, match: re.Match[str], _digits_read: str) -> bool:
        """Another subheading of the same chapter stands at the far end of a range."""
        joint = contexts.RANGE.match(self.text, match.end()) if match["dotted"] else None
        other = _SUBHEADING.match(self.text, joint.end()) if joint else None
        return (
            other is not None
            and match[0][:2] == other[0][:2]
            and match[0] < other[0]
            and all(resolve(_digits(m), self.year).hs6 for m in (match, other))
        )

    def _is_tight_code(self, match: re.Match[str], digits: str, *, dated: bool) -> bool:
        gap = self.text[self.anchor : match.start()]
        if match["bare"] and _is_year(digits):
            return self._is_no_year(digits, gap)
        if match["short"]:
            return resolve(digits, self.year).heading_known
        vague = not self.in_field and self._sentence_ended(self.announced, match.start())
        return not (dated or vague or match["pairs"]) or resolve(digits, self.year).exists

    def _is_no_year(self, digits: str, gap: str) -> bool:
        """A heading that reads as a year: it exists, no edition or date, in a list of headings."""
        edition = self.system == "HS" and self.last is None and not gap.strip()
        return (
            resolve(digits, self.year).exists
            and not (edition and digits in _EDITIONS)
            and not re.search(r"(?i)\bin\b|在|于", gap)
            and (self.last is None or len(self.printed) == 4)
        )

    def _is_loose_code(self, match: re.Match[str], digits: str) -> bool:
        if self.announced < 0 or match["short"] or len(digits) < 6:
            return False
        gap = match.start() - max(self.announced, self.anchor)
        near = gap <= _LOOSE and not self._sentence_ended(self.announced, match.start())
        return near and resolve(digits, self.year).exists

    def _is_chapter(self, match: re.Match[str], digits: str) -> bool:
        if not (self.in_field or self.system == "HS") or not self._tight(match):
            return False
        spaced = self.in_field or self.last is not None or match.start() > self.anchor
        return spaced and resolve(digits, self.year).exists

    def _tight(self, match: re.Match[str]) -> bool:
        """Only words that join stand between the announcing word (or the last code) and this."""
        if self.anchor < 0 or match.start() - self.anchor > 2 * _LOOSE:
            return False
        end = match.start()
        if contexts.GLUE.fullmatch(self.text, self.anchor, end):
            return True
        return self.last is not None and bool(contexts.RANGE.fullmatch(self.text, self.anchor, end))

    # --- what it says --------------------------------------------------------------------------

    def _accept(self, match: re.Match[str]) -> None:
        digits = self._read_digits(match)
        start = match.end("ex") if match["ex"] else match.start()
        printed = re.sub(r"-?\s*\n\s*", "", self.text[start : match.end()])
        if not self._tight(match):
            self.listed = None
        resolved = resolve(digits, self.year)
        code = self._code(printed, digits, start, resolved, partial=bool(match["ex"]))
        self._add(start, 0, code)
        self.listed = code.system if code.system not in ("HS", "OTHER") else self.listed
        if self.last is not None and contexts.RANGE.fullmatch(
            self.text, self.last.end(), match.start()
        ):
            self._fill(self.last, match, digits)
        self.last, self.printed, self.anchor = match, digits, match.end()

    def _fill(self, first: re.Match[str], last: re.Match[str], high: str) -> None:
        """The codes that a range names without printing them."""
        low = self.printed
        printed = self.text[first.start() : last.end()]
        for order, digits in enumerate(within(low, high), 1):
            code = self._code(printed, digits, first.start(), resolve(digits, self.year))
            self._add(first.start(), order, code)

    def _code(
        self, printed: str, digits: str, start: int, resolved: Resolved, *, partial: bool = False
    ) -> FoundCode:
        said = self.system or self.default
        system = _system(said, self.default, printed, digits, partial=partial)
        if system == "HTSUS" and said == "HS" and self.in_chinese:
            system = "OTHER"
        system = self.listed if system == "OTHER" and self.listed else system
        return FoundCode(
            printed=printed,
            digits=digits,
            system=system,
            hs6=resolved.hs6,
            heading=resolved.heading,
            chapter=resolved.chapter,
            exists=resolved.exists,
            partial=partial,
            where=f"{self.where}:{start}",
            note=resolved.note,
        )

    def _accept_ics(self, match: re.Match[str]) -> None:
        code = match[0]
        known = ics.exists(code)
        note = None if known else f"{code} is no field or group of the ICS"
        found = FoundCode(
            printed=code,
            digits=code,
            system="ICS",
            hs6=(),
            heading=None,
            chapter=None,
            exists=known,
            partial=False,
            where=f"{self.where}:{match.start()}",
            note=note,
        )
        self._add(match.start(), 0, found)
        self.last, self.anchor = match, match.end()

    def _add(self, start: int, order: int, code: FoundCode) -> None:
        self.found[start, order] = code

    # --- chapters ------------------------------------------------------------------------------

    def _chapters(self) -> None:
        """Chapters count where their clause speaks of the tariff, or the text is nothing else."""
        for match in contexts.CHAPTERS.finditer(self.text):
            if self._stands_alone(match) or self.in_field or self._speaks_of_the_tariff(match):
                group = match.lastgroup or "zh"
                for order, digits in enumerate(_numbers(match[group])):
                    code = self._code(match[0], digits, match.start(), resolve(digits, self.year))
                    self._add(match.start(), order, code)

    def _stands_alone(self, match: re.Match[str]) -> bool:
        if len(self.text) > len(match[0]) + 10:
            return False
        return match[0].strip() == self.text.strip(" \n.。;；")

    def _speaks_of_the_tariff(self, match: re.Match[str]) -> bool:
        first = max(0, match.start() - _SENTENCE)
        ends = [m.end() for m in contexts.CLAUSE_END.finditer(self.text, first, match.start())]
        after = contexts.CLAUSE_END.search(self.text, match.end(), match.end() + _SENTENCE)
        last = after.start() if after else match.end() + _SENTENCE
        clause = self.text[ends[-1] if ends else first : last]
        return contexts.TARIFF.search(clause) is not None


def _digits(match: re.Match[str]) -> str:
    return re.sub("[^0-9]", "", match[0])


def _continues_oddly(text: str, end: int) -> bool:
    """A hyphen or slash glued to what follows: a case or document number, unless a code follows."""
    return bool(
        re.match(r"[-–/](?:\d{1,3}(?!\d)|\d{5}(?!\d)|[A-Za-z])(?!\.\d)", text[end : end + 8])
    )


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and 1900 <= int(digits) <= 2099


def _looks_like_a_date(digits: str) -> bool:
    """Eight digits that read as year, month, day, or as day, month, year."""
    if len(digits) != 8:
        return False
    return _is_date(digits[:4], digits[4:6], digits[6:]) or _is_date(
        digits[4:], digits[2:4], digits[:2]
    )


def _is_date(year: str, month: str, day: str) -> bool:
    return 1900 <= int(year) <= 2099 and 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def _system(said: System, default: System, printed: str, digits: str, *, partial: bool) -> System:
    """Whose code it is: what the text said, else what its form shows."""
    if said in {"CN", "TARIC"} or (said == "HS" and partial and " " in printed):
        return "TARIC" if len(digits) > 8 else "CN"
    if said != "HS" or len(digits) <= 6:
        return said
    if default not in {"HS", "ICS"}:
        return default
    return "HTSUS" if re.fullmatch(r"\d{4}\.\d\d\.\d{4}", printed) else "OTHER"


def _numbers(expression: str) -> Iterator[str]:
    """Chapter numbers of an expression such as `50 to 63, 65 and 67`, two digits each."""
    previous = 0
    for match in re.finditer(
        rf"(?P<range>[-–—~～至到]|(?i:{contexts.TO})\b)?\s*第?\s*([0-9]{{1,2}})", expression
    ):
        number = int(match[2])
        first = previous + 1 if match["range"] and 0 < previous < number else number
        yield from (f"{chapter:02d}" for chapter in range(first, number + 1))
        previous = number
