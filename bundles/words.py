"""The words that say what happened. A contract: they stand in the database, in the output of
`fenghuo read`, in filters and in feeds. A new word needs an ADR.

Order matters where it says so: `Event` is listed with what changes most for a respondent first,
and the first of several events in a notice is its `event`, the others its `also`.
"""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of measure a notice speaks of. A notice carries a set of them."""

    ANTI_DUMPING = "anti_dumping"
    COUNTERVAILING = "countervailing"
    SAFEGUARD = "safeguard"
    SECTION_337 = "section_337"
    TECHNICAL_REGULATION = "technical_regulation"
    STANDARD = "standard"
    CONFORMITY_ASSESSMENT = "conformity_assessment"
    SPS = "sps"
    RECALL = "recall"
    BORDER_REFUSAL = "border_refusal"
    OTHER = "other"


TRADE_REMEDIES = frozenset({Kind.ANTI_DUMPING, Kind.COUNTERVAILING, Kind.SAFEGUARD})
CASES = TRADE_REMEDIES | {Kind.SECTION_337}
REGULATIONS = frozenset(
    {Kind.TECHNICAL_REGULATION, Kind.STANDARD, Kind.CONFORMITY_ASSESSMENT, Kind.SPS}
)
INCIDENTS = frozenset({Kind.RECALL, Kind.BORDER_REFUSAL})


class Proceeding(StrEnum):
    """Within which procedure it happened: trade remedies and Section 337 only."""

    INVESTIGATION = "investigation"
    ADMINISTRATIVE_REVIEW = "administrative_review"
    NEW_SHIPPER_REVIEW = "new_shipper_review"
    CHANGED_CIRCUMSTANCES_REVIEW = "changed_circumstances_review"
    SUNSET_REVIEW = "sunset_review"
    CIRCUMVENTION_INQUIRY = "circumvention_inquiry"
    SCOPE_RULING = "scope_ruling"
    ENFORCEMENT = "enforcement"
    LITIGATION = "litigation"


class Event(StrEnum):
    """What happened. Within a family, what changes most for a respondent stands first."""

    # trade remedies, Section 337
    ORDER = "order"
    FINAL = "final"
    PRELIMINARY = "preliminary"
    INITIATED = "initiated"
    COMPLAINT = "complaint"
    CONTINUED = "continued"
    REVOKED = "revoked"
    TERMINATED = "terminated"
    RESCINDED = "rescinded"
    SUSPENDED = "suspended"
    COURT = "court"
    AMENDED = "amended"
    POSTPONED = "postponed"
    SCHEDULED = "scheduled"
    OPPORTUNITY = "opportunity"
    UPCOMING = "upcoming"
    COMMENTS = "comments"
    # regulations, standards, SPS
    WITHDRAWN = "withdrawn"
    IN_FORCE = "in_force"
    ADOPTED = "adopted"
    PROPOSED = "proposed"
    DELAYED = "delayed"
    COMMENT_EXTENDED = "comment_extended"
    GUIDANCE = "guidance"
    # recalls, refusals
    RECALLED = "recalled"
    REFUSED = "refused"
    ALERT_ADDED = "alert_added"
    ALERT_REMOVED = "alert_removed"
    CLOSED = "closed"
    # everywhere
    CORRECTED = "corrected"
    OTHER = "other"


class Outcome(StrEnum):
    """Of a determination in an investigation, a circumvention inquiry or a 337 final."""

    AFFIRMATIVE = "affirmative"
    NEGATIVE = "negative"
    MIXED = "mixed"


class DateKind(StrEnum):
    """What a date printed in a notice is the date of."""

    COMMENTS_DUE = "comments_due"
    RESPONSE_DUE = "response_due"
    REQUEST_DUE = "request_due"
    HEARING = "hearing"
    DETERMINATION_DUE = "determination_due"
    ADOPTION = "adoption"
    IN_FORCE = "in_force"
    COMPLIANCE = "compliance"


ACTIONABLE_DATES = frozenset(
    {DateKind.COMMENTS_DUE, DateKind.RESPONSE_DUE, DateKind.REQUEST_DUE, DateKind.HEARING}
)
"""The dates by which the reader has to have done something; the others happen to her."""
