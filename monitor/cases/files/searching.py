"""Searching the file of a case: what the actor sees of it, and nothing else.

Every word has to be there as it is written (case, accents and traditional characters aside), words
in quotation marks side by side; either all in one version, or all in the title of its document.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db.models import Q

from monitor.accounts.walls.actor import Actor
from monitor.cases.files.extracting import PARTED
from monitor.cases.models import Case, Document, Version
from monitor.search import analysis
from monitor.search.analysis import APART

LONGEST = 200
MOST = 50
"""Hits; more are not read by anybody, and the words can be made more exact."""
AROUND = 60
"""Characters before and after what was found."""
_PASSAGE = re.compile(r'["“”„]([^"“”„]+)["“”„]|(\S+)')


@dataclass(frozen=True)
class Excerpt:
    """What was found, and what stands around it."""

    before: str
    found: str
    after: str


@dataclass(frozen=True)
class Hit:
    """`excerpt` None: it was found in the title or in the file's name."""

    version: Version
    excerpt: Excerpt | None = None


def found(actor: Actor, case: Case, asked: str) -> list[Hit]:
    """The newest first, at most `MOST`; none where nothing was asked for."""
    passages = list(_passages(asked[:LONGEST]))
    if not passages:
        return []
    titled = _titled(actor, case, passages)
    within = reduce(and_, (Q(terms__contains=passage) for passage in passages))
    rows = Version.objects.for_actor(actor).filter(within | Q(document__in=titled))
    rows = rows.filter(document__case=case).select_related("document__organisation")
    newest = rows.order_by("-uploaded_at", "-pk")[:MOST]
    return [Hit(version, _excerpt(version, passages)) for version in newest]


def _passages(asked: str) -> Iterator[str]:
    """What has to stand in a version's terms."""
    for quoted, word in _PASSAGE.findall(asked):
        line = analysis.line(quoted or word)
        if len(line) == 1 and analysis.is_cjk(line):
            yield line  # within a pair of characters
        elif line:
            yield f" {line} "


def _titled(actor: Actor, case: Case, passages: Sequence[str]) -> list[int]:
    documents = Document.objects.for_actor(actor).filter(case=case).order_by()
    return [
        pk
        for pk, title in documents.values_list("pk", "title")
        if all(passage in f" {analysis.line(title)} " for passage in passages)
    ]


def _excerpt(version: Version, passages: Sequence[str]) -> Excerpt | None:
    """Around the first of them that stands in the text."""
    text = version.terms.find(APART)  # before it stand the terms of the file's name
    for passage in passages if text >= 0 else ():
        at = version.terms.find(passage, text)
        if at >= 0:
            part = version.text.split(PARTED)[version.terms.count(APART, 0, at) - 1]
            return _cut(part, *_place(part, passage))
    return None


def _place(part: str, passage: str) -> tuple[int, int]:
    if len(passage) == 1:
        return next((t.start, t.end) for t in analysis.terms(part) if passage in t.text)
    wanted = passage.split()
    terms = list(analysis.terms(part))
    texts = [term.text for term in terms]
    at = next(i for i in range(len(texts)) if texts[i : i + len(wanted)] == wanted)
    return terms[at].start, terms[at + len(wanted) - 1].end


def _cut(part: str, start: int, end: int) -> Excerpt:
    before, after = max(0, start - AROUND), min(len(part), end + AROUND)
    return Excerpt(
        ("…" if before else "") + part[before:start],
        part[start:end],
        part[end:after] + ("…" if after < len(part) else ""),
    )
