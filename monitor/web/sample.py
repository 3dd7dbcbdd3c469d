"""Sample people, where there are any: whoever tries the house steps in as one of them."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch
from django.utils.functional import Promise

from monitor.accounts.labels import KINDS, ROLES, STANDINGS
from monitor.accounts.models import Membership, Organisation, User
from monitor.accounts.walls.door import opened
from monitor.accounts.walls.policy import Standing


@dataclass(frozen=True)
class SamplePerson:
    """`organisation`: the one that they act for, if any; `what`: their role, or what they are."""

    user: User
    organisation: Organisation | None
    kind: str | Promise
    what: str | Promise


def sample_people() -> list[SamplePerson]:
    """Everybody whom the page to sign in offers; last those who belong to no organisation."""
    if not settings.FENGHUO_SAMPLE_PEOPLE:
        return []
    with opened():  # invented people of invented organisations: whoever comes may see them
        mine = Membership.objects.filter(ended_at=None).select_related("organisation")
        people = User.objects.filter(sample=True, is_active=True).order_by("pk")
        rows = list(people.prefetch_related(Prefetch("memberships", mine.order_by("since"))))
        shown = [_shown(user) for user in rows]
    return sorted(shown, key=lambda person: person.organisation is None)


def _shown(user: User) -> SamplePerson:
    acting = next(iter(user.memberships.all()), None)
    if acting is not None:
        organisation = acting.organisation
        return SamplePerson(user, organisation, KINDS[organisation.kind], ROLES[acting.role])
    standing = Standing.OPERATOR if user.is_operator else Standing.ANALYST
    return SamplePerson(user, None, "", STANDINGS[standing])
