"""The number of queries does not grow with the rows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from benchmarks.case_boards_filling import fill
from monitor.accounts.models import User
from monitor.cases.models import Case
from monitor.impact.models import Level
from monitor.notices.models import Notice
from monitor.search.room import room as index_room
from tests.monitor.web.house import SEEN, House
from tests.signing_in import signed_in

Counter = Callable[..., Any]


def _fill(house: House, rows: int) -> dict[str, str]:
    """One base, measure and notice that has as many of everything as asked."""
    bases = [house.base() for _ in range(rows)]
    busy, measure = bases[0], house.measure("us:A-570-117")
    house.flows(busy)
    capture = house.capture()
    for number in range(rows):
        house.line(busy, hs=f"{4401 + number}")
        notice = house.notice(capture=capture)
        house.claim(notice)
        house.impact(busy, house.entry(notice, house.measure()), level=list(Level)[number % 5])
    shared = house.notice(capture=capture)
    for code in range(rows):
        house.claim(shared, code=f"{440900 + code}")
    entry = house.entry(shared, measure)
    impacts = [house.impact(base, entry) for base in bases]
    for _ in range(rows):
        house.impact(busy, house.entry(house.notice(capture=capture), measure))
    return {
        "home": "/",
        "base": f"/bases/{busy.code}/?scope=all",
        "impact": f"/impacts/{impacts[0].pk}/",
        "measure": f"/measures/{measure.pk}/",
        "notice": f"/notices/{shared.pk}/",
        "search": "/search/?q=mouldings",
        "sources": "/sources/",
    }


SIGNED_IN = 3
"""The session, the person, and what they may act for."""
MOST = {"home": 5, "base": 12, "impact": 8, "measure": 13, "notice": 12, "search": 6, "sources": 3}


@pytest.mark.parametrize("rows", [10, 100])
def test_queries(
    client: Client, house: House, index: None, django_assert_max_num_queries: Counter, rows: int
) -> None:
    paths = _fill(house, rows)
    index_room().walk(SEEN)
    assert Notice.objects.count() > rows
    for name, path in paths.items():
        with django_assert_max_num_queries(SIGNED_IN + MOST[name], info=name):
            assert client.get(path).status_code == 200


CASES = {"/tasks/?whose=ours": 7, "/calendar/?month=2026-03": 5, "/cases/": 8, "/cases/{}/": 24}


@pytest.mark.parametrize("cases", [3, 15])
def test_queries_of_cases(django_assert_max_num_queries: Counter, db: None, cases: int) -> None:
    fill(cases, tasks=20 * cases)
    officer = signed_in(User.objects.get(username="chamber-1@example.org"))
    case = Case.objects.earliest("pk")
    for path, most in CASES.items():
        with django_assert_max_num_queries(SIGNED_IN + most, info=path):
            assert officer.get(path.format(case.pk)).status_code == 200
