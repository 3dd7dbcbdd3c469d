"""Every catalog of every app is complete."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGS = sorted(
    path
    for pattern in ("*/locale", "*/*/locale")
    for path in ROOT.glob(f"{pattern}/*/LC_MESSAGES/django.po")
    if not path.relative_to(ROOT).parts[0].startswith(".")
)


@pytest.mark.parametrize("path", CATALOGS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_message_is_translated(path: Path) -> None:
    with path.open("rb") as stream:
        catalog = read_po(stream, locale=path.parents[1].name, abort_invalid=True)
    messages = [message for message in catalog if message.id]
    assert messages
    wanting = [m.id for m in messages if not m.string or not all(m.string) or m.fuzzy]
    assert wanting == []
    errors = [(m.id, str(error)) for m in messages for error in m.check()]
    assert errors == []
