"""May they: asked before anything of a case is written."""

from monitor.accounts.models import User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import reaches
from monitor.cases.models import Case, Respondent
from monitor.cases.walls import cases

By = Actor | None
"""Whoever does it; None: the house by a rule, or somebody at the machine's command line."""


class MayNotError(Exception):
    """It is not theirs to do. A page answers as if it were not there."""


def ask_case(by: By, case: Case, action: Action = Action.EDIT_CASES) -> None:
    """Raises MayNotError."""
    if by is None:
        return
    seen = cases(by, action)
    with opened():
        if seen is None or not Case.objects.filter(seen, pk=case.pk).exists():
            raise MayNotError


def ask_answer(by: By, respondent: Respondent) -> None:
    """Raises MayNotError."""
    if by is None:
        return
    ask_case(by, respondent.case, Action.READ_CASES)
    firm = respondent.organisation
    if firm is None or not reaches(by, Action.EDIT_ANSWERS, firm):
        raise MayNotError


def person(by: By) -> User | None:
    return by.user if by else None
