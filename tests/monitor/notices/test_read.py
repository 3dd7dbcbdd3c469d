"""The read room: real bundles on disk into a real database."""

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from bundles.files import BundleWriter, CaptureRecord
from bundles.items import NoticeItem, RejectedRow, Thread
from bundles.words import Event, Kind, Proceeding
from monitor.jobs.models import RoomFailure
from monitor.jobs.rooms import State
from monitor.notices import read
from monitor.notices.join import contradicts
from monitor.notices.models import Bundle, Entry, Measure, Notice, Part, Rejection
from monitor.sources import runs
from monitor.sources.models import SourceRun

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(tmp_path: Path, settings: Settings) -> Path:
    settings.FENGHUO_BUNDLES = tmp_path
    return tmp_path


def thread(*keys: str, kind: Kind = Kind.ANTI_DUMPING, origin: str = "CN") -> Thread:
    return Thread(kind=kind, origin=origin, title="Wood mouldings", keys=keys)


def notice(number: str = "2020-02452", **given: object) -> NoticeItem:
    defaults: dict[str, object] = {
        "source": "us-federal-register",
        "title": "Wood Mouldings From China: Initiation",
        "published": date(2020, 2, 5),
        "url": "https://example.org/1",
        "language": "en",
        "authority": "Commerce",
        "jurisdiction": "US",
        "kinds": (Kind.ANTI_DUMPING,),
        "proceeding": Proceeding.INVESTIGATION,
        "event": Event.INITIATED,
        "threads": (thread("us:A-570-117", "us:anti_dumping:CN:wood moulding"),),
    }
    return NoticeItem(number=number, **(defaults | given))  # type: ignore[arg-type]


def bundle(root: Path, now: datetime, *items: NoticeItem) -> Path:
    with BundleWriter(root, "us-federal-register", now) as writer:
        writer.capture(
            CaptureRecord(
                url="https://example.org/api",
                fetched_at=now,
                status=200,
                sha256="ab" * 32,
                content_type="application/json",
                length=2,
                offset=0,
            )
        )
        for item in items:
            writer.item(item)
        writer.reject(
            RejectedRow(source=writer.source, place="page:3", reason="no title", raw="{}")
        )
        return writer.publish(now)


def walk(now: datetime) -> Counter[str]:
    return read.register(now) + read.room().walk(now, limit=1)


def test_a_bundle_becomes_notices_measures_captures_and_rejections(
    root: Path, now: datetime
) -> None:
    bundle(root, now, notice(capture="ab" * 32))
    counts = walk(now)
    assert counts["new"] == counts["measures"] == counts["captures"] == counts["rejected"] == 1
    row = Notice.objects.get()
    assert (row.title, row.classify_state) == ("Wood Mouldings From China: Initiation", "ready")
    assert row.capture is not None
    assert row.capture.url == "https://example.org/api"
    assert Entry.objects.get().change == ["event"]


def test_a_second_walk_changes_nothing(root: Path, now: datetime) -> None:
    bundle(root, now, notice())
    walk(now)
    before = list(Notice.objects.values()), list(Entry.objects.values())
    assert walk(now) == Counter()
    bundle(root, now, notice())
    assert walk(now)["same"] == 1
    assert (list(Notice.objects.values()), list(Entry.objects.values())) == before


def test_a_changed_notice_is_a_new_version_and_walks_again(root: Path, now: datetime) -> None:
    bundle(root, now, notice())
    walk(now)
    Notice.objects.update(classify_state=State.DONE)
    bundle(root, now + timedelta(days=1), notice(abstract="Now with an abstract."))
    assert walk(now + timedelta(days=1))["changed"] == 1
    row = Notice.objects.get()
    assert (row.version, row.classify_state, row.first_seen) == (2, State.READY, now)
    assert row.versions.get().item["title"] == row.title
    assert Entry.objects.get().change == ["event"]


def test_one_number_twice_in_a_bundle(root: Path, now: datetime) -> None:
    bundle(root, now, notice(), notice(), notice(title="Corrected title"))
    counts = walk(now)
    assert (counts["new"], counts["same"], counts["changed"]) == (1, 1, 1)
    assert Notice.objects.get().title == "Corrected title"


