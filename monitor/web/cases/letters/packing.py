"""Many documents in one ZIP file, given out while it is written."""

import zipfile
from collections.abc import Iterable, Iterator

from monitor.cases.files import storing
from monitor.cases.models import Version


class _Pieces:
    """What the ZIP writer has written since it was last asked. It cannot go back in it."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._written.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """All of it is there already."""

    def taken(self) -> bytes:
        found = b"".join(self._written)
        self._written.clear()
        return found


def packed(versions: Iterable[Version]) -> Iterator[bytes]:
    """In their order, numbered. A file that is missing or damaged ends the stream without the
    ZIP's directory, so that nobody takes it for whole.

    Raises `FileMissing`, `FileDamaged`.
    """
    out = _Pieces()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for number, version in enumerate(versions, start=1):
            with storing.opened_file(version) as file:
                content = b"".join(storing.checked(file, version))
            archive.writestr(f"{number:03} {version.name}", content)
            yield out.taken()
    yield out.taken()
