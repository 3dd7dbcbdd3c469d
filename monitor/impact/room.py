"""The assess room: a notice's entries × the bases that its products touch → `Impact`.

Assessed again (another classification, new flows, a corrected date), an impact is updated in
place. It goes back to the warn room only where it has grown louder, has another next date, or its
entry now has a change that people act on; so a walk over known notices wakes nobody. An impact
that does not hold any more is removed; where a warning refers to it, it is kept, quiet and saying
so: what somebody was told must not lose its page.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial

from monitor.impact.assess import Fields, assess, case, loud
from monitor.impact.matching import Claim
from monitor.impact.models import Impact, Level
from monitor.impact.reasons import Reason, reason
from monitor.impact.touched import touched
from monitor.impact.world import House, Remembered, World
from monitor.jobs.rooms import Counts, Room, State
from monitor.notices.models import Entry, Notice, ProductClaim
from monitor.notices.waking import wake_index

Key = tuple[int, int]
"""(entry, base)."""

WRITTEN = [
    field.name
    for field in Impact._meta.concrete_fields  # noqa: SLF001 - Django documents `_meta`
    if field.name not in {"id", "entry", "base"}
]

WITHDRAWN: Fields = {
    **loud(Level.WATCH),
    "markets": [],
    "matches": [],
    "exposure_usd": Decimal(0),
    "share": Decimal(0),
    "reasons": [reason("withdrawn")],
}
"""What is left of an impact that does not hold any more but was told; the rest is empty."""


def room() -> Room[Notice]:
    notices = Notice.objects.only("pk", "source", "number")
    return Room("assess", notices, "assess_state", partial(_work, Remembered()))


def ask_again() -> int:
    """Have every notice with claims assessed again, after bases or flows have changed."""
    claimed = ProductClaim.objects.values("notice")
    return Notice.objects.filter(pk__in=claimed).update(assess_state=State.READY)


def _work(remembered: Remembered, notices: Sequence[Notice], now: datetime) -> Counts:
    ids = [notice.pk for notice in notices]
    claims = _claims(ids)
    known = {
        (impact.entry_id, impact.base_id): impact
        for impact in Impact.objects.filter(entry__notice__in=ids)
    }
    found = _assessed(claims, remembered, now) if claims else {}
    before = touched(ids) if known else {}
    counts = _keep(found, known, now)
    after = touched(ids) if known or found else {}
    wake_index([pk for pk in ids if before.get(pk) != after.get(pk)])
    return counts


def _claims(notices: Iterable[int]) -> dict[int, list[Claim]]:
    claims: dict[int, list[Claim]] = defaultdict(list)
    rows = ProductClaim.objects.filter(notice__in=notices)
    for notice, code, probability, evidence, verdict in rows.values_list(
        "notice", "code", "probability", "evidence", "verdict"
    ):
        if verdict != ProductClaim.Verdict.REJECTED:
            claims[notice].append(_claim(code, probability, evidence, verdict))
    return claims


def _claim(code: str, probability: float, evidence: list[Fields], verdict: str | None) -> Claim:
    if verdict == ProductClaim.Verdict.CONFIRMED:
        return Claim(code, 1.0, "confirmed")
    printed = [item["digits"].replace(".", "") for item in evidence if item["kind"] == "printed"]
    derived = bool(printed) and all(len(digits) > len(code) for digits in printed)
    return Claim(code, probability, evidence[0]["kind"], derived)


def _assessed(
    claims: dict[int, list[Claim]], remembered: Remembered, now: datetime
) -> dict[Key, Fields]:
    house, world = House.load(), World.load(remembered.flows(now.date()))
    found: dict[Key, Fields] = {}
    entries = Entry.objects.filter(notice__in=claims).select_related("notice", "measure")
    for entry in entries.defer("notice__body"):
        about = case(entry, house, now)
        if about is None:
            continue
        products = claims[entry.notice_id]
        for home in world.near(claim.code[:2] for claim in products):
            if fields := assess(about, products, home, house, world):
                found[entry.pk, home.base.pk] = fields
    return found


def _keep(found: dict[Key, Fields], known: dict[Key, Impact], now: datetime) -> Counts:
    gone = {key: impact for key, impact in known.items() if key not in found}
    told = _referred_to([impact.pk for impact in gone.values()])
    Impact.objects.filter(pk__in={i.pk for i in gone.values()} - told).delete()
    quiet = {key: WITHDRAWN for key, impact in gone.items() if impact.pk in told}
    _upsert([_row(key, fields, known.get(key), now) for key, fields in (found | quiet).items()])
    fresh = [fields["level"] for key, fields in found.items() if key not in known]
    counts = Counter(impacts=len(fresh), again=len(found) - len(fresh), gone=len(gone))
    return counts + Counter(fresh)


def _referred_to(keys: Sequence[int]) -> set[int]:
    """Those that rows of other apps point at. Which apps these are, this one does not know."""
    found: set[int] = set()
    for relation in Impact._meta.related_objects if keys else ():  # noqa: SLF001
        referred = Impact.objects.filter(pk__in=keys, **{f"{relation.name}__isnull": False})
        found.update(referred.values_list("pk", flat=True))
    return found


def _row(key: Key, fields: Fields, before: Impact | None, now: datetime) -> Impact:
    entry, base = key
    state = State.READY if before is None or _rose(before, fields) else before.warn_state
    return Impact(entry_id=entry, base_id=base, warn_state=state, assessed_at=now, **fields)


def _rose(impact: Impact, fields: Fields) -> bool:
    """Whether there is something to say that was not there to say before."""
    dated = fields.get("next_date")
    return (
        fields["loudness"] > impact.loudness
        or (dated is not None and dated != impact.next_date)
        or bool(_change(fields["reasons"]) - _change(impact.reasons))
    )


def _change(said: Sequence[Reason]) -> set[str]:
    return {change for each in said for change in each["params"].get("change", ())}


def _upsert(impacts: Sequence[Impact]) -> None:
    Impact.objects.bulk_create(
        impacts,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["entry", "base"],
        update_fields=WRITTEN,
    )
