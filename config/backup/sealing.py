"""A stream under a passphrase, in constant memory.

The key is made by scrypt (RFC 7914). The stream is cut into chunks, each sealed with AES-256-GCM
under a nonce of its own: a random beginning, the chunk's number, and whether it is the last
(STREAM: Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015). So a chunk that was changed, moved,
left out or repeated is noticed, and so is an end that was cut off.
"""

import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from config.backup import WrongArchive

MAGIC = b"FENGHUO\x01"
SALT, BEGINNING, CHUNK, TAG = 16, 7, 64 * 1024, 16
SHORTEST = 12
"""Characters of a passphrase."""
_COST = {"n": 2**16, "r": 8, "p": 1}
"""64 MiB and a fifth of a second for every guess. Fixed: a file cannot ask for more."""


class Sealing:
    """Takes bytes, and writes them sealed. `finish` writes what marks the end."""

    def __init__(self, out: BinaryIO, passphrase: str) -> None:
        salt, beginning = os.urandom(SALT), os.urandom(BEGINNING)
        self._out, self._box = out, _Box(passphrase, salt, beginning)
        self._waiting = bytearray()
        out.write(MAGIC + salt + beginning)

    def write(self, content: bytes) -> int:
        self._waiting += content
        while len(self._waiting) > CHUNK:
            self._out.write(self._box.sealed(bytes(self._waiting[:CHUNK]), last=False))
            del self._waiting[:CHUNK]
        return len(content)

    def flush(self) -> None:
        """Nothing: a chunk is written when it is full."""

    def finish(self) -> None:
        self._out.write(self._box.sealed(bytes(self._waiting), last=True))


class Unsealing:
    """Reads what `Sealing` wrote; `WrongArchive` is raised at the first chunk that differs."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        header = source.read(len(MAGIC) + SALT + BEGINNING)
        if len(header) < len(MAGIC) + SALT + BEGINNING:
            raise WrongArchive("cut short within its first line")
        salt = header[len(MAGIC) : -BEGINNING]
        self._source, self._box = source, _Box(passphrase, salt, header[-BEGINNING:])
        self._next = source.read(CHUNK + TAG)
        self._plain = b""
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, at least one before the end."""
        if not self._plain and not self._ended:
            self._open_next()
        size = len(self._plain) if size < 0 else size
        piece, self._plain = self._plain[:size], self._plain[size:]
        return piece

    def _open_next(self) -> None:
        this, self._next = self._next, self._source.read(CHUNK + TAG)
        self._ended = not self._next
        self._plain = self._box.opened(this, last=self._ended)


class _Box:
    def __init__(self, passphrase: str, salt: bytes, beginning: bytes) -> None:
        key = Scrypt(salt=salt, length=32, **_COST).derive(passphrase.encode())
        self._cipher, self._beginning, self._number = AESGCM(key), beginning, 0

    def sealed(self, chunk: bytes, *, last: bool) -> bytes:
        return self._cipher.encrypt(self._nonce(last=last), chunk, MAGIC)

    def opened(self, chunk: bytes, *, last: bool) -> bytes:
        at = self._number * (CHUNK + TAG)
        try:
            return self._cipher.decrypt(self._nonce(last=last), chunk, MAGIC)
        except InvalidTag:
            why = "the passphrase is wrong, or the file was" if at == 0 else "the file was"
            raise WrongArchive(f"{why} changed or cut short at or after byte {at}") from None

    def _nonce(self, *, last: bool) -> bytes:
        number = self._number.to_bytes(4, "big")
        self._number += 1
        return self._beginning + number + bytes([last])
