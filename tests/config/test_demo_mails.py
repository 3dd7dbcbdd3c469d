"""What `make demo` says of the mails that it wrote."""

from pathlib import Path

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend

from config.demo.stage import mails_in


def test_mails_are_counted_not_files(tmp_path: Path) -> None:
    backend = EmailBackend(file_path=tmp_path)
    backend.send_messages([EmailMessage("a", "b", "a@example.org", ["b@example.org"])] * 2)
    assert len(list(tmp_path.iterdir())) == 1
    assert mails_in(tmp_path) == 2
    assert mails_in(tmp_path / "none") == 0
