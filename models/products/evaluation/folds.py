"""Matchers that have not learned from the products that they are measured on."""

from collections.abc import Callable
from pathlib import Path

from models.products.evaluation import sets
from models.products.evaluation.matchers import Contender, answering
from models.products.evaluation.splits import fold
from models.products.matcher import matcher
from models.products.training import cross_trainer, held_out, related
from models.products.training.sources import Example

SPLIT = frozenset({"us_notices", "us_measures", "uk_terms"})
"""Sources that name products as the measured sets do. The nomenclatures and the lexicon stay: they
are there for every product."""


def trainer(folder: Path) -> Callable[[int], Contender]:
    """Trains, for a fold, without its products and those whose words contain or are contained in
    theirs; stacked as the matcher in service is."""

    again = cross_trainer(folder, matcher().stacks)

    def without(number: int) -> Contender:
        measured = {
            frozenset(case.product.split())
            for each, there in sets.present(folder, sets.SETS).items()
            if there and each.folds
            for case in each.cases(folder)
            if fold(case.product) == number
        }

        def exclude(example: Example) -> bool:
            return held_out(example) or (
                example.source in SPLIT and related(example.product, measured)
            )

        return answering(again(exclude))

    return without
