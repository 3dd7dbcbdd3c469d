"""The page of what came of a case, and that of what is learned of all of them."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from monitor.accounts.models import Membership, Organisation, Share, User
from monitor.accounts.words import Role
from monitor.cases.models import Case, CaseChamber, Outcome, Proceeding, Respondent
from monitor.notices.models import Notice
from monitor.web.clock import real_now
from tests.monitor.cases.forest import SINCE, Forest
from tests.monitor.cases.outcomes.conftest import CEDAR, NOW, ORDER, PINE, Answered
from tests.monitor.cases.outcomes.test_outcomes import TEXT
from tests.signing_in import signed_in


@pytest.fixture
def answered(db: None) -> Answered:
    return Answered(Forest())


def as_(own: Organisation, role: Role = Role.OFFICER) -> Client:
    user, _ = User.objects.get_or_create(username=f"{own.pk}@example.org")
    Membership.objects.get_or_create(
        user=user, organisation=own, defaults={"role": role, "since": SINCE}
    )
    return signed_in(user)


def page(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, answered: Answered, **given: object) -> tuple[int, str]:
    fields = {
        "proceeding": answered.investigation.pk, "firm": answered.firms[PINE].pk,
        "result": "separate", "force": "definitive", "rate": "44.60", "day": "2021-02-16",
        "source": "FR 2021-1", **given,
    }  # fmt: skip
    data = {f"outcome-{name}": str(value) for name, value in fields.items()}
    answer = client.post(reverse("enter_outcome", args=[answered.case.pk]), data)
    return answer.status_code, answer.content.decode()


def test_an_outcome_is_entered_and_shown_to_the_firm_and_to_no_other(answered: Answered) -> None:
    chamber, case = as_(answered.forest.chamber), answered.case.pk
    assert "还没有登记" in page(chamber, "case_outcome", case)
    assert send(chamber, answered)[0] == 302
    assert send(chamber, answered, firm="", result="country_wide", rate="231.60")[0] == 302
    mine = page(as_(answered.forest.organisation(PINE)), "case_outcome", case)
    assert "44.60%" in mine
    assert "231.60%" in mine
    other = page(as_(answered.forest.organisation(CEDAR)), "case_outcome", case)
    assert "44.60%" not in other
    assert "231.60%" in other


def test_what_was_typed_stays_where_it_is_refused(answered: Answered) -> None:
    client = as_(answered.forest.chamber)
    status, said = send(client, answered, rate="", source="第 12 号公告")
    assert status == 400
    assert "第 12 号公告" in said
    assert "这需要税率或金额" in said
    assert not Outcome.objects.exists()
    assert send(client, answered, firm="", result="individual")[0] == 400


def test_a_firm_enters_its_own_and_no_other(answered: Answered) -> None:
    client = as_(answered.forest.organisation(PINE))
    assert send(client, answered)[0] == 302
    assert send(client, answered, firm=answered.firms[CEDAR].pk)[0] == 400
    assert send(client, answered, firm="", result="all_others")[0] == 400
    assert Outcome.objects.get().respondent == answered.firms[PINE]


def test_a_line_of_a_notice_is_taken_over_once(answered: Answered) -> None:
    Notice.objects.filter(pk=answered.order.pk).update(body=TEXT)
    client, case = as_(answered.forest.chamber), answered.case.pk
    said = page(client, "case_outcome", case)
    assert "Sample Stranger Timber" in said
    key = said.partition('name="proposal" value="')[2][:16]
    data = {"proposal": key, f"take-{key}-result": "separate", f"take-{key}-key": key}
    address = reverse("take_outcome", args=[case])
    refused = client.post(address, {**data, f"take-{key}-result": ""})
    assert refused.status_code == 400
    assert client.post(address, data).status_code == 302
    row = Outcome.objects.get()
    assert (row.rate, row.deposit_rate) == (Decimal("44.600"), Decimal("34.050"))
    assert (row.notice, row.day) == (answered.order, ORDER)
    client.post(address, data)
    assert Outcome.objects.count() == 1


def test_a_case_is_closed_with_a_summary_and_a_word_on_what_is_left(answered: Answered) -> None:
    client, case = as_(answered.forest.chamber), answered.case.pk
    address = reverse("close_case", args=[case])
    summary = {"close-summary": "措施已到期，五家中四家应诉。"}
    assert client.post(address, summary).status_code == 400
    firm = as_(answered.forest.organisation(PINE))
    assert firm.post(address, {**summary, "close-known_over": "on"}).status_code == 404
    assert client.post(address, {**summary, "close-known_over": "on"}).status_code == 302
    assert Case.objects.get().closed_at is not None
    assert "enter/" not in page(client, "case_outcome", case)


def test_a_closed_case_shows_what_came_since_and_is_opened_again(answered: Answered) -> None:
    client, case = as_(answered.forest.chamber), answered.case.pk
    Case.objects.update(closed_at=NOW, closed_because="五家中四家应诉")
    later = NOW + timedelta(days=9)
    answered.forest.entry(answered.measure, "2025-9", later.date(), first_seen=later)
    firm = as_(answered.forest.organisation(PINE))
    assert "由牵头商会决定" in page(firm, "case", case)
    assert "其后有公告" in client.get(reverse("cases"), {"state": "closed"}).content.decode()
    said = page(client, "case", case)
    assert "2025-9" in said
    assert "五家中四家应诉" in said
    address, reason = reverse("reopen_case", args=[case]), {"reopen-because": "复审立案"}
    assert firm.post(address, reason).status_code == 404
    assert client.post(address, {"reopen-because": " "}).status_code == 400
    assert client.post(address, reason).status_code == 302
    assert client.post(address, reason).status_code == 404
    said = page(firm, "case", case)
    assert "复审立案" in said
    assert "五家中四家应诉" in said


def test_the_years_ahead_stand_in_the_calendar(answered: Answered) -> None:
    Proceeding.objects.create(
        case=answered.case, measure=answered.measure, ruleset="us-commerce/administrative-review",
        proceeding="administrative_review", number=2026, stage="expected",
        expected_on=date(2026, 2, 1),
    )  # fmt: skip
    said = page(as_(answered.forest.chamber), "case_calendar", answered.case.pk)
    assert "2031" in said
    assert "预计" in said


# --- What is learned -----------------------------------------------------------------------------


def _told(answered: Answered) -> None:
    for row, answer in zip(
        answered.firms.values(), ("answers", "answers", "declines"), strict=True
    ):
        Respondent.objects.filter(pk=row.pk).update(
            answer=answer, informed_at=NOW + timedelta(hours=3)
        )


def test_what_is_learned_counts_exports_of_those_alone_that_show_theirs(
    answered: Answered,
) -> None:
    _told(answered)
    chamber = as_(answered.forest.chamber)
    send(chamber, answered)
    send(chamber, answered, firm="", result="country_wide", rate="231.60")
    said = page(chamber, "learning")
    assert "2 / 3" in said
    assert "7,480" not in said
    Share.objects.create(
        owner=answered.forest.organisation(PINE), receiver=answered.forest.chamber,
        what=Share.What.FIGURES, since=SINCE,
    )  # fmt: skip
    # (231.60 − 44.60) percent of 40 million
    assert "7,480 万美元" in page(chamber, "learning")
    book = load_workbook(BytesIO(b"".join(chamber.get(reverse("export_learning")))))
    rows = [[cell or "" for cell in row] for row in book.active.values]
    assert rows[1][7] == "74800000.00"


def test_nothing_is_learned_of_cases_that_one_does_not_see(answered: Answered) -> None:
    _told(answered)
    other = answered.forest.seated("别家商会", answered.forest.base)
    assert "还没有可总结的" in page(as_(other), "learning")
    CaseChamber.objects.create(case=answered.case, organisation=other, since=real_now())
    said = page(as_(other), "learning")
    assert "3" not in said.partition("tiles")[2].partition("</dd>")[0]
    firm = as_(answered.forest.organisation(PINE))
    assert firm.get(reverse("learning")).status_code == 404
