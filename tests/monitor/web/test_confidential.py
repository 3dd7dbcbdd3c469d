"""What few firms make up, on every page that shows figures, in both languages."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from monitor.accounts.models import Link, Membership, Organisation, User
from monitor.accounts.words import Kind, Role
from monitor.bases.confidential import CONFIDENTIAL
from monitor.bases.models import Base, Enterprise, ExportFlow
from monitor.web.exports import exports, flow_table, months
from monitor.web.statistics import statistics
from tests.monitor.web.house import LAST_MONTH, SEEN, House
from tests.signing_in import signed_in

ENGLISH = {"accept-language": "en"}


def _made_up(base: Base, cell: dict[str, str], firms: dict[Enterprise, int], rest: int = 0) -> None:
    """Twelve months of these goods to this market: what each firm makes of them, in thousands."""
    parts: dict[Enterprise | None, int] = {**firms, None: sum(firms.values()) + rest}
    ExportFlow.objects.bulk_create(
        ExportFlow(base=base, enterprise=firm, month=month, value_usd=Decimal(value * 1000), **cell)
        for firm, value in parts.items()
        for month in months(LAST_MONTH)
    )


def _reader(kind: Kind, **person: Any) -> Client:
    name = f"{kind.value} of {User.objects.count()}"
    own = Organisation.objects.create(kind=kind, name_zh=name, created_at=SEEN)
    user = User.objects.create(username=f"{name}@example.org", **person)
    Membership.objects.create(user=user, organisation=own, role=Role.READER, since=SEEN)
    return signed_in(user)


@pytest.fixture
def base(house: House) -> Base:
    """One firm makes up all that goes to Brazil, four all that goes to the United States; Canada
    buys a little of four as well."""
    base = house.base("wood")
    house.line(base, "4409")
    house.line(base, "440910")
    house.line(base, "9403")
    a, b, c, d = (house.firm(base) for _ in range(4))
    many = {a: 20, b: 21, c: 22, d: 23}
    few = {a: 2, b: 2, c: 2, d: 2}
    _made_up(base, {"hs6": "440910", "market": "US"}, many, rest=100)
    _made_up(base, {"hs6": "440910", "market": "BR"}, {a: 7})
    _made_up(base, {"hs6": "940360", "market": "CA"}, few)
    return base


def test_by_market_the_smallest_other_is_hidden_with_the_one_that_few_make_up(
    house: House, base: Base
) -> None:
    lines = list(base.lines.all())
    seen = exports(base, lines, house.actor(Kind.ENTERPRISE))
    assert seen.markets == [
        ("US", Decimal(186_000 * 12)),
        ("BR", CONFIDENTIAL),
        ("CA", CONFIDENTIAL),
    ]
    assert seen.total == Decimal(201_000 * 12)
    assert CONFIDENTIAL not in [value for _, value in seen.lines]
    whole = exports(base, lines, house.actor(Kind.OFFICE))
    assert dict(whole.markets)["BR"] == 84_000


def test_a_chamber_sees_every_total_of_its_own_bases_only(house: House, base: Base) -> None:
    ours, theirs = house.actor(Kind.CHAMBER), house.actor(Kind.CHAMBER)
    chamber = house.chamber(base)
    chamber.organisation = ours.organisation
    chamber.save()
    assert CONFIDENTIAL not in dict(exports(base, [], ours).markets).values()
    assert CONFIDENTIAL in dict(exports(base, [], theirs).markets).values()


@pytest.mark.parametrize(("language", "word"), [("en", "confidential"), ("zh", "〈保密〉")])
def test_the_page_of_a_base_says_so_and_draws_no_bar(base: Base, language: str, word: str) -> None:
    firm, office = _reader(Kind.ENTERPRISE), _reader(Kind.OFFICE)
    address = f"/bases/{base.code}/"
    text = firm.get(address, headers={"accept-language": language}).content.decode()
    rows = re.findall(r"<tr>.*?</tr>", text[text.index('id="markets"') :], re.DOTALL)
    (brazil,) = (row for row in rows if "Brazil" in row or "巴西" in row)
    assert brazil.count(word) == 2
    assert 'rect width="0%"' in brazil
    assert word not in office.get(address, headers={"accept-language": language}).content.decode()


def test_a_base_with_one_busy_firm_is_a_row_without_months(house: House, base: Base) -> None:
    other = house.base("plain")
    _made_up(other, {"hs6": "440910", "market": "BR"}, {}, rest=9)
    found = statistics(["440910"], "BR", house.actor(Kind.ENTERPRISE))
    assert found
    lone = next(row for row in found.rows if row.base == base)
    assert lone.values == [CONFIDENTIAL] * 12
    assert (lone.value, lone.share, lone.price) == (CONFIDENTIAL, CONFIDENTIAL, None)
    assert CONFIDENTIAL in found.all.values
    whole = statistics(["440910"], "BR", house.actor())
    assert whole
    assert whole.all.values == [Decimal(16_000)] * 12


def test_the_chart_draws_nothing_where_a_month_is_hidden(
    house: House, base: Base, index: None
) -> None:
    notice = house.notice(jurisdiction="BR")
    house.claim(notice)
    text = _reader(Kind.ENTERPRISE).get(f"/notices/{notice.pk}/", headers=ENGLISH).content.decode()
    chart = text[text.index('class="chart"') : text.index('class="ticks"')]
    assert chart.count('height="0.00%"') == 12
    assert chart.count("confidential</title>") == 12
    assert "most in" not in text
    assert "US$84" not in text


def _exposed(house: House, base: Base, **given: Any) -> Any:
    firm = Enterprise.objects.filter(bases=base).first()
    assert firm
    row = {"id": firm.pk, "name_zh": "甲", "name_en": "Jia", "value_usd": "84000.00"}
    given = {"firms": [row], "exposure_usd": Decimal(84_000), "markets": ["BR"], **given}
    return house.impact(base, **given)


def test_an_impact_is_told_without_its_figures(house: House, base: Base, index: None) -> None:
    reason = {
        "code": "exposure",
        "params": {
            "market": "BR", "usd": "84000", "share": "0.082", "as_of": "2025-04", "weighted": False
        },
    }  # fmt: skip
    match = {
        "hs6": "440910", "claim": "440910", "depth": "hs6", "weight": "1", "probability": 0.98,
        "value_usd": "84000", "product_line": "4409",
    }  # fmt: skip
    impact = _exposed(house, base, reasons=[reason], matches=[match])
    house.claim(impact.entry.notice)
    firm, office = _reader(Kind.ENTERPRISE), _reader(Kind.OFFICE)
    addresses = (
        f"/impacts/{impact.pk}/",
        f"/measures/{impact.entry.measure_id}/",
        f"/bases/{base.code}/?scope=all",
        "/",
    )
    for address in addresses:
        said = firm.get(address, headers=ENGLISH).content.decode()
        assert "confidential" in said, address
        for secret in ("US$84", "8.2%", "84,000", "84.0", "3.15", "7.0<"):
            assert secret not in said, (address, secret)
        assert "US$84" in office.get(address, headers=ENGLISH).content.decode(), address


def test_what_an_impact_counted_is_shown_as_far_as_it_is_open(house: House, base: Base) -> None:
    impact = _exposed(house, base, markets=["US", "BR"], exposure_usd=Decimal(2_316_000))
    table = flow_table(impact, house.actor(Kind.ENTERPRISE))
    assert table
    assert {(row.market, row.total) for row in table.rows} == {
        ("US", CONFIDENTIAL), ("BR", CONFIDENTIAL)
    }  # fmt: skip
    assert {value for row in table.rows for value in row.values} == {CONFIDENTIAL}
    assert table.by_hs6 == {"440910": Decimal(193_000 * 12)}


def test_a_stake_is_hidden_where_the_others_could_be_subtracted(
    house: House, base: Base, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    firms = [
        {"id": firm.pk, "name_zh": "x", "name_en": "x", "value_usd": "100000"}
        for firm in base.enterprises.all()
    ]
    house.impact(base, firms=firms, exposure_usd=Decimal(30_000_000))
    reader = _reader(Kind.ENTERPRISE)
    assert "US$30 million" in reader.get("/", headers=ENGLISH).content.decode()
    match = {"hs6": "440922", "claim": "4409", "depth": "hs6", "weight": "1", "probability": 1,
             "value_usd": "84000", "product_line": "4409"}  # fmt: skip
    _exposed(house, base, matches=[match])
    with django_assert_max_num_queries(14):
        text = reader.get("/", headers=ENGLISH).content.decode()
    (row,) = re.findall(r'<tr>\s*<th scope="row"><a href="/bases/wood/">.*?</tr>', text, re.DOTALL)
    assert "confidential" in row
    assert "US$30.1 million" not in text


def test_a_link_is_made_shown_once_and_revoked(base: Base) -> None:
    reader, stranger = _reader(Kind.ENTERPRISE), _reader(Kind.ENTERPRISE)
    made = reader.post("/account/feeds/", {"name": "书房"}, headers=ENGLISH)
    text = made.content.decode()
    (secret,) = re.findall(r"wood\.atom\?lang=en&amp;key=([\w-]+)", text)
    assert "no-store" in made["Cache-Control"]
    assert secret not in reader.get("/account/feeds/").content.decode()
    feed = f"/feeds/bases/wood.atom?key={secret}"
    assert Client().get(feed).status_code == 200
    pk = Link.objects.get().pk
    assert "书房" not in stranger.get("/account/feeds/").content.decode()
    assert stranger.post(f"/account/feeds/{pk}/revoke/").status_code == 404
    assert Client().get(feed).status_code == 200
    assert reader.get(f"/account/feeds/{pk}/revoke/").status_code == 405
    assert reader.post(f"/account/feeds/{pk}/revoke/").status_code == 302
    assert Client().get(feed).status_code == 404
    assert reader.post("/account/feeds/", {"name": ""}).status_code == 400
