"""Judged claims as examples to learn from: a text, a code, and whether it is right."""

from collections.abc import Iterator
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from monitor.notices.models import ProductClaim


class Example(BaseModel):
    """One judgement. `text` is what was to be classified: the product as the publisher words it,
    else the title; `evidence` the kind that the claim rested on when it was judged."""

    model_config = ConfigDict(frozen=True)

    notice: str
    """Source and number."""
    language: str
    text: str
    title: str
    product: str
    code: str
    """HS2022: two, four or six digits."""
    right: bool
    evidence: str
    model: str
    by: str | None
    """None where the person's account is gone."""
    at: datetime


def examples() -> Iterator[Example]:
    """Every judged claim, in the order of the notices and codes: the same rows, the same file."""
    judged = ProductClaim.objects.exclude(verdict=None).select_related("notice", "judged_by")
    ordered = judged.order_by("notice__source", "notice__number", "code")
    for claim in ordered.defer("notice__body", "notice__abstract").iterator():
        yield _example(claim)


def _example(claim: ProductClaim) -> Example:
    notice = claim.notice
    if claim.judged_at is None:
        raise ValueError(f"{notice}, {claim.code}: judged, but not when")
    return Example(
        notice=str(notice),
        language=notice.language,
        text=notice.product or notice.title,
        title=notice.title,
        product=notice.product,
        code=claim.code,
        right=claim.verdict == ProductClaim.Verdict.CONFIRMED,
        evidence=claim.evidence[0]["kind"],
        model=claim.model,
        by=claim.judged_by.get_username() if claim.judged_by else None,
        at=claim.judged_at,
    )
