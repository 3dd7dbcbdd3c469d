"""Crawls as the house runs them: the process, the record, the health that follows."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bundles import files
from config import crawling, source_table
from monitor.sources.health import Status
from monitor.sources.models import SourceRun

LISTING = (
    '"Date of Case",Reference,"Notification From","Country Origin",Product,'
    '"Product Category","Hazard Substance","Hazard Category"\n'
    '"Jun 01, 2025","2025.0001",Poland,China,Spoon,"Food contact materials",Melamine,Migration\n'
)


@pytest.fixture
def address() -> Iterator[str]:
    class Listing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/listing.csv"
            self.send_response(200 if found else 404)
            self.end_headers()
            self.wfile.write(LISTING.encode() if found else b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listing)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/listing.csv"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def installation(tmp_path, settings, address):
    """Our RASFF source, at an address on loopback."""
    text = (settings.FENGHUO_SOURCES / "eu-rasff.toml").read_text(encoding="utf-8")
    endpoint = crawling.definitions()["eu-rasff"].crawl.endpoint
    text = text.replace(str(endpoint), address).replace(
        "delay_seconds = 5.0", "delay_seconds = 0.2"
    )
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "eu-rasff.toml").write_text(text, encoding="utf-8")
    settings.FENGHUO_SOURCES = tmp_path / "sources"
    settings.FENGHUO_BUNDLES = tmp_path / "bundles"
    settings.VAR = tmp_path


@pytest.mark.django_db
def test_a_crawl_is_recorded_and_the_source_works(installation, settings, now):
    assert crawling.crawl(["eu-rasff"], now)
    run = SourceRun.objects.get()
    assert (run.outcome, run.items, run.newest.isoformat()) == ("ok", 1, "2025-06-01")
    assert run.finished_at > run.started_at == now
    assert len(files.waiting(settings.FENGHUO_BUNDLES)) == 1
    [row] = source_table.rows(now + timedelta(minutes=5))
    assert row.health.status == Status.WORKING


@pytest.mark.django_db
def test_a_source_that_is_gone_is_broken(installation, settings, now):
    path = settings.FENGHUO_SOURCES / "eu-rasff.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("listing.csv", "gone.csv"), "utf-8")
    assert not crawling.crawl(["eu-rasff"], now)
    [row] = source_table.rows(now + timedelta(minutes=5))
    assert row.health.status == Status.BROKEN
    assert "HTTP 404" in row.health.params["error"]


def test_another_machine_needs_no_records(installation, tmp_path, now):
    report = crawling.fetch(crawling.definitions()["eu-rasff"], now, tmp_path / "shipped")
    assert (report.outcome, report.items) == ("ok", 1)
    assert [f.name for f in files.waiting(tmp_path / "shipped")] == [report.bundle]


def test_without_its_key_nothing_is_asked(monkeypatch, now, tmp_path):
    monkeypatch.delenv("FENGHUO_EPING_KEY", raising=False)
    report = crawling.fetch(crawling.definitions()["wto-eping"], now, tmp_path)
    assert report.outcome == "needs_key"
    assert crawling.well(report)


def test_our_passwords_stay_with_us(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://user:s3cret@host/name")
    monkeypatch.setenv("FENGHUO_SMTP_URL", "smtp://user:s3cret@host")
    assert "s3cret" not in str(crawling._environment())
    assert "PATH" in crawling._environment()


def test_the_page_of_sources_is_up_to_date(pytestconfig):
    page = (pytestconfig.rootpath / "docs" / "sources.md").read_text(encoding="utf-8")
    assert page == source_table.markdown(crawling.definitions().values()), (
        "run: fenghuo sources --markdown > docs/sources.md"
    )
