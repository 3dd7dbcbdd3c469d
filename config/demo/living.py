"""A case of the demo in which people have spoken: six sample firms, one of them silent."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from monitor.accounts import sample as people
from monitor.accounts.models import Membership, Organisation, User
from monitor.accounts.walls.acting import acting
from monitor.accounts.walls.actor import Actor
from monitor.cases.knowing import Word, know
from monitor.cases.models import Adopted, Case, KnownDay, Respondent
from monitor.cases.respondents import Reply, say
from monitor.cases.words import Answer, Joins, Why
from monitor.trail.hand import by

ANSWERED: Mapping[int, tuple[Answer, Why | None, str]] = {
    0: (Answer.ANSWERS, None, "已聘请美国律师，正在准备答辩状。"),
    1: (Answer.JOINS, None, "由商会统一聘请律师，与其他企业共同抗辩。"),
    2: (Answer.CONSIDERING, None, "正在核对涉案型号与专利权利要求。"),
    4: (Answer.DECLINES, Why.SMALL, "去年对美只发过一柜。"),
    5: (Answer.JOINS, None, "同意联合应诉，费用按出口额分摊。"),
}
"""By place in the list of respondents; the one that is missing was told and says nothing."""
LONGER = timedelta(days=14)
"""What the first firm was granted on top of today."""


@dataclass(frozen=True)
class _Scene:
    case: Case
    chamber: Organisation
    firms: list[Respondent]


def bring_to_life(now: datetime) -> Counter[str]:
    """The case with the most firms, of those that the house opened. Counts `answers`, `silent`
    firms and `people` who can step into it."""
    scene = _scene()
    if scene is None:
        return Counter()
    own = [firm.organisation for firm in scene.firms if firm.organisation]
    made = people.people_of(scene.chamber, own[:2], now)
    officer = _actor(scene.chamber)
    for firm in scene.firms:
        with by(None, now):
            say(firm, Reply(Answer.INFORMED), None, now)
    for firm, (answer, why, text) in _words(scene.firms):
        with by(officer, now):
            together = Joins.CHAMBER if answer is Answer.JOINS else None
            say(firm, Reply(answer, why, text, together), officer, now)
    _extend(scene, officer, now)
    return Counter(answers=len(ANSWERED), silent=len(scene.firms) - len(ANSWERED), people=made)


def _scene() -> _Scene | None:
    cases = [(_firms(case), case) for case in Case.objects.filter(sample=True).order_by("pk")]
    firms, case = max(cases, key=lambda pair: len(pair[0]), default=([], None))
    seat = case.seats.filter(leads=True).select_related("organisation").first() if case else None
    return _Scene(case, seat.organisation, firms) if case and seat else None


def _firms(case: Case) -> list[Respondent]:
    rows = Respondent.objects.filter(case=case, organisation__isnull=False)
    return list(rows.select_related("organisation", "case").order_by("pk")[: len(ANSWERED) + 1])


def _words(firms: list[Respondent]) -> Iterator[tuple[Respondent, tuple[Answer, Why | None, str]]]:
    for place, firm in enumerate(firms):
        if place in ANSWERED:
            yield firm, ANSWERED[place]


def _extend(scene: _Scene, officer: Actor, now: datetime) -> None:
    """One firm has been granted more time to respond, where the calendar knows of a response."""
    due = Adopted.objects.filter(proceeding__case=scene.case, rule="response", respondent=None)
    found = due.select_related("proceeding__case").first()
    if found is not None and scene.firms:
        day = now.date() + LONGER
        source = _("Sample: order of the administrative law judge granting an extension")
        with by(officer, now):
            word = Word(KnownDay.What.EXTENDED, "response", day, source, scene.firms[0])
            know(found.proceeding, word, officer, now)


def _actor(chamber: Organisation) -> Actor:
    rows = Membership.objects.filter(organisation=chamber, user__sample=True, ended_at=None)
    user: User = rows.select_related("user").order_by("pk")[0].user
    return acting(user)
