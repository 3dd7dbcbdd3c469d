"""Sample people: of every role, by one click, and only where they are let in."""

from datetime import datetime

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from monitor.accounts.checks import SAMPLE_PEOPLE, sample_people
from monitor.accounts.models import Membership, Organisation, User
from monitor.accounts.sample import drop_people, load_people
from monitor.accounts.walls.acting import acting
from monitor.accounts.words import Kind, Role
from monitor.bases.models import Base, Chamber, Enterprise
from monitor.bases.organisations import of_chamber, of_firm
from tests.monitor.web.house import House
from tests.signing_in import person, tries

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(house: House, now: datetime, settings: Settings) -> None:
    """Two chambers of two sample firms each, and whoever acts for them."""
    settings.FENGHUO_SAMPLE_PEOPLE = True
    for code in ("ceramics", "footwear"):
        base = house.base(code)
        _chamber(base, now)
    load_people(now)


def _chamber(base: Base, now: datetime) -> None:
    chamber = Chamber.objects.create(name_zh=f"{base.code}商会")
    chamber.bases.add(base)
    for number in range(2):
        firm = Enterprise.objects.create(
            name_zh=f"示例{base.code}{number}", city="泉州", sample=True
        )
        firm.bases.add(base)
        of_firm(firm, now)
    of_chamber(chamber, now)
    for firm in Enterprise.objects.filter(bases=base):
        of_firm(firm, now)


def steps_in(user: User) -> Client:
    client = Client()
    response = client.post(reverse("sign_in_sample"), {"person": user.pk})
    assert response.status_code == 302
    return client


def test_there_are_people_of_every_kind_and_role(people: None) -> None:
    acted = set(Membership.objects.values_list("organisation__kind", "role"))
    assert {kind for kind, _ in acted} == set(Kind)
    for kind in (Kind.OFFICE, Kind.CHAMBER, Kind.ENTERPRISE):
        assert {role for of, role in acted if of == kind} == set(Role)
    for standing in ("is_analyst", "is_operator"):
        assert User.objects.filter(**{standing: True}).count() == 1
    assert not User.objects.filter(sample=False).exists()


def test_the_page_to_sign_in_offers_each_and_says_that_they_are_invented(people: None) -> None:
    page = Client().get(reverse("sign_in")).content.decode()
    for user in User.objects.all():
        assert f'value="{user.pk}"' in page
    assert "示例人物" in page


def test_each_steps_in_by_one_click_and_sees_pages(people: None) -> None:
    for user in User.objects.all():
        page = steps_in(user).get("/")
        assert page.status_code == 200, user
        assert user.name in page.content.decode()


def test_the_citys_office_has_firms_to_see(people: None) -> None:
    actor = acting(User.objects.get(username__startswith="city-officer"))
    assert Enterprise.objects.for_actor(actor).count() == 4


def test_one_of_them_acts_for_two(people: None) -> None:
    user = User.objects.get(username__startswith="federation-owner")
    page = steps_in(user).get("/").content.decode()
    assert 'id="acting"' in page


def test_nobody_steps_in_as_a_person_who_is_real(people: None) -> None:
    real = person()
    response = Client().post(reverse("sign_in_sample"), {"person": real.pk})
    assert response.status_code == 404
    assert str(real.pk) not in [
        str(shown.user.pk) for shown in Client().get(reverse("sign_in")).context["people"]
    ]


@pytest.mark.parametrize("number", ["", "-1", "x", "９", "99999999999999999999"])
def test_nobody_steps_in_as_nobody(people: None, number: str) -> None:
    assert Client().post(reverse("sign_in_sample"), {"person": number}).status_code == 404


def test_where_it_is_not_set_nobody_steps_in(people: None, settings: Settings) -> None:
    settings.FENGHUO_SAMPLE_PEOPLE = False
    user = User.objects.first()
    assert user
    response = Client().post(reverse("sign_in_sample"), {"person": user.pk})
    assert response.status_code == 404
    assert Client().get(reverse("sign_in")).context["people"] == []


def test_whoever_stepped_in_is_out_once_it_is_not_set(people: None, settings: Settings) -> None:
    user = User.objects.first()
    assert user
    client = steps_in(user)
    settings.FENGHUO_SAMPLE_PEOPLE = False
    assert client.get(reverse("account")).status_code == 302


def test_they_have_no_password(people: None) -> None:
    assert tries(Client(), "operator@sample.invalid", "").status_code == 200
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_it_is_off_unless_somebody_sets_it() -> None:
    assert django_settings.FENGHUO_SAMPLE_PEOPLE is False


def test_the_checks_complain_where_others_are_served(settings: Settings) -> None:
    settings.FENGHUO_SAMPLE_PEOPLE = True
    assert sample_people() == []
    settings.FENGHUO_SITE_URL = "https://fenghuo.example"
    assert sample_people() == [SAMPLE_PEOPLE]


def test_loading_again_changes_nothing_and_dropping_leaves_none(
    people: None, now: datetime
) -> None:
    before = set(User.objects.values_list("pk", "username"))
    load_people(now)
    assert set(User.objects.values_list("pk", "username")) == before
    assert drop_people() == len(before)
    assert not User.objects.exists()
    left = set(Organisation.objects.values_list("kind", flat=True))
    assert left == {Kind.CHAMBER, Kind.ENTERPRISE}
