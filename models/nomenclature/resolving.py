"""What a row of digits is in HS2022: its subheadings, heading, chapter, and why if it is odd."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.nomenclature import hs, revisions

_NATIONAL = {"98", "99"}


@dataclass(frozen=True)
class Resolved:
    hs6: tuple[str, ...]
    heading: str | None
    chapter: str | None
    exists: bool
    note: str | None = None

    @property
    def heading_known(self) -> bool:
        """The heading is one of the HS, of whatever edition, or the chapter is a national one."""
        return self.heading is not None or self.exists


def resolve(digits: str, year: int | None = None) -> Resolved:
    """Two or more digits, without dots, of any tariff that is built on the HS."""
    if digits[:2] in _NATIONAL:
        note = f"chapter {digits[:2]} holds special provisions of a national tariff, not goods"
        return Resolved((), None, None, exists=True, note=note)
    if not hs.exists(digits[:2]):
        return Resolved((), None, None, exists=False, note=_no_chapter(digits))
    if len(digits) < 4:
        return Resolved((), None, digits[:2], exists=True)
    heading = _heading(digits[:4], year)
    if heading is None:
        return Resolved((), None, digits[:2], exists=False, note=_no_heading(digits))
    return heading if len(digits) < 6 else _subheading(digits[:6], heading, year)


def _heading(code: str, year: int | None) -> Resolved | None:
    moved = revisions.moved(code, year)
    if moved is not None:
        return _moved(moved)
    return Resolved((), code, code[:2], exists=True) if hs.exists(code) else None


def _subheading(code: str, heading: Resolved, year: int | None) -> Resolved:
    moved = revisions.moved(code, year)
    if moved is not None:
        return _moved(moved)
    if heading.note is None and hs.exists(code):
        return Resolved((code,), code[:4], code[:2], exists=True)
    if heading.note is not None:
        return heading
    note = f"heading {code[:4]} has no subheading {code[:4]}.{code[4:]} in any edition known here"
    return Resolved((), code[:4], code[:2], exists=False, note=note)


def _moved(moved: revisions.Moved) -> Resolved:
    first = moved.headings[0]
    return Resolved(moved.hs6, first, first[:2], exists=True, note=moved.note)


def _no_chapter(digits: str) -> str:
    reserved = "; it is kept free for later use" if digits.startswith("77") else ""
    return f"the HS has no chapter {digits[:2]}{reserved}{_lost_digit(digits)}"


def _no_heading(digits: str) -> str:
    return f"heading {digits[:4]} is in no edition of the HS{_lost_digit(digits)}"


def _lost_digit(digits: str) -> str:
    """A hint, never a reading: the one subheading that appears if the first digit was lost."""
    if len(digits) < 8:
        return ""
    candidates = [f"{first}{digits[:5]}" for first in "123456789"]
    real = [code for code in candidates if hs.exists(code)]
    if len(real) != 1:
        return ""
    return f"; if its first digit was lost it would be of {real[0][:4]}.{real[0][4:]}"


def within(low: str, high: str) -> Iterator[str]:
    """The headings or subheadings of HS2022 strictly between two codes of equal length.

    Codes of more than six digits are compared by their subheadings: what lies below those is the
    importer's own business.
    """
    if len(low) != len(high) or low >= high:
        return
    level = min(len(low), 6)
    pool = hs.headings() if level == 4 else hs.subheadings() if level == 6 else hs.chapters()
    yield from (code for code in pool if low[:level] < code < high[:level])
