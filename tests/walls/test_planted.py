"""Leaks planted on purpose: what the walls' own tests say of each."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pytest
from django.urls import get_resolver, path

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import AroundTheDoor
from monitor.bases.models import Enterprise
from monitor.impact.models import Impact
from monitor.impact.told import Firm, Told
from monitor.notices.models import Notice
from monitor.web import downloads
from monitor.web.views import home, impacts, search
from tests.walls.conftest import Province
from tests.walls.reading import at, leaks
from tests.walls.test_matrix import MATRIX, names


def places(found: list[tuple[str, str]]) -> set[str]:
    """The first part of every address that says too much."""
    return {address.split("/")[1] for address, _ in found}


def firms_of(notice: Notice) -> str:
    found = (impact.firms for entry in notice.entries.all() for impact in entry.impacts.all())
    return "; ".join(firm["name_zh"] for firms in found for firm in firms)


def test_a_view_that_tells_everybody_of_every_firm(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(shown: Iterable[Impact], _actor: Actor) -> Mapping[int, Told]:
        return {impact.pk: Told([_told(row) for row in impact.firms], 0) for impact in shown}

    monkeypatch.setattr(impacts, "told", told)
    assert places(leaks(province, "other")) == {"impacts"}


def _told(row: dict[str, Any]) -> Firm:
    return Firm(row["id"], row["name_zh"], row["name_en"], Decimal(row["value_usd"]))


def test_an_export_with_the_firms_in_a_column(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = downloads._row
    monkeypatch.setattr(downloads, "_row", lambda notice: [*row(notice), firms_of(notice)])
    found = leaks(province, "analyst")
    assert {address for address, _ in found} == set(province.addresses["export"])


def test_a_search_that_names_the_firms_beside_the_hits(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search fetches no firms; whoever wants them there has to go around the door."""
    monkeypatch.setattr(search, "composed", lambda notice, _claims: firms_of(notice))
    with pytest.raises(AroundTheDoor, match="impact_impact"):
        leaks(at(province, "search"), "federation")


def test_suggestions_of_the_names_of_firms(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is read: the guard refuses the statement."""
    monkeypatch.setattr(
        search, "suggestions", lambda _text, _language: list(Enterprise.objects.all())
    )
    with pytest.raises(AroundTheDoor, match="bases_enterprise"):
        leaks(at(province, "suggest"), "anybody")


def test_a_page_that_asks_for_rows_and_for_nobody(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "_published", lambda: {"newest": list(Impact.objects.all())})
    with pytest.raises(AroundTheDoor, match="impact_impact"):
        province.client("anybody").get("/")


def test_an_admin_that_nobody_wrote_down() -> None:
    admin = path("admin/", home.home, name="admin")
    assert set(names([*get_resolver().url_patterns, admin])) - set(MATRIX) == {"admin"}
