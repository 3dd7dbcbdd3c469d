"""Words of the round of comments, in the reader's language."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from monitor.cases.comments.steps import Step
from monitor.cases.words import Asks, Fate
from monitor.notices.labels import Labels

STEPS: Labels = {
    Step.CALLED: pgettext_lazy("comments", "called"),
    Step.COLLECTING: pgettext_lazy("comments", "answers come in"),
    Step.DRAFTING: pgettext_lazy("comments", "drafting"),
    Step.APPROVED: pgettext_lazy("comments", "approved"),
    Step.SENT: pgettext_lazy("comments", "sent"),
    Step.REPLIED: pgettext_lazy("comments", "replied to"),
    Step.ADOPTED: pgettext_lazy("comments", "draft adopted"),
    Step.WITHDRAWN: pgettext_lazy("comments", "draft withdrawn"),
    Step.CALLED_OFF: pgettext_lazy("comments", "called off"),
}
FATES: Labels = {
    Fate.ACCEPTED: pgettext_lazy("fate", "accepted"),
    Fate.PARTLY: pgettext_lazy("fate", "partly accepted"),
    Fate.REJECTED: pgettext_lazy("fate", "rejected"),
    Fate.UNANSWERED: pgettext_lazy("fate", "not answered"),
}
ASKS: Labels = {
    Asks.TEXT: gettext_lazy("a text"),
    Asks.YES_NO: gettext_lazy("yes or no"),
    Asks.NUMBER: gettext_lazy("a number"),
}
"""What a chamber's own question may ask for."""
YES_NO: Labels = {"yes": gettext_lazy("yes"), "no": gettext_lazy("no")}
PARTS = {
    "provision": gettext_lazy("Article of the draft"),
    "articles": gettext_lazy("Articles of the Agreement"),
    "zh": gettext_lazy("Chinese text"),
    "en": gettext_lazy("English text"),
    "gone": gettext_lazy("Leave this paragraph out"),
}
