"""Secrets at rest: what would let others speak for a firm is kept sealed.

Fernet (AES-128-CBC and HMAC-SHA256) of the package `cryptography`. The first key seals, all of them
unseal, so that one key can be put in the place of another while the house runs. A dump of the
records alone reads nothing; whoever has the keys too reads everything.
"""

import os
import tempfile
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

Keys = tuple[str, ...]


class CannotUnseal(Exception):
    """A text is not sealed, or with none of the keys in force."""


def sealed(text: str) -> str:
    """The text as it may be stored; sealing it twice gives two different ones."""
    return _box(keys()).encrypt(text.encode()).decode()


def unsealed(text: str) -> str:
    """Raises `CannotUnseal`."""
    try:
        return _box(keys()).decrypt(text.encode()).decode()
    except InvalidToken:
        raise CannotUnseal(
            "sealed with none of the keys in force: put the key that sealed it after the others, "
            f"into FENGHUO_ENCRYPTION_KEYS or {settings.FENGHUO_KEYS_FILE.name}"
        ) from None


def is_current(text: str) -> bool:
    """Whether the first key sealed it."""
    try:
        _box(keys()[:1]).decrypt(text.encode())
    except InvalidToken:
        return False
    return True


def keys() -> Keys:
    """The keys in force: those of the environment, else those in the file, which is read again
    whenever it has changed, because a key may be put in while other processes run."""
    if settings.FENGHUO_KEYS:
        return tuple(settings.FENGHUO_KEYS)
    file: Path = settings.FENGHUO_KEYS_FILE
    if not file.exists():
        _make_first(file)
    state = file.stat()
    return _read(file, state.st_mtime_ns, state.st_ino)


def keep(chosen: Keys) -> None:
    """Put these keys into the file, whole or not at all; only its owner can read it."""
    file: Path = settings.FENGHUO_KEYS_FILE
    written = _written(file, chosen)
    written.replace(file)


def new_key() -> str:
    return Fernet.generate_key().decode()


def _make_first(file: Path) -> None:
    written = _written(file, (new_key(),))
    try:
        # A link, because it fails where another process was first; then that one's key holds.
        os.link(written, file)
    except FileExistsError:
        pass
    finally:
        written.unlink()


def _written(file: Path, chosen: Keys) -> Path:
    """The keys in a file beside the one that is meant, which only its owner can read."""
    descriptor, beside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write("".join(f"{key}\n" for key in chosen))
        out.flush()
        os.fsync(out.fileno())
    return Path(beside)


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int, _inode: int) -> Keys:
    found = tuple(file.read_text(encoding="ascii").split())
    if not found:
        raise ImproperlyConfigured(f"{file}: holds no key; put back the one that was in it")
    return found


@lru_cache(maxsize=8)
def _box(chosen: Keys) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in chosen])
    except ValueError as error:
        raise ImproperlyConfigured(f"an encryption key is no Fernet key: {error}") from error
