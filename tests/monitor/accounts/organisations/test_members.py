"""Roles, leaving, handing over."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.accounts.models import Membership, Organisation
from monitor.accounts.organisations import members
from monitor.accounts.organisations.members import LastOwnerError
from monitor.accounts.walls.acting import acting
from monitor.accounts.words import Kind, Role
from tests.monitor.accounts.conftest import Town

NOW = datetime(2025, 6, 2, tzinfo=UTC)


def of(organisation: Organisation, role: Role) -> Membership:
    return Membership.objects.get(organisation=organisation, role=role, ended_at=None)


def test_a_role_that_changes_leaves_the_one_before_explained(town: Town) -> None:
    chamber = town.organisation(Kind.CHAMBER)
    person = town.person(chamber, Role.READER)

    members.change_role(of(chamber, Role.READER), Role.OFFICER, NOW)

    roles = Membership.objects.filter(user=person).order_by("pk")
    assert list(roles.values_list("role", "ended_at")) == [("reader", NOW), ("officer", None)]
    assert acting(person).role is Role.OFFICER


def test_whoever_was_let_go_acts_for_it_no_longer(town: Town) -> None:
    chamber = town.organisation(Kind.CHAMBER)
    person = town.person(chamber, Role.OFFICER)

    members.let_go(of(chamber, Role.OFFICER), NOW)

    assert acting(person).organisation is None


def test_the_last_owner_stays_until_there_is_a_successor(town: Town) -> None:
    chamber = town.organisation(Kind.CHAMBER)
    town.person(chamber)
    heir = town.person(chamber, Role.READER)
    mine = of(chamber, Role.OWNER)

    with pytest.raises(LastOwnerError):
        members.let_go(mine, NOW)
    with pytest.raises(LastOwnerError):
        members.change_role(mine, Role.OFFICER, NOW)

    members.hand_over(mine, of(chamber, Role.READER), NOW, stays=Role.READER)

    assert of(chamber, Role.OWNER).user == heir
    assert of(chamber, Role.READER).user == mine.user


def test_handing_over_and_leaving_is_one_step(town: Town) -> None:
    chamber = town.organisation(Kind.CHAMBER)
    owner, heir = town.person(chamber), town.person(chamber, Role.OFFICER)

    members.hand_over(of(chamber, Role.OWNER), of(chamber, Role.OFFICER), NOW)

    assert acting(owner).organisation is None
    assert acting(heir).role is Role.OWNER


def test_ownership_is_not_handed_into_another_house(town: Town) -> None:
    chamber, other = town.organisation(Kind.CHAMBER), town.organisation(Kind.CHAMBER)
    town.person(chamber)
    town.person(other, Role.READER)
    with pytest.raises(ValueError, match="same organisation"):
        members.hand_over(of(chamber, Role.OWNER), of(other, Role.READER), NOW)


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from([*Role, None])), min_size=1, max_size=12)
)
def test_whatever_is_tried_somebody_owns_it(
    town: Town, steps: list[tuple[int, Role | None]]
) -> None:
    chamber = town.organisation(Kind.CHAMBER)
    people = [town.person(chamber, role) for role in (Role.OWNER, Role.OWNER, Role.READER)]
    people.append(town.person(chamber, Role.OFFICER))
    for who, role in steps:
        mine = Membership.objects.filter(
            user=people[who], organisation=chamber, ended_at=None
        ).first()
        if mine is None:
            continue
        with suppress(LastOwnerError):
            members.change_role(mine, role, NOW) if role else members.let_go(mine, NOW)
        open_ = Membership.objects.filter(organisation=chamber, ended_at=None)
        assert open_.filter(role=Role.OWNER).exists()
        assert open_.values("user").distinct().count() == open_.count()
