"""Comments on a draft regulation (评议): who was asked what, who answered how, and the text that
came of it.

What a firm hands in is read by the chambers that answer the case, and by whom it shows its figures;
what it has only saved, by itself. The text is the chambers' until it was sent.
"""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action, Whose
from monitor.accounts.walls.reach import of, reached
from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet
from monitor.accounts.words import Kind
from monitor.cases.models.cases import Case
from monitor.cases.models.respondents import Respondent
from monitor.cases.models.tasks import Task
from monitor.cases.walls import cases
from monitor.cases.words import Asks


def _rows(model: str) -> QuerySet[Any]:
    # By name, because the models below have their walls from here.
    rows: QuerySet[Any] = apps.get_model("cases", model)._default_manager.all()  # noqa: SLF001 - documented so
    return rows


def seen_rounds(actor: Actor, path: str = "") -> Q | None:
    """By the chambers that answer the case, the firms that were asked, and whoever reads how those
    answer. `path`: from the row to its round; empty: rounds themselves."""
    mine = reached(actor, Action.READ_ANSWERS)
    seen = cases(actor, Action.READ_CASES, f"{path}__case" if path else "case")
    if mine is None or seen is None:
        return None
    whose = mine.order_by().values("pk")
    asked = _rows("CommentAsked").filter(organisation__in=whose).values("round")
    seats = _rows("CaseChamber").filter(organisation__in=whose, ended_at=None).values("case")
    found = _rows("CommentRound").filter(Q(pk__in=asked) | Q(case__in=seats)).order_by()
    return seen & Q(**{f"{path}__in" if path else "pk__in": found.values("pk")})


def desk_rounds(actor: Actor, path: str = "") -> Q | None:
    """The same for the chambers that answer the case alone."""
    return _desk(actor, path, seen_rounds(actor, path))


def _desk(actor: Actor, path: str, seen: Q | None) -> Q | None:
    own = actor.organisation
    if seen is None or own is None or not actor.may(Action.READ_ANSWERS, Whose.OWN):
        return None
    if own.kind != Kind.CHAMBER:
        return None
    mine = Q(organisation=own) | Q(organisation__merged_into=own)
    seats = _rows("CaseChamber").filter(mine, ended_at=None).order_by().values("case")
    return seen & Q(**{f"{path}__case__in" if path else "case__in": seats})


def _text_seen(actor: Actor, path: str) -> Q | None:
    """The chambers', and when it was sent, also that of whoever sees the round."""
    seen = seen_rounds(actor, path)
    if seen is None:
        return None
    desk = _desk(actor, path, seen)
    sent = _rows("CommentSent").filter(withdrawn_at=None).order_by().values("round")
    out = seen & Q(**{f"{path}__in": sent})
    return out if desk is None else desk | out


