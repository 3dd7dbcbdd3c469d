"""Whether a template may be used: what Word made of it, and what stands between its braces.

A template is somebody's file, and it is filled by a template engine. So nothing is let through but
names of fields, a paragraph that is left out where a field is empty, and a field of several
paragraphs; no other brace, no macro, no embedded or linked file, no field of Word that fetches
something. The engine then refuses by itself what it was not asked for (`rendering`).
"""

import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from monitor.cases.files import packages
from monitor.cases.files.packages import Refused
from monitor.cases.letters.catalog import Blank, Sort

LARGEST = 2**20
"""Bytes of a template."""
LARGEST_PART = 2 * 2**20
"""Bytes that a part of it unpacks to: the engine reads each with expressions that take their
time."""
DEEPEST = 3
"""Conditions within one another."""
LINE = "line"
"""What a paragraph of a long field is called."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FILLED = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
_FIELD = re.compile(r"\{\{ ?([a-z]+(?:_[a-z]+)*) ?\}\}")
_STATEMENT = re.compile(
    r"\{%p (?:(if|if not) ([a-z_]+)|(for) line in ([a-z_]+)|(endif|endfor)) ?%\}"
)
_PAIR = re.compile(r"\{[{%#_]|[}%#_]\}")
"""What the engine looks at; a GUID stands in single braces."""
_HARMLESS = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b[^{}]*", re.IGNORECASE)
"""Fields of Word that fetch nothing."""
_EMBEDS = frozenset({"altChunk", "object", "OLEObject", "control", "subDoc"})
_UNREADABLE = (ParseError, DefusedXmlException, UnicodeDecodeError)


@dataclass(frozen=True)
class Fault:
    """`code`: a word that the pages have a sentence for; `part`: of the package; `paragraph`:
    counted from 1, 0 where it is of the whole; `found`: as it stands there."""

    code: str
    part: str = ""
    paragraph: int = 0
    found: str = ""

    def __str__(self) -> str:
        place = f"{self.part}, paragraph {self.paragraph}: " if self.paragraph else ""
        return f"{place}{self.code}{f': {self.found}' if self.found else ''}"


def faults(content: bytes, sort: Sort, blanks: Mapping[str, Blank]) -> list[Fault]:
    """What is against using it for this letter; none: it can be used."""
    if len(content) > LARGEST:
        return [Fault("too_large")]
    try:
        _refuse(content)
        with zipfile.ZipFile(BytesIO(content)) as package:
            return list(_of_package(package, sort, blanks))
    except Refused as refused:
        return [Fault(refused.code)]
    except _UNREADABLE as error:
        return [Fault("package", found=str(error)[:200])]


def _refuse(content: bytes) -> None:
    """Raises `Refused` where it is no Word document without macros."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        if packages.main_part(Path(file.name)) != packages.WORD:
            raise Refused("package")


def _of_package(
    package: zipfile.ZipFile, sort: Sort, blanks: Mapping[str, Blank]
) -> Iterator[Fault]:
    for part in package.infolist():
        name = part.filename
        if part.file_size > LARGEST_PART:
            yield Fault("unpacks", name)
        elif name.endswith(".rels"):
            yield from _links(name, fromstring(package.read(part), forbid_dtd=True))
        elif name.endswith(".xml"):
            yield from _of_part(name, fromstring(package.read(part), forbid_dtd=True), sort, blanks)
        elif name.startswith("word/embeddings/"):
            yield Fault("embeds", name)


def _links(name: str, root: Element) -> Iterator[Fault]:
    """What lies outside of the file; an address that somebody may click on is none of it."""
    for each in root:
        kind = each.get("Type", "").rpartition("/")[2]
        if each.get("TargetMode") == "External" and kind != "hyperlink":
            yield Fault("links", name, found=each.get("Target", "")[:200])


