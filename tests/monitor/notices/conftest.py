"""Small real rows: notices, their printed codes, the measures that they are about."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from bundles.items import PrintedCode
from models.nomenclature.codes import find
from monitor.notices.models import Entry, Measure, Notice

NewNotice = Callable[..., Notice]
NewMeasure = Callable[..., Measure]


@pytest.fixture
def new_notice(db: None, now: datetime) -> NewNotice:
    """A notice; `codes` is a text whose codes it prints, `of` are its measures."""

    def make(codes: str = "", of: tuple[Measure, ...] = (), **fields: Any) -> Notice:
        printed = [
            PrintedCode.model_validate(vars(code)).model_dump(mode="json", exclude_defaults=True)
            for code in find(codes, where="abstract")
        ]
        given: dict[str, Any] = {
            "source": "us-federal-register",
            "number": f"2025-{Notice.objects.count():05d}",
            "title": "Certain Steel Nails From China: Initiation of Investigation",
            "language": "en",
            "published": date(2025, 5, 2),
            "url": "https://www.federalregister.gov/d/x",
            "authority": "ITA",
            "jurisdiction": "US",
            "kinds": ["anti_dumping"],
            "event": "initiated",
            "item": {"codes": printed} if printed else {},
            "fingerprint": "0",
            "first_seen": now,
            "last_changed": now,
        }
        notice = Notice.objects.create(**(given | fields))
        for measure in of:
            Entry.objects.create(notice=notice, measure=measure, occasion=notice.number)
        return notice

    return make


@pytest.fixture
def new_measure(db: None) -> NewMeasure:
    def make(title: str = "Steel nails", kind: str = "anti_dumping") -> Measure:
        return Measure.objects.create(
            kind=kind, jurisdiction="US", authority="ITA", origin="CN", title=title,
            first_published=date(2025, 5, 2), last_published=date(2025, 5, 2),
        )  # fmt: skip

    return make
