import gzip

import pytest

from bundles import files
from bundles.items import RejectedRow
from crawlers import warc
from crawlers.backfill import bundle_file, read_file

HEADER = (
    '"Date of Case",Reference,"Notification From","Country Origin",Product,'
    '"Product Category","Hazard Substance","Hazard Category"\n'
)
ROW = '"May 30, 2025","2025.{:04}",Poland,China,Spoon,"Food contact materials",Melamine,Migration\n'


@pytest.fixture
def listing(tmp_path):
    path = tmp_path / "listing.csv"
    path.write_text(HEADER + ROW.format(1) + "torn\n" + ROW.format(2))
    return path


def test_a_bad_row_does_not_end_the_reading(listing):
    kinds = [type(row).__name__ for row in read_file("eu-rasff", listing)]
    assert kinds == ["NoticeItem", "RejectedRow", "NoticeItem"]


def test_packed_or_not_the_rows_are_the_same(listing, tmp_path):
    packed = tmp_path / "packed" / "listing.csv"
    packed.parent.mkdir()
    packed.write_bytes(gzip.compress(listing.read_bytes()))
    assert list(read_file("eu-rasff", packed)) == list(read_file("eu-rasff", listing))


def test_a_torn_pack_gives_its_rows_and_says_that_it_is_torn(tmp_path):
    path = tmp_path / "listing.csv.gz"
    rows = HEADER + "".join(ROW.format(n) for n in range(5000))
    path.write_bytes(gzip.compress(rows.encode())[:-200])
    *_, last = found = list(read_file("eu-rasff", path))
    assert len(found) > 1
    assert isinstance(last, RejectedRow)
    assert "torn" in last.reason


def test_an_empty_file_ends_without_an_error(tmp_path):
    path = tmp_path / "listing.csv"
    path.touch()
    assert [type(row) for row in read_file("eu-rasff", path)] == [RejectedRow]


def test_a_bundle_holds_the_file_and_its_rows(listing, tmp_path, now):
    folder = bundle_file("eu-rasff", listing, tmp_path / "bundles", now)
    assert files.waiting(tmp_path / "bundles") == [folder]
    [record] = files.captures(folder)
    assert warc.read_at(folder / "captures.warc.gz", record.offset) == listing.read_bytes()
    items = list(files.items(folder))
    assert [item.number for item in items] == ["2025.0001", "2025.0002"]
    assert {(item.capture, item.sample) for item in items} == {(record.sha256, False)}
    assert len(list(files.rejected(folder))) == 1


def test_samples_say_so(listing, tmp_path, now):
    folder = bundle_file("eu-rasff", listing, tmp_path / "bundles", now, sample=True)
    assert all(item.sample for item in files.items(folder))


def test_a_file_that_cannot_be_opened_leaves_no_bundle(tmp_path, now):
    with pytest.raises(FileNotFoundError):
        bundle_file("eu-rasff", tmp_path / "nowhere.csv", tmp_path / "bundles", now)
    assert files.waiting(tmp_path / "bundles") == []


CASSETTE = """\
interactions:
- request: {method: POST, uri: https://example.org/recalls}
  response:
    body: {string: '{"MESSAGE": "No results found", "STATUSCODE": 412}'}
    status: {code: 200, message: OK}
- request: {method: POST, uri: https://example.org/recalls}
  response:
    body: {string: !!binary eyJTVEFUVVNDT0RFIjogNDAxfQ==}
    status: {code: 200, message: OK}
"""


def test_recorded_exchanges_are_read_answer_by_answer(tmp_path):
    path = tmp_path / "recalls.yaml"
    path.write_text(CASSETTE)
    [refused] = read_file("us-fda-recalls", path)
    assert refused.place.startswith("recalls.yaml#2")


@pytest.mark.parametrize("text", ["", "interactions: 3", "a: [", "- 1"])
def test_what_is_no_recording_is_one_rejected_row(tmp_path, text):
    path = tmp_path / "recalls.yaml"
    path.write_text(text)
    [rejected] = read_file("us-fda-recalls", path)
    assert "no recorded exchange" in rejected.reason
