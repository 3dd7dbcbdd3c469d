"""Cases: measures that are answered, by whom, by when, and with what."""

from monitor.cases.models.calendar import Adopted, KnownDay, Move, RulesVersion
from monitor.cases.models.cases import Case, CaseChamber, CaseMeasure, Proceeding, StageChange
from monitor.cases.models.file import Document, Version
from monitor.cases.models.respondents import Respondent, Statement
from monitor.cases.models.sharing import CaseShare, DocumentShare
from monitor.cases.models.tasks import Reminder, Step, Task, TaskChange

__all__ = [
    "Adopted",
    "Case",
    "CaseChamber",
    "CaseMeasure",
    "CaseShare",
    "Document",
    "DocumentShare",
    "KnownDay",
    "Move",
    "Proceeding",
    "Reminder",
    "Respondent",
    "RulesVersion",
    "StageChange",
    "Statement",
    "Step",
    "Task",
    "TaskChange",
    "Version",
]
