"""What the pages are made of: live warnings, stakes, flows, evidence, clock, words."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone, translation
from pytest_django import Settings

from bundles.words import DateKind, Event, Kind, Outcome, Proceeding
from monitor.notices.models import Notice, Rejection
from monitor.sources.models import SourceRun
from monitor.web import clock
from monitor.web.evidence import originals
from monitor.web.exports import exports, flow_table, months
from monitor.web.live import stake
from monitor.web.templatetags import dates, figures, goods, measures
from monitor.web.text import Piece
from tests.monitor.web.house import LAST_MONTH, TODAY, House, match


def _impact(
    markets: list[str], *hs6: str, usd: str = "100", weight: str = "1"
) -> dict[str, object]:
    matches = [match(hs6=code, value_usd=usd, weight=weight) for code in hs6]
    return {"markets": markets, "matches": matches}


def test_stake_counts_each_export_once() -> None:
    twice = [_impact(["US"], "440910", "440922"), _impact(["US"], "440910")]
    assert stake(twice) == 200
    assert stake([_impact(["US"], "440910"), _impact(["BR"], "440910")]) == 200
    within = [_impact(["DE", "FR"], "440910", usd="150"), _impact(["DE"], "440910")]
    assert stake(within) == 150
    halves = [_impact(["US"], "440910", weight="0.2"), _impact(["US"], "440910", weight="0.6")]
    assert stake(halves) == 60
    assert stake([]) == 0


def test_twelve_months_end_with_the_last() -> None:
    span = months(date(2025, 4, 1))
    assert (span[0], span[-1], len(span)) == (date(2024, 5, 1), date(2025, 4, 1), 12)
    assert months(date(2024, 12, 1))[0] == date(2024, 1, 1)


def test_firms_rows_are_never_added_to_the_base(house: House) -> None:
    base = house.base()
    line = house.line(base)
    total = house.flows(base)[0]
    base.flows.create(
        enterprise=house.firm(base),
        hs6="440910",
        market="US",
        month=LAST_MONTH,
        value_usd=Decimal(1_000_000),
    )
    found = exports(base, [line], house.actor())
    assert found.total == 12 * total.value_usd
    assert found.lines == [(line, found.total)]
    table = flow_table(house.impact(base), house.actor())
    assert table
    assert table.rows[0].total == found.total
    assert table.by_hs6 == {"440910": found.total}


def test_a_long_flow_table_says_how_much_is_left_out(house: House) -> None:
    base = house.base()
    for market in ("US", "DE", "BR"):
        house.flows(base, market=market)
    impact = house.impact(base, markets=["US", "DE", "BR"])
    table = flow_table(impact, house.actor(), limit=2)
    assert table
    assert len(table.rows) == 2
    assert table.hidden == 1


def _marked(notice: Notice, **evidence: object) -> list[tuple[str, str]]:
    found = originals(notice, [evidence])
    return [
        (original.part, piece.text)
        for original in found
        for passage in original.passages
        for piece in passage
        if piece.marked
    ]


def test_evidence_is_found_again_in_the_text() -> None:
    notice = Notice(title="Steel nails", abstract="Nails of 7317.00 and 7317.00.", body="x" * 5000)
    assert _marked(notice, printed="7317.00", where="abstract:21") == [("abstract", "7317.00")]
    assert _marked(notice, printed="7317.00", where="abstract:999") == [("abstract", "7317.00")]
    assert _marked(notice, printed="9999", where="abstract:0") == []
    assert _marked(notice, printed="7317", where="field:hs:0") == []
    assert _marked(notice, words=["nail"], reference="steel nails") == [
        ("title", "Steel nails"),
        ("abstract", "Nails"),
    ]


def test_a_long_body_is_shown_only_around_its_evidence() -> None:
    notice = Notice(title="Nails", abstract="", body="x" * 3000 + " 7317.00 " + "y" * 3000)
    title, body = originals(notice, [{"printed": "7317.00", "where": "body:3001"}])
    assert title.whole
    assert not body.whole
    assert Piece("7317.00", marked=True) in body.passages[0]
    assert sum(len(piece.text) for piece in body.passages[0]) < 400


def test_the_clock(settings: Settings) -> None:
    assert clock.today() == TODAY
    settings.FENGHUO_AS_OF = None
    assert abs((clock.now() - timezone.now()).total_seconds()) < 60


def test_every_word_of_the_contract_is_written_in_both_languages() -> None:
    filters = {
        measures.kind: Kind,
        measures.event: Event,
        measures.proceeding: Proceeding,
        measures.outcome: Outcome,
        measures.datekind: DateKind,
    }
    for language in ("en", "zh-hans"):
        with translation.override(language):
            for written, words in filters.items():
                assert all(str(written(word)) for word in words)
                assert written(None) == ""


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2025, 6, 2), "today"),
        (date(2025, 6, 3), "1 day left"),
        (date(2025, 5, 30), "3 days ago"),
        (None, ""),
    ],
)
def test_days_left(day: date | None, said: str) -> None:
    with translation.override("en"):
        assert dates.daysleft(day) == said


def test_figures_and_codes() -> None:
    assert goods.hscode("440910") == "4409.10"
    assert goods.hscode("44") == "44"
    assert goods.hsname("000000") == ""
    assert figures.change(Decimal("-0.0512")) == "−5.1%"
    assert figures.unitvalue(Decimal("0.0525")) == "0.0525"
    assert figures.bar(Decimal(7)) == "100.0%"
    assert goods.place("QQ") == "QQ"
    with translation.override("zh-hans"):
        assert goods.place("EU") == "欧盟"
        assert figures.thousands(Decimal(2_500_000)) == "250.0"


def test_the_feed_that_a_base_links_to_is_there(client: Client, house: House) -> None:
    base = house.base("forest")
    response = client.get(f"/feeds/bases/{base.code}.atom?lang=en")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/atom+xml")


@pytest.mark.parametrize(("language", "said"), [("zh-CN", "出错了"), ("en", "went wrong")])
def test_when_we_fail_the_page_says_so(
    client: Client, db: None, settings: Settings, tmp_path: Path, *, language: str, said: str
) -> None:
    (tmp_path / "us-broken.toml").write_text("no = 'source'")
    settings.FENGHUO_SOURCES = tmp_path
    client.raise_request_exception = False
    response = client.get("/sources/", headers={"accept-language": language})
    assert response.status_code == 500
    assert said in response.content.decode()


def test_sources_show_runs_proof_and_rejected_rows(
    client: Client, house: House, now: datetime
) -> None:
    Rejection.objects.create(
        bundle=house.capture().bundle, place="line 3", reason="no date", raw="{}"
    )
    outcome = SourceRun.Outcome.FAILED
    SourceRun.objects.create(
        source="us-federal-register", started_at=now, outcome=outcome, error="<b>503</b>"
    )
    text = client.get("/sources/", headers={"accept-language": "en"}).content.decode()
    assert "1 source is broken" in text
    assert "&lt;b&gt;503" in text
    assert "a real response" in text
    assert "<dt>Rejected rows</dt><dd>1</dd>" in text
    assert client.get("/health").json()["sources"] == {"broken": ["us-federal-register"]}
