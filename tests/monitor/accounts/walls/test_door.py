"""The door and the guard."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Count, Prefetch
from django.utils import timezone

from monitor.accounts.models import Affiliation, Organisation, User
from monitor.accounts.walls.actor import ANYBODY, Actor
from monitor.accounts.walls.door import AroundTheDoor, guarded, opened, walled
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import reaches
from monitor.accounts.words import Kind, Role
from monitor.bases.models import Base, Enterprise, ExportFlow
from tests.monitor.accounts.conftest import Town


def seen(actor: Actor) -> set[int]:
    return set(Enterprise.objects.for_actor(actor).values_list("pk", flat=True))


def test_a_firm_sees_itself_and_no_other(town: Town) -> None:
    chamber = town.organisation(Kind.CHAMBER)
    mine, _rival = town.firm(chamber), town.firm(chamber)
    assert mine.organisation
    assert seen(town.actor(mine.organisation)) == {mine.pk}


def test_a_chamber_sees_the_firms_that_it_has_admitted(town: Town) -> None:
    ours, theirs = town.organisation(Kind.CHAMBER), town.organisation(Kind.CHAMBER)
    first, both, _other = town.firm(ours), town.firm(ours, theirs), town.firm(theirs)
    left = town.firm(ours)
    Affiliation.objects.filter(member=left.organisation).update(ended_at=timezone.now())
    assert seen(town.actor(ours, Role.READER)) == {first.pk, both.pk}


def test_an_office_sees_the_firms_of_its_city_and_that_of_the_province_all(town: Town) -> None:
    here, there = town.firm(city="泉州"), town.firm(city="厦门")
    assert seen(town.actor(town.organisation(Kind.OFFICE, "泉州"))) == {here.pk}
    assert seen(town.actor(town.organisation(Kind.OFFICE, ""))) == {here.pk, there.pk}


def test_nobody_in_particular_sees_no_firm(town: Town) -> None:
    town.firm()
    assert seen(ANYBODY) == set()
    assert seen(Actor(User(is_operator=True, is_analyst=True))) == set()


def test_figures_are_seen_while_they_are_shared(town: Town) -> None:
    chamber = town.organisation(Kind.CHAMBER)
    firm, actor = town.firm(chamber), town.actor(chamber)
    assert firm.organisation
    assert not reaches(actor, Action.READ_FIGURES, firm.organisation)
    share = town.shares(firm, chamber)
    assert reaches(actor, Action.READ_FIGURES, firm.organisation)
    share.withdrawn_at = timezone.now()
    share.save()
    assert not reaches(actor, Action.READ_FIGURES, firm.organisation)


def test_a_share_ends_on_its_day(town: Town) -> None:
    counsel = town.organisation(Kind.COUNSEL)
    firm, actor = town.firm(), town.actor(counsel)
    assert firm.organisation
    share = town.shares(firm, counsel, until=timezone.now() + timedelta(days=1))
    assert reaches(actor, Action.READ_FIGURES, firm.organisation)
    share.until = datetime(2025, 6, 1, tzinfo=UTC)
    share.save()
    assert not reaches(actor, Action.READ_FIGURES, firm.organisation)


def test_totals_of_a_base_are_no_firms_figures(town: Town) -> None:
    firm = town.firm()
    base = Base.objects.create(code="b", name_zh="b", name_en="b")
    cell = {"base": base, "hs6": "691110", "market": "US", "month": "2025-01-01", "value_usd": 1}
    total = ExportFlow.objects.create(**cell)
    own = ExportFlow.objects.create(**cell, enterprise=firm)
    assert firm.organisation

    def flows(actor: Actor) -> set[int]:
        return set(ExportFlow.objects.for_actor(actor).values_list("pk", flat=True))

    assert flows(town.actor(firm.organisation)) == {total.pk, own.pk}
    assert flows(town.actor(town.organisation(Kind.CHAMBER))) == {total.pk}
    assert flows(town.actor(town.organisation(Kind.COUNSEL))) == set()
    assert flows(ANYBODY) == set()


WAYS_AROUND = {
    "all rows": lambda: list(Enterprise.objects.all()),
    "counting": Enterprise.objects.count,
    "asking whether": lambda: Enterprise.objects.filter(name_zh="x").exists(),
    "summing up": lambda: Enterprise.objects.aggregate(Count("pk")),
    "through a base": lambda: list(Base.objects.filter(enterprises__name_zh="x")),
    "counting through a base": lambda: list(Base.objects.annotate(n=Count("enterprises"))),
    "values through a base": lambda: list(Base.objects.values("enterprises__name_zh")),
    "a base's own": lambda: [list(base.enterprises.all()) for base in Base.objects.all()],
    "prefetched": lambda: list(Base.objects.prefetch_related("enterprises")),
    "changing": lambda: Enterprise.objects.update(city="x"),
    "removing": lambda: Enterprise.objects.filter(name_zh="x").delete(),
    "adding": lambda: Enterprise.objects.create(name_zh="x"),
    "through an organisation": lambda: (
        list(Organisation.objects.for_actor(ANYBODY).select_related("enterprise").all())
        or list(Organisation.objects.select_related("enterprise"))
    ),
}


@pytest.mark.parametrize("way", WAYS_AROUND)
def test_the_guard_lets_nobody_past_the_door(town: Town, way: str) -> None:
    Base.objects.create(code="b", name_zh="b", name_en="b")
    with guarded(), pytest.raises(AroundTheDoor, match="for_actor"):
        WAYS_AROUND[way]()


def test_the_guard_lets_through_what_is_asked_for_somebody(town: Town) -> None:
    chamber = town.organisation(Kind.CHAMBER)
    firm, actor = town.firm(chamber), town.actor(chamber)
    base = Base.objects.create(code="b", name_zh="b", name_en="b")
    firm.bases.add(base)
    mine = Enterprise.objects.for_actor(actor)
    with guarded():
        assert [row.pk for row in mine] == [firm.pk]
        assert (mine.count(), mine.exists(), mine.first()) == (1, True, firm)
        assert list(mine.iterator()) == [firm]
        assert mine.aggregate(n=Count("pk")) == {"n": 1}
        assert mine.filter(pk=firm.pk).update(city="泉州") == 1
        (found,) = Base.objects.prefetch_related(Prefetch("enterprises", mine))
        assert list(found.enterprises.all()) == [firm]
        assert not Enterprise.objects.for_actor(ANYBODY).exists()


def test_a_wall_that_a_request_keeps_is_asked_anew_each_time(town: Town) -> None:
    chamber, other = town.organisation(Kind.CHAMBER), town.organisation(Kind.CHAMBER)
    firm, actor, stranger = town.firm(chamber), town.actor(chamber), town.actor(other)
    with guarded():
        assert list(Enterprise.objects.for_actor(actor)) == [firm]
        with opened():
            Affiliation.objects.update(ended_at=timezone.now())
        assert list(Enterprise.objects.for_actor(actor)) == []
        assert list(Enterprise.objects.for_actor(stranger)) == []
        with opened():
            Affiliation.objects.update(ended_at=None)
        assert list(Enterprise.objects.for_actor(actor)) == [firm]
        assert list(Enterprise.objects.for_actor(stranger)) == []


def test_what_is_fetched_beside_has_to_come_by_its_own_door(town: Town) -> None:
    chamber = town.organisation(Kind.CHAMBER)
    town.firm(chamber)
    mine = Enterprise.objects.for_actor(town.actor(chamber)).prefetch_related("flows")
    with guarded(), pytest.raises(AroundTheDoor, match="bases_exportflow"):
        list(mine)


def test_the_guard_ends_with_the_request_and_an_open_door_with_its_block(town: Town) -> None:
    with guarded():
        with opened():
            assert Enterprise.objects.count() == 0
        with pytest.raises(AroundTheDoor):
            Enterprise.objects.count()
    assert Enterprise.objects.count() == 0


def test_what_belongs_to_a_firm_or_a_chamber_is_walled() -> None:
    names = {model.__name__ for model in walled()}
    assert names >= {"Enterprise", "ExportFlow", "Impact", "Recipient", "Membership", "Share"}
