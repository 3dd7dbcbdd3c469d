"""Which part of the house an address belongs to, by the first word of its route."""

from collections.abc import Mapping
from enum import StrEnum

from django.urls import ResolverMatch


class Section(StrEnum):
    """What the navigation at the top of every page leads to."""

    BASES = "bases"
    SEARCH = "search"
    PAST_CASES = "past_cases"
    SOURCES = "sources"
    CASES = "cases"
    ORGANISATION = "organisation"
    ACCOUNT = "account"
    NONE = ""
    """Of nobody's navigation: the way in, feeds, what programs ask for."""


_WORDS: Mapping[Section, str] = {
    Section.BASES: "bases impacts measures",
    Section.SEARCH: "search notices captures",
    Section.PAST_CASES: "past-cases",
    Section.SOURCES: "sources",
    Section.CASES: (
        "cases calendar tasks comments learning learning.xlsx letters documents counsel offers"
        " mandates statements"
    ),
    Section.ORGANISATION: (
        "organisations members invitations firms sharing keys applications duplicates mergers"
        " distinctions summary summary.xlsx trail provider"
    ),
    Section.ACCOUNT: "account",
    Section.NONE: "apply drafts feeds health i18n sign-in sign-out unsubscribe",
}
OF_WORD: Mapping[str, Section] = {
    word: section for section, words in _WORDS.items() for word in words.split()
}
_ELSEWHERE: Mapping[str, Section] = {
    "home": Section.BASES,
    "open_case": Section.CASES,
    "take_back_case": Section.CASES,
    "take_back_document": Section.CASES,
    "invitation": Section.NONE,
}
"""By name, where the first word says something else: whoever follows an invitation acts for no
organisation yet."""


def section_of(match: ResolverMatch | None) -> Section:
    """Of the address that was asked for; none of one that does not exist.

    Raises KeyError where the first word of a named route is in no section.
    """
    if match is None or match.url_name is None:
        return Section.NONE
    return section_named(match.url_name, match.route)


def section_named(name: str, route: str) -> Section:
    if name in _ELSEWHERE:
        return _ELSEWHERE[name]
    return OF_WORD[route.removeprefix("^").partition("/")[0]]
