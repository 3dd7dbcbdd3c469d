"""The words of `bundles.words` as people read them, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bundles.words import DateKind, Event, Kind, Outcome, Proceeding

Labels = dict[str, str | Promise]

KINDS: Labels = {
    Kind.ANTI_DUMPING: _("Anti-dumping"),
    Kind.COUNTERVAILING: _("Countervailing"),
    Kind.SAFEGUARD: _("Safeguard"),
    Kind.SECTION_337: _("Section 337"),
    Kind.TECHNICAL_REGULATION: _("Technical regulation"),
    Kind.STANDARD: _("Standard"),
    Kind.CONFORMITY_ASSESSMENT: _("Conformity assessment"),
    Kind.SPS: _("SPS measure"),
    Kind.RECALL: _("Recall"),
    Kind.BORDER_REFUSAL: _("Border refusal"),
    Kind.OTHER: _("Other document"),
}

PROCEEDINGS: Labels = {
    Proceeding.INVESTIGATION: _("Investigation"),
    Proceeding.ADMINISTRATIVE_REVIEW: _("Administrative review"),
    Proceeding.NEW_SHIPPER_REVIEW: _("New shipper review"),
    Proceeding.CHANGED_CIRCUMSTANCES_REVIEW: _("Changed circumstances review"),
    Proceeding.SUNSET_REVIEW: _("Sunset review"),
    Proceeding.CIRCUMVENTION_INQUIRY: _("Circumvention inquiry"),
    Proceeding.SCOPE_RULING: _("Scope ruling"),
    Proceeding.ENFORCEMENT: _("Enforcement"),
    Proceeding.LITIGATION: _("Litigation"),
}

EVENTS: Labels = {
    Event.ORDER: _("Order issued"),
    Event.FINAL: _("Final determination"),
    Event.PRELIMINARY: _("Preliminary determination"),
    Event.INITIATED: _("Initiated"),
    Event.COMPLAINT: _("Complaint received"),
    Event.CONTINUED: _("Continued"),
    Event.REVOKED: _("Revoked"),
    Event.TERMINATED: _("Terminated"),
    Event.RESCINDED: _("Review rescinded"),
    Event.SUSPENDED: _("Suspended (undertaking)"),
    Event.COURT: _("Court decision"),
    Event.AMENDED: _("Amended"),
    Event.POSTPONED: _("Postponed"),
    Event.SCHEDULED: _("Scheduled"),
    Event.OPPORTUNITY: _("Opportunity to request a review"),
    Event.UPCOMING: _("Upcoming"),
    Event.COMMENTS: _("Comments invited"),
    Event.WITHDRAWN: _("Withdrawn"),
    Event.IN_FORCE: _("In force"),
    Event.ADOPTED: _("Adopted"),
    Event.PROPOSED: _("Proposed"),
    Event.DELAYED: _("Delayed"),
    Event.COMMENT_EXTENDED: _("Comment period extended"),
    Event.GUIDANCE: _("Guidance"),
    Event.RECALLED: _("Recalled"),
    Event.REFUSED: _("Refused at the border"),
    Event.ALERT_ADDED: _("Put on alert"),
    Event.ALERT_REMOVED: _("Taken off alert"),
    Event.CLOSED: pgettext_lazy("recall", "Closed"),
    Event.CORRECTED: _("Corrected"),
    Event.OTHER: pgettext_lazy("event", "Other"),
}

OUTCOMES: Labels = {
    Outcome.AFFIRMATIVE: _("Affirmative"),
    Outcome.NEGATIVE: _("Negative"),
    Outcome.MIXED: _("Mixed"),
}

DATES: Labels = {
    DateKind.COMMENTS_DUE: _("Comments due"),
    DateKind.RESPONSE_DUE: _("Response due"),
    DateKind.REQUEST_DUE: _("Request due"),
    DateKind.HEARING: _("Hearing"),
    DateKind.DETERMINATION_DUE: _("Determination due"),
    DateKind.ADOPTION: _("Adoption"),
    DateKind.IN_FORCE: _("Entry into force"),
    DateKind.COMPLIANCE: _("Compliance required"),
}
