"""What a letter is about."""

from dataclasses import dataclass

from monitor.cases.models import Adopted, Case, Proceeding, Respondent


@dataclass(frozen=True)
class About:
    """`proceeding` None: the case as a whole; `respondent`: to whom or for whom; `date`: the legal
    date concerned. All as the actor was shown them."""

    case: Case
    proceeding: Proceeding | None = None
    respondent: Respondent | None = None
    date: Adopted | None = None
