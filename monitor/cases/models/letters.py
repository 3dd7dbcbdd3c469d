"""Letters and forms that were filled from templates, and templates of an organisation's own."""

from django.db import models
from django.db.models import Q

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet
from monitor.cases.models.cases import Case, Proceeding
from monitor.cases.models.file import Document, Version
from monitor.cases.models.respondents import Respondent
from monitor.cases.walls import cases


class LetterTemplate(Recorded):
    """A chamber's own version of a template of `config/letters`, which its letters are made from
    until another takes its place or it is put aside. Kept when it is over: a letter says which one
    it was made from."""

    withheld = frozenset({"content"})

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="letter_templates"
    )
    letter = models.CharField(max_length=40)
    """Its id in `config/letters/letters.toml`."""
    language = models.CharField(max_length=2)
    """`zh` or `en`."""
    number = models.PositiveSmallIntegerField()
    """Counts those of this organisation, letter and language."""
    name = models.CharField(max_length=200)
    """Of the file, as it was uploaded."""
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    """The file itself, which is small (`monitor.cases.letters.templates.LARGEST`)."""
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "letter", "language", "number"],
                name="letter_template_number",
            ),
            models.UniqueConstraint(
                fields=["organisation", "letter", "language"],
                condition=Q(ended_at=None),
                name="letter_template_once",
            ),
        ]
        ordering = ["letter", "language", "-number"]

    def __str__(self) -> str:
        return f"{self.letter}.{self.language} {self.number}"

    def concerns(self) -> list[Organisation]:
        return [self.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return of(actor, Action.READ_FILES)


class Letter(Recorded):
    """That a version of a document was made from a template, and what was filled in. The document
    is one of the case's file like any other; made again, the letter is its next version."""

    withheld = frozenset({"filled"})

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="letters")
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="letter")
    letter = models.CharField(max_length=40)
    """As in `LetterTemplate`."""
    language = models.CharField(max_length=2)
    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, null=True, related_name="letters"
    )
    """Null: it is about the case as a whole."""
    respondent = models.ForeignKey(
        Respondent, on_delete=models.PROTECT, null=True, related_name="letters"
    )
    """To whom, or for whom; null: for the case."""
    template = models.ForeignKey(
        LetterTemplate, on_delete=models.PROTECT, null=True, related_name="letters"
    )
    """Null: the one of `config/letters`."""
    template_sha256 = models.CharField(max_length=64)
    filled = models.JSONField()
    """What stood in the form: field → text."""
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.letter}.{self.language} of case {self.case_id}"

    def concerns(self) -> list[Organisation]:
        return [self.document.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """By whose document it is."""
        seen = cases(actor, Action.READ_CASES, "case")
        mine = of(actor, Action.READ_FILES, "document__organisation")
        return seen and mine and seen & mine
