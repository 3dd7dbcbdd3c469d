"""A stream under a passphrase: what was changed anywhere is noticed."""

import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.backup import WrongArchive, sealing
from config.backup.sealing import CHUNK, TAG, Sealing, Unsealing

PASSPHRASE = "correct horse battery"
HEADER = len(sealing.MAGIC) + sealing.SALT + sealing.BEGINNING


def seal(plain: bytes, piece: int = 10_000) -> bytes:
    out = io.BytesIO()
    writer = Sealing(out, PASSPHRASE)
    for at in range(0, len(plain), piece):
        writer.write(plain[at : at + piece])
    writer.finish()
    return out.getvalue()


def unseal(sealed: bytes, passphrase: str = PASSPHRASE) -> bytes:
    reader = Unsealing(io.BytesIO(sealed), passphrase)
    found = b""
    while piece := reader.read(7_000):
        found += piece
    return found


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5])
def test_what_was_sealed_is_read_again(size: int) -> None:
    plain = os.urandom(size)
    assert unseal(seal(plain)) == plain


def test_two_sealings_have_nothing_in_common() -> None:
    first, second = seal(b"x" * 1000), seal(b"x" * 1000)
    assert first[HEADER:] != second[HEADER:]
    assert b"x" * 8 not in first


def test_another_passphrase_reads_nothing() -> None:
    with pytest.raises(WrongArchive, match="passphrase is wrong"):
        unseal(seal(b"secret"), "correct horse batterY")


SEALED = seal(os.urandom(3 * CHUNK))


@settings(max_examples=15)  # a scrypt each
@given(st.integers(min_value=len(sealing.MAGIC), max_value=len(SEALED) - 1), st.integers(0, 7))
def test_a_flipped_bit_is_noticed(at: int, bit: int) -> None:
    changed = bytearray(SEALED)
    changed[at] ^= 1 << bit
    with pytest.raises(WrongArchive):
        unseal(bytes(changed))


@pytest.mark.parametrize(
    "length",
    [HEADER - 1, HEADER, HEADER + CHUNK + TAG, HEADER + 2 * (CHUNK + TAG), len(SEALED) - 1],
)
def test_an_end_that_was_cut_off_is_noticed(length: int) -> None:
    with pytest.raises(WrongArchive, match="cut short"):
        unseal(SEALED[:length])


def test_chunks_that_changed_places_are_noticed() -> None:
    size = CHUNK + TAG
    first, second = (SEALED[HEADER + i * size : HEADER + (i + 1) * size] for i in (0, 1))
    swapped = SEALED[:HEADER] + second + first + SEALED[HEADER + 2 * size :]
    with pytest.raises(WrongArchive):
        unseal(swapped)
