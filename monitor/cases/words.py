"""The words of a case: where a proceeding stands, how a firm answers, what a document is."""

from django.db.models import TextChoices


class Stage(TextChoices):
    """Where a proceeding stands. Not every proceeding passes through all of them."""

    EXPECTED = "expected"
    """Petitioned for or announced; not opened yet."""
    OPENED = "opened"
    PRELIMINARY = "preliminary"
    """A preliminary determination or result is out."""
    FINAL = "final"
    IN_FORCE = "in_force"
    """A measure, or the amended one, is applied."""
    ENDED = "ended"
    """Without a measure, or the measure is over."""


class Answer(TextChoices):
    """How a firm answers, as far as it has come."""

    LISTED = "listed"
    """It is touched; it was not told yet."""
    INFORMED = "informed"
    CONSIDERING = "considering"
    ANSWERS = "answers"
    JOINS = "joins"
    """It answers together with others: common counsel, a joint brief, the chamber's defence."""
    DECLINES = "declines"


class Joins(TextChoices):
    """With whom a firm answers, in its own words: firms do not see one another."""

    CHAMBER = "chamber"
    """In the joint defence that its chamber leads."""
    OTHERS = "others"
    """With counsel or firms that it names."""


class Why(TextChoices):
    """Why a firm does not answer."""

    NO_TIME = "no_time"
    NO_COUNSEL = "no_counsel"
    COST = "cost"
    SMALL = "small"
    """Too little of its trade is at stake."""
    LEFT = "left"
    """It does not sell there any more."""
    NOT_OURS = "not_ours"
    """Its goods are not those of the case."""
    SILENT = "silent"
    """It was asked again and again, and said nothing."""
    OTHER = "other"


class Listed(TextChoices):
    """Why somebody is on the list of respondents."""

    EXPORTS = "exports"
    """It exports the goods of the case to that market."""
    NAMED = "named"
    """The notice names it."""
    BOTH = "both"
    ENTERED = "entered"
    """The chamber or the firm itself said so."""


class Who(TextChoices):
    """Whose work a task is."""

    CHAMBER = "chamber"
    FIRM = "firm"
    COUNSEL = "counsel"


class Paper(TextChoices):
    """What a document of the file is."""

    NOTICE = "notice"
    QUESTIONNAIRE = "questionnaire"
    RESPONSE = "response"
    SUBMISSION = "submission"
    """Briefs, comments, requests."""
    EVIDENCE = "evidence"
    LETTER = "letter"
    DECISION = "decision"
    MANDATE = "mandate"
    OTHER = "other"


class Form(TextChoices):
    """The two forms in which authorities take a document."""

    CONFIDENTIAL = "confidential"
    PUBLIC = "public"


class Asks(TextChoices):
    """What sort of answer a question to members takes."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"


class Fate(TextChoices):
    """What became of a point of a comment in the adopted text."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"
    UNANSWERED = "unanswered"
