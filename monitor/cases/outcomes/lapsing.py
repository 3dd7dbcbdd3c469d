"""Reviews that were expected and that no notice came for."""

from datetime import datetime

from monitor.cases.models import Proceeding
from monitor.cases.outcomes.expecting import LAPSE, has_lapsed


def lapsing(now: datetime) -> set[int]:
    """The measures, by primary key, of cases that go on, of which an expected review has lapsed."""
    today = now.date()
    rows = Proceeding.objects.filter(
        expected_on__lt=today - LAPSE, ended=None, case__closed_at=None
    )
    return {row.measure_id for row in rows if has_lapsed(row, today)}
