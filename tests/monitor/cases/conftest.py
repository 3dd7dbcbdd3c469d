"""A base with its chamber and five firms, and measures whose notices come one by one."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from bundles.files import BundleWriter
from bundles.items import NoticeItem
from monitor.cases import room
from monitor.impact import room as assess
from monitor.jobs.rooms import Counts
from monitor.notices import read
from monitor.notices.models import Notice, ProductClaim
from tests.monitor.cases.forest import Forest

Publish = Callable[..., Counts]


@pytest.fixture
def forest(db: None) -> Forest:
    return Forest()


@pytest.fixture
def publish(tmp_path: Path, settings: Settings) -> Publish:
    """Walk notices through the rooms up to the cases: read, claims of the printed codes, assess."""
    settings.FENGHUO_BUNDLES = tmp_path / "bundles"

    def walk(now: datetime, *items: NoticeItem) -> Counts:
        with BundleWriter(settings.FENGHUO_BUNDLES, "us-federal-register", now, "backfill") as out:
            for item in items:
                out.item(item)
            out.publish(now)
        read.register(now)
        read.room().walk(now)
        for notice in Notice.objects.filter(number__in=[item.number for item in items]):
            claim(notice)
        assess.room().walk(now)
        return room.prepare(now) + room.room().walk(now)

    return walk


def claim(notice: Notice) -> None:
    for code in notice.item.get("codes", ()):
        for hs6 in code["hs6"]:
            ProductClaim.objects.create(
                notice=notice,
                code=hs6,
                probability=0.98,
                evidence=[{"kind": "printed", "digits": code["digits"]}],
                model="printed",
            )
