"""An installation of its own, spoken to as an operator would."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Installation:
    """`place`: its FENGHUO_VAR; `given`: more of its environment."""

    place: Path
    given: tuple[tuple[str, str], ...] = ()

    def start(self, *words: str) -> "subprocess.Popen[str]":
        inherited = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        environment = {"FENGHUO_VAR": str(self.place), "PYTHONUNBUFFERED": "1", **dict(self.given)}
        return subprocess.Popen(
            [sys.executable, "-c", "from config.cli import main; main()", *words],
            cwd=ROOT,
            env=inherited | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ends(self, *words: str) -> tuple[int, str]:
        """Status, and all that it said."""
        process = self.start(*words)
        out, said = process.communicate()
        return process.returncode, out + said

    def run(self, *words: str) -> str:
        status, said = self.ends(*words)
        assert status == 0, said
        return said


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    place = tmp_path / "var"
    place.mkdir()
    return Installation(place)


@pytest.fixture
def fresh(installation: Installation, migrated: Path) -> Installation:
    """One whose records are made, and empty."""
    shutil.copytree(migrated, installation.place, dirs_exist_ok=True)
    return installation
