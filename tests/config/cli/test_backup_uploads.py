"""The files of cases go with a backup, and their rows name them when they come back."""

import os
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from tests.config.cli.conftest import Installation
from tests.config.cli.test_backup import records

FILING = """
import sys
import django
django.setup()
from datetime import UTC, datetime
from monitor.accounts.models import Membership, Organisation, User
from monitor.accounts.walls.acting import acting
from monitor.cases.files import extracting, filing, storing
from monitor.cases.models import Case, CaseChamber, Version
from monitor.cases.words import Form, Paper

now = datetime(2025, 6, 2, tzinfo=UTC)
if sys.argv[1] == "file":
    own = Organisation.objects.create(kind="chamber", name_zh="商会", created_at=now)
    lin = User.objects.create(username="lin@example.org")
    Membership.objects.create(user=lin, organisation=own, role="owner", since=now)
    case = Case.objects.create(name_zh="案", name_en="Case", jurisdiction="US", opened_at=now)
    CaseChamber.objects.create(case=case, organisation=own, leads=True, since=now)
    for number in range(3):
        part = storing.Part()
        part.write(f"答卷 {number}".encode() * 100_000)
        wish = filing.Wish("", Paper.RESPONSE, Form.CONFIDENTIAL)
        filing.add(acting(lin), case, "a.txt", part, wish, now)
    storing.Part()  # one that is on its way in
else:
    for version in Version.objects.order_by("pk"):
        with storing.opened_file(version) as file:
            whole = b"".join(storing.checked(file, version))
        print(version.pk, version.sha256, len(whole) == version.size)
    extracting.room().walk(now)
    print(Version.objects.filter(text_state="done", terms__contains=" 答卷 ").count(), "read")
"""


def python(installation: Installation, word: str) -> str:
    environment = os.environ | {
        "FENGHUO_VAR": str(installation.place),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    environment.pop("DATABASE_URL", None)
    words = [sys.executable, "-c", FILING, word]
    done = subprocess.run(words, env=environment, check=True, capture_output=True, text=True)
    return done.stdout


def test_what_was_filed_is_there_and_whole_after_a_restore(
    fresh: Installation, tmp_path: Path
) -> None:
    python(fresh, "file")
    fresh.run("backup", str(tmp_path / "b"))
    fresh.run("restore", str(tmp_path / "b"), "--into", str(tmp_path / "again"))

    restored = replace(fresh, place=tmp_path / "again")
    with closing(records(fresh)) as database:
        filed = database.execute("SELECT id, sha256 FROM cases_version ORDER BY id").fetchall()
    lines = [f"{pk} {sha256} True" for pk, sha256 in filed]
    assert python(restored, "read").splitlines() == [*lines, "3 read"]

    uploads = tmp_path / "again" / "uploads"
    files = {str(path.relative_to(uploads)) for path in uploads.rglob("*") if path.is_file()}
    assert files == {f"{sha256[:2]}/{sha256}" for _, sha256 in filed}
