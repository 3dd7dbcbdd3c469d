"""Days pass: levels that hang on the next date are looked at again, every night.

What changes is level, next date and the reasons that rest on them; exposure and matches stay as
assessed. Nobody is warned again: that happens once per occasion, not once per day.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from monitor.impact.assess import Fields, case, dated, level, loud, timed
from monitor.impact.models import Impact
from monitor.impact.world import House
from monitor.jobs.rooms import Counts
from monitor.notices.waking import wake_index

TIMED = frozenset({"deadline", "rule", "echo"})
FIELDS = ("level", "loudness", "next_date", "next_date_what", "reasons")
BATCH = 500


def refresh(now: datetime) -> Counts:
    """Counts the impacts looked `at`, and those of them `louder`, `quieter` and `moved` (to a
    later date, or to none)."""
    house = House.load()
    due = list(_due(house, now).values_list("pk", flat=True))
    total: Counts = Counter()
    for start in range(0, len(due), BATCH):
        total += _batch(due[start : start + BATCH], house, now)
    return total


def _due(house: House, now: datetime) -> QuerySet[Impact]:
    """Dates that have passed, or lie within the rules' farthest distance (and a day, for zones)."""
    horizon = timedelta(days=max(house.levels.days, default=0) + 1)
    return Impact.objects.filter(next_date__lte=now.date() + horizon).order_by("pk")


@transaction.atomic
def _batch(keys: Sequence[int], house: House, now: datetime) -> Counts:
    rows = Impact.objects.filter(pk__in=keys).select_for_update(of=("self",))
    with_entries = rows.select_related("entry__notice", "entry__measure")
    counts: Counts = Counter(at=len(keys))
    changed: list[Impact] = []
    for impact in with_entries.defer("entry__notice__body", "entry__notice__abstract"):
        fields = _looked_at(impact, house, now)
        if any(getattr(impact, name) != value for name, value in fields.items()):
            counts += _told(impact, fields)
            for name, value in fields.items():
                setattr(impact, name, value)
            changed.append(impact)
    Impact.objects.bulk_update(changed, FIELDS, batch_size=100)
    wake_index([impact.entry.notice_id for impact in changed])
    return counts


def _looked_at(impact: Impact, house: House, now: datetime) -> Fields:
    about = case(impact.entry, house, now)
    if about is None:
        return {}
    probability = max(found["probability"] for found in impact.matches)
    judged = level(about, _band(impact, house), probability, house)
    if judged is None:
        return {}
    lasting = [said for said in impact.reasons if said["code"] not in TIMED]
    return {
        **loud(judged[0]),
        **dated(about),
        "reasons": [*lasting, *timed(about, judged[1])],
    }


def _band(impact: Impact, house: House) -> str:
    if impact.as_of_month is None:
        return house.levels.file.unknown.band
    return house.levels.band(impact.exposure_usd, impact.share)


def _told(impact: Impact, fields: Fields) -> Counts:
    return Counter(
        louder=int(fields["loudness"] > impact.loudness),
        quieter=int(fields["loudness"] < impact.loudness),
        moved=int(fields["next_date"] != impact.next_date),
    )
