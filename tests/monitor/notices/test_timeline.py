"""What of a notice people act on: every form of follow-up, and the laws that hold for all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bundles.items import NoticeItem, PrintedCode, PrintedDate
from bundles.words import DateKind, Event, Kind, Proceeding
from monitor.notices.timeline import SAME_EVENT, Said, place, said

DAY = date(2024, 5, 13)


def notice(event: Event = Event.FINAL, *, published: date = DAY, **given: object) -> NoticeItem:
    defaults: dict[str, object] = {
        "source": "us-federal-register",
        "number": "2024-00001",
        "title": "Wood Mouldings",
        "url": "https://example.org/1",
        "language": "en",
        "authority": "Commerce",
        "jurisdiction": "US",
        "kinds": (Kind.ANTI_DUMPING,),
        "proceeding": Proceeding.ADMINISTRATIVE_REVIEW,
    }
    return NoticeItem(event=event, published=published, **(defaults | given))  # type: ignore[arg-type]


def comments_due(day: date) -> PrintedDate:
    return PrintedDate(kind=DateKind.COMMENTS_DUE, date=day, printed=day.isoformat())


def code(heading: str) -> PrintedCode:
    return PrintedCode(
        printed=heading, digits=heading, system="HS", heading=heading, exists=True, where="title:0"
    )


def life(*items: NoticeItem) -> list[Said]:
    told: list[Said] = []
    for item in items:
        told.append(said(item, place(item, told).occasion))
    return told


def test_the_first_notice_of_a_measure_is_an_occasion() -> None:
    assert place(notice(), []).change == ("event",)
    assert place(notice(), []).occasion == "administrative_review/final/2024-05-13"


def test_the_same_event_from_another_source_joins_in_silence() -> None:
    first = notice()
    later = notice(source="cn-bulletin", authority="商务部", published=DAY + timedelta(days=9))
    assert place(later, life(first)).change == ()
    assert place(later, life(first)).occasion == place(first, []).occasion


def test_two_authorities_decide_for_themselves() -> None:
    commerce = notice(proceeding=Proceeding.INVESTIGATION)
    itc = notice(proceeding=Proceeding.INVESTIGATION, authority="USITC")
    assert place(itc, life(commerce)).change == ("event",)


def test_another_year_is_another_occasion() -> None:
    assert place(notice(published=DAY + timedelta(days=365)), life(notice())).change == ("event",)


@pytest.mark.parametrize("event", [Event.CORRECTED, Event.OTHER])
def test_a_correction_without_consequence_is_silent(event: Event) -> None:
    assert place(notice(event), life(notice())).change == ()


def test_a_correction_that_moves_a_date_is_an_occasion() -> None:
    moved = notice(Event.CORRECTED, dates=(comments_due(DAY + timedelta(days=30)),))
    assert place(moved, life(notice())).change == ("deadline",)


def test_a_date_already_past_when_printed_is_no_occasion() -> None:
    past = notice(Event.CORRECTED, dates=(comments_due(DAY - timedelta(days=1)),))
    assert place(past, life(notice())).change == ()


def test_a_wider_scope_is_an_occasion_and_a_narrower_one_is_not() -> None:
    before = life(notice(codes=(code("4409"), code("4418"))))
    assert place(notice(Event.CORRECTED, codes=(code("4409"),)), before).change == ()
    wider = notice(Event.CORRECTED, codes=(code("4409"), code("9403")))
    assert place(wider, before).change == ("scope",)


def test_reopened_comments_on_one_day_are_told_apart() -> None:
    first = notice(Event.CORRECTED, dates=(comments_due(DAY + timedelta(days=30)),))
    second = notice(Event.CORRECTED, dates=(comments_due(DAY + timedelta(days=60)),))
    told = life(notice(), first, second)
    assert len({s.occasion for s in told}) == 3


events = st.sampled_from([Event.FINAL, Event.PRELIMINARY, Event.CORRECTED, Event.INITIATED])
days = st.integers(0, 800).map(lambda n: DAY + timedelta(days=n))
notices = st.builds(lambda event, published: notice(event, published=published), events, days)


@given(st.lists(notices, max_size=12))
def test_occasions_that_change_something_are_never_shared(items: list[NoticeItem]) -> None:
    told: list[Said] = []
    opened: list[str] = []
    for item in items:
        here = place(item, told)
        if here.change:
            opened.append(here.occasion)
        told.append(said(item, here.occasion))
    assert len(opened) == len(set(opened))


@given(notices, st.integers(0, SAME_EVENT.days))
def test_a_repetition_within_the_time_never_changes_anything(item: NoticeItem, later: int) -> None:
    again = item.model_copy(update={"published": item.published + timedelta(days=later)})
    assert place(again, life(item)).change == ()
