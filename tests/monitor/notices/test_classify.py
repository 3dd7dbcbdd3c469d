"""The classify room: claims of the right strength, judged ones untouched, later rooms woken."""

from datetime import date, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from bundles.items import PrintedCode
from models.nomenclature.codes import find
from models.products import MODEL
from monitor.jobs.rooms import State
from monitor.notices.classify import room
from monitor.notices.models import Notice, ProductClaim

pytestmark = pytest.mark.django_db


def notice(now: datetime, **fields: Any) -> Notice:
    text = fields.pop("codes", "")
    codes = [
        PrintedCode.model_validate(vars(code)).model_dump(mode="json", exclude_defaults=True)
        for code in find(text, where="abstract")
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
        "item": {"codes": codes} if codes else {},
        "fingerprint": "0",
        "first_seen": now,
        "last_changed": now,
    }
    return Notice.objects.create(**(given | fields))


def claims(of: Notice) -> dict[str, ProductClaim]:
    return {claim.code: claim for claim in of.claims.all()}


def test_what_is_printed_is_claimed_with_its_evidence(now: datetime) -> None:
    # The title names no goods: what is printed stands alone.
    row = notice(
        now,
        title="Notice of Correction",
        codes="HTSUS 7317.00.5502 and ex 7318.15.20, heading 8138",
    )
    counts = room().walk(now)
    found = claims(row)
    assert set(found) == {"731700", "731815"}
    assert found["731700"].probability == 0.99
    assert found["731700"].evidence[0] == {
        "kind": "printed",
        "printed": "7317.00.5502",
        "digits": "7317005502",
        "system": "HTSUS",
        "where": "abstract:6",
    }
    assert found["731815"].evidence[0]["partial"] is True
    row.refresh_from_db()
    assert row.classify_state == State.DONE
    assert (counts["rows"], counts["claims"], counts["changed"]) == (1, 2, 1)


def test_words_that_agree_make_a_printed_code_surer(now: datetime) -> None:
    row = notice(now, codes="HTSUS 7317.00.5502")
    room().walk(now)
    (claim,) = row.claims.all()
    assert [item["kind"] for item in claim.evidence] == ["printed", "text"]
    assert 0.99 < claim.probability < 1


def test_a_chapter_is_claimed_as_a_chapter(now: datetime) -> None:
    row = notice(now, title="Rules of origin", codes="chapters 61 to 63 of the HTSUS")
    room().walk(now)
    assert {"61", "62", "63"} <= set(claims(row))


def test_words_claim_where_nothing_is_printed(now: datetime) -> None:
    row = notice(now, title="Notice of Initiation", product="steel nails")
    room().walk(now)
    (best, *_) = row.claims.order_by("-probability")
    assert (best.code[:4], best.evidence[0]["kind"], best.model) == ("7317", "text", MODEL)


def test_the_ics_claims_headings(now: datetime) -> None:
    row = notice(
        now, title="Safety requirements", kinds=["standard"], event="proposed", codes="ICS 97.140"
    )
    room().walk(now)
    assert {"9401", "9403", "9404"} <= set(claims(row))


def test_words_that_are_too_vague_claim_nothing(now: datetime) -> None:
    row = notice(now, title="Notice of Correction", kinds=["technical_regulation"], event="other")
    assert room().walk(now)["vague"] == 1
    assert not claims(row)


def test_what_is_none_of_ours_gets_no_claims(now: datetime) -> None:
    row = notice(now, kinds=["other"], event="other", codes="HTSUS 7317.00.5502")
    room().walk(now)
    row.refresh_from_db()
    assert (row.classify_state, claims(row)) == (State.DONE, {})


def test_a_second_walk_changes_nothing(now: datetime) -> None:
    row = notice(now, codes="HTSUS 7317.00.5502")
    room().walk(now)
    before = list(row.claims.values())
    Notice.objects.update(classify_state=State.READY, index_state=State.DONE)
    assert room().walk(now)["changed"] == 0
    row.refresh_from_db()
    assert (list(row.claims.values()), row.index_state) == (before, State.DONE)


def test_other_claims_wake_the_rooms_that_used_the_old_ones(now: datetime) -> None:
    row = notice(now, codes="HTSUS 7317.00.5502")
    room().walk(now)
    row.item = notice(now, codes="HTSUS 7318.15.2000").item
    row.classify_state, row.index_state, row.assess_state = State.READY, State.DONE, State.FAILED
    row.save()
    room().walk(now)
    row.refresh_from_db()
    assert set(claims(row)) == {"731815"}
    assert (row.index_state, row.assess_state) == (State.READY, State.FAILED)


def test_what_a_person_judged_stays(now: datetime) -> None:
    row = notice(now, codes="HTSUS 7317.00.5502 and 7318.15.2000")
    room().walk(now)
    said = claims(row)["731700"].probability
    person = get_user_model().objects.create_user("analyst")
    row.claims.filter(code="731700").update(verdict="rejected", judged_by=person, judged_at=now)
    row.item = {}
    row.title = "Notice of Correction"
    row.classify_state = State.READY
    row.save()
    room().walk(now)
    found = claims(row)
    assert set(found) == {"731700"}
    assert found["731700"].verdict == "rejected"
    assert found["731700"].probability == said
    row.item = notice(now, codes="HTSUS 7317.00.5502").item
    row.classify_state = State.READY
    row.save()
    room().walk(now)
    assert claims(row)["731700"].verdict == "rejected"
