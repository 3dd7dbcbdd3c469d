"""What may stand behind a field: codes, and the words for them in Chinese and English."""

import re
from collections.abc import Mapping
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import override

from bundles import places
from bundles.words import Event, Kind, Outcome, Proceeding
from models.nomenclature import hs
from monitor.notices.labels import EVENTS, KINDS, OUTCOMES, PROCEEDINGS, Labels
from monitor.search import analysis, outside
from monitor.search.language.errors import QueryError
from monitor.search.language.tokens import Token, plain
from monitor.search.tree import Tag

_ALSO_CALLED: dict[str, tuple[str, ...]] = {
    "ad": (Kind.ANTI_DUMPING,),
    "adcvd": (Kind.ANTI_DUMPING, Kind.COUNTERVAILING),
    "antidumping": (Kind.ANTI_DUMPING,),
    "cvd": (Kind.COUNTERVAILING,),
    "双反": (Kind.ANTI_DUMPING, Kind.COUNTERVAILING),
    "337": (Kind.SECTION_337,),
    "337调查": (Kind.SECTION_337,),
    "保障措施": (Kind.SAFEGUARD,),
    "safeguards": (Kind.SAFEGUARD,),
    "tbt": (Kind.TECHNICAL_REGULATION, Kind.STANDARD, Kind.CONFORMITY_ASSESSMENT),
    "sps": (Kind.SPS,),
    "召回": (Kind.RECALL,),
    "通报": (Kind.TECHNICAL_REGULATION, Kind.STANDARD, Kind.CONFORMITY_ASSESSMENT, Kind.SPS),
    "立案": (Event.INITIATED,),
    "发起": (Event.INITIATED,),
    "初裁": (Event.PRELIMINARY,),
    "终裁": (Event.FINAL,),
    "申请": (Event.COMPLAINT,),
    "征税": (Event.ORDER,),
    "撤销": (Event.REVOKED,),
    "终止": (Event.TERMINATED,),
    "年度复审": (Proceeding.ADMINISTRATIVE_REVIEW,),
    "日落复审": (Proceeding.SUNSET_REVIEW,),
    "期终复审": (Proceeding.SUNSET_REVIEW,),
    "反规避": (Proceeding.CIRCUMVENTION_INQUIRY,),
    "原审": (Proceeding.INVESTIGATION,),
    "肯定": (Outcome.AFFIRMATIVE,),
    "否定": (Outcome.NEGATIVE,),
}
"""What the trade says beside the labels of the pages."""

_LABELLED: dict[Tag, Labels] = {
    Tag.KIND: KINDS,
    Tag.EVENT: EVENTS,
    Tag.PROCEEDING: PROCEEDINGS,
    Tag.OUTCOME: OUTCOMES,
}
_WORDS = {Tag.KIND: Kind, Tag.EVENT: Event, Tag.PROCEEDING: Proceeding, Tag.OUTCOME: Outcome}
_SOURCE = re.compile(r"[a-z0-9-]+")
_HS_RANGE = re.compile(r"(\d{2}|\d{4}|\d{6})(?:\.\.|[-–~])(\d{2}|\d{4}|\d{6})")


def resolve(tag: Tag, value: Token) -> tuple[str, ...]:
    """The codes that a value means: `双反` means two kinds, `6911..6914` four headings.

    QueryError where it means none.
    """
    text = plain(value.text).strip()
    match tag:
        case Tag.HS:
            return _hs(text, value)
        case Tag.MARKET | Tag.ORIGIN:
            return (_place(text, value),)
        case Tag.BODY:
            return (value.text.strip(),)
        case Tag.YEAR | Tag.MEASURE:
            return (_digits(tag, text, value),)
        case Tag.SOURCE | Tag.LANGUAGE:
            return (_slug(text, value),)
        case _:
            return _known(tag, text, value)


def beginning_with(tag: Tag, typed: str) -> list[str]:
    """Values that begin so, as they can be typed: codes first, then the words for them."""
    match tag:
        case Tag.MARKET | Tag.ORIGIN:
            offered = sorted(places.spoken("zh" if analysis.is_cjk(typed) else "en"), key=len)
        case Tag.HS:
            offered = hs.chapters() if len(typed) < 2 else hs.headings()
        case _ if tag in _LABELLED:
            offered = [code for codes in _vocabulary(tag).values() for code in codes]
            offered += _vocabulary(tag)
        case _:
            offered = list(outside.values(tag))
    key = _key(typed)
    found = (value for value in offered if _key(value).startswith(key))
    return list(dict.fromkeys(f'"{value}"' if " " in value else value for value in found))[:8]


