"""名录表: what is asked of a firm, field by field. One list for the application on the screen, for
the directory, for the chamber's summary; the cells of imported files are read by the same rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from bundles import places
from monitor.bases.imports import values
from monitor.bases.imports.problems import BadCellError
from monitor.bases.models import Enterprise

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Field:
    """`read`: from what was typed; raises `BadCellError`. `write`: the text that reads as this."""

    name: str
    label: "StrOrPromise"
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    mandatory: bool = False
    lines: int = 1
    hint: "StrOrPromise" = ""


def _text(longest: int) -> Callable[[str], str]:
    return lambda cell: values.text(cell, longest)


def _written(value: Any) -> str:
    return "" if value is None else str(value)


def _listed(value: list[str]) -> str:
    return "、".join(value)


def _codes(cell: str) -> list[str]:
    words = [word for part in values.parts(cell) for word in part.split()]
    return list(dict.fromkeys(values.in_hs(values.code(word)) for word in words))


def _markets(cell: str) -> list[str]:
    """By code, or by a name in either language. A region is refused: it is no market."""
    codes, regions = values.markets("、".join(map(_in_chinese, values.parts(cell))))
    if regions:
        raise BadCellError("no_such_place", value=regions[0])
    return codes


def _in_chinese(word: str) -> str:
    """As files name the place; what is no code and no English name stays as it is."""
    code = word.upper() if len(word) <= 4 and word.isascii() else places.parse(word, "en")
    try:
        return places.name(code or word, "zh")
    except KeyError:
        return word


def _usd(cell: str) -> Decimal | None:
    value = values.number(cell, values.LARGEST_MONEY)
    return None if value is None else value.quantize(values.CENT)


FIELDS = (
    Field("name_zh", gettext_lazy("Chinese name"), _text(200), _written, mandatory=True),
    Field("name_en", gettext_lazy("English name"), _text(300), _written),
    Field(
        "uscc",
        gettext_lazy("unified social credit code"),
        values.social_credit_code,
        _written,
        hint=gettext_lazy("18 characters"),
    ),
    Field("legal_representative", gettext_lazy("legal representative"), _text(120), _written),
    Field("city", gettext_lazy("city"), _text(40), _written),
    Field("address", gettext_lazy("address"), _text(300), _written),
    Field("contact", gettext_lazy("contact"), _text(120), _written),
    Field("phone", gettext_lazy("telephone"), _text(60), _written),
    Field("email", gettext_lazy("e-mail"), values.email, _written),
    Field("products", gettext_lazy("products"), _text(2000), _written, lines=2),
    Field(
        "hs_codes",
        gettext_lazy("HS codes"),
        _codes,
        _listed,
        hint=gettext_lazy("two to ten digits each, with 、 or a comma between them"),
    ),
    Field(
        "markets",
        gettext_lazy("markets"),
        _markets,
        _listed,
        hint=gettext_lazy("countries by name or code, with 、 or a comma between them"),
    ),
    Field("employees", gettext_lazy("employees"), values.people, _written),
    Field("certifications", gettext_lazy("certifications"), _text(2000), _written, lines=2),
)
"""Of the plan's annexes 2 and 3, in their order; the figure is asked for apart."""
FIGURE = Field("annual_export_usd", gettext_lazy("yearly exports (USD)"), _usd, _written)
BY_NAME: Mapping[str, Field] = {field.name: field for field in (*FIELDS, FIGURE)}


def of_firm(firm: Enterprise) -> dict[str, str]:
    """What the directory says of it, as texts that read as the same; without the figure."""
    return {field.name: field.write(getattr(firm, field.name)) for field in FIELDS}


def plain(sheet: Mapping[str, Any]) -> dict[str, Any]:
    """What was read, for a JSON field: money as text."""
    return {k: str(v) if isinstance(v, Decimal) else v for k, v in sheet.items()}


def restored(sheet: Mapping[str, Any]) -> dict[str, Any]:
    """The reverse of `plain`."""
    money = sheet.get(FIGURE.name)
    return {**sheet, FIGURE.name: None if money is None else Decimal(money)}
