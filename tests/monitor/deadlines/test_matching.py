"""Notices → events of rulesets, and a measure's timeline → what is known of its case."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bundles.words import Event, Kind
from monitor.deadlines.facts import Known
from monitor.deadlines.library import Library, Said
from monitor.deadlines.matching import facts, told
from monitor.deadlines.rules import Ruleset
from tests.monitor.deadlines.rulesets import SOURCE, day, event, rule, ruleset

ITC = "International Trade Commission"
VARIANT = {**SOURCE, "count": 190}
INVESTIGATION = ruleset(
    rule("sra", count=21, stands_for="response_due", **{"from": "published"}),
    rule(
        "preliminary", count=140, event="preliminary", postponed=VARIANT,
        stands_for="determination_due", **{"from": "published", "for": "authority"},
    ),
    rule(
        "final", count=75, event="final", postponed=VARIANT, stands_for="determination_due",
        **{"from": "preliminary", "for": "authority"},
    ),
    rule("order", **{"from": "injury", "for": "authority"}),
    events=[
        event("published", notice="initiated"),
        event("preliminary", notice="preliminary", day="decided"),
        event("preliminary-published", notice="preliminary"),
        event("final", notice="final"),
        event("injury", notice="final", authority="us-itc", outcomes=["affirmative"]),
    ],
    name="investigation",
)  # fmt: skip
REVIEW = ruleset(
    rule("withdraw", count=90, **{"from": "initiated"}),
    rule("next", count=1, unit="years", **{"from": "order"}),
    events=[
        event("opportunity", notice="opportunity"),
        event("initiated", notice="initiated"),
        event("preliminary", notice="preliminary"),
        event("final", notice="final"),
        event("order", notice="order", proceedings=["investigation"]),
    ],
    name="review",
    proceedings=("administrative_review",),
)
COMMISSION = ruleset(
    rule(**{"from": "instituted"}),
    events=[event("instituted", notice="initiated")],
    id="us-itc",
    names=[ITC],
)
WTO = ruleset(
    rule(**{"from": "circulated"}),
    events=[event("circulated", notice="initiated")],
    id="wto",
    jurisdiction="WTO",
    names=["G/TBT/N/"],
)
LIBRARY = Library((INVESTIGATION, REVIEW, COMMISSION, WTO))


def said(what: str, published: str, **more: Any) -> Said:
    """`investigation/preliminary+postponed`."""
    proceeding, events = what.split("/")
    first, *also = events.split("+")
    given: dict[str, Any] = {
        "jurisdiction": "US", "authority": "Test Administration", "kinds": ("anti_dumping",),
        "proceeding": proceeding, "event": first, "also": tuple(also), "origins": ("CN",),
        "number": f"n-{published}",
    }  # fmt: skip
    return Said(published=day(published), **(given | more))


def days(of: Ruleset, *notices: Said) -> dict[str, str]:
    return {event: str(known.day) for event, known in facts(LIBRARY, of, notices).days.items()}


# --- One notice ----------------------------------------------------------------------------------


def about(notice: Said) -> dict[str, tuple[str, ...]]:
    return {found.name: events for found, events in LIBRARY.about(notice)}


def test_a_notice_dates_the_events_of_its_authority_and_proceeding() -> None:
    notice = said("investigation/initiated", "2025-03-13")
    assert about(notice) == {"us-test/investigation": ("published",)}
    assert about(said("investigation/initiated", "2025-03-13", authority=ITC)) == {
        "us-itc/procedure": ("instituted",)
    }
    assert about(said("investigation/initiated", "2025-03-13", kinds=("safeguard",))) == {}
    assert about(said("investigation/initiated", "2025-03-13", jurisdiction="EU")) == {}


def test_a_decision_has_no_day_of_its_own_in_a_notice() -> None:
    notice = said("investigation/preliminary", "2025-07-25")
    assert about(notice) == {"us-test/investigation": ("preliminary-published",)}


def test_another_authoritys_notice_and_outcome_date_what_the_event_names() -> None:
    affirmative = said("investigation/final", "2025-12-01", authority=ITC, outcome="affirmative")
    negative = said("investigation/final", "2025-12-01", authority=ITC, outcome="negative")
    assert about(affirmative) == {"us-test/investigation": ("injury",)}
    assert about(negative) == {}


def test_an_order_dates_reviews_too() -> None:
    assert about(said("investigation/order", "2026-01-05")) == {"us-test/review": ("order",)}


def test_what_the_wto_circulates_is_known_by_its_symbol() -> None:
    notice = said(
        "investigation/initiated", "2025-03-13", jurisdiction="BR", authority="Brazil",
        symbols=("G/TBT/N/BRA/1",),
    )  # fmt: skip
    assert about(notice) == {"wto/procedure": ("circulated",)}


def test_a_jurisdiction_has_the_zone_of_its_authority() -> None:
    assert str(LIBRARY.zone("US")) == "America/New_York"
    assert LIBRARY.zone("CL") is None


# --- A timeline ----------------------------------------------------------------------------------

OPENED = said("investigation/initiated", "2025-03-13")


def test_a_timeline_gives_the_days_of_its_events() -> None:
    notices = [said("investigation/preliminary", "2025-07-25"), OPENED]
    assert days(INVESTIGATION, *notices) == {
        "published": "2025-03-13", "preliminary-published": "2025-07-25",
    }  # fmt: skip
    assert facts(LIBRARY, INVESTIGATION, notices).origins == ("CN",)


def test_no_notice_tells_nothing() -> None:
    found = facts(LIBRARY, INVESTIGATION, [])
    assert (found.days, found.origins, found.earlier) == ({}, None, {})


def test_an_event_told_twice_has_its_newest_day_and_keeps_the_earlier() -> None:
    again = said("investigation/preliminary", "2025-08-20")
    found = facts(
        LIBRARY, INVESTIGATION, [OPENED, said("investigation/preliminary", "2025-07-25"), again]
    )
    assert found.days["preliminary-published"] == Known(day("2025-08-20"), "n-2025-08-20")
    assert found.earlier == {"preliminary-published": (Known(day("2025-07-25"), "n-2025-07-25"),)}


def test_what_is_postponed_is_the_next_determination() -> None:
    put_off = said("investigation/postponed", "2025-07-10")
    preliminary = said("investigation/preliminary+postponed", "2025-09-25")
    assert facts(LIBRARY, INVESTIGATION, [OPENED, put_off]).postponed == {"preliminary"}
    assert facts(LIBRARY, INVESTIGATION, [OPENED, put_off, preliminary]).postponed == {
        "preliminary", "final",
    }  # fmt: skip


def test_another_authority_postpones_nothing_here() -> None:
    injury = said("investigation/final+postponed", "2025-05-01", authority=ITC, outcome="negative")
    assert facts(LIBRARY, INVESTIGATION, [OPENED, injury]).postponed == set()


def printed(kind: str, on: str) -> dict[str, str]:
    return {"kind": kind, "date": on, "printed": on}


def test_a_printed_date_is_the_rules_whose_it_can_only_be() -> None:
    opened = said(
        "investigation/initiated", "2025-03-13", dates=(printed("response_due", "2025-04-10"),)
    )
    put_off = said(
        "investigation/postponed", "2025-07-10", dates=(printed("determination_due", "2025-09-19"),)
    )  # fmt: skip
    found = facts(LIBRARY, INVESTIGATION, [opened, put_off]).printed
    assert {rule: (str(p.day), str(p.on)) for rule, p in found.items()} == {
        "sra": ("2025-04-10", "2025-03-13"), "preliminary": ("2025-09-19", "2025-07-10"),
    }  # fmt: skip


def test_a_printed_date_that_may_be_several_rules_is_nobodys() -> None:
    of = ruleset(
        rule("one", stands_for="response_due"), rule("two", stands_for="response_due"),
        events=[event("start", notice="initiated")],
    )  # fmt: skip
    opened = said(
        "investigation/initiated", "2025-03-13", dates=(printed("response_due", "2025-04-10"),)
    )
    assert facts(Library((of,)), of, [opened]).printed == {}


# --- Rounds --------------------------------------------------------------------------------------


def review(event_: str, published: str, period: str = "") -> Said:
    """`period`: the years of a review, `2022/2023`."""
    first, _, last = period.partition("/")
    given = (f"{first}-02-01", f"{last}-01-31") if period else None
    return said(f"administrative_review/{event_}", published, period=given)


ORDER = said("investigation/order", "2021-02-16")


def test_every_review_is_a_round_and_the_order_is_everyones() -> None:
    notices = [
        ORDER, review("opportunity", "2023-02-02"), review("initiated", "2023-04-11"),
        review("preliminary", "2024-03-05"), review("final", "2024-09-10"),
        review("opportunity", "2025-02-04"), review("initiated", "2025-04-10"),
    ]  # fmt: skip
    former, newest = told(LIBRARY, REVIEW, notices)
    assert {e: str(k.day) for e, k in newest.facts.days.items()} == {
        "order": "2021-02-16", "opportunity": "2025-02-04", "initiated": "2025-04-10",
    }  # fmt: skip
    assert str(former.facts.days["final"].day) == "2024-09-10"
    assert [str(k.day) for k in newest.facts.earlier["initiated"]] == ["2023-04-11"]
    assert [s.event for s in former.round.notices] == [
        "opportunity", "initiated", "preliminary", "final",
    ]  # fmt: skip


def test_a_review_that_ends_after_the_next_was_opened_keeps_its_notices() -> None:
    """Told apart by the period that they print."""
    notices = [
        review("initiated", "2024-04-10"), review("initiated", "2025-04-10"),
        review("preliminary", "2025-06-03", "2023/2024"),
        review("final", "2025-12-01", "2023/2024"),
        review("preliminary", "2026-03-03", "2024/2025"),
    ]  # fmt: skip
    former, newest = told(LIBRARY, REVIEW, notices)
    assert set(former.facts.days) == {"initiated", "preliminary", "final"}
    assert str(former.facts.days["preliminary"].day) == "2025-06-03"
    assert str(newest.facts.days["preliminary"].day) == "2026-03-03"


def test_reviews_whose_opening_nobody_saw_are_rounds_of_their_own() -> None:
    """Initiations of reviews come in lists that are no notices of one measure."""
    notices = [
        review("preliminary", "2023-03-03", "2020/2022"),
        review("final", "2023-09-07", "2020/2022"),
        review("preliminary", "2024-03-05", "2022/2023"),
    ]  # fmt: skip
    found = told(LIBRARY, REVIEW, notices)
    assert [len(each.round.notices) for each in found] == [2, 1]
    assert "final" not in found[-1].facts.days


def test_an_investigation_opened_anew_is_another_round() -> None:
    notices = [
        OPENED, said("investigation/preliminary", "2025-07-25"),
        said("investigation/initiated", "2027-03-01"),
    ]  # fmt: skip
    assert days(INVESTIGATION, *notices) == {"published": "2027-03-01"}


EVENTS = st.sampled_from([e.value for e in Event])
NOTICES = st.lists(
    st.builds(
        lambda event_, published, period: review(event_, str(published), period),
        EVENTS,
        st.dates(day("2020-01-01"), day("2027-12-31")),
        st.sampled_from(["", "2020/2021", "2021/2022", "2022/2023"]),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=80)
@given(NOTICES)
def test_every_notice_is_of_one_round_and_rounds_are_in_order(notices: list[Said]) -> None:
    rounds = [each.round for each in told(LIBRARY, REVIEW, notices)]
    taken = [notice for found in rounds for notice in found.notices]
    assert sorted(taken, key=repr) == sorted(notices, key=repr)
    periods = [found.period for found in rounds if found.period]
    assert len(set(periods)) == len(periods)
    for found in rounds:
        assert found.notices == sorted(found.notices, key=lambda s: s.published)


def test_a_stored_notice_is_what_it_says() -> None:
    class Stored:
        number = "2025-1"
        published = day("2025-03-13")
        jurisdiction = "US"
        authority = "Test Administration"
        kinds = [Kind.ANTI_DUMPING.value]
        proceeding = "investigation"
        event = "initiated"
        also: list[str] = []
        outcome = None
        origins = ["CN"]
        item = {"period": {"start": "2024-01-01", "end": "2024-12-31", "printed": "2024"}}

    found = Said.of(Stored())
    assert found.period == ("2024-01-01", "2024-12-31")
    assert found.symbols == ("2025-1",)
    assert about(found) == {"us-test/investigation": ("published",)}
