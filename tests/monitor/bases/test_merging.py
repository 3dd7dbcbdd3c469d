"""Two firms made one, and taken apart again."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.models import Recipient
from monitor.accounts.models import Affiliation, Invitation, Membership, Organisation, Share
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import reaches
from monitor.accounts.words import Kind, Role
from monitor.bases import merging
from monitor.bases.merging import TAKEN
from monitor.bases.models import Base, Enterprise, ExportFlow, Merger
from monitor.trail.hand import by
from monitor.trail.models import Entry
from monitor.trail.verifying import checkpoint, verify
from tests.monitor.accounts.conftest import Town

NOW = datetime(2025, 6, 2, 8, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but those of decisions, links between rows included."""
    kept: dict[str, list[tuple[Any, ...]]] = {}
    for app in ("accounts", "bases", "alerts"):
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            if model is not Merger:
                kept[model._meta.label] = _rows(model)
    return kept


def _rows(model: type[models.Model]) -> list[tuple[Any, ...]]:
    return list(model._base_manager.order_by("pk").values_list())


def office(town: Town) -> Actor:
    return town.actor(town.organisation(Kind.OFFICE, ""))


def organisation(firm: Enterprise) -> Organisation:
    assert firm.organisation
    return firm.organisation


def test_one_firm_is_left_with_what_both_had(town: Town) -> None:
    chamber, other = town.organisation(Kind.CHAMBER), town.organisation(Kind.CHAMBER)
    kept, merged = town.firm(chamber), town.firm(chamber, other)
    person = town.person(organisation(merged))
    base = Base.objects.create(code="b", name_zh="b", name_en="b")
    merged.bases.add(base)
    flow = _flow(base, merged, 1)
    desk = Recipient.objects.create(name="desk", organisation=merged.organisation)
    actor = office(town)

    made = merging.merge(actor, kept, merged, ["name_zh"], "同一家", NOW)

    kept.refresh_from_db()
    for row in (flow, desk):
        row.refresh_from_db()
    assert (kept.name_zh, str(kept.organisation)) == (merged.name_zh, merged.name_zh)
    assert (flow.enterprise, desk.organisation) == (kept, kept.organisation)
    assert list(kept.bases.all()) == [base]
    assert {a.of for a in Affiliation.objects.filter(member=kept.organisation)} == {chamber, other}
    assert Membership.objects.get(user=person).organisation == kept.organisation
    assert not Enterprise.objects.filter(pk=merged.pk).exists()
    stub = Organisation.objects.get(pk=merged.organisation_id)
    assert stub.merged_into == kept.organisation
    assert reaches(town.actor(organisation(kept)), Action.READ_TRAIL, stub)
    assert (made.decided_by, made.reason) == (actor.user, "同一家")
    assert made.taken["name_zh"][1] == merged.name_zh


def test_only_whom_both_showed_their_figures_goes_on_seeing_them(town: Town) -> None:
    both, one, another = (town.organisation(Kind.COUNSEL) for _ in range(3))
    kept, merged = town.firm(), town.firm()
    for firm, receiver in ((kept, both), (kept, one), (merged, both), (merged, another)):
        town.shares(firm, receiver)

    merging.merge(office(town), kept, merged, [], "same", NOW)

    open_ = Share.objects.filter(withdrawn_at=None)
    assert [(share.owner, share.receiver) for share in open_] == [(kept.organisation, both)]
    assert Share.objects.filter(withdrawn_at=NOW).count() == 2


def test_a_chamber_does_not_open_one_firms_figures_to_the_people_of_another(town: Town) -> None:
    chamber = town.organisation(Kind.CHAMBER)
    kept, merged = town.firm(chamber), town.firm(chamber)
    for firm in (kept, merged):
        town.person(organisation(firm))
    before = everything()

    with pytest.raises(merging.BothActedForError):
        merging.merge(town.actor(chamber), kept, merged, [], "same", NOW)

    after = everything()
    del before["accounts.User"], after["accounts.User"]
    del before["accounts.Membership"], after["accounts.Membership"]
    assert after == before
    merging.merge(office(town), kept, merged, [], "same", NOW)


