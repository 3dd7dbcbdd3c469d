"""The file of a case: documents, and every version of each."""

from django.db import models
from django.db.models import Q

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet
from monitor.cases.models.cases import Case, Proceeding
from monitor.cases.models.sharing import shared_documents
from monitor.cases.walls import cases
from monitor.cases.words import Form, Paper
from monitor.jobs.rooms import ready_index, state_field


class Document(Recorded):
    """A document of the case. It belongs to the organisation that put it there; others see it where
    it is public to the case, or was shared with them."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, null=True, related_name="documents"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="case_documents"
    )
    paper = models.CharField(max_length=13, choices=Paper)
    title = models.CharField(max_length=300)
    open = models.BooleanField(default=False)
    """Whoever sees the case sees it, in its public form."""
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    """It is not shown any more; it is kept."""

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def concerns(self) -> list[Organisation]:
        return [self.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """While it is shown, by whom it was shared with and, where it is open, by whoever sees the
        case; always by whose it is, as long as they see the case."""
        shared, standing = shared_documents(actor), Q(withdrawn_at=None)
        seen, mine = cases(actor, Action.READ_CASES, "case"), of(actor, Action.READ_FILES)
        if seen is None:
            return standing & shared
        others = standing & (shared | seen & Q(open=True))
        return others | seen & mine if mine else others


class Version(Recorded):
    """The bytes of a document at a time, in one of its two forms. They lie under
    `settings.FENGHUO_UPLOADS` by their fingerprint, and never change."""

    passing = frozenset({"text", "terms", "text_state", "notes"})

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    form = models.CharField(max_length=12, choices=Form)
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    """Of the file, as it was uploaded."""
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    """Bytes."""
    content_type = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    """What could be read out of it, as `monitor.cases.files.extracting` writes it: paragraphs or
    pages with `PARTED` between them."""
    terms = models.TextField(blank=True)
    """The terms of its name and of its text, as `monitor.search.analysis` makes them, part by part:
    what is searched."""
    text_state = state_field()
    notes = models.JSONField(default=list)
    """Words of `monitor.cases.files.contents.Note`: why there is no text or not all of it, and what
    a reader should know before opening the file."""
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "form", "number"], name="version_number")
        ]
        indexes = [ready_index("version_to_read", "text_state")]
        ordering = ["document", "form", "-number"]

    def __str__(self) -> str:
        return f"version {self.pk}"

    def concerns(self) -> list[Organisation]:
        return [self.document.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        """The confidential form by whose it is and with whom it was shared; the public form by
        whoever sees the document."""
        documents = Document.objects.for_actor(actor)
        mine = of(actor, Action.READ_FILES, "document__organisation")
        full = shared_documents(actor, "document", confidential=True)
        closed = full | mine if mine else full
        seen = Q(document__in=documents.order_by().values("pk"))
        return seen & (Q(form=Form.PUBLIC) | closed)
