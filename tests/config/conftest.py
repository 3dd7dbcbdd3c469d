"""Records of their own, for tests that speak to the programs as an operator would."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `fenghuo migrate` leaves it, made once: a test that begins there copies it."""
    place = tmp_path_factory.mktemp("migrated")
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    subprocess.run(
        [sys.executable, "-c", "from config.cli import main; main()", "migrate"],
        cwd=ROOT,
        env=environment | {"FENGHUO_VAR": str(place)},
        check=True,
        capture_output=True,
    )
    return place
