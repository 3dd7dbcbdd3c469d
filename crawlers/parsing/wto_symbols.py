"""Symbols of TBT and SPS notifications: `G/TBT/N/USA/123/Rev.1/Add.2` taken apart.

A first notification has no suffix. A revision replaces its text, an addendum reports what became
of it, a corrigendum corrects it, a supplement tells of a translation; each stays with the first
notification, whose symbol is therefore the name of the measure.
Source: G/TBT/35/Rev.2 (coherent use of notification formats), G/SPS/7/Rev.5.
"""

import re
from typing import Literal, NamedTuple

from bundles import places

_SUFFIX = r"(?:/(?:Add|Corr|Rev|Suppl)\.?\s?\d+)"
_SYMBOL = re.compile(
    rf"(?<![A-Za-z0-9])G/(TBT|SPS)/N/([A-Z]{{2,4}})/0*(\d{{1,6}})({_SUFFIX}*)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_PART = re.compile(r"/(Add|Corr|Rev|Suppl)\.?\s?0*(\d+)", re.IGNORECASE)

Form = Literal["Add", "Corr", "Rev", "Suppl"]


class Symbol(NamedTuple):
    area: str
    """`TBT` or `SPS`."""
    member: str
    """The notifying Member as the WTO writes it: ISO alpha-3, `EU`, `TPKM`."""
    number: int
    parts: tuple[tuple[Form, int], ...] = ()

    @property
    def base(self) -> str:
        """The first notification's symbol: the name of the measure."""
        return f"G/{self.area}/N/{self.member}/{self.number}"

    @property
    def form(self) -> Form | None:
        """What the document itself is: None for a first notification."""
        return self.parts[-1][0] if self.parts else None

    @property
    def key(self) -> str:
        return f"wto:{self.base}"

    @property
    def place(self) -> str | None:
        return places.of_alpha3(self.member)

    def __str__(self) -> str:
        return self.base + "".join(f"/{form}.{number}" for form, number in self.parts)


def find(text: str) -> list[Symbol]:
    """Every symbol in the text, each once, in order. A joint notification has several."""
    return list(dict.fromkeys(_symbol(match) for match in _SYMBOL.finditer(text)))


def parse(text: str) -> Symbol | None:
    """The symbol that the text is, or None where it is anything else."""
    match = _SYMBOL.fullmatch(text.strip())
    return _symbol(match) if match else None


def _symbol(match: re.Match[str]) -> Symbol:
    area, member, number, suffixes = match.groups()
    parts = tuple((_form(form), int(nr)) for form, nr in _PART.findall(suffixes))
    return Symbol(area.upper(), member.upper(), int(number), parts)


def _form(text: str) -> Form:
    forms: dict[str, Form] = {"add": "Add", "corr": "Corr", "rev": "Rev", "suppl": "Suppl"}
    return forms[text.lower()]
