# ruff: noqa: INP001 - a script, not a package
"""What is locked: does it fit together, is it still published, under which licence?

Asks the index that pip is configured with, for nothing but the packages of requirements/run.txt, in
the versions that stand there. `pip download` fails where a version is gone or its content is not
what was locked (hashes); a version that its publisher has taken back (yanked) is named in what it
says. Known weaknesses are in databases that an index does not serve: this script does not replace
`pip-audit` where the network allows one.
"""

import re
import subprocess
import sys
import tempfile
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

LOCK = Path(__file__).resolve().parents[1] / "requirements" / "run.txt"
FREE = re.compile(
    r"apache|bsd|mit\b|isc|psf|python software|mpl|mozilla|lgpl|lesser|zpl|zope|unlicense|hpnd|0bsd"
    r"|permission is hereby granted|redistribution and use|public domain|cc0|ofl|zlib",
    re.IGNORECASE,
)


def pip(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours


def published() -> list[str]:
    """What is wrong with what the index has."""
    with tempfile.TemporaryDirectory() as place:
        asked = pip("download", "--no-deps", "--require-hashes", "-q", "-r", str(LOCK), "-d", place)
    lines = (asked.stdout + asked.stderr).splitlines()
    wrong = [line for line in lines if "yanked" in line.lower() or line.startswith("ERROR")]
    return wrong or ([f"pip download: {asked.returncode}"] if asked.returncode else [])


def licences() -> dict[str, str]:
    """Of every locked package that is installed, all that it says of its licence."""
    names = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==", LOCK.read_text(), re.MULTILINE)
    found = {}
    for name in dict.fromkeys(names):
        try:
            found[name] = _licence(distribution(name))
        except PackageNotFoundError:
            continue  # for another version of Python, or another system
    return found


def _licence(package: Distribution) -> str:
    about = package.metadata
    said = [about.get("License-Expression", ""), about.get("License", "").split("\n")[0]]
    said += [c.rpartition(":: ")[2] for c in about.get_all("Classifier") or () if "License" in c]
    if not FREE.search(" ".join(said)):
        files = [f for f in package.files or () if "licen" in f.name.lower()]
        said += [
            line for f in files for line in f.read_text().splitlines()[:40] if FREE.search(line)
        ]
    return "; ".join(dict.fromkeys(filter(None, said)))[:120]


def main() -> None:
    fits = pip("check")
    problems = [] if fits.returncode == 0 else fits.stdout.splitlines()
    problems += published()
    for name, licence in sorted(licences().items()):
        print(f"{name:<40} {licence}")  # noqa: T201 - that is what it is for
        if not FREE.search(licence):
            problems.append(f"{name}: is {licence!r} a free licence?")
    print(*problems, sep="\n", file=sys.stderr)  # noqa: T201
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
