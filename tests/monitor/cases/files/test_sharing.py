"""Showing a case or a document to somebody outside, until a day, and taking it back."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.cases import sharing
from monitor.cases.files import filing
from monitor.cases.models import Case, CaseShare, Document, DocumentShare, Version
from monitor.cases.permission import MayNotError
from monitor.cases.words import Form
from tests.monitor.cases.files.desk import NOW, Desk, part

LATER = datetime(2099, 1, 1, tzinfo=UTC)
"""Walls go by the wall clock."""


def seen(desk: Desk, who: str) -> tuple[int, int, list[str]]:
    """How many cases and documents, and which forms of the latter."""
    actor = desk.actor(who)
    forms = Version.objects.for_actor(actor).values_list("form", flat=True).distinct()
    return (
        Case.objects.for_actor(actor).count(),
        Document.objects.for_actor(actor).count(),
        sorted(forms),
    )


@pytest.fixture
def filed(desk: Desk) -> Document:
    made = desk.document("firm", b"secret")
    filing.add_version(desk.actor("firm"), made, Form.PUBLIC, "p.txt", part(b"public"), NOW)
    return made


def test_a_document_alone_is_the_document_and_nothing_of_the_case(
    desk: Desk, filed: Document
) -> None:
    desk.document("firm", open_=True)
    assert seen(desk, "counsel") == (0, 0, [])
    sharing.share_document(
        desk.actor("firm"), filed, desk.organisations["counsel"], LATER, NOW, confidential=False
    )
    assert seen(desk, "counsel") == (0, 1, ["public"])
    sharing.share_document(
        desk.actor("firm"), filed, desk.organisations["counsel"], LATER, NOW, confidential=True
    )
    assert seen(desk, "counsel") == (0, 1, ["confidential", "public"])
    assert seen(desk, "association") == (0, 0, [])


def test_a_case_is_the_case_and_what_is_open_in_it(desk: Desk, filed: Document) -> None:
    desk.document("chamber", open_=True, form=Form.PUBLIC)
    sharing.share_case(desk.actor("chamber"), desk.case, desk.organisations["counsel"], LATER, NOW)
    assert seen(desk, "counsel") == (1, 1, ["public"])
    assert seen(desk, "elsewhere") == (0, 0, [])


def test_it_ends_by_itself(desk: Desk, filed: Document) -> None:
    """What ended on the day after NOW has ended by the wall clock."""
    counsel, firm = desk.organisations["counsel"], desk.actor("firm")
    for end, is_seen in ((LATER, True), (NOW + timedelta(days=1), False)):
        sharing.share_case(firm, desk.case, counsel, end, NOW)
        share = sharing.share_document(firm, filed, counsel, end, NOW, confidential=True)
        assert seen(desk, "counsel") == (
            (1, 1, ["confidential", "public"]) if is_seen else (0, 0, [])
        )
        assert len(sharing.received(desk.actor("counsel"))) == 2 * is_seen
        assert len(sharing.given(firm)) == 2 * is_seen
        assert sharing.runs(share, end - timedelta(seconds=1))
        assert not sharing.runs(share, end)
        assert share.withdrawn_at is None


def test_it_is_taken_back_and_the_row_stays(desk: Desk, filed: Document) -> None:
    counsel, firm = desk.organisations["counsel"], desk.actor("firm")
    case = sharing.share_case(firm, desk.case, counsel, LATER, NOW)
    document = sharing.share_document(firm, filed, counsel, LATER, NOW, confidential=True)
    assert len(sharing.given(firm)) == len(sharing.received(desk.actor("counsel"))) == 2
    for share in (case, document):
        sharing.take_back(firm, share, NOW + timedelta(days=1))
    assert seen(desk, "counsel") == (0, 0, [])
    assert sharing.given(firm) == sharing.received(desk.actor("counsel")) == []
    for kept in (CaseShare.objects.get(), DocumentShare.objects.get()):
        assert (kept.withdrawn_by, kept.withdrawn_at) == (firm.user, NOW + timedelta(days=1))


def test_another_end_begins_anew(desk: Desk) -> None:
    counsel, firm = desk.organisations["counsel"], desk.actor("firm")
    sharing.share_case(firm, desk.case, counsel, NOW + timedelta(days=2), NOW)
    sharing.share_case(firm, desk.case, counsel, LATER, NOW + timedelta(days=5))
    first, second = CaseShare.objects.order_by("pk")
    # The first was over when the second began: by itself, on its day.
    assert (first.withdrawn_at, first.withdrawn_by) == (NOW + timedelta(days=2), None)
    assert (second.until, second.withdrawn_at) == (LATER, None)


@pytest.mark.parametrize("until", [NOW, NOW - timedelta(days=1)])
def test_a_day_that_has_passed_is_refused(desk: Desk, filed: Document, until: object) -> None:
    counsel, firm = desk.organisations["counsel"], desk.actor("firm")
    with pytest.raises(sharing.EndsBeforeError):
        sharing.share_case(firm, desk.case, counsel, until, NOW)
    with pytest.raises(sharing.EndsBeforeError):
        sharing.share_document(firm, filed, counsel, until, NOW, confidential=False)


def test_a_case_that_was_shown_is_not_shown_on(desk: Desk) -> None:
    sharing.share_case(
        desk.actor("chamber"), desk.case, desk.organisations["elsewhere"], LATER, NOW
    )
    assert seen(desk, "elsewhere")[0] == 1
    with pytest.raises(MayNotError):
        sharing.share_case(
            desk.actor("elsewhere"), desk.case, desk.organisations["counsel"], LATER, NOW
        )


@pytest.mark.parametrize("who", ["chamber", "rival", "office", "counsel"])
def test_nobody_shows_what_is_somebody_elses(desk: Desk, filed: Document, who: str) -> None:
    to = desk.organisations["association"]
    with pytest.raises(MayNotError):
        sharing.share_document(desk.actor(who), filed, to, LATER, NOW, confidential=False)
    share = sharing.share_document(desk.actor("firm"), filed, to, LATER, NOW, confidential=False)
    with pytest.raises(MayNotError):
        sharing.take_back(desk.actor(who), share, NOW)
    with pytest.raises(MayNotError):
        sharing.take_back(desk.actor("association"), share, NOW)


def test_what_is_withdrawn_is_seen_by_its_owner_alone(desk: Desk, filed: Document) -> None:
    firm = desk.actor("firm")
    filing.set_open(firm, filed, to_all=True)
    sharing.share_document(
        firm, filed, desk.organisations["counsel"], LATER, NOW, confidential=True
    )
    filing.withdraw(firm, filed, NOW)
    assert seen(desk, "counsel") == (0, 0, [])
    assert seen(desk, "chamber") == seen(desk, "rival") == (1, 0, [])
    assert seen(desk, "firm") == (1, 1, ["confidential", "public"])
    assert sharing.received(desk.actor("counsel")) == []
    filing.bring_back(firm, filed)
    assert seen(desk, "counsel") == (0, 1, ["confidential", "public"])


def test_counsel_hands_a_draft_to_whoever_showed_it_the_case(desk: Desk) -> None:
    firm = desk.organisations["firm"]
    sharing.share_case(desk.actor("firm"), desk.case, desk.organisations["counsel"], LATER, NOW)
    counsel = desk.actor("counsel")
    draft = desk.document("counsel", b"draft")
    assert seen(desk, "firm") == (1, 0, [])
    assert sharing.of_the_case(counsel, desk.case) == [firm]
    sharing.share_document(counsel, draft, firm, LATER, NOW, confidential=True)
    assert seen(desk, "firm") == (1, 1, ["confidential"])
    assert seen(desk, "chamber") == (1, 0, [])


def test_a_chamber_may_show_its_document_to_the_firms_that_it_leads(desk: Desk) -> None:
    of_chamber = sharing.of_the_case(desk.actor("chamber"), desk.case)
    assert set(of_chamber) == {desk.organisations["firm"], desk.organisations["rival"]}
    assert sharing.of_the_case(desk.actor("firm"), desk.case) == []
    outside = {each.kind for each in sharing.receivers(desk.actor("firm"))}
    assert outside == {"chamber", "office", "counsel", "association"}
