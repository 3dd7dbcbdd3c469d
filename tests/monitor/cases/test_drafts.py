"""Half-typed work is its writer's alone, and goes by itself after thirty days."""

from datetime import timedelta

import pytest

from config import schedule
from monitor.accounts.models import Membership
from monitor.accounts.walls.actor import ANYBODY, Actor
from monitor.accounts.walls.door import guarded
from monitor.accounts.words import Role
from monitor.cases import drafts
from monitor.cases.models import Draft
from monitor.cases.permission import MayNotError
from monitor.trail.hand import by
from monitor.trail.models import Entry
from tests.monitor.cases.work.office import NOW, Office

FORM = "/tasks/1/edit/"


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def texts(actor: Actor) -> list[str]:
    return [draft.fields["note"][0] for draft in drafts.kept(actor, [FORM]).get(FORM, [])]


def test_it_is_kept_for_the_person_alone_and_for_whom_they_act(office: Office) -> None:
    officer, chair = office.actor(office.officer), office.actor(office.chair)
    with guarded():
        drafts.keep(officer, FORM, "key-one-", {"note": ["半句"]}, NOW)
        drafts.keep(officer, FORM, "key-one-", {"note": ["半句话"]}, NOW + timedelta(seconds=3))
        drafts.keep(officer, FORM, "key-two-", {"note": ["另一页"]}, NOW)
        assert texts(officer) == ["半句话", "另一页"]
        assert texts(chair) == []
    Membership.objects.create(
        user=office.officer, organisation=office.firm, role=Role.READER, since=NOW
    )
    elsewhere = Actor(office.officer, office.firm, Role.READER)
    assert texts(elsewhere) == []
    assert not drafts.throw_away(elsewhere, "key-one-")
    assert drafts.throw_away(officer, "key-one-")
    assert texts(officer) == ["另一页"]


def test_what_is_no_draft_is_refused(office: Office) -> None:
    officer = office.actor(office.officer)
    for form, key in (("elsewhere", "key-one-"), (FORM, "<key>"), ("/" + "x" * 200, "key-one-")):
        with pytest.raises(ValueError, match="no form of ours"):
            drafts.keep(officer, form, key, {}, NOW)
    with pytest.raises(drafts.TooLarge):
        drafts.keep(officer, FORM, "key-one-", {"note": ["字" * drafts.LARGEST]}, NOW)
    with pytest.raises(MayNotError):
        drafts.keep(ANYBODY, FORM, "key-one-", {}, NOW)
    assert not Draft.objects.exists()


def test_the_trail_says_that_there_was_one_and_not_what_it_said(office: Office) -> None:
    officer = office.actor(office.officer)
    with by(officer, NOW):
        for text in ("半句", "半句话"):
            drafts.keep(officer, FORM, "key-one-", {"note": [text]}, NOW)
        drafts.throw_away(officer, "key-one-")
    lines = Entry.objects.filter(model="draft").order_by("number")
    assert [line.verb for line in lines] == ["add", "remove"]
    assert "半句" not in str([(line.before, line.after) for line in lines])


def test_the_oldest_gives_way_and_all_go_in_time(office: Office, settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.FENGHUO_BUNDLES = tmp_path
    officer = office.actor(office.officer)
    for number in range(drafts.MOST + 1):
        later = NOW + timedelta(minutes=number)
        drafts.keep(officer, FORM, f"key-{number:04}", {"note": [str(number)]}, later)
    assert texts(officer)[-1] == "1"
    assert len(texts(officer)) == drafts.MOST
    done = schedule.housekeeping(NOW + drafts.KEPT + timedelta(minutes=50))
    assert done["drafts"] == 49
    assert texts(officer)[-1] == "50"
