"""The stored matcher: in skops' form, so that loading runs no code; same weights, same bytes."""

import hashlib
import io
import re
import zipfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from models.products.constants import constants

NAME = "matcher.skops"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ADDRESS = re.compile(r'(?<="__id__": )\d+|(?<="file": ")\d+')
_TRUSTED: list[str] = []
"""No types beyond skops' own: the artifact is made of arrays, texts and numbers."""


def packaged() -> Path:
    return Path(str(files(__package__).joinpath("artifacts", NAME)))


@cache
def name(path: Path | None = None) -> str:
    """Of the model in service, or of another artifact: `stacked-` and the first digits of its
    SHA-256, so that a claim says which weights made it. Retrieval alone where there is none."""
    place = path or packaged()
    if not place.is_file():
        return constants().name
    with place.open("rb") as stream:
        return f"stacked-{hashlib.file_digest(stream, 'sha256').hexdigest()[:8]}"


def load(path: Path | None = None) -> dict[str, Any] | None:
    """The stored dictionary; None where no artifact is packaged.

    Raises skops' `UntrustedTypesFoundException` for a file that holds anything but plain data.
    """
    place = path or packaged()
    if not place.is_file():
        return None
    from skops import io as skops_io  # noqa: PLC0415 - brings all of scikit-learn

    loaded: dict[str, Any] = skops_io.load(place, trusted=_TRUSTED)
    return loaded


def dump(content: dict[str, Any]) -> bytes:
    """The bytes of an artifact: skops' own, without the addresses and times of this process."""
    from skops import io as skops_io  # noqa: PLC0415

    with zipfile.ZipFile(io.BytesIO(skops_io.dumps(content))) as source:
        schema = source.read("schema.json").decode()
        numbers = {a: str(n) for n, a in enumerate(dict.fromkeys(_ADDRESS.findall(schema)), 1)}
        members = {
            f"{numbers[name.removesuffix('.npy')]}.npy": source.read(name)
            for name in source.namelist()
            if name != "schema.json"
        }
    members["schema.json"] = _ADDRESS.sub(lambda m: numbers[m[0]], schema).encode()
    return _zipped(members)


def _zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(members):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), members[name], zipfile.ZIP_DEFLATED)
    return target.getvalue()
