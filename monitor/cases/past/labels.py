"""The words of the library as people read them, in the reader's language."""

from django.utils.translation import pgettext_lazy

from monitor.cases.past.tables import Ending, Stage, Unit, What, Whom
from monitor.notices.labels import Labels

ENDINGS: Labels = {
    Ending.MEASURE: pgettext_lazy("past case", "ended with a measure"),
    Ending.PART: pgettext_lazy("past case", "against some only"),
    Ending.NO_MEASURE: pgettext_lazy("past case", "ended without a measure"),
    Ending.UNKNOWN: pgettext_lazy("past case", "how it ended is to be verified"),
}
WHATS: Labels = {
    What.PETITION: pgettext_lazy("past case", "Petition"),
    What.INITIATION: pgettext_lazy("past case", "Initiation"),
    What.DISCLOSURE: pgettext_lazy("past case", "Disclosure"),
    What.PRELIMINARY: pgettext_lazy("past case", "Preliminary determination"),
    What.PROVISIONAL: pgettext_lazy("past case", "Provisional measure"),
    What.FINAL: pgettext_lazy("past case", "Final determination"),
    What.MEASURE: pgettext_lazy("past case", "Measure"),
    What.ENDED: pgettext_lazy("past case", "End"),
    What.CIRCUMVENTION: pgettext_lazy("past case", "Circumvention"),
    What.REVIEW: pgettext_lazy("past case", "Review"),
    What.COURT: pgettext_lazy("past case", "Court"),
    What.CONTINUED: pgettext_lazy("past case", "Continued"),
}
WHOMS: Labels = {
    Whom.LOWEST: pgettext_lazy("past case", "lowest"),
    Whom.HIGHEST: pgettext_lazy("past case", "highest"),
    Whom.NAMED: "",
    Whom.ANSWERING: pgettext_lazy("past case", "answered, not examined themselves"),
    Whom.ALL_OTHERS: pgettext_lazy("past case", "all others"),
    Whom.ADVERSE: pgettext_lazy("past case", "did not answer (adverse facts)"),
    Whom.EVERYBODY: pgettext_lazy("past case", "everybody"),
}
STAGES: Labels = {
    Stage.PROPOSED: pgettext_lazy("past case", "proposed"),
    Stage.PROVISIONAL: pgettext_lazy("past case", "provisional"),
    Stage.DEFINITIVE: pgettext_lazy("past case", "definitive"),
    Stage.REVIEW: pgettext_lazy("past case", "after a review"),
}
UNITS: Labels = {
    Unit.PAIR: pgettext_lazy("past case", "pair"),
    Unit.KG: pgettext_lazy("past case", "kg"),
    Unit.TONNE: pgettext_lazy("past case", "tonne"),
    Unit.M2: pgettext_lazy("past case", "m²"),
}
