from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from crawlers.warc import WITHHELD, Captures, Exchange, exchanges, read_at

AT = datetime(2025, 6, 2, 1, 0, tzinfo=UTC)


def exchange(body: bytes, number: int = 0) -> Exchange:
    return Exchange(
        url=f"https://example.org/page?number={number}",
        method="GET",
        asked=[("Accept", "*/*"), ("Ocp-Apim-Subscription-Key", "s3cret"), ("Cookie", "s3cret")],
        status=200,
        answered=[("Content-Type", "text/plain"), ("Transfer-Encoding", "chunked")],
        body=body,
        fetched_at=AT,
    )


def written(path: Path, bodies: list[bytes]) -> list[int]:
    with Captures(path) as captures:
        return [captures.add(exchange(body, n)).offset for n, body in enumerate(bodies)]


@settings(deadline=None)
@given(st.lists(st.binary(max_size=300), max_size=5))
def test_what_is_written_reads_back(bodies):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "captures.warc.gz"
        offsets = written(path, bodies)
        assert [it.body for it in exchanges(path)] == bodies
        assert [it.fetched_at for it in exchanges(path)] == [AT] * len(bodies)
        assert [read_at(path, offset) for offset in offsets] == bodies


@settings(deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=300), min_size=1, max_size=4), st.floats(0, 1))
def test_a_torn_file_gives_what_is_whole(bodies, share):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "captures.warc.gz"
        offsets = written(path, bodies)
        whole = path.read_bytes()
        cut = round(share * len(whole))
        path.write_bytes(whole[:cut])
        found = [it.body for it in exchanges(path)]
        assert found == bodies[: len(found)]
        # Every response in front of one that begins before the cut is there.
        assert len(found) >= sum(offset < cut for offset in offsets) - 1


def test_it_is_a_warc_file_that_others_can_check(tmp_path):
    path = tmp_path / "captures.warc.gz"
    written(path, [b"one", b"two"])
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            record.content_stream().read()


def test_our_secrets_are_withheld(tmp_path):
    path = tmp_path / "captures.warc.gz"
    written(path, [b"body"])
    with path.open("rb") as stream:
        [headers] = [r.http_headers for r in ArchiveIterator(stream) if r.rec_type == "request"]
    assert headers.get_header("Ocp-Apim-Subscription-Key") == WITHHELD
    assert headers.get_header("Cookie") == WITHHELD
    assert headers.get_header("Accept") == "*/*"


def test_the_framing_of_the_wire_is_not_said_of_the_payload(tmp_path):
    path = tmp_path / "captures.warc.gz"
    written(path, [b"5\r\nhello\r\n0\r\n\r\n"])
    with path.open("rb") as stream:
        record = next(iter(ArchiveIterator(stream)))
        assert record.content_stream().read() == b"5\r\nhello\r\n0\r\n\r\n"


def test_a_stored_file_is_a_resource(tmp_path):
    stored = tmp_path / "listing.csv"
    stored.write_bytes(b"a,b\n1,2\n")
    with Captures(tmp_path / "captures.warc.gz") as captures:
        record = captures.add_file(stored, AT)
    assert record.url == "file:listing.csv"
    assert read_at(tmp_path / "captures.warc.gz", record.offset) == b"a,b\n1,2\n"
    [resource] = ArchiveIterator(BytesIO((tmp_path / "captures.warc.gz").read_bytes()))
    assert resource.rec_type == "resource"
