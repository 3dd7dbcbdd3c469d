"""The words of an outcome: what a proceeding came to for whom, and for how long that holds."""

from django.db.models import TextChoices

from bundles.words import Proceeding


class Result(TextChoices):
    """What it came to, for a firm or for everybody."""

    INDIVIDUAL = "individual"
    """Examined itself; a rate of its own."""
    SEPARATE = "separate"
    """It answered and was not examined itself: the separate rate, or that of the cooperating."""
    ALL_OTHERS = "all_others"
    """Whoever has no rate of its own."""
    COUNTRY_WIDE = "country_wide"
    """Of an economy that is held not to be a market: the entity of the whole country."""
    ADVERSE = "adverse"
    """By adverse facts available."""
    ZERO = "zero"
    """Zero, or too little to count (de minimis)."""
    NO_MEASURE = "no_measure"
    UNDERTAKING = "undertaking"
    """A price undertaking, or an agreement by which the investigation is suspended."""
    WITHDRAWN = "withdrawn"
    """Whoever asked for it took it back."""
    TERMINATED = "terminated"


class Force(TextChoices):
    PROVISIONAL = "provisional"
    """Of a preliminary determination or result."""
    DEFINITIVE = "definitive"


FOR_ALL = (Result.ALL_OTHERS, Result.COUNTRY_WIDE)
"""The rates of those that have none of their own."""
RATED = frozenset({Result.INDIVIDUAL, Result.SEPARATE, Result.ADVERSE, *FOR_ALL})
"""What has a rate or an amount."""
OWN_ONLY = frozenset({Result.INDIVIDUAL, Result.SEPARATE, Result.ADVERSE})
"""What a firm alone can get."""
ENDING = frozenset({Result.NO_MEASURE, Result.WITHDRAWN, Result.TERMINATED})
"""Nothing is charged by it. Of a review, it leaves what was charged before."""
MAKING = frozenset({Proceeding.INVESTIGATION, Proceeding.SUNSET_REVIEW})
"""Proceedings on which the measure itself stands or falls."""
