"""The matcher in service on sets that its scales are fitted on: each answer by scales that are not.

Network and stacks are those of the artifact; only the scales are fitted anew, a fold of headings at
a time, without that fold.
"""

from collections.abc import Sequence
from pathlib import Path

from models.products.evaluation.matchers import Answer, Classifier, Contender
from models.products.evaluation.sets import Case
from models.products.matcher import matcher
from models.products.training.scales import crossed, fold_of, labelled


def contenders(folder: Path, service: Classifier) -> list[Contender]:
    """By fold (`scales.fold_of`); empty where the matcher is retrieval alone and has no scales."""
    model = service.model or matcher()
    if model.network is None:
        return []
    return [Classifier(model.calibrated(each)) for each in crossed(labelled(model, folder))]


def answers(cases: Sequence[Case], by: Sequence[Contender]) -> list[Answer]:
    """Every case by the contender of its fold, in order."""
    found: dict[int, Answer] = {}
    for number, contender in enumerate(by):
        places = [n for n, case in enumerate(cases) if fold_of(case) == number]
        answered = contender([cases[n].document for n in places])
        found.update(zip(places, answered, strict=True))
    return [found[n] for n in range(len(cases))]
