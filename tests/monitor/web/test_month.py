"""The month of all cases."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from monitor.accounts.models import User
from monitor.web.cases.calendar.month import FEW
from tests.monitor.cases.work.office import Office
from tests.signing_in import signed_in

DAY = date(2025, 6, 20)


@pytest.fixture
def office(db: None, settings: Settings) -> Office:
    settings.FENGHUO_AS_OF = date(2025, 6, 2)
    return Office()


def reader(user: User) -> Client:
    """Of English."""
    return signed_in(user, headers={"Accept-Language": "en"})


def shown(client: Client, **asked: str) -> str:
    answer = client.get(reverse("month"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_month_has_its_days_and_what_falls_on_each(office: Office) -> None:
    office.adopted("section-a", DAY)
    office.task(due=DAY)
    page = shown(reader(office.officer), month="2025-06")
    assert page.count("<tr>") - 1 == 6  # from Monday 26 May to Sunday 6 July
    assert '<a href="#d20">' in page
    assert 'id="d20"' in page
    assert page.index("Section A") < page.index("Check the codes")
    assert 'href="?month=2025-05"' in page
    assert 'href="?month=2025-07"' in page
    assert page.count('class="now"') == 1
    assert "Section A" not in shown(reader(office.officer), month="2025-07")


def test_what_authorities_do_is_shown_to_whoever_asks(office: Office) -> None:
    row = office.adopted("determination", DAY, en="Preliminary determination")
    row.whom = "authority"
    row.save()
    officer = reader(office.officer)
    assert "Nothing falls in this month." in shown(officer, month="2025-06")
    assert "Preliminary determination" in shown(officer, month="2025-06", all="1")


def test_a_full_day_is_listed_whole_on_its_own_page(office: Office) -> None:
    for number in range(FEW + 3):
        office.task(due=DAY, title_en=f"Task number {number:02}")
    officer = reader(office.officer)
    month = shown(officer, month="2025-06")
    assert month.count("Task number") == FEW
    assert "and 3 more on this day" in month
    assert shown(officer, day="2025-06-20").count("Task number") == FEW + 3


@pytest.mark.parametrize("month", ["", "nonsense", "2025-13", "0001-01", "9999-12", "2025-6'"])
def test_nonsense_is_the_month_of_today(office: Office, month: str) -> None:
    assert "2025-06" in shown(reader(office.officer), month=month)


def test_others_see_nothing_of_it(office: Office) -> None:
    office.task(due=DAY)
    assert "Check the codes" not in shown(reader(office.clerk), month="2025-06")


def test_a_sample_is_said_to_be_one(office: Office) -> None:
    office.task(due=DAY)
    officer = reader(office.officer)
    assert "Sample data" not in shown(officer, month="2025-06")
    office.case.sample = True
    office.case.save()
    assert "Sample data" in shown(officer, month="2025-06")
    assert "Sample data" in officer.get(reverse("tasks"), {"whose": "ours"}).content.decode()


def test_dates_of_two_proceedings_read_apart(office: Office) -> None:
    office.adopted("section-a", DAY)
    other = office.proceeding_of(office.case, ruleset="us-itc/injury-investigation")
    office.adopted("section-a", DAY, proceeding=other)
    office.task(due=DAY, proceeding=other)
    page = shown(reader(office.officer), month="2025-06")
    assert page.count("Wood mouldings · Anti-dumping investigation (Commerce)") == 1
    assert page.count("Wood mouldings · Anti-dumping investigation (ITC)") == 2
