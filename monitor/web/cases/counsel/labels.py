"""Words of counsel, offers, mandates and costs, in the reader's language."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from monitor.cases.counsel.costs import Waits
from monitor.cases.counsel.weights import Missing
from monitor.cases.counsel.words import Conflict, Fee, Included, Payer, Rule, Verdict
from monitor.notices.labels import Labels

FEES: Labels = {
    Fee.FIXED: pgettext_lazy("fee", "fixed"),
    Fee.HOURLY: pgettext_lazy("fee", "by the hour, up to a cap"),
    Fee.STAGES: pgettext_lazy("fee", "by stage"),
}
INCLUDED: Labels = {
    Included.SEPARATE_RATE: gettext_lazy("Separate-rate application"),
    Included.QUANTITY: gettext_lazy("Quantity and value (Q&V)"),
    Included.SECTIONS: gettext_lazy("Questionnaire, sections A to E"),
    Included.VERIFICATION: gettext_lazy("Verification"),
    Included.HEARING: gettext_lazy("Hearing"),
    Included.BRIEF: gettext_lazy("Case and rebuttal briefs"),
    Included.INJURY: gettext_lazy("Injury part"),
    Included.APPEAL: gettext_lazy("Appeal to a court"),
}
CONFLICTS: Labels = {
    Conflict.UNSAID: pgettext_lazy("conflict of interest", "not declared"),
    Conflict.NONE: pgettext_lazy("conflict of interest", "declared: none"),
    Conflict.SOME: pgettext_lazy("conflict of interest", "declared: there is one"),
}
VERDICTS: Labels = {
    Verdict.OPEN: pgettext_lazy("offer", "not decided"),
    Verdict.CHOSEN: pgettext_lazy("offer", "chosen"),
    Verdict.PASSED: pgettext_lazy("offer", "passed over"),
    Verdict.REPLACED: pgettext_lazy("offer", "replaced by a later one"),
}
RULES: Labels = {
    Rule.EQUAL: pgettext_lazy("sharing of costs", "equally"),
    Rule.BY_EXPORTS: pgettext_lazy("sharing of costs", "by exports of the goods to that market"),
    Rule.BY_BENEFIT: pgettext_lazy("sharing of costs", "by benefit"),
}
PAYERS: Labels = {
    Payer.CHAMBER: pgettext_lazy("payer", "the chamber"),
    Payer.OFFICE: pgettext_lazy("payer", "the office (subsidy)"),
}
MISSING: Labels = {
    Missing.NO_FIGURE: gettext_lazy(
        "No exports are known. The firm states them on its page of the mandate."
    ),
    Missing.NOT_SHOWN: gettext_lazy(
        "The firm does not show us its figures. It shows them under Sharing, or states its exports"
        " on its page of the mandate."
    ),
    Missing.FEW: gettext_lazy(
        "The others could work its exports out: there are fewer than three firms, or one makes most"
        " of the sum. The firm states them itself, which is its consent, or another rule is taken."
    ),
    Missing.LEFT: gettext_lazy(
        "A firm has left: from the sums before and after, its exports could be worked out. Another"
        " rule is taken for the costs since then."
    ),
    Missing.NO_BENEFIT: gettext_lazy("Nobody has written down its benefit yet."),
}
WAITS: Labels = {
    Waits.RULE: gettext_lazy("waits: no rule holds on that day"),
    Waits.FIRM: gettext_lazy("waits: the mandate is for no firm on that day"),
    Waits.WEIGHT: gettext_lazy("waits: a firm has no weight yet"),
}