def _known(tag: Tag, text: str, value: Token) -> tuple[str, ...]:
    known = _vocabulary(tag) if tag in _LABELLED else _outside(tag)
    found = known.get(_key(text)) or _part_of(known, _key(text))
    if found is None:
        codes = sorted({code for codes in known.values() for code in codes})
        raise _unknown(text, value, codes)
    return found


def _part_of(known: Mapping[str, tuple[str, ...]], typed: str) -> tuple[str, ...] | None:
    """What the one name means that holds what was typed: `陶瓷` of 树脂陶瓷工艺品."""
    found = {codes for name, codes in known.items() if len(typed) > 1 and typed in name}
    return found.pop() if len(found) == 1 else None


@cache
def _vocabulary(tag: Tag) -> Mapping[str, tuple[str, ...]]:
    """Codes, the labels of the pages in both languages, and what the trade says."""
    found = {_key(code): (str(code),) for code in _WORDS[tag]}
    for language in ("zh-hans", "en"):
        with override(language):
            found |= {_key(str(label)): (str(code),) for code, label in _LABELLED[tag].items()}
    allowed = set(_WORDS[tag])
    return found | {
        name: tuple(map(str, codes))
        for name, codes in _ALSO_CALLED.items()
        if set(codes) <= allowed
    }


def _outside(tag: Tag) -> Mapping[str, tuple[str, ...]]:
    return {_key(name): (code,) for name, code in outside.values(tag).items()}


def _place(text: str, value: Token) -> str:
    upper = text.upper()
    code = places.parse(text, "zh") or places.of_alpha3(upper)
    if code is None:
        try:
            places.name(upper)
        except KeyError:
            raise QueryError(
                _("“%(text)s” is no country or customs territory.") % {"text": text},
                value.at,
                value.end,
                _("Write its code or name: US, EU, 美国, Brazil."),
            ) from None
        code = upper
    return code


def _hs(text: str, value: Token) -> tuple[str, ...]:
    if span := _HS_RANGE.fullmatch(text):
        return _between(span[1], span[2], value)
    code = text.replace(".", "").rstrip("*")
    if code.isdecimal() and len(code) > 6 and hs.exists(code[:6]):
        raise QueryError(
            _("The harmonised system has six digits; the rest of %(code)s is a national tariff.")
            % {"code": text},
            value.at,
            value.end,
            _("Write hs:%(hs6)s, or number:%(code)s for notices that print it.")
            % {"hs6": code[:6], "code": code},
        )
    if not (code.isdecimal() and hs.exists(code)):
        raise QueryError(
            _("HS2022 has no code “%(text)s”.") % {"text": text},
            value.at,
            value.end,
            _("Write a chapter, heading or subheading: hs:69, hs:6911, hs:691110."),
        )
    return (code,)


def _between(first: str, last: str, value: Token) -> tuple[str, ...]:
    levels = {2: hs.chapters, 4: hs.headings, 6: hs.subheadings}
    found = tuple(code for code in levels[len(first)]() if first <= code <= last)
    if len(first) != len(last) or not found:
        raise QueryError(
            _("HS2022 has no codes from %(first)s to %(last)s.") % {"first": first, "last": last},
            value.at,
            value.end,
            _("Write two codes of the same length, the smaller one first: hs:6911..6914."),
        )
    return found


def _digits(tag: Tag, text: str, value: Token) -> str:
    if not (text.isascii() and text.isdecimal() and len(text) <= 12):
        raise QueryError(
            _("“%(text)s” is no number.") % {"text": text},
            value.at,
            value.end,
            _("Write digits: %(field)s:2024.") % {"field": tag},
        )
    return text


def _slug(text: str, value: Token) -> str:
    if not _SOURCE.fullmatch(text.lower()):
        raise QueryError(
            _("“%(text)s” is not allowed here.") % {"text": text},
            value.at,
            value.end,
            _("Write source:us-federal-register or lang:pt."),
        )
    return text.lower()


def _unknown(text: str, value: Token, codes: list[str]) -> QueryError:
    return QueryError(
        _("“%(text)s” is not known here.") % {"text": text},
        value.at,
        value.end,
        _("Allowed: %(codes)s.") % {"codes": ", ".join(codes)},
    )


def _key(text: str) -> str:
    return re.sub(r"[\s_-]+", "", plain(text)).casefold()
