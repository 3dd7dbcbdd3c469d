"""A fresh machine needs no set-up; a shared server is not changed behind its operator's back."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from pytest_django import Settings

from config import cli, installation

ROOT = Path(__file__).resolve().parents[3]


def fenghuo(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-c", "from config.cli import main; main()", *arguments],
        cwd=ROOT,
        env=environment | {"FENGHUO_VAR": str(place)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_on_a_fresh_machine_the_records_are_made(tmp_path: Path) -> None:
    assert fenghuo(tmp_path, "search", "nails").stderr.strip().endswith("0 of 0")
    assert (tmp_path / "fenghuo.sqlite3").exists()
    again = fenghuo(tmp_path, "migrate")
    assert "bases_new" not in again.stderr  # the first command has loaded them


@pytest.mark.django_db
def test_a_server_of_another_version_is_left_to_its_operator(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(installation, "is_current", lambda: False)
    monkeypatch.setattr(installation, "is_ours_alone", lambda: False)
    with pytest.raises(click.ClickException, match="fenghuo migrate"):
        cli.records()


@pytest.mark.django_db
def test_the_tests_own_database_is_current() -> None:
    assert installation.is_current()
