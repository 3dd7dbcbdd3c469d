"""Words of outcomes, in the reader's language."""

from django.utils.translation import pgettext_lazy

from monitor.cases.outcomes.words import Force, Result
from monitor.notices.labels import Labels

RESULTS: Labels = {
    Result.INDIVIDUAL: pgettext_lazy("outcome", "rate of its own"),
    Result.SEPARATE: pgettext_lazy("outcome", "separate rate (answered, not examined)"),
    Result.ALL_OTHERS: pgettext_lazy("outcome", "all-others rate"),
    Result.COUNTRY_WIDE: pgettext_lazy("outcome", "country-wide rate"),
    Result.ADVERSE: pgettext_lazy("outcome", "adverse facts available"),
    Result.ZERO: pgettext_lazy("outcome", "zero or de minimis"),
    Result.NO_MEASURE: pgettext_lazy("outcome", "no measure"),
    Result.UNDERTAKING: pgettext_lazy("outcome", "undertaking or suspension agreement"),
    Result.WITHDRAWN: pgettext_lazy("outcome", "withdrawn by the applicant"),
    Result.TERMINATED: pgettext_lazy("outcome", "terminated"),
}
FORCES: Labels = {
    Force.PROVISIONAL: pgettext_lazy("outcome", "preliminary"),
    Force.DEFINITIVE: pgettext_lazy("outcome", "final"),
}
