"""What Django's own checks (`manage.py check`, with `--deploy` and without) say of people."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

SAMPLE_PEOPLE = Error(
    "Whoever comes can step in as a sample person, and the pages are served to others.",
    hint="Take FENGHUO_SAMPLE_PEOPLE away: it is for the demo.",
    id="fenghuo.E001",
)


@register(Tags.security)
def sample_people(**_: Any) -> list[CheckMessage]:
    served = str(settings.FENGHUO_SITE_URL).startswith("https://")
    return [SAMPLE_PEOPLE] if settings.FENGHUO_SAMPLE_PEOPLE and served else []
