"""The classify room: which products a notice is about.

What the reader found printed comes first; where it found nothing, what other notices of the measure
print; then the standard's ICS, then the words. What a person has judged (confirmed or rejected) no
machine changes.
"""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from models import products
from models.nomenclature.codes import FoundCode
from monitor.jobs.rooms import Counts, Room
from monitor.notices import inherit
from monitor.notices.models import Notice, ProductClaim
from monitor.notices.waking import wake

_NOT_OURS = ["other"]
_BODY = 1500
"""Characters of a body that stand for an abstract: what a notice is about, it says at its head."""


class _Limits(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    floor: float
    subheading_floor: float
    inherited: float


@cache
def limits() -> _Limits:
    text = Path(__file__).with_name("classify.toml").read_text(encoding="utf-8")
    return _Limits.model_validate(tomllib.loads(text))


def room() -> Room[Notice]:
    return Room("classify", Notice.objects.all(), "classify_state", _classify)


def _classify(notices: Sequence[Notice], now: datetime) -> Counts:  # noqa: ARG001 - a room's work
    ours = [notice for notice in notices if notice.kinds != _NOT_OURS]
    results = products.classify_many([_document(notice) for notice in ours])
    found = {
        notice.pk: _claims(notice, result) for notice, result in zip(ours, results, strict=True)
    }
    inherited = _inherit(ours, found)
    changed = _replace(notices, found | inherited)
    wake(changed)
    return Counter(
        claims=sum(map(len, (found | inherited).values())),
        inherited=len(inherited),
        vague=sum(result.too_vague for result in results),
        changed=len(changed),
    )


def _inherit(
    notices: Sequence[Notice], found: Mapping[int, list[ProductClaim]]
) -> dict[int, list[ProductClaim]]:
    """The claims of the notices that print nothing and whose measure prints codes.

    As beside codes of its own, what the words of a notice suggest otherwise is dropped; where they
    agree, they are evidence too.
    """
    silent = [n for n in notices if not any(map(inherit.is_printed, found[n.pk]))]
    by_notice = {notice.pk: notice for notice in silent}
    return {
        pk: [_borrowed(by_notice[pk], loan, found[pk]) for loan in loans]
        for pk, loans in inherit.loans(silent, found).items()
        if loans
    }


def _borrowed(notice: Notice, loan: inherit.Loan, own: Sequence[ProductClaim]) -> ProductClaim:
    agreeing = [item for claim in own if claim.code == loan.code for item in claim.evidence]
    return ProductClaim(
        notice=notice,
        code=loan.code,
        probability=round(loan.probability * limits().inherited, 4),
        evidence=[loan.evidence, *agreeing],
        model=products.MODEL,
    )


def _document(notice: Notice) -> products.Document:
    return products.Document(
        id=str(notice.pk),
        title=notice.title,
        text=notice.abstract or notice.body[:_BODY],
        language=notice.language,
        product=notice.product or None,
        codes=tuple(_code(printed) for printed in notice.item.get("codes", ())),
    )


def _code(printed: Mapping[str, Any]) -> FoundCode:
    """The reader's `bundles.items.PrintedCode`, as the models know it; empty fields are absent."""
    return FoundCode(
        printed=printed["printed"],
        digits=printed["digits"],
        system=printed["system"],
        hs6=tuple(printed.get("hs6", ())),
        heading=printed.get("heading"),
        chapter=printed.get("chapter"),
        exists=printed["exists"],
        partial=printed.get("partial", False),
        where=printed["where"],
        note=printed.get("note"),
    )


def _claims(notice: Notice, result: products.Classification) -> list[ProductClaim]:
    """Words that are too vague claim nothing; what is printed or in the ICS counts all the same.
    Subheadings by words are kept where their heading is."""
    kept = {claim.code for claim in result.claims if claim.probability >= limits().floor}
    return [
        ProductClaim(
            notice=notice,
            code=claim.code,
            probability=claim.probability,
            evidence=list(claim.evidence),
            model=result.model,
        )
        for claim in result.claims
        if (claim.code in kept or _is_finer(claim, kept))
        and not (result.too_vague and claim.evidence[0]["kind"] == "text")
    ]


def _is_finer(claim: products.Claim, kept: Collection[str]) -> bool:
    """An unlikely subheading of a likely heading, by words."""
    return (
        claim.evidence[0]["kind"] == "text"
        and claim.code[:4] in kept
        and claim.probability >= limits().subheading_floor
    )


def _replace(notices: Sequence[Notice], found: Mapping[int, list[ProductClaim]]) -> set[int]:
    """Write the claims of the notices whose claims are others than before; say which these are.

    Where what is printed changed, the measure's other notices will be classified again.
    """
    old: dict[int, list[ProductClaim]] = defaultdict(list)
    for claim in ProductClaim.objects.filter(notice__in=notices):
        old[claim.notice_id].append(claim)
    new: list[ProductClaim] = []
    changed: set[int] = set()
    reprinted: set[int] = set()
    for notice in notices:
        judged = {claim.code for claim in old[notice.pk] if claim.verdict}
        claims = [claim for claim in found.get(notice.pk, ()) if claim.code not in judged]
        before = [claim for claim in old[notice.pk] if not claim.verdict]
        if _said(claims) != _said(before):
            changed.add(notice.pk)
            new.extend(claims)
        if _lent(claims) != _lent(before):
            reprinted.add(notice.pk)
    ProductClaim.objects.filter(notice__in=changed, verdict=None).delete()
    ProductClaim.objects.bulk_create(new, batch_size=500)
    inherit.wake_others(reprinted)
    return changed


def _lent(claims: Iterable[ProductClaim]) -> dict[str, tuple[float, Any, str]]:
    return _said(claim for claim in claims if inherit.lendable(claim))


def _said(claims: Iterable[ProductClaim]) -> dict[str, tuple[float, Any, str]]:
    return {claim.code: (claim.probability, claim.evidence, claim.model) for claim in claims}
