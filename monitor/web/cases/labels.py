"""Words of cases that only the pages show, in the reader's language."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from monitor.cases.models import KnownDay, Move
from monitor.cases.words import Answer, Joins, Listed, Why
from monitor.deadlines.rules import Whom
from monitor.notices.labels import Labels

ANSWERS: Labels = {
    Answer.LISTED: pgettext_lazy("answer", "not told yet"),
    Answer.INFORMED: pgettext_lazy("answer", "told, no word yet"),
    Answer.CONSIDERING: pgettext_lazy("answer", "considering"),
    Answer.ANSWERS: pgettext_lazy("answer", "answers"),
    Answer.JOINS: pgettext_lazy("answer", "joins with others"),
    Answer.DECLINES: pgettext_lazy("answer", "does not answer"),
}
WE: Labels = {
    Answer.CONSIDERING: pgettext_lazy("our answer", "We are considering it"),
    Answer.ANSWERS: pgettext_lazy("our answer", "We answer"),
    Answer.JOINS: pgettext_lazy("our answer", "We join with others"),
    Answer.DECLINES: pgettext_lazy("our answer", "We do not answer"),
}
"""What a firm says for itself."""
THEY: Labels = {
    Answer.INFORMED: pgettext_lazy("their answer", "It was told again"),
    Answer.CONSIDERING: pgettext_lazy("their answer", "It is considering it"),
    Answer.ANSWERS: pgettext_lazy("their answer", "It answers"),
    Answer.JOINS: pgettext_lazy("their answer", "It joins with others"),
    Answer.DECLINES: pgettext_lazy("their answer", "It does not answer"),
}
"""What a chamber writes down for a firm."""
WHYS: Labels = {
    Why.NO_TIME: pgettext_lazy("why not", "not enough time"),
    Why.NO_COUNSEL: pgettext_lazy("why not", "no lawyer"),
    Why.COST: pgettext_lazy("why not", "it costs too much"),
    Why.SMALL: pgettext_lazy("why not", "too little trade at stake"),
    Why.LEFT: pgettext_lazy("why not", "no exports there any more"),
    Why.NOT_OURS: pgettext_lazy("why not", "other goods than those of the case"),
    Why.SILENT: pgettext_lazy("why not", "silent although it was asked again"),
    Why.OTHER: pgettext_lazy("why not", "another reason"),
}
JOINS: Labels = {
    Joins.CHAMBER: pgettext_lazy("with whom", "in the joint defence of our chamber"),
    Joins.OTHERS: pgettext_lazy("with whom", "with others, whom we name"),
}
THEIR_JOINS: Labels = {
    Joins.CHAMBER: pgettext_lazy("with whom", "in the joint defence of the chamber"),
    Joins.OTHERS: pgettext_lazy("with whom", "with others"),
}
LISTED: Labels = {
    Listed.EXPORTS: pgettext_lazy("listed because", "exports the goods; not named"),
    Listed.NAMED: pgettext_lazy("listed because", "named in a notice"),
    Listed.BOTH: pgettext_lazy("listed because", "exports the goods and is named"),
    Listed.ENTERED: pgettext_lazy("listed because", "entered by hand"),
}
WHOM: Labels = {
    Whom.EXPORTER: pgettext_lazy("for whom", "exporters"),
    Whom.IMPORTER: pgettext_lazy("for whom", "importers"),
    Whom.PARTY: pgettext_lazy("for whom", "every party"),
    Whom.CHAMBER: pgettext_lazy("for whom", "the chamber"),
    Whom.PETITIONER: pgettext_lazy("for whom", "the petitioner"),
    Whom.AUTHORITY: pgettext_lazy("for whom", "the authority"),
}
KNOWN: Labels = {
    KnownDay.What.EVENT: pgettext_lazy("known day", "This happened on the day"),
    KnownDay.What.PRINTED: pgettext_lazy("known day", "A letter or notice prints the day"),
    KnownDay.What.POSTPONED: pgettext_lazy("known day", "It was postponed, decided on the day"),
    KnownDay.What.EXTENDED: pgettext_lazy("known day", "It was extended until the day"),
    KnownDay.What.TOLLED: pgettext_lazy("known day", "The authority tolled what ran on the day"),
    KnownDay.What.STAYED: pgettext_lazy("known day", "A court stayed it from the day on"),
}
BECAUSE: Labels = {
    Move.Because.NOTICE: pgettext_lazy("moved by", "a notice"),
    Move.Because.KNOWN: pgettext_lazy("moved by", "a day that was entered"),
    Move.Because.RULES: pgettext_lazy("moved by", "rules taken over"),
}
BOUNDS: Labels = {
    "earliest": gettext_lazy("not before"),
    "latest": "",
    "exact": "",
    "expected": gettext_lazy("expected, no legal limit"),
}
