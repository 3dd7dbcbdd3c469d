"""Words of letters and of their templates, in the reader's language."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from monitor.notices.labels import Labels

LANGUAGES: Labels = {
    "zh": pgettext_lazy("language of a letter", "Chinese"),
    "en": pgettext_lazy("language of a letter", "English"),
}
FAULTS: Labels = {
    "too_large": gettext_lazy("The template is larger than 1 MB."),
    "missing": gettext_lazy("Choose a file. If you did, it was cut off on the way: send it again."),
    "old_office": gettext_lazy("This is no Word document (DOCX). Save it as one in Word."),
    "type": gettext_lazy("This is no Word document (DOCX). Save it as one in Word."),
    "empty": gettext_lazy("The file is empty."),
    "package": gettext_lazy("This is no Word document (DOCX). Save it as one in Word."),
    "unpacks": gettext_lazy("The file unpacks to more than is allowed."),
    "macros": gettext_lazy("There are macros or programs in the file. Save it without them."),
    "declares": gettext_lazy("The file's XML declares what Word does not write."),
    "embeds": gettext_lazy("Another file is embedded: %(found)s. Take it out."),
    "links": gettext_lazy("It is linked with something outside: %(found)s. Take the link out."),
    "fetches": gettext_lazy("A field of Word fetches something: %(found)s. Only page numbers may."),
    "elsewhere": gettext_lazy("Fields stand in the text, not where this does: %(found)s"),
    "unknown": gettext_lazy("This letter has no field called %(found)s."),
    "statement": gettext_lazy(
        "Between braces only a field, an “if” or a “for” of the list below is understood: %(found)s"
    ),
    "unclosed": gettext_lazy("What is opened is to be closed, in its order: %(found)s"),
    "nested": gettext_lazy("These stand too deep within one another: %(found)s"),
    "long": gettext_lazy(
        "%(found)s has several paragraphs: write {%%p for line in %(found)s %%}, below it "
        "{{ line }}, and below that {%%p endfor %%}."
    ),
    "short": gettext_lazy("%(found)s is one line: write {{ %(found)s }}."),
    "unfillable": gettext_lazy("The template cannot be filled: %(found)s"),
}
