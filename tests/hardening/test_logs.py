"""What is logged holds neither secrets nor what reaches a person."""

import io
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from config.logs import Scrubbing, scrubbed

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "Zk3vTq8RaB9xLw2mNc7PyHd4"


@pytest.mark.parametrize(
    ("text", "canary"),
    [
        ("login failed for wang.wu+x@firm-a.example.cn", "wang.wu"),
        ("GET /?email=wang%40firm.example HTTP/1.1", "firm.example"),
        ("called 13812345678 twice", "13812345678"),
        ("called +86 138-1234-5678", "1234-5678"),
        (f"Not Found: /unsubscribe/{TOKEN}/", TOKEN),
        (f"Not Found: /feeds/sentinels/{TOKEN}.atom", TOKEN),
        ("could not connect to postgres://fenghuo:hunter2@db/fenghuo", "hunter2"),
        ("smtps://user%40x:hunter2@mail.example.org:465", "hunter2"),
        ('{"token": "hunter2"}', "hunter2"),
        ("{'webhook_secret': 'hunter2 and more'}", "hunter2"),
        ("password=hunter2&x=1", "hunter2"),
        ("FENGHUO_ENCRYPTION_KEY=hunter2", "hunter2"),
        ("Authorization: Bearer hunter2", "hunter2"),
        ("bearer fh_0123456789_abc", "abc"),
        ("key fh_012345678_hunter2_x-y seen", "hunter2"),
        ("Cookie: sessionid=hunter2; x=y", "hunter2"),
        ("sealed gAAAAABhunter2_-==", "hunter2"),
        ("slack said xoxb-12-hunter2", "hunter2"),
    ],
)
def test_a_canary_does_not_get_through(text: str, canary: str) -> None:
    assert canary not in scrubbed(text)


@pytest.mark.parametrize(
    "text",
    [
        "bundles/us-federal-register-20250602T010000Z-ab12cd34/manifest.json: 3 rows",
        "crawl us-federal-register: 403 after 3 tries",
        "notice 2025-01234 (A-570-117): no such heading 7317.00",
        "Internal Server Error: /bases/ceramics/",
        "2025-06-02 09:00:00 read 12, failed 1, in 3.25 s",
    ],
)
def test_what_an_operator_needs_is_left(text: str) -> None:
    assert scrubbed(text) == text


def test_arguments_and_tracebacks_are_scrubbed_too() -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(Scrubbing())
    logger = logging.getLogger("canary")
    logger.propagate = False
    logger.addHandler(handler)
    try:
        fails("DETAIL: Key (email)=(canary@firm.example) already exists")
    except ValueError:
        logger.exception("for %s", "other-canary@firm.example")
    assert "Traceback" in out.getvalue()
    assert "canary@" not in out.getvalue()


def fails(said: str) -> None:
    raise ValueError(said)


def test_a_running_house_logs_no_canary(tmp_path: Path) -> None:
    inherited = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    process = subprocess.Popen(
        [sys.executable, "-c", "from config.cli import main; main()", "serve", "--port", "0"],
        cwd=ROOT,
        env={**inherited, "FENGHUO_VAR": str(tmp_path), "PYTHONUNBUFFERED": "1"},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    address = re.search(r"http://\S+/", process.stderr.readline())
    assert address
    with httpx.Client(base_url=address[0], trust_env=False, timeout=60) as site:
        site.get(f"/unsubscribe/{TOKEN}/")
        site.get("/no-such-page/canary@firm.example")
        site.get("/feeds/bases/x.atom", headers={"Authorization": f"Bearer fh_{TOKEN}"})
        site.post("/sign-in/", data={"username": "canary@firm.example", "password": TOKEN})
        site.get("/", headers={"Host": "canary@evil.example"})
    process.terminate()
    _, said = process.communicate()
    assert "Not Found: /unsubscribe/***/" in said
    assert TOKEN not in said
    assert "canary" not in said