def test_a_firm_is_not_merged_with_itself(town: Town) -> None:
    firm = town.firm()
    with pytest.raises(merging.CannotMergeError):
        merging.merge(office(town), firm, firm, [], "same", NOW)


def test_what_was_changed_since_stays_changed(town: Town) -> None:
    kept, merged = town.firm(city="泉州"), town.firm(city="厦门")
    actor = office(town)
    made = merging.merge(actor, kept, merged, ["city"], "same", NOW)
    Enterprise.objects.filter(pk=kept.pk).update(city="莆田")
    heir = town.person(organisation(kept))

    merging.undo(actor, made, NOW)

    kept.refresh_from_db()
    assert kept.city == "莆田"
    assert Enterprise.objects.get(pk=merged.pk).city == "厦门"
    assert Membership.objects.get(user=heir).organisation == kept.organisation


def test_the_last_of_several_is_undone_first(town: Town) -> None:
    first, second, third = town.firm(), town.firm(), town.firm()
    actor, before = office(town), everything()
    one = merging.merge(actor, second, third, [], "same", NOW)
    two = merging.merge(actor, first, second, [], "same", NOW)

    with pytest.raises(merging.CannotUndoError):
        merging.undo(actor, one, NOW)
    merging.undo(actor, two, NOW)
    with pytest.raises(merging.CannotUndoError):
        merging.undo(actor, two, NOW)
    merging.undo(actor, one, NOW)

    assert everything() == before


def test_a_name_that_somebody_has_by_now_is_in_the_way(town: Town) -> None:
    kept, merged = town.firm(), town.firm()
    actor = office(town)
    made = merging.merge(actor, kept, merged, [], "same", NOW)
    Enterprise.objects.create(name_zh=merged.name_zh)
    before = everything()

    with pytest.raises(merging.CannotUndoError):
        merging.undo(actor, made, NOW)

    assert everything() == before
    assert Merger.objects.get().undone_at is None


def test_the_reason_and_all_that_was_moved_stand_in_the_trail(town: Town) -> None:
    kept, merged = town.firm(), town.firm()
    ours, theirs = organisation(kept), organisation(merged)
    receiver, person = town.organisation(Kind.COUNSEL), town.person(theirs)
    town.shares(kept, receiver)
    actor = office(town)

    with by(actor, NOW):
        made = merging.merge(actor, kept, merged, ["name_zh"], "同一家，改过名", NOW)

    merger = Entry.objects.filter(model="merger", verb="add")
    assert {line.concerned for line in merger} == {ours, theirs}
    for line in merger:
        assert line.after["reason"] == "同一家，改过名"
        assert line.after["kept"] == {"organisation": ours.pk}
        assert line.after["moved"] == {"withheld": True}
    assert {
        ("change", "membership"),
        ("change", "share"),
        ("change", "organisation"),
        ("change", "enterprise"),
        ("remove", "enterprise"),
    } <= set(Entry.objects.values_list("verb", "model"))
    moved = Entry.objects.get(model="membership")
    assert moved.about
    assert (moved.about.user, moved.concerned) == (person, ours)
    assert moved.before == {"organisation": {"organisation": theirs.pk}}

    before = Entry.objects.count()
    with by(actor, NOW):
        merging.undo(actor, made, NOW)

    undone = Entry.objects.filter(number__gt=before)
    said = undone.filter(model="merger", concerned=theirs).get()
    assert said.before == {"undone_at": None, "undone_by": None}
    assert said.after["undone_at"] == NOW.isoformat()
    assert "person" in said.after["undone_by"]
    back = undone.get(model="membership")
    assert back.after == {"organisation": {"organisation": theirs.pk}}
    assert undone.filter(model="enterprise", verb="add").exists()
    assert verify() == checkpoint()


