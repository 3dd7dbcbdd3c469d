"""The words of counsel: how a fee is meant, what an offer includes, how costs are shared."""

from django.db.models import TextChoices


class Fee(TextChoices):
    FIXED = "fixed"
    HOURLY = "hourly"
    """By the hour, up to a cap: the amount of the offer is the cap."""
    STAGES = "stages"
    """By stage: the amount is the sum of all stages that are offered."""


class Included(TextChoices):
    """What counsel may be asked to do, in the order in which a case needs it."""

    SEPARATE_RATE = "separate_rate"
    QUANTITY = "quantity"
    """Quantity and value questionnaire (Q&V)."""
    SECTIONS = "sections"
    """Sections A to E of the questionnaire, with supplementals."""
    VERIFICATION = "verification"
    HEARING = "hearing"
    BRIEF = "brief"
    """Case and rebuttal briefs."""
    INJURY = "injury"
    APPEAL = "appeal"


class Conflict(TextChoices):
    """Whether counsel declared a conflict of interest."""

    UNSAID = "unsaid"
    NONE = "none"
    SOME = "some"


class Verdict(TextChoices):
    """What became of an offer."""

    OPEN = "open"
    CHOSEN = "chosen"
    PASSED = "passed"
    REPLACED = "replaced"
    """Counsel offered anew."""


class Rule(TextChoices):
    """How the firms of a mandate share what it costs."""

    EQUAL = "equal"
    BY_EXPORTS = "by_exports"
    BY_BENEFIT = "by_benefit"


class Payer(TextChoices):
    """Who bears a part before the firms do (补贴)."""

    CHAMBER = "chamber"
    OFFICE = "office"
