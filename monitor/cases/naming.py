"""What a case is called: in Chinese as the base calls its goods, in English as the notice does."""

from collections.abc import Sequence

from django.utils.translation import override

from monitor.cases.touching import Touching
from monitor.impact.headline import product
from monitor.notices.headline import About, own_words, subject
from monitor.notices.models import Measure

ZH, EN = 200, 300
"""Characters that there is room for."""


def named(measures: Sequence[Measure], touching: Touching) -> tuple[str, str]:
    """(Chinese, English)."""
    newest = max(touching.impacts, key=lambda impact: impact.entry.notice.published, default=None)
    with override("zh-hans"):
        zh = subject(_about(measures, product(newest) if newest else measures[0].title))
    with override("en"):
        words = own_words(newest.entry.notice) if newest else ""
        en = subject(_about(measures, words or measures[0].title))
    return zh[:ZH], en[:EN]


def _about(measures: Sequence[Measure], goods: str) -> About:
    origins = (measure.origin for measure in measures if measure.origin)
    return About(
        jurisdiction=measures[0].jurisdiction,
        kinds=list(dict.fromkeys(measure.kind for measure in measures)),
        origins=list(dict.fromkeys(origins)),
        product=goods,
    )
