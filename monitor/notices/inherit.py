"""Product claims that a notice has from its measure.

Most notices in the life of a measure print no codes: the order did, years ago. What any notice of
a measure prints, or a person confirmed of it, holds for the others, a little less surely. A notice
of several measures (a list of opportunities to request reviews) has only what each of those that
print any has in common: nobody's codes are lent to another product.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from monitor.jobs.rooms import State
from monitor.notices.models import Entry, Notice, ProductClaim

Claims = Mapping[int, Sequence[ProductClaim]]
"""By the notice's primary key."""


@dataclass(frozen=True)
class Loan:
    """A code that another notice of the measure stands for. Best: most probable, then latest."""

    code: str
    probability: float
    evidence: dict[str, Any]
    rank: tuple[Any, ...]


def is_printed(claim: ProductClaim) -> bool:
    return any(item["kind"] == "printed" for item in claim.evidence)


def lendable(claim: ProductClaim) -> bool:
    """Printed and not rejected, or confirmed; a chapter says too little to be lent."""
    if len(claim.code) < 4 or claim.verdict == ProductClaim.Verdict.REJECTED:
        return False
    return is_printed(claim) or claim.verdict == ProductClaim.Verdict.CONFIRMED


def loans(borrowers: Sequence[Notice], fresh: Claims) -> dict[int, list[Loan]]:
    """What the measures of these notices lend them, by notice, in the order of the codes.

    `fresh`: claims that are not written yet, of the notices that are classified at this moment;
    they stand for what the table has of those, but for what a person judged.
    """
    if not borrowers:
        return {}
    shelves = _shelves({borrower.pk for borrower in borrowers}, fresh)
    found: dict[int, list[Loan]] = {}
    for borrower in borrowers:
        kept = [shelf for shelf in shelves.get(borrower.pk, ()) if shelf]
        common = set.intersection(*map(set, kept)) if kept else set()
        found[borrower.pk] = [
            max((shelf[code] for shelf in kept), key=lambda loan: loan.rank)
            for code in sorted(common)
        ]
    return found


def wake_others(notices: Iterable[int]) -> None:
    """Have the other notices of the measures of these classified again: these print other codes
    than before, or a person judged them."""
    changed = set(notices)
    measures = Entry.objects.filter(notice__in=changed).values("measure")
    theirs = Entry.objects.filter(measure__in=measures).exclude(notice__in=changed)
    done = Notice.objects.filter(pk__in=theirs.values("notice"), classify_state=State.DONE)
    done.update(classify_state=State.READY)


def _shelves(borrowers: set[int], fresh: Claims) -> dict[int, list[dict[str, Loan]]]:
    """By borrower, what each of its measures has to lend: code → best loan."""
    theirs = Entry.objects.filter(notice__in=borrowers)
    members: dict[int, set[int]] = defaultdict(set)
    for measure, notice in Entry.objects.filter(measure__in=theirs.values("measure")).values_list(
        "measure", "notice"
    ):
        members[measure].add(notice)
    lent = _lent({notice for all_of in members.values() for notice in all_of}, fresh)
    shelves: dict[int, list[dict[str, Loan]]] = defaultdict(list)
    for measure in sorted(members):
        for borrower in members[measure] & borrowers:
            others = members[measure] - {borrower}
            shelves[borrower].append(_best(loan for n in others for loan in lent.get(n, ())))
    return shelves


def _best(found: Iterable[Loan]) -> dict[str, Loan]:
    best: dict[str, Loan] = {}
    for loan in found:
        if loan.code not in best or loan.rank > best[loan.code].rank:
            best[loan.code] = loan
    return best


def _lent(notices: set[int], fresh: Claims) -> dict[int, list[Loan]]:
    """What each of these notices has to lend: a person's word first, then what is being written,
    then what is written."""
    claims: dict[int, dict[str, ProductClaim]] = defaultdict(dict)
    for claim in ProductClaim.objects.filter(notice__in=notices):
        if claim.verdict or claim.notice_id not in fresh:
            claims[claim.notice_id][claim.code] = claim
    for notice in notices & set(fresh):
        for claim in fresh[notice]:
            claims[notice].setdefault(claim.code, claim)
    able = {n: [c for c in by_code.values() if lendable(c)] for n, by_code in claims.items()}
    lenders = Notice.objects.only("source", "number", "published").in_bulk(
        [notice for notice, some in able.items() if some]
    )
    return {pk: [_loan(claim, lenders[pk]) for claim in able[pk]] for pk in lenders}


def _loan(claim: ProductClaim, lender: Notice) -> Loan:
    confirmed = claim.verdict == ProductClaim.Verdict.CONFIRMED
    probability = 1.0 if confirmed else claim.probability
    evidence: dict[str, Any] = {"kind": "measure", "notice": str(lender), "id": lender.pk}
    if printed := [item["printed"] for item in claim.evidence if item["kind"] == "printed"]:
        evidence["codes"] = printed
    if confirmed:
        evidence["confirmed"] = True
    rank = (probability, lender.published.isoformat(), lender.number)
    return Loan(claim.code, probability, evidence, rank)
