"""The addresses of cases: the list, the planted one, its calendar, a feed of its dates."""

from collections.abc import Mapping
from datetime import UTC, datetime

from django.urls import reverse

from monitor.accounts.models import User
from monitor.accounts.secrets import links
from monitor.accounts.walls.acting import acting
from monitor.cases.models import Case
from monitor.trail.hand import by
from tests.monitor.web.house import House

SINCE = datetime(2025, 1, 1, tzinfo=UTC)
POSTED = ("say_answer", "know_day", "take_over_date")
"""With two primary keys, and by POST only."""
OF_TASKS = ("take_task", "finish_task", "hand_over_task")
"""With one."""


def addresses(house: House, people: Mapping[str, User | None]) -> dict[str, list[str]]:
    case = [Case.objects.get().pk]
    free = house.measure("us:C-570-118", kind="countervailing")  # that nobody answers
    firm = people["firm"]
    assert firm
    with by(acting(firm), SINCE):
        feed = links.make(acting(firm), "日历", SINCE)
    calendar = reverse("case_calendar", args=case)
    found = {name: [reverse(name, args=[1, 1])] for name in POSTED}
    found |= {name: [reverse(name, args=[1])] for name in OF_TASKS}
    return found | {
        "tasks": [reverse("tasks"), reverse("tasks") + "?whose=ours"],
        "cases": [reverse("cases"), reverse("cases") + "?state=closed"],
        "case": [reverse("case", args=case)],
        "case_calendar": [calendar, f"{calendar}?mine=1"],
        "month": [
            reverse("month"),
            reverse("month") + "?month=2025-06&all=1",
            reverse("month") + "?day=2025-06-20",
        ],
        "open_case": [reverse("open_case", args=[free.pk])],
        "case_feed": [reverse("case_feed", args=[feed])],
    }