class CommentRound(Recorded):
    """A call to members to say what a draft means for them, and all that comes of it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="comment_rounds")
    number = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    """The chamber that called."""
    letter = models.TextField(blank=True)
    """What the chamber tells the firms beside the questions."""
    answer_by = models.DateField()
    called_at = models.DateTimeField()
    called_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    """No answer is taken any more."""
    closed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    called_off_at = models.DateTimeField(null=True)
    called_off_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    called_off_because = models.TextField(blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="comment_round_number"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(closed_at=None, called_off_at=None),
                name="comment_round_open_once",
            ),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"comments {self.number} of case {self.case_id}"

    @property
    def takes_answers(self) -> bool:
        return self.closed_at is None and self.called_off_at is None

    def concerns(self) -> list[Organisation]:
        return [self.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return seen_rounds(actor)


class CommentQuestion(Recorded):
    """As it was asked: what the bank says later changes nothing of it."""

    round = models.ForeignKey(CommentRound, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    bank = models.CharField(max_length=80, blank=True)
    """Its id in `config/comments/questions.toml`; empty: the chamber's own."""
    asks = models.CharField(max_length=7, choices=Asks)
    zh = models.TextField()
    en = models.TextField(blank=True)
    unit_zh = models.CharField(max_length=40, blank=True)
    unit_en = models.CharField(max_length=40, blank=True)
    choices = models.JSONField(default=list)
    """[{"id", "zh", "en"}], of a choice."""

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "position"], name="comment_question_position")
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.zh

    def concerns(self) -> list[Organisation]:
        return [self.round.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return seen_rounds(actor, "round")


class CommentAsked(Recorded):
    """A firm that was asked. Its task reminds it."""

    round = models.ForeignKey(CommentRound, on_delete=models.PROTECT, related_name="asked")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    respondent = models.ForeignKey(Respondent, on_delete=models.PROTECT, related_name="+")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="comment_asked")
    at = models.DateTimeField()

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="comment_asked_once")
        ]
        ordering = ["pk"]

    def concerns(self) -> list[Organisation]:
        return [self.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        seen = seen_rounds(actor, "round")
        desk = _desk(actor, "round", seen)
        firms = of(actor, Action.READ_ANSWERS)
        theirs = seen and firms and seen & firms
        return desk | theirs if desk and theirs else desk or theirs


class CommentSheet(Recorded):
    """A firm's answers as they were saved or handed in at a time. None is changed: the newest is
    what the firm goes on with, the newest that was handed in is its answer."""

    withheld = frozenset({"content"})

    asked = models.ForeignKey(CommentAsked, on_delete=models.PROTECT, related_name="sheets")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(default=dict)
    """Question (its primary key, as text) → "yes" or "no", a number as text, the id of a choice, a
    text. What was not answered is not there."""
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    handed_in_at = models.DateTimeField(null=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asked", "number"], name="comment_sheet_number")
        ]
        ordering = ["number"]

    def concerns(self) -> list[Organisation]:
        return [self.asked.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        handed = Q(handed_in_at__isnull=False)
        seen, own = seen_rounds(actor, "asked__round"), actor.organisation
        desk = _desk(actor, "asked__round", seen)
        firms = of(actor, Action.READ_FIGURES, "asked__organisation")
        mine = Q(asked__organisation=own) | Q(asked__organisation__merged_into=own)
        shown = seen and firms and seen & firms & (handed | mine)
        read = desk and desk & handed
        return read | shown if read and shown else read or shown


class CommentParagraph(Recorded):
    """A point of the comment. What it says is its newest wording."""

    round = models.ForeignKey(CommentRound, on_delete=models.PROTECT, related_name="paragraphs")
    position = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "position"], name="comment_paragraph_position")
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position} of {self.round}"

    def concerns(self) -> list[Organisation]:
        return [self.round.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return _text_seen(actor, "round")


class CommentWording(Recorded):
    """What a paragraph says, version by version; none is changed."""

    paragraph = models.ForeignKey(
        CommentParagraph, on_delete=models.PROTECT, related_name="wordings"
    )
    version = models.PositiveSmallIntegerField()
    provision = models.CharField(max_length=200, blank=True)
    """The article of the draft that it is about."""
    articles = models.JSONField(default=list)
    """Ids of `config/comments/articles.toml`."""
    zh = models.TextField(blank=True)
    en = models.TextField(blank=True)
    gone = models.BooleanField(default=False)
    """The paragraph is left out from here on."""
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "version"], name="comment_wording_version")
        ]
        ordering = ["paragraph__position", "version"]

    def concerns(self) -> list[Organisation]:
        return [self.paragraph.round.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return _text_seen(actor, "paragraph__round")


class CommentApproval(Recorded):
    """That somebody other than its writer stands by a wording (四眼)."""

    wording = models.ForeignKey(CommentWording, on_delete=models.PROTECT, related_name="approvals")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wording", "by"], name="approved_once")]

    def concerns(self) -> list[Organisation]:
        return [self.wording.paragraph.round.organisation]

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:
        return desk_rounds(actor, "wording__paragraph__round")
