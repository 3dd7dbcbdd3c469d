"""Two firms that a person has said to be two."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from monitor.accounts.models import Organisation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.words import Kind, Role
from monitor.bases import merging
from monitor.bases.duplicates import proposed
from monitor.bases.models import Distinction, Enterprise
from monitor.bases.telling_apart import CannotTellApartError, tell_apart, undecided, withdraw
from monitor.trail.hand import by
from monitor.trail.models import Entry
from tests.monitor.accounts.conftest import Town
from tests.signing_in import signed_in

NOW = datetime(2025, 6, 2, 8, 30, tzinfo=UTC)


@pytest.fixture
def town(db: None) -> Town:
    return Town()


@pytest.fixture
def chamber(town: Town) -> Organisation:
    return town.organisation(Kind.CHAMBER)


@pytest.fixture
def pair(town: Town, chamber: Organisation) -> tuple[Enterprise, Enterprise]:
    """Two whose mail address is the same."""
    firms = town.firm(chamber), town.firm(chamber)
    for firm in firms:
        firm.email = "same@example.org"
        firm.save()
    return firms


def asked() -> list[tuple[int, int]]:
    said = Distinction.objects.filter(withdrawn_at=None)
    rows = Enterprise.objects.select_related("organisation")
    return [(pair.first.pk, pair.second.pk) for pair in undecided(proposed(rows), said)]


def test_they_are_not_proposed_until_it_is_taken_back(
    town: Town, chamber: Organisation, pair: tuple[Enterprise, Enterprise]
) -> None:
    actor = town.actor(chamber)
    first, second = pair
    assert asked() == [(first.pk, second.pk)]
    with by(actor, NOW):
        said = tell_apart(actor, second, first, "母子公司", NOW)
    assert asked() == []
    assert (said.said_by, said.said_at, said.reason) == (actor.user, NOW, "母子公司")
    with by(actor, NOW):
        assert tell_apart(actor, first, second, "又说一次", NOW) == said
        assert withdraw(actor, said, NOW + timedelta(days=1))
        assert not withdraw(actor, said, NOW + timedelta(days=2))
    assert asked() == [(first.pk, second.pk)]
    said.refresh_from_db()
    assert (said.withdrawn_by, said.withdrawn_at) == (actor.user, NOW + timedelta(days=1))
    assert tell_apart(actor, first, second, "再说", NOW).pk != said.pk


def test_both_firms_find_it_in_their_trail(
    town: Town, chamber: Organisation, pair: tuple[Enterprise, Enterprise]
) -> None:
    actor = town.actor(chamber)
    with by(actor, NOW):
        said = tell_apart(actor, *pair, "母子公司", NOW)
        withdraw(actor, said, NOW)
    for firm in pair:
        add, change = Entry.objects.filter(concerned=firm.organisation).order_by("number")
        assert (add.verb, add.model, add.after["reason"]) == ("add", "distinction", "母子公司")
        assert change.before == {"withdrawn_at": None, "withdrawn_by": None}
        assert change.after["withdrawn_at"] == NOW.isoformat()


def test_what_is_one_row_or_nobodys_is_not_told_apart(
    town: Town, chamber: Organisation, pair: tuple[Enterprise, Enterprise]
) -> None:
    actor, alone = town.actor(chamber), Enterprise.objects.create(name_zh="无主")
    for other in (pair[0], alone):
        with pytest.raises(CannotTellApartError):
            tell_apart(actor, pair[0], other, "x", NOW)


def test_it_goes_on_for_the_firm_that_one_of_them_became_part_of(
    town: Town, pair: tuple[Enterprise, Enterprise]
) -> None:
    office = town.actor(town.organisation(Kind.OFFICE, ""))
    first, second = pair
    said, third = tell_apart(office, first, second, "x", NOW), town.firm()
    made = merging.merge(office, third, second, ["email"], "same", NOW)
    said.refresh_from_db()
    assert {said.first, said.second} == {first.organisation, third.organisation}
    assert asked() == []
    merging.undo(office, made, NOW)
    said.refresh_from_db()
    assert {said.first, said.second} == {first.organisation, second.organisation}


def test_it_gives_way_to_a_later_decision_that_they_are_one(
    town: Town, pair: tuple[Enterprise, Enterprise]
) -> None:
    office = town.actor(town.organisation(Kind.OFFICE, ""))
    said = tell_apart(office, *pair, "x", NOW)
    made = merging.merge(office, *pair, [], "same after all", NOW)
    assert not Distinction.objects.exists()
    merging.undo(office, made, NOW)
    assert Distinction.objects.get() == said
    assert asked() == []


def page(town: Town, organisation: Organisation, role: Role = Role.OWNER) -> Client:
    return signed_in(town.person(organisation, role), headers={"Accept-Language": "en"})


def test_it_is_said_and_taken_back_on_the_page(
    town: Town, chamber: Organisation, pair: tuple[Enterprise, Enterprise]
) -> None:
    first, second = pair
    owner = page(town, chamber)
    compare = reverse("merge", args=[first.pk, second.pk])
    apart = reverse("tell_apart", args=[first.pk, second.pk])
    list_ = reverse("duplicates")
    assert compare in owner.get(list_).content.decode()
    assert apart in owner.get(compare).content.decode()
    assert owner.post(apart, {"why": ""}).status_code == 400
    assert owner.post(apart, {"why": "母子公司"}).status_code == 302
    said = Distinction.objects.get()
    shown = owner.get(list_).content.decode()
    assert compare not in shown
    assert "母子公司" in shown
    assert str(said.said_by) in shown
    back = reverse("withdraw_distinction", args=[said.pk])
    assert owner.get(back).status_code == 405
    assert owner.post(back).status_code == 302
    assert owner.post(back).status_code == 404
    assert compare in owner.get(list_).content.decode()
    assert Entry.objects.filter(model="distinction").count() == 4


def test_only_owners_who_decide_about_both_say_so_or_see_it(
    town: Town, chamber: Organisation, pair: tuple[Enterprise, Enterprise]
) -> None:
    first, second = pair
    elsewhere = town.firm(town.organisation(Kind.CHAMBER))
    apart = reverse("tell_apart", args=[first.pk, second.pk])
    said = tell_apart(town.actor(chamber), first, second, "母子公司", NOW)
    back = reverse("withdraw_distinction", args=[said.pk])
    rival = town.organisation(Kind.CHAMBER)
    assert first.organisation
    others = [
        page(town, chamber, Role.OFFICER),
        page(town, rival),
        page(town, first.organisation),
        page(town, town.organisation(Kind.FEDERATION)),
    ]
    for client in others:
        assert client.post(apart, {"why": "x"}).status_code == 404
        assert client.post(back).status_code == 404
    assert page(town, chamber).post(
        reverse("tell_apart", args=[first.pk, elsewhere.pk]), {"why": "x"}
    ).status_code == 404  # fmt: skip
    assert not Distinction.objects.for_actor(town.actor(rival)).exists()
    assert not Distinction.objects.for_actor(Actor()).exists()
    office = page(town, town.organisation(Kind.OFFICE, ""))
    assert "母子公司" in office.get(reverse("duplicates")).content.decode()
    assert Distinction.objects.filter(withdrawn_at=None).count() == 1
