"""An installation whose address is https, as Django's own inspection and as a reader sees it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROXIED = {"Host": "fenghuo.example.org", "X-Forwarded-Proto": "https"}


def environment(place: Path) -> dict[str, str]:
    inherited = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    return inherited | {
        "FENGHUO_VAR": str(place),
        "FENGHUO_SITE_URL": "https://fenghuo.example.org",
        "PYTHONUNBUFFERED": "1",
    }


def test_djangos_inspection_for_deployment_finds_nothing(tmp_path: Path) -> None:
    inspected = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert inspected.returncode == 0, inspected.stderr
    assert "no issues" in inspected.stdout


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    process = subprocess.Popen(
        [sys.executable, "-c", "from config.cli import main; main()", "serve", "--port", "0"],
        cwd=ROOT,
        env=environment(tmp_path_factory.mktemp("var")),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    address = re.search(r"http://\S+/", process.stderr.readline())
    assert address
    with httpx.Client(base_url=address[0], trust_env=False, timeout=60) as client:
        yield client
    process.terminate()
    process.communicate()


def test_whoever_comes_by_http_is_sent_to_https(site: httpx.Client) -> None:
    answer = site.get("/search/?q=x", headers={"Host": "fenghuo.example.org"})
    assert answer.status_code == 301
    assert answer.headers["location"] == "https://fenghuo.example.org/search/?q=x"


def test_every_page_says_how_browsers_are_to_take_it(site: httpx.Client) -> None:
    said = site.get("/sign-in/", headers=PROXIED).headers
    assert re.fullmatch(
        r"max-age=31536000; includeSubDomains; preload", said["strict-transport-security"]
    )
    assert said["x-frame-options"] == "DENY"
    assert said["x-content-type-options"] == "nosniff"
    assert said["referrer-policy"] == "same-origin"
    assert said["cross-origin-opener-policy"] == "same-origin"
    policy = said["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_no_cookie_goes_by_http_or_to_scripts_or_to_other_sites(site: httpx.Client) -> None:
    cookies = site.get("/sign-in/", headers=PROXIED).headers.get_list("set-cookie")
    assert any(cookie.startswith("csrftoken=") for cookie in cookies)
    for cookie in cookies:
        assert "Secure" in cookie
        assert "SameSite=Lax" in cookie


def test_another_host_than_ours_is_refused(site: httpx.Client) -> None:
    answer = site.get("/", headers=PROXIED | {"Host": "evil.example"})
    assert answer.status_code == 400


def test_health_is_answered_without_https(site: httpx.Client) -> None:
    assert site.get("/health").status_code in (200, 503)
