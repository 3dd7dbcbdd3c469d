"""What a firm shows, to whom, until when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from monitor.accounts.models import Affiliation, Share
from monitor.accounts.organisations import affiliations, sharing
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import reaches
from monitor.accounts.words import Kind
from tests.monitor.accounts.conftest import Town


def test_what_is_shown_and_taken_back_stays_on_the_list_of_both(town: Town) -> None:
    now = timezone.now()
    chamber = town.organisation(Kind.CHAMBER)
    firm, reader = town.firm(chamber), town.actor(chamber)
    assert firm.organisation
    owner = town.actor(firm.organisation)

    made = sharing.share(owner, chamber, None, now)
    assert sharing.runs(made, now)
    assert reaches(reader, Action.READ_FIGURES, firm.organisation)

    sharing.take_back(owner, made, now)

    assert not reaches(reader, Action.READ_FIGURES, firm.organisation)
    for side in (owner, reader):
        (listed,) = Share.objects.for_actor(side)
        assert (listed.withdrawn_at, listed.withdrawn_by) == (now, owner.user)
    stranger = town.actor(town.organisation(Kind.CHAMBER))
    assert not Share.objects.for_actor(stranger).exists()


def test_another_end_is_another_line(town: Town) -> None:
    now = timezone.now()
    counsel = town.organisation(Kind.COUNSEL)
    firm = town.firm()
    assert firm.organisation
    owner = town.actor(firm.organisation)

    sharing.share(owner, counsel, now + timedelta(days=1), now - timedelta(days=2))
    sharing.share(owner, counsel, now + timedelta(days=9), now)

    first, second = Share.objects.order_by("pk")
    assert (first.withdrawn_at, first.withdrawn_by) == (now, owner.user)
    assert sharing.runs(second, now)


def test_one_that_ended_by_itself_ended_on_its_day(town: Town) -> None:
    now = timezone.now()
    counsel, firm = town.organisation(Kind.COUNSEL), town.firm()
    assert firm.organisation
    owner = town.actor(firm.organisation)
    end = now - timedelta(days=1)

    sharing.share(owner, counsel, end, now - timedelta(days=5))
    sharing.share(owner, counsel, None, now)

    assert Share.objects.order_by("pk")[0].withdrawn_at == end
    assert Share.objects.order_by("pk")[0].withdrawn_by is None


def test_a_day_that_has_passed_is_no_end(town: Town) -> None:
    now = timezone.now()
    firm, counsel = town.firm(), town.organisation(Kind.COUNSEL)
    assert firm.organisation
    with pytest.raises(sharing.EndsBeforeError):
        sharing.share(town.actor(firm.organisation), counsel, now, now)


def test_a_firm_shows_to_its_chambers_its_offices_and_counsel(town: Town) -> None:
    chamber, _other = town.organisation(Kind.CHAMBER), town.organisation(Kind.CHAMBER)
    province, city = town.organisation(Kind.OFFICE, ""), town.organisation(Kind.OFFICE, "泉州")
    _elsewhere = town.organisation(Kind.OFFICE, "厦门")
    counsel, _rival = town.organisation(Kind.COUNSEL), town.firm(chamber)
    _abroad = town.organisation(Kind.ASSOCIATION)
    firm = town.firm(chamber, city="泉州")
    assert firm.organisation

    found = sharing.receivers(town.actor(firm.organisation))

    assert set(found) == {chamber, province, city, counsel}


def test_a_firm_that_is_let_go_shows_its_chamber_nothing_any_more(town: Town) -> None:
    now = timezone.now()
    chamber = town.organisation(Kind.CHAMBER)
    firm, officer = town.firm(chamber), town.actor(chamber)
    assert firm.organisation
    town.shares(firm, chamber)

    affiliations.let_go(officer, Affiliation.objects.get(), now)

    assert not reaches(officer, Action.READ_FIRM, firm.organisation)
    assert not reaches(officer, Action.READ_FIGURES, firm.organisation)
    assert Share.objects.get().withdrawn_at == now