def _of_part(name: str, root: Element, sort: Sort, blanks: Mapping[str, Blank]) -> Iterator[Fault]:
    is_filled = bool(_FILLED.fullmatch(name))
    looked_at = _texts(root) if is_filled else set()
    for each in root.iter():
        if each.tag.rpartition("}")[2] in _EMBEDS:
            yield Fault("embeds", name, found=each.tag.rpartition("}")[2])
        aside = [*each.attrib.values(), each.tail or ""]
        aside += [each.text or ""] if each not in looked_at else []
        if found := next(filter(_PAIR.search, aside), None):
            yield Fault("elsewhere", name, found=found.strip()[:200])
    yield from _word_fields(name, root)
    if is_filled:
        yield from _Paragraphs(name, sort, blanks).faults(root)


def _word_fields(name: str, root: Element) -> Iterator[Fault]:
    said = [each.text or "" for each in root.iter(f"{_W}instrText")]
    said += [each.get(f"{_W}instr", "") for each in root.iter(f"{_W}fldSimple")]
    yield from (Fault("fetches", name, found=s[:200]) for s in said if not _HARMLESS.fullmatch(s))


class _Paragraphs:
    """Those of a part in order, with what is open at each."""

    def __init__(self, name: str, sort: Sort, blanks: Mapping[str, Blank]) -> None:
        self._name, self._fields, self._blanks = name, set(sort.all_fields), blanks
        self._open: list[str] = []

    def faults(self, root: Element) -> Iterator[Fault]:
        number = 0
        for number, text in enumerate(paragraphs(root), start=1):
            for code, found in self._of(text):
                yield Fault(code, self._name, number, found[:200])
        if self._open:
            yield Fault("unclosed", self._name, number, self._open[-1])

    def _of(self, text: str) -> Iterator[tuple[str, str]]:
        """(code, what stands there)"""
        if statement := _STATEMENT.fullmatch(text.strip()):
            yield from self._state(statement)
            return
        for name in _FIELD.findall(text):
            yield from self._named(name, text)
        if "{" in (rest := _FIELD.sub("", text)) or "}" in rest:
            yield "statement", text.strip()

    def _named(self, name: str, text: str) -> Iterator[tuple[str, str]]:
        if name == LINE:
            if "for" not in self._open:
                yield "statement", text.strip()
        elif name not in self._fields:
            yield "unknown", name
        elif self._blanks[name].long:
            yield "long", name

    def _state(self, said: re.Match[str]) -> Iterator[tuple[str, str]]:
        condition, tested, loop, walked, end = said.groups()
        if end:
            wanted = end.removeprefix("end")
            if not self._open or self._open.pop() != wanted:
                yield "unclosed", said.group()
            return
        name = tested or walked
        if name not in self._fields:
            yield "unknown", name
        elif loop and not self._blanks[name].long:
            yield "short", name
        opens = "if" if condition else "for"
        if opens in self._open and (opens == "for" or len(self._open) >= DEEPEST):
            yield "nested", said.group()
        self._open.append(opens)


def _texts(root: Element) -> set[Element]:
    """Those that stand in paragraphs."""
    return {text for each in root.iter(f"{_W}p") for text in each.iter(f"{_W}t")}


def paragraphs(root: Element) -> Iterator[str]:
    """The text of each paragraph, without that of paragraphs within it (text boxes)."""
    for each in root.iter(f"{_W}p"):
        yield "".join(_own_text(each))


def _own_text(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in {f"{_W}tab", f"{_W}br"}:
            yield " "
        elif child.tag != f"{_W}p":
            yield from _own_text(child)


def used(content: bytes, names: Iterable[str]) -> set[str]:
    """Which of the fields a template has."""
    found: set[str] = set()
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in filter(_FILLED.fullmatch, package.namelist()):
            for text in paragraphs(fromstring(package.read(name), forbid_dtd=True)):
                found.update(_FIELD.findall(text))
                found.update(g for s in _STATEMENT.finditer(text) for g in s.group(2, 4) if g)
    return found & set(names)
