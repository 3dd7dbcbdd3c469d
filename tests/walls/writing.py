"""Letters of the case with the file: one of the chamber's to both firms, one of a firm's, and a
template of the chamber's own."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from django.urls import reverse

from monitor.accounts.models import User
from monitor.accounts.walls.acting import acting
from monitor.accounts.walls.actor import Actor
from monitor.cases.letters import choosing, making, own, to_all
from monitor.cases.letters.about import About
from monitor.cases.letters.catalog import catalog
from monitor.cases.letters.facts import known
from monitor.cases.models import Case
from monitor.trail.hand import by
from tests.monitor.cases.letters.test_templates import docx

SINCE = datetime(2025, 1, 1, tzinfo=UTC)
Secret = Callable[..., None]


def addresses(people: Mapping[str, User | None], secret: Secret) -> dict[str, list[str]]:
    case = Case.objects.get(name_zh="秘案甲")
    chamber, firm = (_acting(people, who) for who in ("chamber", "firm"))
    secret("会函秘文", "chamber", "firm", "other")
    secret("甲函秘签", "firm")
    for word in ("会秘模板", "会秘模文"):
        secret(word, "chamber")
    with by(chamber, SINCE):
        order = _order(chamber, case, "members", {"more": "会函秘文"})
        to_all.go_on(chamber, catalog(), order, SINCE, SINCE)
        upload = own.Upload("会秘模板.docx", docx("会秘模文{{ party }}"))
        sort = catalog().sorts["registration"]
        kept = own.keep(chamber, catalog(), sort, "en", upload, SINCE)
    with by(firm, SINCE):
        signed = _order(firm, case, "authorisation", {"signer": "甲函秘签"}, is_own=True)
        making.make(firm, catalog(), signed, SINCE)
    letters = [case.pk, "authorisation", "zh"]
    of_all = reverse("letters_of_all", args=[case.pk, "members", "zh"])
    template = reverse("letter_template", args=["registration", "en"])
    return {
        "case_letters": [reverse("case_letters", args=[case.pk])],
        "case_letter": [
            reverse("case_letter", args=letters),
            reverse("case_letter", args=[case.pk, "registration", "en"]),
        ],
        "make_letter": [reverse("make_letter", args=letters)],
        "letters_of_all": [of_all],
        "letter_templates": [reverse("letter_templates")],
        "letter_template": [f"{template}?own={kept.pk}"],
        "add_letter_template": [reverse("add_letter_template")],
        "end_letter_template": [reverse("end_letter_template", args=[kept.pk])],
    }


def _order(
    actor: Actor, case: Case, letter: str, typed: Mapping[str, str], *, is_own: bool = False
) -> making.Order:
    sort = catalog().sorts[letter]
    firm = choosing.firms(actor, case, sort)[0] if is_own else None
    proceeding = next(iter(choosing.proceedings(actor, case, sort)), None)
    about = About(case, proceeding, firm)
    facts = known(actor, about, sort, catalog(), "zh", SINCE.date())
    return making.Order(sort, "zh", about, {**facts, **typed})


def _acting(people: Mapping[str, User | None], who: str) -> Actor:
    person = people[who]
    assert person
    return acting(person)
