"""Levels and depths of a match as people read them, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from monitor.impact.matching import Depth
from monitor.impact.models import Level

LEVELS: dict[str, str | Promise] = {
    Level.RED: pgettext_lazy("level", "Red"),
    Level.ORANGE: pgettext_lazy("level", "Orange"),
    Level.YELLOW: pgettext_lazy("level", "Yellow"),
    Level.BLUE: pgettext_lazy("level", "Blue"),
    Level.WATCH: pgettext_lazy("level", "Watch"),
}

DEPTHS: dict[str, str | Promise] = {
    Depth.HS6: pgettext_lazy("depth", "same subheading"),
    Depth.HEADING: pgettext_lazy("depth", "same heading"),
    Depth.CHAPTER: pgettext_lazy("depth", "chapter only"),
}
