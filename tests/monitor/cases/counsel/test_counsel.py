"""The list, the offers and the mandates: who writes what of them, and what is kept."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from monitor.accounts.models import Affiliation, Organisation
from monitor.accounts.words import Kind, Role
from monitor.bases.models import Base
from monitor.cases.counsel import costs, listing, mandates, offers
from monitor.cases.counsel.costs import Bill
from monitor.cases.counsel.offers import CannotError
from monitor.cases.counsel.spending import acting_for
from monitor.cases.counsel.statements import statement
from monitor.cases.counsel.words import Fee, Verdict
from monitor.cases.models import (
    Case,
    CaseChamber,
    CaseMeasure,
    Counsel,
    Experience,
    Mandate,
    MandateFirm,
    Offer,
    Respondent,
)
from monitor.cases.permission import MayNotError
from monitor.cases.respondents import ChangedMeanwhileError
from tests.monitor.cases.counsel.conftest import BEGAN, CEDAR, NOW, PINE, Joins
from tests.monitor.cases.forest import SINCE, Forest

DAY = date(2025, 6, 2)


def offer(forest: Forest, case: Case, counsel: Counsel, **given: object) -> Offer:
    replaces = given.pop("replaces", None)
    wish = {"scope": "应诉", "fee": Fee.FIXED, "amount": Decimal(1000), "currency": "EUR", **given}
    return offers.add(forest.officer, case, counsel, wish, NOW, replaces=replaces)  # type: ignore[arg-type]


def verdicts(row: Offer) -> list[tuple[str, str]]:
    return list(row.verdicts.values_list("verdict", "why"))


def test_a_list_is_its_chambers_own(forest: Forest, counsel: Counsel) -> None:
    other = forest.acting(
        forest.seated("示例竹业商会", Base.objects.create(code="bamboo", name_zh="竹", name_en="B"))
    )
    assert list(Counsel.objects.for_actor(other)) == []
    assert list(Counsel.objects.for_actor(forest.owner(PINE))) == []
    reader = forest.acting(forest.chamber, Role.READER)
    assert list(Counsel.objects.for_actor(reader)) == [counsel]
    for actor in (other, reader, forest.owner(PINE)):
        with pytest.raises(MayNotError):
            listing.set_retired(actor, counsel, NOW)


def test_two_who_edit_an_entry_at_once(forest: Forest, counsel: Counsel) -> None:
    listing.edit(forest.officer, counsel, {"note": "费用高"}, 1)
    with pytest.raises(ChangedMeanwhileError):
        listing.edit(forest.officer, counsel, {"note": "费用低"}, 1)
    counsel.refresh_from_db()
    assert (counsel.note, counsel.version) == ("费用高", 2)


def test_where_a_law_firm_has_worked(forest: Forest, mandate: Mandate) -> None:
    actor, counsel = forest.officer, mandate.counsel
    CaseMeasure.objects.create(case=mandate.case, measure=forest.measure("us:A-570-117"))
    told = listing.tell(
        actor,
        counsel,
        {"jurisdiction": "EU", "kind": "countervailing", "what": "瓷砖", "source": "OJ L 55"},
        NOW,
    )
    found = listing.done(actor, [counsel])[counsel.pk]
    assert found.fields == {("US", "anti_dumping"), ("EU", "countervailing")}
    assert found.ours == [mandate]
    assert listing.in_field(found, "US", "")
    assert listing.in_field(found, "EU", "countervailing")
    assert not listing.in_field(found, "US", "countervailing")
    listing.withdraw(actor, told, NOW)
    assert listing.done(actor, [counsel])[counsel.pk].typed == []
    assert Experience.objects.count() == 1


def test_an_offer_is_passed_over_with_a_reason_and_chosen_after_all(
    forest: Forest, case: Case, counsel: Counsel
) -> None:
    row = offer(forest, case, counsel)
    with pytest.raises(CannotError):
        offers.decide(row, Verdict.PASSED, Verdict.OPEN, " ", forest.officer, NOW)
    offers.decide(row, Verdict.PASSED, Verdict.OPEN, "太贵", forest.officer, NOW)
    with pytest.raises(ChangedMeanwhileError):
        offers.decide(row, Verdict.CHOSEN, Verdict.OPEN, "", forest.officer, NOW)
    offers.decide(row, Verdict.CHOSEN, Verdict.PASSED, "降价", forest.officer, NOW)
    assert verdicts(row) == [("passed", "太贵"), ("chosen", "降价")]


def test_a_later_offer_takes_the_place_of_the_one_before(
    forest: Forest, case: Case, counsel: Counsel
) -> None:
    first = offer(forest, case, counsel)
    rate = {"usd_rate": Decimal("1.08"), "rate_day": DAY, "rate_source": "ECB"}
    second = offer(forest, case, counsel, replaces=first, amount=Decimal(900), **rate)
    rows = offers.compared(forest.officer, case, DAY)
    assert [row.offer for row in rows] == [second, first]
    assert [row.usd for row in rows] == [Decimal("972.00"), None]
    with pytest.raises(CannotError):
        offer(forest, case, counsel, replaces=first)
    assert offers.compared(forest.owner(PINE), case, DAY) == []


def test_a_mandate_is_given_to_whose_offer_was_chosen(
    forest: Forest, case: Case, counsel: Counsel
) -> None:
    row = offer(forest, case, counsel)
    wish = mandates.Wish(counsel, "应诉", BEGAN, offer=row)
    with pytest.raises(CannotError):
        mandates.give(forest.officer, case, wish, NOW)
    offers.decide(row, Verdict.CHOSEN, Verdict.OPEN, "", forest.officer, NOW)
    row.refresh_from_db()
    given = mandates.give(forest.officer, case, wish, NOW)
    mandates.end(forest.officer, given, date(2026, 1, 1), "案件终止")
    assert Mandate.objects.get().ended_because == "案件终止"
    with pytest.raises(CannotError):
        mandates.end(forest.officer, given, date(2025, 1, 1), "")


def test_a_firm_knows_of_the_joint_mandate_and_of_itself_in_it(
    forest: Forest, mandate: Mandate, joins: Joins
) -> None:
    pine = joins(PINE)
    joins(CEDAR)
    for name, own in ((PINE, 1), (CEDAR, 1), ("示例红杉木业", 0), ("示例银杏木业", 0)):
        actor = forest.owner(name)
        party = Respondent.objects.for_actor(actor).exists()
        assert Mandate.objects.for_actor(actor).exists() == party
        assert MandateFirm.objects.for_actor(actor).count() == own
    assert mandates.joined(mandate) == 2
    with pytest.raises(CannotError):
        mandates.join(forest.officer, mandate, pine.respondent, date(2020, 1, 1), NOW)
    with pytest.raises(CannotError):
        joins(PINE)
    with pytest.raises(MayNotError):
        mandates.join(forest.owner(CEDAR), mandate, pine.respondent, BEGAN, NOW)


def test_a_firms_own_mandate_is_seen_by_nobody_else(forest: Forest, case: Case) -> None:
    owner = forest.owner(PINE)
    own = listing.add(owner, {"name_zh": "自请律师", "seat": "CN"}, NOW)
    given = mandates.give(owner, case, mandates.Wish(own, "单独应诉", BEGAN), NOW)
    costs.enter(owner, given, Bill(BEGAN, "律师费", Decimal(500), "CNY"), NOW)
    assert list(Mandate.objects.for_actor(forest.officer)) == []
    assert list(Counsel.objects.for_actor(forest.officer)) == []
    made = statement(owner, given.firms.get())
    assert [(each.currency, each.share) for each in made.balances] == [("CNY", Decimal(500))]


def test_whom_a_firm_answers_with_is_known_to_the_firm_and_to_who_gave_the_mandate(
    forest: Forest, case: Case, joins: Joins, mandate: Mandate
) -> None:
    joins(PINE)
    joins(CEDAR, DAY + timedelta(days=400))
    rows = {name: case.respondents.get(organisation__name_zh=name) for name in (PINE, CEDAR)}
    office = forest.seated("示例")
    day = DAY + timedelta(days=1)
    for actor, known in (
        (forest.officer, {rows[PINE].pk: [mandate]}),
        (forest.owner(PINE), {rows[PINE].pk: [mandate]}),
        (forest.owner(CEDAR), {}),
        (forest.acting(office), {}),
    ):
        assert acting_for(actor, rows.values(), day) == known
    mandates.end(forest.officer, mandate, day, "结束")
    assert acting_for(forest.officer, rows.values(), day + timedelta(days=1)) == {}


def test_another_chamber_of_the_case_brings_a_firm_that_it_reads(
    forest: Forest, case: Case, mandate: Mandate, joins: Joins
) -> None:
    """Its giver then reads the firm's part; no firm reads of another, nor does that chamber."""
    second = forest.seated("示例竹制品商会")
    bamboo = Organisation.objects.create(kind=Kind.ENTERPRISE, name_zh="示例毛竹", created_at=SINCE)
    Affiliation.objects.create(member=bamboo, of=second, since=SINCE)
    row = Respondent.objects.create(
        case=case, organisation=bamboo, listed="exports", listed_at=SINCE
    )
    officer = forest.acting(second)
    with pytest.raises(MayNotError):  # not seated yet
        mandates.join(officer, mandate, row, BEGAN, NOW)
    CaseChamber.objects.create(case=case, organisation=second, since=SINCE)
    with pytest.raises(MayNotError):  # nor does the giver read that firm
        mandates.join(forest.officer, mandate, row, BEGAN, NOW)
    assert list(mandates.may_join(officer, mandate)) == [row]
    joins(PINE)
    firm = mandates.join(officer, mandate, row, BEGAN, NOW)
    assert firm in MandateFirm.objects.for_actor(forest.officer)
    assert list(mandates.brought(officer, mandate)) == [row]
    with pytest.raises(MayNotError):
        mandates.join(
            officer, mandate, case.respondents.get(organisation__name_zh=CEDAR), BEGAN, NOW
        )
    assert not MandateFirm.objects.for_actor(officer).exists()
    pine = MandateFirm.objects.for_actor(forest.owner(PINE)).get()
    assert pine.respondent.organisation == forest.organisation(PINE)
    with pytest.raises(MayNotError):
        mandates.leave(officer, firm, BEGAN, "", NOW)
