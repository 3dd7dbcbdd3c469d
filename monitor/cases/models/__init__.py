"""Cases: measures that are answered, by whom, by when, and with what."""

from monitor.cases.models.abroad import Contact, Exclusion, Floor, Pledge, Undertaking
from monitor.cases.models.abroad_changes import AbroadChange
from monitor.cases.models.calendar import Adopted, KnownDay, Move, RulesVersion
from monitor.cases.models.cases import (
    Case,
    CaseChamber,
    CaseMeasure,
    Proceeding,
    Reopening,
    StageChange,
)
from monitor.cases.models.comments import (
    CommentApproval,
    CommentAsked,
    CommentParagraph,
    CommentQuestion,
    CommentRound,
    CommentSheet,
    CommentWording,
)
from monitor.cases.models.comments_sent import CommentFate, CommentReply, CommentSent, TradeConcern
from monitor.cases.models.costs import Cost, CostShare, Payment, SharingRule, SubsidyPayment
from monitor.cases.models.counsel import (
    Counsel,
    Experience,
    Mandate,
    MandateFirm,
    Offer,
    OfferVerdict,
)
from monitor.cases.models.drafts import Draft
from monitor.cases.models.file import Document, Version
from monitor.cases.models.letters import Letter, LetterTemplate
from monitor.cases.models.outcomes import Outcome
from monitor.cases.models.respondents import Respondent, Statement
from monitor.cases.models.rights import AssertedRight, Defence, JointAction
from monitor.cases.models.sharing import CaseShare, DocumentShare
from monitor.cases.models.tasks import Reminder, Step, Task, TaskChange

__all__ = [
    "AbroadChange",
    "Adopted",
    "AssertedRight",
    "Case",
    "CaseChamber",
    "CaseMeasure",
    "CaseShare",
    "CommentApproval",
    "CommentAsked",
    "CommentFate",
    "CommentParagraph",
    "CommentQuestion",
    "CommentReply",
    "CommentRound",
    "CommentSent",
    "CommentSheet",
    "CommentWording",
    "Contact",
    "Cost",
    "CostShare",
    "Counsel",
    "Defence",
    "Document",
    "DocumentShare",
    "Draft",
    "Exclusion",
    "Experience",
    "Floor",
    "JointAction",
    "KnownDay",
    "Letter",
    "LetterTemplate",
    "Mandate",
    "MandateFirm",
    "Move",
    "Offer",
    "OfferVerdict",
    "Outcome",
    "Payment",
    "Pledge",
    "Proceeding",
    "Reminder",
    "Reopening",
    "Respondent",
    "RulesVersion",
    "SharingRule",
    "StageChange",
    "Statement",
    "Step",
    "SubsidyPayment",
    "Task",
    "TaskChange",
    "TradeConcern",
    "Undertaking",
    "Version",
]
