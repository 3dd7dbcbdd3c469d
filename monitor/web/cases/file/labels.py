"""Words of the file of a case, in the reader's language."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from monitor.cases.files.contents import Note
from monitor.cases.words import Form, Paper
from monitor.jobs.rooms import State
from monitor.notices.labels import Labels

PAPERS: Labels = {
    Paper.NOTICE: pgettext_lazy("paper", "Notice"),
    Paper.QUESTIONNAIRE: pgettext_lazy("paper", "Questionnaire"),
    Paper.RESPONSE: pgettext_lazy("paper", "Response to a questionnaire"),
    Paper.SUBMISSION: pgettext_lazy("paper", "Brief, comment or request"),
    Paper.EVIDENCE: pgettext_lazy("paper", "Evidence"),
    Paper.LETTER: pgettext_lazy("paper", "Letter"),
    Paper.DECISION: pgettext_lazy("paper", "Decision"),
    Paper.MANDATE: pgettext_lazy("paper", "Mandate"),
    Paper.OTHER: pgettext_lazy("paper", "Other"),
}
FORMS: Labels = {
    Form.CONFIDENTIAL: pgettext_lazy("form of a document", "Confidential"),
    Form.PUBLIC: pgettext_lazy("form of a document", "Public"),
}
STATES: Labels = {
    State.READY: gettext_lazy("not read yet: it will be found by its words in a few minutes"),
    State.FAILED: gettext_lazy("could not be read: it is not found by its words"),
}
NOTES: Labels = {
    Note.CUT: gettext_lazy("long: only its beginning is found by its words"),
    Note.NO_TEXT: gettext_lazy("no text in it (a scan or a picture): not found by its words"),
    Note.LOCKED: gettext_lazy("locked with a password: not found by its words"),
    Note.DAMAGED: gettext_lazy("damaged: what could not be read is not found by its words"),
    Note.TOO_LONG: gettext_lazy("took too long to read: not found by its words"),
    Note.TOO_LARGE: gettext_lazy("too large to read: not found by its words"),
    Note.SCRIPTS: gettext_lazy(
        "It carries scripts or other files: open it in a viewer that runs none."
    ),
}
REFUSED: Labels = {
    "missing": gettext_lazy("Choose a file. If you did, it was cut off on the way: send it again."),
    "empty": gettext_lazy("The file is empty."),
    "too_large": gettext_lazy("The file is larger than %(limit)s. Divide it."),
    "type": gettext_lazy(
        "Files of this kind are not taken. Taken are PDF, DOCX, XLSX, PPTX, text, CSV, HTML, PNG, "
        "JPEG and TIFF, by what is in the file and not by its name."
    ),
    "old_office": gettext_lazy(
        "This is an Office file of the old kind, or one with a password. Save it as DOCX, XLSX or "
        "PDF without a password."
    ),
    "package": gettext_lazy(
        "This is an archive or a damaged Office file. Unpack it and put in the documents one by "
        "one, or save it again."
    ),
    "macros": gettext_lazy(
        "There are macros or programs in the file. Save it as DOCX or XLSX without macros, or as "
        "PDF."
    ),
    "unpacks": gettext_lazy("The file unpacks to more than is allowed. Divide it, or save as PDF."),
    "declares": gettext_lazy(
        "The file's XML declares what no Office program writes. Save it again with Office."
    ),
}
