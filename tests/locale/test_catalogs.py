"""Every string of every app stands in its catalog, translated; no catalog keeps a string that is
no longer said. Needs no GNU gettext: Babel reads the code, Django turns templates into code."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
CATALOGS = sorted(
    path
    for pattern in ("*/locale", "*/*/locale")
    for path in ROOT.glob(f"{pattern}/*/LC_MESSAGES/django.po")
    if not path.relative_to(ROOT).parts[0].startswith(".")
)
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def catalog(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale=path.parents[1].name, abort_invalid=True)


def said(folder: Path) -> Iterator[tuple[str | None, str]]:
    """(context, string) of all that the app in this folder says."""
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("templates/**/*.*")]):
        source = path.read_text(encoding="utf-8")
        code = source if path.suffix == ".py" else templatize(source, origin=str(path))
        for _, message, _, context in extract("python", BytesIO(code.encode()), KEYWORDS):
            yield context, message if isinstance(message, str) else message[0]


@pytest.mark.parametrize("path", CATALOGS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_message_is_translated(path: Path) -> None:
    messages = [message for message in catalog(path) if message.id]
    assert messages
    wanting = [m.id for m in messages if not m.string or not all(m.string) or m.fuzzy]
    assert wanting == []
    errors = [(m.id, str(error)) for m in messages for error in m.check()]
    assert errors == []


@pytest.mark.parametrize("path", CATALOGS, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_catalog_holds_what_is_said_and_nothing_else(path: Path) -> None:
    held = {(m.context, m.id if isinstance(m.id, str) else m.id[0]) for m in catalog(path) if m.id}
    wanted = set(said(path.parents[3]))
    assert sorted(map(str, wanted - held)) == []
    assert sorted(map(str, held - wanted)) == []


def test_every_app_that_speaks_has_a_catalog() -> None:
    apps = {path.parents[3] for path in CATALOGS}
    for folder in (*ROOT.glob("monitor/*/"), ROOT / "alerts", ROOT / "config"):
        if folder not in apps:
            assert list(said(folder)) == [], f"{folder.relative_to(ROOT)} has no catalog"


def test_one_message_has_one_translation() -> None:
    """Django makes one catalog of all: where two apps say a word differently, one of them would
    speak with the other's. A context (`pgettext`) keeps them apart."""
    said: dict[tuple[str | None, str], dict[str, str]] = {}
    for path in CATALOGS:
        with path.open("rb") as stream:
            for message in read_po(stream, locale=path.parents[1].name):
                if message.id:
                    key = (message.context, str(message.id))
                    said.setdefault(key, {})[str(path.relative_to(ROOT))] = str(message.string)
    assert {key: by for key, by in said.items() if len(set(by.values())) > 1} == {}
