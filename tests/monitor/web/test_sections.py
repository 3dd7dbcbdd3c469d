"""Which part of the house each address belongs to."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from monitor.web.sections import Section, section_named, section_of


def _addresses(
    patterns: "list[URLPattern | URLResolver] | None" = None, before: str = ""
) -> Iterator[tuple[str, str]]:
    """(name, route)"""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, route)
        else:
            yield str(pattern.name), route


ADDRESSES = dict(_addresses())
OF_CASES = (
    "case case_calendar case_counsel case_letters case_outcome month tasks task learning"
    " counsel_list mandate mandate_statement letter_templates document comment_text open_case"
).split()


def test_every_address_has_its_section() -> None:
    found = {section_named(name, route) for name, route in ADDRESSES.items()}
    assert found == set(Section)


@pytest.mark.parametrize("name", OF_CASES)
def test_whatever_belongs_to_cases_says_so(name: str) -> None:
    assert section_named(name, ADDRESSES[name]) == Section.CASES


def _marked(path: str, address: str, *sections: str) -> str:
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    names = " ".join(f"'{each}'" for each in (address, *sections))
    made = Template("{% load sections %}{% current " + names + " %}")
    return HttpResponse(made.render(Context({"request": request}))).content.decode()


def test_a_link_says_whether_it_leads_here_or_to_the_part_that_this_belongs_to() -> None:
    assert _marked("/cases/", "cases", "cases") == ' aria-current="page"'
    assert _marked("/tasks/7/", "cases", "cases", "past_cases") == ' aria-current="true"'
    assert _marked("/past-cases/", "cases", "cases", "past_cases") == ' aria-current="true"'
    assert _marked("/sources/", "cases", "cases", "past_cases") == ""


def test_what_does_not_exist_is_in_no_section() -> None:
    assert section_of(None) == Section.NONE
