"""The stored copy: the bytes as fetched or nothing, and never a page of ours."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from crawlers.warc import Captures, Exchange
from monitor.notices.models import Capture
from monitor.web.captures import CaptureDamaged, CaptureMissing, stored
from tests.monitor.web.house import SEEN, House

ENGLISH = {"accept-language": "en"}
PAGE = b"<html><script>alert(1)</script></html>"


@pytest.fixture
def bundles(settings: Settings, tmp_path: Path) -> Path:
    settings.FENGHUO_BUNDLES = tmp_path / "bundles"
    settings.FENGHUO_BUNDLES.mkdir()
    return settings.FENGHUO_BUNDLES


@pytest.fixture
def capture(house: House, bundles: Path) -> Capture:
    """A page as a publisher serves it, between two other responses in its file."""
    return _kept(house.capture(), bundles, PAGE, [("Content-Type", "text/html; charset=utf-8")])


def _kept(capture: Capture, bundles: Path, body: bytes, headers: list[tuple[str, str]]) -> Capture:
    path = bundles / capture.warc
    path.parent.mkdir(exist_ok=True)
    with Captures(path) as captures:
        captures.add(_exchange(b"before", headers))
        record = captures.add(_exchange(body, headers))
        captures.add(_exchange(b"after", headers))
    for name in ("sha256", "length", "offset", "content_type", "url"):
        setattr(capture, name, getattr(record, name))
    capture.save()
    return capture


def _exchange(body: bytes, headers: list[tuple[str, str]]) -> Exchange:
    return Exchange(
        url="https://example.org/notices.xml?page=2",
        method="GET",
        asked=[],
        status=200,
        answered=headers,
        body=body,
        fetched_at=datetime(2025, 5, 20, 3, 30, tzinfo=UTC),
    )


def test_the_bytes_come_as_they_were_fetched_and_cannot_run(
    client: Client, capture: Capture
) -> None:
    response = client.get(f"/captures/{capture.pk}/")
    assert response.status_code == 200
    assert response.getvalue() == PAGE
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Length"] == str(len(PAGE))


@pytest.mark.parametrize(
    ("kind", "packing", "said"),
    [
        ("application/json; charset=utf-8", "", "application/json .json"),
        ("text/csv", "", "text/csv .csv"),
        ("text/html", "", "application/octet-stream .xml"),  # as its address ends
        ("image/svg+xml", "", "application/octet-stream .xml"),
        ("application/json", "gzip", "application/octet-stream .json.gz"),
        ("application/json", "exotic", "application/octet-stream .json.packed"),
        ('text/csv"\r\nX-Evil: 1', "", "application/octet-stream .xml"),
    ],
)
def test_types_that_do_no_harm_keep_their_name(
    client: Client, house: House, bundles: Path, kind: str, packing: str, said: str
) -> None:
    capture = _kept(house.capture(), bundles, PAGE, [("Content-Encoding", packing)])
    capture.content_type = kind
    capture.save()
    response = client.get(f"/captures/{capture.pk}/")
    content_type, suffix = said.split()
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"].endswith(f'{capture.sha256[:8]}{suffix}"')
    assert response.getvalue() == PAGE


def test_a_stored_file_is_given_too(client: Client, house: House, bundles: Path) -> None:
    capture = house.capture()
    path = bundles / capture.warc
    path.parent.mkdir()
    source = bundles.parent / "eu-rasff.csv"
    source.write_bytes(b"a,b\n" * 1_000_000)  # more than is held in memory
    with Captures(path) as captures:
        record = captures.add_file(source, SEEN)
    Capture.objects.filter(pk=capture.pk).update(**record.model_dump())
    response = client.get(f"/captures/{capture.pk}/")
    assert response.getvalue() == source.read_bytes()
    assert response["Content-Disposition"].endswith('.csv"')


def test_the_notice_links_to_it_beside_the_original(
    client: Client, house: House, capture: Capture, index: None
) -> None:
    notice = house.notice(capture=capture)
    text = client.get(f"/notices/{notice.pk}/", headers=ENGLISH).content.decode()
    assert f'Original</a> <a href="/captures/{capture.pk}/">Stored copy</a>' in text
    without = house.notice()
    text = client.get(f"/notices/{without.pk}/", headers=ENGLISH).content.decode()
    assert "Stored copy" not in text


def test_a_file_that_is_gone_is_named(client: Client, capture: Capture, bundles: Path) -> None:
    (bundles / capture.warc).unlink()
    response = client.get(f"/captures/{capture.pk}/", headers=ENGLISH)
    assert response.status_code == 404
    text = response.content.decode()
    assert "The stored copy is missing" in text
    assert capture.warc in text


def test_other_bytes_than_the_row_says_are_not_given_out(
    client: Client, capture: Capture, caplog: pytest.LogCaptureFixture
) -> None:
    capture.sha256 = hashlib.sha256(b"other").hexdigest()
    capture.save()
    response = client.get(f"/captures/{capture.pk}/", headers=ENGLISH)
    assert response.status_code == 500
    text = response.content.decode()
    assert "The stored copy is damaged" in text
    assert capture.warc in text
    assert "alert(1)" not in text
    assert any(capture.warc in said.getMessage() for said in caplog.records)


@pytest.mark.parametrize(
    "name",
    ["../secret-key", "x/../../secret-key", "/etc/passwd", "", ".", "..", "a\0b", "x" * 5000,
     "link/captures.warc.gz", "link"],
)  # fmt: skip
def test_no_name_leads_out_of_the_bundles_folder(
    client: Client, capture: Capture, bundles: Path, name: str
) -> None:
    outside = bundles.parent / "elsewhere"
    outside.mkdir()
    (bundles / capture.warc).rename(outside / "captures.warc.gz")
    (outside.parent / "secret-key").write_text("secret")
    (bundles / "link").symlink_to(outside)
    capture.warc = name
    with pytest.raises((CaptureMissing, CaptureDamaged)):
        stored(capture)
    capture.warc = name.replace("\0", "")  # which no database need keep
    capture.save()
    response = client.get(f"/captures/{capture.pk}/", headers=ENGLISH)
    assert response.status_code in {404, 500}
    assert "secret</" not in response.content.decode()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_whatever_has_happened_to_the_file_is_a_damage_that_names_it(
    capture: Capture, bundles: Path, data: st.DataObject
) -> None:
    path = bundles / capture.warc
    whole = path.read_bytes()
    spoilt = bytearray(whole)
    del spoilt[data.draw(st.integers(0, len(whole))) :]
    for at in data.draw(st.lists(st.integers(0, len(whole)), max_size=3)):
        if at < len(spoilt):
            spoilt[at] ^= 0xFF
    row = Capture.objects.select_related("bundle").get(pk=capture.pk)
    row.offset = data.draw(st.just(capture.offset) | st.integers(0, len(whole) + 10))
    path.write_bytes(spoilt)
    try:
        with stored(row).stream as stream:
            assert stream.read() == PAGE
    except CaptureDamaged as error:
        assert str(path) in str(error)  # noqa: PT017 - it need not be raised
    finally:
        path.write_bytes(whole)


def test_hostile_rows_stay_text(client: Client, capture: Capture) -> None:
    capture.bundle.source = 'x"\r\nSet-Cookie: a=b'
    capture.bundle.save()
    response = client.get(f"/captures/{capture.pk}/")
    assert response.getvalue() == PAGE
    assert response["Content-Disposition"].startswith('attachment; filename="x-set-cookie-a-b-')
    capture.warc = "<script>alert(1)</script>\u202e"
    capture.url = "javascript:alert(2)"
    capture.sha256 = "<b>"
    capture.save()
    text = client.get(f"/captures/{capture.pk}/").content.decode()
    assert "<script>alert" not in text
    assert "\u202e" not in text
    assert "<b>" not in text
    assert 'href="javascript' not in text


def test_only_reading_is_answered(client: Client, capture: Capture) -> None:
    assert client.post(f"/captures/{capture.pk}/").status_code == 405
    response = client.head(f"/captures/{capture.pk}/")
    assert response.status_code == 200
    assert b"".join(response) == b""
    for close in response._resource_closers:
        close()
    assert client.get("/captures/0/").status_code == 404
