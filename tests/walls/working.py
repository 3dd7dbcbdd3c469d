"""Work on the case: a firm's task, what was written over in it, and what two people have typed into
its form and not handed in."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from django.urls import reverse

from monitor.accounts.models import Organisation, User
from monitor.accounts.walls.acting import acting
from monitor.cases import drafts
from monitor.cases.models import Case, Task
from monitor.cases.work import editing
from monitor.trail.hand import by

SINCE = datetime(2025, 1, 1, tzinfo=UTC)
OF_THE_FIRM = ("office", "chamber", "firm")
POSTED = (
    "edit_task tick_task add_check reopen_task drop_task pass_task block_task answer_proposal "
    "tie_firms"
).split()
"""With a primary key, and by POST only."""
BARE = ("keep_draft", "throw_draft_away")
Secret = Callable[..., None]


def addresses(
    organisations: Mapping[str, Organisation], people: Mapping[str, User | None], secret: Secret
) -> dict[str, list[str]]:
    """Into the case that stands."""
    case, firm = Case.objects.get(), people["firm"]
    assert firm
    task = Task.objects.create(
        case=case,
        respondent=case.respondents.get(organisation=organisations["firm"]),
        organisation=organisations["firm"],
        title_zh="甲秘任务",
        note="甲秘旧便笺",
        created_at=SINCE,
    )
    with by(acting(firm), SINCE):
        editing.edit(acting(firm), task.pk, 1, {"note": "甲秘新便笺"}, SINCE)
    for text in ("甲秘任务", "甲秘旧便笺", "甲秘新便笺"):
        secret(text, *OF_THE_FIRM)
    form = reverse("edit_task", args=[task.pk])
    for who, text in (("firm", "甲秘草稿"), ("chamber", "会秘草稿")):
        person = people[who]
        assert person
        with by(acting(person), SINCE):
            drafts.keep(acting(person), form, f"key-{who}", {"note": [text]}, SINCE)
        secret(text, who)
    found = {name: [reverse(name, args=[1])] for name in POSTED}
    found |= {name: [reverse(name)] for name in BARE}
    return found | {
        "task": [reverse("task", args=[task.pk])],
        "add_task": [reverse("add_task", args=[case.pk])],
    }