def test_of_a_firm_that_is_gone_nothing_is_undone(town: Town) -> None:
    kept, merged = town.firm(), town.firm()
    actor = office(town)
    made = merging.merge(actor, kept, merged, [], "same", NOW)
    Enterprise.objects.filter(pk=kept.pk).delete()
    with pytest.raises(merging.CannotUndoError):
        merging.undo(actor, made, NOW)
    made.refresh_from_db()
    assert made.undone_at is None


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "name_en": st.sampled_from(["", "Alpha", "Beta"]),
    "uscc": st.sampled_from([None, "91999999000000019D"]),
    "city": st.sampled_from(["福州", "泉州"]),
    "hs_codes": st.lists(st.sampled_from(["6403", "640411"]), unique=True),
    "annual_export_usd": st.none() | st.decimals(0, 10**9, places=2),
    "employees": st.none() | st.integers(0, 9999),
}
FIRM = st.fixed_dictionaries(
    {
        "values": st.fixed_dictionaries(VALUES),
        "bases": st.sets(st.integers(0, 1)),
        "months": st.sets(st.integers(1, 3)),
        "chambers": st.sets(st.integers(0, 1)),
        "left": st.booleans(),
        "people": st.sets(st.integers(0, 1)),
        "invited": st.sets(st.sampled_from(["a@example.org", "b@example.org"])),
        "shares": st.sets(st.integers(0, 1)),
        "desk": st.booleans(),
    }
)


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FIRM, FIRM, st.sets(st.sampled_from(TAKEN)))
def test_a_merger_that_is_undone_has_changed_nothing(
    town: Town, one: dict[str, Any], another: dict[str, Any], take: set[str]
) -> None:
    if one["values"]["uscc"]:
        another["values"]["uscc"] = None
    world = _World(town)
    kept, merged = world.firm(one), world.firm(another)
    actor, before = office(town), everything()

    made = merging.merge(actor, kept, merged, sorted(take), "same", NOW)
    assert not Enterprise.objects.filter(pk=merged.pk).exists()
    made.refresh_from_db()
    merging.undo(actor, made, NOW)

    assert everything() == before


class _World:
    def __init__(self, town: Town) -> None:
        self.town = town
        number = next(town.numbers)
        self.bases = [
            Base.objects.create(code=f"b{number}-{at}", name_zh=f"b{number}{at}", name_en="b")
            for at in range(2)
        ]
        self.chambers = [town.organisation(Kind.CHAMBER) for _ in range(2)]
        self.people = [town.person() for _ in range(2)]
        Enterprise.objects.exclude(uscc=None).update(uscc=None)

    def firm(self, drawn: dict[str, Any]) -> Enterprise:
        chambers = [self.chambers[at] for at in sorted(drawn["chambers"])]
        firm = self.town.firm(*chambers)
        Enterprise.objects.filter(pk=firm.pk).update(**drawn["values"])
        Organisation.objects.filter(pk=firm.organisation_id).update(city=drawn["values"]["city"])
        firm.bases.add(*(self.bases[at] for at in drawn["bases"]))
        for month in drawn["months"]:
            _flow(self.bases[0], firm, month)
        if drawn["left"]:
            Affiliation.objects.filter(member=firm.organisation).update(ended_at=NOW)
        for at in drawn["people"]:
            Membership.objects.create(
                user=self.people[at],
                organisation=firm.organisation,
                role=Role.READER,
                since=NOW,
            )
        for email in drawn["invited"]:
            Invitation.objects.create(
                organisation=firm.organisation, email=email, role=Role.OWNER, created_at=NOW
            )
        for at in drawn["shares"]:
            self.town.shares(firm, self.chambers[at])
        if drawn["desk"]:
            name = f"desk {next(self.town.numbers)}"
            Recipient.objects.create(name=name, organisation=firm.organisation)
        return firm


def _flow(base: Base, firm: Enterprise, month: int) -> ExportFlow:
    return ExportFlow.objects.create(
        base=base,
        enterprise=firm,
        hs6="640399",
        market="US",
        month=date(2025, month, 1),
        value_usd="7.25",
    )
