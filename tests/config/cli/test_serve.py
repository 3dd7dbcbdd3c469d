"""`fenghuo serve`: a real process on a free port of the loopback."""

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from config.cli.serve import command, is_loopback


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"])
def test_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "fenghuo.example", "", "*"])
def test_not_loopback(host: str) -> None:
    assert not is_loopback(host)
    result = CliRunner().invoke(command, ["--host", host])
    assert result.exit_code == 2
    assert "--let-others-in" in result.output


def test_serves_the_pages(tmp_path: Path) -> None:
    process = _start(tmp_path, "--port", "0", "--as-of", "2025-06-02")
    try:
        assert process.stderr is not None
        address = re.search(r"http://\S+/", process.stderr.readline())
        assert address
        with httpx.Client(base_url=address[0], trust_env=False, timeout=60) as client:
            assert json.loads(client.get("health").text)["status"] in {"ok", "degraded"}
            home = client.get("", headers={"accept-language": "en"})
            assert "As of" in home.text
            assert "2025-06-02" in home.text
            assert "default-src 'self'" in home.headers["content-security-policy"]
            style = re.search(r'href="(/static/[^"]+\.css)"', home.text)
            assert style
            assert client.get(style[1]).headers["content-type"].startswith("text/css")
    finally:
        process.terminate()
        process.communicate()


def test_a_port_in_use_is_said_so(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = _start(tmp_path, "--port", str(taken.getsockname()[1]))
        _, said = process.communicate()
    assert process.returncode == 1
    assert "in use" in said


def _start(var: Path, *options: str) -> "subprocess.Popen[str]":
    inherited = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "-c", "from config.cli import main; main()", "serve", *options],
        env={**inherited, "FENGHUO_VAR": str(var), "PYTHONUNBUFFERED": "1"},
        stderr=subprocess.PIPE,
        text=True,
    )
