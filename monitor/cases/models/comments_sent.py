"""What became of a comment: that a person sent it, the reply, each point's fate in the adopted
text, and a specific trade concern (特别贸易关注)."""

from django.db import models
from django.db.models import Q

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet
from monitor.cases.models.comments import CommentParagraph, CommentRound, seen_rounds
from monitor.cases.models.file import Document
from monitor.cases.words import Fate
from monitor.notices.models import Notice


class _Entered(Recorded):
    """What somebody knows and wrote down; a mistake is taken back and stays in the record."""

    round = models.ForeignKey(CommentRound, on_delete=models.PROTECT, related_name="%(class)s_rows")
    day = models.DateField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    said_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    acting_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True

    def concerns(self) -> list[Organisation]:
        return [self.acting_for]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return seen_rounds(actor, "round")


class CommentSent(_Entered):
    """The house sends nothing to authorities: a person did, and says so."""

    sender = models.CharField(max_length=200)
    """Who sent it, as they say; `said_by` wrote it down."""
    to = models.CharField(max_length=200)
    receipt = models.CharField(max_length=200, blank=True)
    wordings = models.JSONField(default=list)
    """Primary keys of the wordings that it was made of, in order."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=Q(withdrawn_at=None), name="comment_sent_once"
            )
        ]
        ordering = ["day", "pk"]


class CommentReply(_Entered):
    sender = models.CharField(max_length=200)
    """Who replied."""
    text = models.TextField()
    """What they say, in our words."""

    class Meta:
        ordering = ["day", "pk"]


class TradeConcern(_Entered):
    """Raised in a committee of the WTO by a Member: ours or another that has the same concern."""

    class Committee(models.TextChoices):
        TBT = "tbt"
        SPS = "sps"

    committee = models.CharField(max_length=3, choices=Committee)
    number = models.CharField(max_length=40, blank=True)
    """Of the specific trade concern; empty: none was given yet."""
    raised_by = models.CharField(max_length=200)
    supported_by = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["day", "pk"]


class CommentFate(Recorded):
    """What became of a paragraph in the text that was adopted. A later word replaces it; both
    stay."""

    paragraph = models.ForeignKey(CommentParagraph, on_delete=models.PROTECT, related_name="fates")
    fate = models.CharField(max_length=10, choices=Fate)
    provision = models.CharField(max_length=200, blank=True)
    """The article of the adopted text."""
    notice = models.ForeignKey(Notice, on_delete=models.SET_NULL, null=True, related_name="+")
    """That tells of the adopted text."""
    transition_months = models.PositiveSmallIntegerField(null=True)
    """Granted between publication and application."""
    note = models.TextField(blank=True)
    said_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paragraph"], condition=Q(replaced_at=None), name="comment_fate_once"
            )
        ]

    def concerns(self) -> list[Organisation]:
        return [self.paragraph.round.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return seen_rounds(actor, "paragraph__round")
