"""Writing what is done abroad: two at once, whose it is, what follows."""

from datetime import date, timedelta

import pytest

from monitor.accounts.walls.door import guarded
from monitor.cases.abroad import following_up, writing
from monitor.cases.abroad.following_up import Wish, quarters
from monitor.cases.models import (
    AbroadChange,
    Contact,
    Defence,
    Exclusion,
    Floor,
    JointAction,
    Undertaking,
)
from monitor.cases.overtaking import Overtaken
from monitor.cases.permission import MayNotError
from tests.monitor.cases.abroad.conftest import Abroad
from tests.monitor.cases.work.office import NOW, OPENED

LATER = NOW + timedelta(hours=1)


def met(**fields: object) -> Contact:
    given = {
        "day": OPENED, "side": "chamber", "whom": "authority", "body": "DOC", "country": "US",
        "channel": "meeting", "subject": "Scope",
    }  # fmt: skip
    return Contact(**{**given, **fields})


def test_two_who_write_the_same_field_both_keep_their_text(office: Abroad) -> None:
    with guarded():
        row = writing.add(office.actor(office.officer), office.case, met(), NOW)
        writing.edit(office.actor(office.officer), row, 1, {"said": "甲", "place": ""}, NOW)
        writing.edit(office.actor(office.chair), row, 1, {"said": "", "place": "厦门"}, NOW)
        with pytest.raises(Overtaken) as told:
            writing.edit(office.actor(office.chair), row, 1, {"said": "乙"}, LATER)
    assert (told.value.mine, told.value.theirs) == ({"said": "乙"}, {"said": "甲"})
    row.refresh_from_db()
    assert (row.said, row.place, row.version) == ("甲", "厦门", 3)
    whats = writing.history(office.actor(office.officer), [row]).values_list("what", flat=True)
    assert list(whats) == ["edited", "edited", "added"]


def test_a_firm_writes_its_own_and_not_the_chambers(office: Abroad) -> None:
    clerk, officer = office.actor(office.clerk), office.actor(office.officer)
    own = writing.add(clerk, office.case, Exclusion(product="x", status_on=OPENED), NOW)
    assert own.organisation == office.firm
    writing.edit(officer, own, 1, {"product": "y"}, NOW)  # its chamber may, for the firm
    row = office.undertaking()
    with pytest.raises(MayNotError):
        writing.edit(clerk, row, 1, {"terms": "x"}, NOW)
    with pytest.raises(MayNotError):
        writing.add(office.shown_to_counsel(office.firm), office.case, met(), NOW)
    stranger = Floor(undertaking=row, respondent=office.asked(office.counsel), amount=1)
    with pytest.raises(MayNotError):
        writing.add_part(officer, row, stranger, NOW)


def test_what_is_withdrawn_is_kept_and_seen_by_whose_it_is(office: Abroad) -> None:
    officer, clerk = office.actor(office.officer), office.actor(office.clerk)
    row = writing.add(officer, office.case, met(audience="case"), NOW)
    assert Contact.objects.for_actor(clerk).exists()
    writing.withdraw(officer, row, LATER)
    assert not Contact.objects.for_actor(clerk).exists()
    assert Contact.objects.for_actor(officer).exists()
    with pytest.raises(MayNotError):
        writing.edit(officer, row, 2, {"said": "x"}, LATER)


def test_a_status_says_when_and_who_says_so(office: Abroad) -> None:
    officer, row = office.actor(office.officer), office.undertaking()
    writing.set_status(officer, row, "in_force", date(2025, 6, 1), LATER, source="90 FR 1")
    said = AbroadChange.objects.get(what="status")
    assert (said.was["status"], said.became["status"]) == ("offered", "in_force")
    assert (said.day, said.source) == (date(2025, 6, 1), "90 FR 1")
    with pytest.raises(writing.SameAsBeforeError):
        writing.set_status(officer, row, "in_force", OPENED, LATER)


def test_quarterly_reports_are_tasks_of_the_firm(office: Abroad) -> None:
    row = office.undertaking()
    wish = Wish("Report", date(2025, 8, 31), firm=office.jia, times=3)
    with guarded():
        tasks = following_up.follow(office.actor(office.officer), row, wish, NOW)
    assert [task.due for task in tasks] == quarters(date(2025, 8, 31), 3)
    assert [task.due for task in tasks][1:] == [date(2025, 11, 30), date(2026, 2, 28)]
    assert {(task.organisation, task.respondent) for task in tasks} == {(office.firm, office.jia)}


def test_the_renewal_moves_with_the_end_of_the_exclusion(office: Abroad) -> None:
    officer = office.actor(office.officer)
    row = office.exclusion(office.chamber, date(2025, 12, 31))
    with guarded():
        following_up.plan_renewal(officer, row, "Ask anew", NOW)
        later = writing.edit(officer, row, 1, {"valid_until": date(2026, 6, 30)}, NOW)
        following_up.plan_renewal(officer, later, "Ask anew", LATER)
    row.refresh_from_db()
    assert row.renewal
    assert (row.tasks.count(), row.renewal.due) == (1, date(2026, 5, 1))


def test_counsel_sees_what_its_client_sees(office: Abroad) -> None:
    row = office.undertaking()
    action = JointAction.objects.create(
        case=office.case, organisation=office.chamber, forum="section_337", authority="USITC",
        complainant="x", goods="x", status_on=OPENED, created_at=NOW,
    )  # fmt: skip
    action.firms.add(office.jia, office.yi)
    Defence.objects.create(action=action, respondent=office.yi, kind="licence", created_at=NOW)
    lawyer = office.actor(office.lawyer)
    assert not Undertaking.objects.for_actor(lawyer).exists()
    lawyer = office.shown_to_counsel(office.firm)
    assert list(Undertaking.objects.for_actor(lawyer)) == [row]
    assert [f.respondent for f in Floor.objects.for_actor(lawyer)] == [office.jia]
    assert not Defence.objects.for_actor(lawyer).exists()
    lawyer = office.shown_to_counsel(office.chamber)
    assert Floor.objects.for_actor(lawyer).count() == 2
    assert Defence.objects.for_actor(lawyer).exists()
