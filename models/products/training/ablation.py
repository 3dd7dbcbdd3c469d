"""What each part of the matcher is worth: `python -m models.products.training.ablation DATA`.

Parts are taken away from the trained matcher, whose network has learned to do without either of its
views. Only sets of which nothing was learned are measured: by folds this would take hours.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from models.products.classify import Classification, classify_many
from models.products.evaluation.sets import SETS, Case
from models.products.matcher import Matcher, matcher
from models.products.stack import Stack, Stacks

_BATCH = 500
_MEASURED = {
    "zh_trade_remedy_notices (as text)",
    "hscodecomp",
    "uk_search_references (held-out fifth)",
}


def variants(whole: Matcher) -> dict[str, Matcher]:
    """The matcher, and the matcher without each of its parts. Raises `ValueError` where no
    artifact is packaged."""
    network, stacks, lookup = whole.network, whole.stacks, whole.lookup
    if network is None:
        raise ValueError("no artifact is packaged: there is nothing to take away")
    deaf = replace(network, bridge=np.zeros_like(network.bridge))
    blind = replace(network, table=np.zeros_like(network.table))
    alone = Stacks(_alone(stacks.notice), _alone(stacks.name))
    return {
        "all parts": whole,
        "without the sentence vector": Matcher(deaf, stacks, lookup),
        "without the network's words": Matcher(blind, stacks, lookup),
        "network alone": Matcher(network, alone, lookup),
        "network of words alone": Matcher(deaf, alone, lookup),
        "network of the sentence vector alone": Matcher(blind, alone, lookup),
        "retrieval alone": Matcher(None, Stacks(), lookup),
    }


def _alone(stack: Stack) -> Stack:
    return replace(stack, retrieval=0.0, sharp=0.0, finer_retrieval=0.0)


def _answers(cases: Sequence[Case], by: Matcher) -> list[Classification]:
    documents = [case.document for case in cases]
    return [
        answer
        for start in range(0, len(documents), _BATCH)
        for answer in classify_many(documents[start : start + _BATCH], by)
    ]


def _figures(cases: Sequence[Case], by: Matcher) -> str:
    """hit@1 / hit@5 of headings, hit@1 of subheadings."""
    answers = _answers(cases, by)
    pairs = list(zip(cases, answers, strict=True))
    first, five = (
        np.mean([bool({c.code for c in a.hs4[:depth]} & case.hs4) for case, a in pairs])
        for depth in (1, 5)
    )
    fine = np.mean([bool({c.code for c in a.hs6[:1]} & case.hs6) for case, a in pairs])
    return f"{first:.3f} / {five:.3f} / {fine:.3f}"


def report(folder: Path) -> list[str]:
    """Lines of a Markdown table."""
    cases = {s.name: s.cases(folder) for s in SETS if s.name in _MEASURED}
    ours = [s for s in SETS if s.name.startswith("our titles")]
    cases["our titles, twelve languages"] = [case for s in ours for case in s.cases(folder)]
    lines = [f"| | {' | '.join(cases)} |", "|---" * (len(cases) + 1) + "|"]
    for name, by in variants(matcher()).items():
        figures = " | ".join(_figures(found, by) for found in cases.values())
        lines.append(f"| {name} | {figures} |")
    return lines


if __name__ == "__main__":
    sys.stdout.write("\n".join(report(Path(sys.argv[1]))) + "\n")