def test_a_case_is_one_measure_whichever_key_is_printed(root: Path, now: datetime) -> None:
    bundle(
        root,
        now,
        notice("1", threads=(thread("us:anti_dumping:CN:wood moulding"),)),
        notice("2", threads=(thread("us:A-570-117", "us:anti_dumping:CN:wood moulding"),)),
        notice("3", threads=(thread("us:A-570-117", "us:anti_dumping:CN:millwork"),)),
        notice("4", threads=(thread("us:anti_dumping:CN:millwork"),)),
    )
    walk(now)
    assert Measure.objects.get().notices.count() == 4


def test_cases_with_different_numbers_are_never_joined(root: Path, now: datetime) -> None:
    bundle(
        root,
        now,
        notice("1", threads=(thread("us:A-570-117", "us:anti_dumping:CN:wood moulding"),)),
        notice("2", threads=(thread("us:A-570-899", "us:anti_dumping:CN:wood moulding"),)),
    )
    walk(now)
    assert Measure.objects.count() == 2


def test_a_notice_of_several_measures_has_an_entry_in_each(root: Path, now: datetime) -> None:
    both = (
        thread("us:A-570-117"),
        thread("us:C-570-118", kind=Kind.COUNTERVAILING),
        thread("us:A-552-001", origin="VN"),
    )
    kinds = (Kind.ANTI_DUMPING, Kind.COUNTERVAILING)
    bundle(root, now, notice(threads=both, kinds=kinds))
    walk(now)
    assert sorted(Measure.objects.values_list("kind", "origin")) == [
        ("anti_dumping", "CN"),
        ("anti_dumping", "VN"),
        ("countervailing", "CN"),
    ]


def test_a_line_of_another_version_is_rejected_with_its_place(root: Path, now: datetime) -> None:
    folder = bundle(root, now, notice("1"), notice("2"))
    path = folder / "items.jsonl"
    first, second = path.read_text().splitlines()
    path.write_text(first.replace('"initiated"', '"begun"') + "\n" + second + "\n")
    assert walk(now)["rejected"] == 2  # with the one that the crawler rejected
    assert Notice.objects.get().number == "2"
    assert Rejection.objects.filter(place="items.jsonl:1", reason__contains="begun").exists()


def test_a_part_that_cannot_be_read_waits_and_the_others_are_read(
    root: Path, now: datetime
) -> None:
    lost = bundle(root, now, notice("1"))
    bundle(root, now + timedelta(hours=1), notice("2"))
    read.register(now)
    (lost / "items.jsonl").unlink()
    read.room().walk(now, limit=1)
    assert Notice.objects.get().number == "2"
    assert Part.objects.get(bundle__name=lost.name).read_state == State.FAILED
    assert "items.jsonl" in RoomFailure.objects.get().error


def test_the_bundle_of_another_machine_says_that_its_source_works(
    root: Path, now: datetime
) -> None:
    bundle(root, now, notice())
    walk(now)
    run = SourceRun.objects.get()
    assert (run.source, run.outcome, run.items, run.rejected) == (
        "us-federal-register",
        SourceRun.Outcome.OK,
        1,
        1,
    )


def test_a_crawl_of_our_own_is_noted_once(root: Path, now: datetime) -> None:
    run = runs.open_run("us-federal-register", now)
    bundle(root, now, notice())
    walk(now)
    assert SourceRun.objects.get() == run


def test_a_back_fill_says_nothing_of_the_source(root: Path, now: datetime) -> None:
    with BundleWriter(root, "us-federal-register", now, "backfill") as writer:
        writer.publish(now)
    walk(now)
    assert not SourceRun.objects.exists()


def test_an_unfinished_bundle_is_not_seen(root: Path, now: datetime) -> None:
    writer = BundleWriter(root, "us-federal-register", now)
    writer.item(notice())
    assert walk(now) == Counter()
    writer.publish(now)
    assert walk(now)["new"] == 1
    assert Bundle.objects.get().items == 1


@pytest.mark.parametrize(
    ("keys", "known", "expected"),
    [
        (("us:A-570-117",), {"us:A-570-106"}, True),
        (("us:A-570-117",), {"us:A-570-117", "us:C-570-118"}, False),
        (("us:anti_dumping:CN:nail",), {"us:anti_dumping:CN:moulding"}, False),
        (("wto:G/TBT/N/USA/12",), {"wto:G/TBT/N/USA/13"}, True),
    ],
)
def test_contradicts(keys: tuple[str, ...], known: set[str], expected: bool) -> None:
    assert contradicts(keys, known) is expected
