"""汇总表: a chamber's members in numbers, as whoever asks may see them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from monitor.accounts.models import Affiliation
from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.policy import Action
from monitor.accounts.walls.reach import of
from monitor.accounts.words import Kind
from monitor.bases.confidential import CONFIDENTIAL, Shown
from monitor.bases.models import Enterprise


@dataclass(frozen=True)
class Line:
    """A firm; `annual_export_usd`: None where it is not known."""

    firm: Enterprise
    bases: tuple[str, ...]
    annual_export_usd: Shown | None


@dataclass(frozen=True)
class Summary:
    lines: Sequence[Line]
    by_base: Sequence[tuple[str, int]]
    by_city: Sequence[tuple[str, int]]
    employees: int
    counted: int
    """Of how many firms the employees are known."""
    exports_usd: Decimal
    showing: int
    """How many firms show their figure, of which `exports_usd` is the sum."""


def summary(actor: Actor, chinese: bool) -> Summary:  # noqa: FBT001 - the reader's language
    """Of the firms that the actor has admitted, of an office those of its region. Three queries."""
    seen = Enterprise.objects.for_actor(actor)
    if actor.organisation is None or actor.organisation.kind != Kind.OFFICE:
        members = Affiliation.objects.filter(of=actor.organisation, ended_at=None)
        seen = seen.filter(organisation__in=members.values("member"))
    firms = list(seen.select_related("organisation").order_by("name_zh"))
    figures = of(actor, Action.READ_FIGURES)
    shown = set(seen.filter(figures).values_list("pk", flat=True)) if figures else set()
    bases = _bases(seen, "bases__name_zh" if chinese else "bases__name_en")
    lines = [_line(firm, bases.get(firm.pk, ()), firm.pk in shown) for firm in firms]
    known = [firm.employees for firm in firms if firm.employees is not None]
    values = [line.annual_export_usd for line in lines]
    figures_shown = [value for value in values if isinstance(value, Decimal)]
    return Summary(
        lines,
        Counter(name for line in lines for name in line.bases).most_common(),
        Counter(firm.city for firm in firms if firm.city).most_common(),
        sum(known),
        len(known),
        sum(figures_shown, Decimal(0)),
        len(figures_shown),
    )


def _bases(seen: "QuerySet[Enterprise]", name: str) -> dict[int, tuple[str, ...]]:
    """Asked of the firms, since which bases a firm is of is as walled as the firm."""
    found: dict[int, tuple[str, ...]] = {}
    rows = seen.exclude(bases=None).order_by("bases__position", "bases__code")
    for pk, base in rows.values_list("pk", name):
        found[pk] = (*found.get(pk, ()), base)
    return found


def _line(firm: Enterprise, bases: tuple[str, ...], open_: bool) -> Line:  # noqa: FBT001 - of the firm
    return Line(firm, bases, firm.annual_export_usd if open_ else CONFIDENTIAL)
