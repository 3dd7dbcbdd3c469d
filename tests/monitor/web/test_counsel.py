"""The pages of counsel: from the list to the statement of a firm."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from monitor.accounts.models import Membership, Organisation, User
from monitor.accounts.words import Role
from monitor.cases.models import Case, Cost, Counsel, Draft, Mandate, MandateFirm, Offer
from monitor.trail.models import Entry
from tests.monitor.cases.counsel.conftest import CEDAR, PINE, REDWOOD, share_figures
from tests.monitor.cases.counsel.conftest import case as case  # noqa: PLC0414 - a fixture
from tests.monitor.cases.forest import SINCE, Forest
from tests.signing_in import signed_in

As = Callable[[str], Client]
DAY = "2025-01-06"


@pytest.fixture
def forest(db: None) -> Forest:
    return Forest()


@pytest.fixture
def as_(forest: Forest) -> As:
    clients: dict[str, Client] = {}

    def client(who: str) -> Client:
        if who not in clients:
            own = forest.chamber if who == "chamber" else forest.organisation(who)
            clients[who] = signed_in(_person(own, who))
        return clients[who]

    return client


def _person(own: Organisation, who: str) -> User:
    user = User.objects.create(username=f"{own.pk}@example.org")
    role = Role.OFFICER if who == "chamber" else Role.OWNER
    Membership.objects.create(user=user, organisation=own, role=role, since=SINCE)
    return user


def said(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def page(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return said(answer)


def post(client: Client, name: str, *args: object, **data: object) -> str:
    """Follows to the page that comes of it; what was refused is an error."""
    answer = client.post(reverse(name, args=args), data, follow=True)
    assert answer.status_code == 200, said(answer)
    return said(answer)


def act(client: Client, mandate: Mandate, name: str, **data: object) -> str:
    given = {f"{name}-{field}": value for field, value in data.items()}
    return post(client, "change_mandate", mandate.pk, name, **given)


def retained(client: Client, case: Case) -> Mandate:
    """By the pages alone."""
    post(client, "add_counsel", name_en="Sample Trade Counsel LLP", seat="US", seen=0)
    counsel = Counsel.objects.get()
    wish = {
        "counsel": counsel.pk, "scope": "应诉全程", "fee": "hourly", "amount": "180000",
        "currency": "EUR", "hourly": "450", "usd_rate": "1.08", "rate_day": DAY,
        "rate_source": "ECB", "included": ["sections", "hearing"], "conflict": "none",
    }  # fmt: skip
    table = post(client, "add_offer", case.pk, **wish)
    assert "EUR 180,000.00" in table
    assert "USD 194,400.00" in table
    offer = Offer.objects.get()
    post(client, "decide_offer", offer.pk, verdict="chosen", seen="open", why="经验多")
    address = reverse("give_mandate", args=[case.pk]) + f"?offer={offer.pk}"
    given = {"counsel": counsel.pk, "scope": "应诉全程", "since": DAY}
    assert client.post(address, given).status_code == 302
    return Mandate.objects.get()


def test_from_the_list_to_the_statement_of_a_firm(forest: Forest, as_: As, case: Case) -> None:
    chamber = as_("chamber")
    mandate = retained(chamber, case)
    for name in (PINE, CEDAR, REDWOOD):
        share_figures(forest, name, forest.chamber)
        row = case.respondents.get(organisation__name_zh=name)
        act(chamber, mandate, "join", firm=row.pk, since=DAY)
    assert page(chamber, "case", case.pk).count("Sample Trade Counsel LLP") == 3
    assert page(as_(PINE), "case", case.pk).count("Sample Trade Counsel LLP") == 1
    part = {"payer": "chamber", "percent": "20"}
    act(chamber, mandate, "rule", rule="by_exports", since=DAY, why="会议纪要", **part)
    shown = act(chamber, mandate, "cost", day=DAY, what="第一期账单", amount="1000", currency="EUR")
    assert "40,000,000" in shown
    assert Entry.objects.filter(verb="read_figures", concerned=forest.organisation(PINE)).exists()
    pine = MandateFirm.objects.get(respondent__organisation__name_zh=PINE)
    act(chamber, mandate, "pay", firm=pine.pk, day=DAY, amount="400", currency="EUR")
    own = page(as_(PINE), "mandate_statement", pine.pk)
    assert "EUR 432.43" in own  # 40 of 74 parts of 800
    assert "EUR 32.43" in own
    assert CEDAR not in own + page(as_(PINE), "mandate", mandate.pk)
    book = load_workbook(BytesIO(_file(as_(PINE), "export_statement", pine.pk)))
    rows = [[str(cell or "") for cell in row] for row in book.active.iter_rows(values_only=True)]
    assert any("第一期账单" in row and "EUR 432.43" in row for row in rows)
    assert not any(CEDAR in cell for row in rows for cell in row)


def test_an_office_reads_what_it_bears(forest: Forest, as_: As, case: Case) -> None:
    chamber, bearing, other = as_("chamber"), _office("省商务厅"), _office("省工信厅")
    mandate = retained(chamber, case)
    row = case.respondents.get(organisation__name_zh=PINE)
    act(chamber, mandate, "join", firm=row.pk, since=DAY)
    rule = {"rule": "equal", "since": DAY, "why": "会议纪要", "payer": "office", "percent": "40"}
    sent = {f"rule-{name}": value for name, value in rule.items()}
    refused = chamber.post(reverse("change_mandate", args=[mandate.pk, "rule"]), sent)
    assert "请写明由哪个主管部门承担" in said(refused)
    office = Organisation.objects.get(name_zh="省商务厅")
    act(chamber, mandate, "rule", **rule, bearer=office.pk)
    act(chamber, mandate, "cost", day=DAY, what="第一期账单", amount="1000", currency="EUR")
    paid = {"office": office.pk, "day": DAY, "amount": "150", "currency": "EUR"}
    assert "省商务厅" in act(chamber, mandate, "subsidy", **paid)
    shown = page(bearing, "case_subsidies", case.pk)
    for part in ("EUR 1,000.00", "EUR 400.00", "EUR 150.00", "EUR 250.00", "2025-Q1"):
        assert part in shown
    assert PINE not in shown
    assert "EUR 600.00" not in shown
    book = load_workbook(BytesIO(_file(bearing, "export_subsidies", case.pk)))
    rows = [[str(cell or "") for cell in row] for row in book.active.iter_rows(values_only=True)]
    assert any("第一期账单" in row and "EUR 400.00" in row for row in rows)
    assert not any(PINE in cell or "EUR 600.00" in cell for row in rows for cell in row)
    nothing = page(other, "case_subsidies", case.pk)
    assert "EUR" not in nothing
    assert "Sample Trade Counsel" not in nothing


def _office(name: str) -> Client:
    own = Organisation.objects.create(kind="office", name_zh=name, created_at=SINCE)
    return signed_in(_person(own, name))


def test_an_offer_half_typed_is_taken_up_where_it_replaces_another(as_: As, case: Case) -> None:
    chamber = as_("chamber")
    retained(chamber, case)
    form = reverse("add_offer", args=[case.pk])
    old = Offer.objects.get()
    kept = {"scope": "原审与复审，半句", "draft_of": form, "draft_key": "first-key"}
    assert chamber.post(reverse("keep_draft"), kept).status_code == 204
    offered = chamber.get(form, {"replaces": old.pk}).content.decode()
    assert f'<input type="hidden" name="replaces" value="{old.pk}">' in offered
    again = {"replaces": old.pk, "draft": Draft.objects.get().pk}
    assert "原审与复审，半句</textarea>" in chamber.get(form, again).content.decode()


def _file(client: Client, name: str, *args: object) -> bytes:
    answer = client.get(reverse(name, args=args))
    return b"".join(answer)  # type: ignore[arg-type]


def test_a_firm_states_its_exports_where_it_shows_no_figures(as_: As, case: Case) -> None:
    chamber = as_("chamber")
    mandate = retained(chamber, case)
    rows = [case.respondents.get(organisation__name_zh=name) for name in (PINE, CEDAR)]
    for row in rows:
        act(chamber, mandate, "join", firm=row.pk, since=DAY)
    act(chamber, mandate, "rule", rule="by_exports", since=DAY, why="会议纪要")
    waiting = act(chamber, mandate, "cost", day=DAY, what="账单", amount="90", currency="USD")
    assert 'id="missing"' in waiting
    assert Cost.objects.get().divided_at is None
    for name, usd in ((PINE, "200"), (CEDAR, "100")):
        act(as_(name), mandate, "exports", usd=usd)
    assert Cost.objects.get().divided_at is not None
    assert "USD 60.00" in page(chamber, "mandate", mandate.pk)
    refused = chamber.post(
        reverse("change_mandate", args=[mandate.pk, "exports"]), {"exports-usd": "1"}
    )
    assert refused.status_code == 404


def test_what_was_refused_is_still_in_its_form(as_: As, case: Case) -> None:
    chamber = as_("chamber")
    mandate = retained(chamber, case)
    bill = {"cost-day": DAY, "cost-what": "翻译费", "cost-amount": "0.5", "cost-currency": "JPY"}
    refused = chamber.post(reverse("change_mandate", args=[mandate.pk, "cost"]), bill)
    assert refused.status_code == 400
    assert "翻译费" in said(refused)
    offer = Offer.objects.get()
    verdict = {"verdict": "passed", "seen": "open", "why": "另选"}
    late = chamber.post(reverse("decide_offer", args=[offer.pk]), verdict)
    assert late.status_code == 400
    assert "另选" in said(late)
    edit = {"name_en": "Other", "seat": "US", "note": "我的话", "seen": 7}
    stale = chamber.post(reverse("edit_counsel", args=[mandate.counsel_id]), edit)
    assert stale.status_code == 400
    assert "我的话" in said(stale)
    assert not Cost.objects.exists()
    assert Offer.objects.get().amount == Decimal(180000)
