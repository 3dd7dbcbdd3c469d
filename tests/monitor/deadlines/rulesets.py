"""Small rulesets for tests, written as a deployer writes them."""

from datetime import date
from pathlib import Path
from typing import Any

from monitor.deadlines.authority import Authority
from monitor.deadlines.facts import Due, Facts, Known
from monitor.deadlines.rules import Procedure, Ruleset
from monitor.deadlines.timeline import Case

SOURCE = {
    "basis": "law 1(a)",
    "citation": "https://example.org/law",
    "read": "the law",
    "verified": "2026-11-26",
}
FOLDER = Path(__file__).resolve().parents[3] / "config" / "deadlines"


def authority(**more: Any) -> Authority:
    return Authority.model_validate(
        {
            "id": "us-test", "zh": "机关", "en": "Authority", "jurisdiction": "US",
            "names": ["Test Administration"], "zone": "America/New_York", "weekend": [6, 7],
            "holidays": "US", "roll": "next", "roll_basis": SOURCE, **more,
        }
    )  # fmt: skip


def rule(id: str = "due", **more: Any) -> dict[str, Any]:  # noqa: A002 - as the file says
    given = {"count": 30, "unit": "days", "from": "start", "for": "exporter", **more}
    return {"id": id, "zh": f"事项{id}", "en": f"Item {id}", **SOURCE, **given}


def event(id: str, **more: Any) -> dict[str, Any]:  # noqa: A002
    return {"id": id, "zh": f"{id}发生", "en": f"{id} happened", **more}


def ruleset(
    *rules: dict[str, Any],
    events: list[dict[str, Any]] | None = None,
    name: str = "procedure",
    proceedings: tuple[str, ...] = ("investigation",),
    **of_authority: Any,
) -> Ruleset:
    """`events`: by default every one that a rule names."""
    named = [r[key] for r in rules for key in ("from", "event", "decided_by") if r.get(key)]
    named += [
        p["from"] for r in rules for key in ("later_of", "earlier_of") for p in r.get(key, ())
    ]
    named += [r["postponed"]["from"] for r in rules if "from" in r.get("postponed", {})]
    file = Procedure.model_validate(
        {
            "zh": "程序", "en": "Procedure", "kinds": ["anti_dumping"], "proceedings": proceedings,
            "events": events or [event(each) for each in dict.fromkeys(named)],
            "rules": list(rules),
        }
    )  # fmt: skip
    return Ruleset(authority(**of_authority), name, file)


def day(text: str) -> date:
    return date.fromisoformat(text)


def facts(start: dict[str, str] | str, **more: Any) -> Facts:
    """`start`: days by event; a day alone is that of `start`."""
    days = {"start": start} if isinstance(start, str) else start
    return Facts(days={name: Known(day(on)) for name, on in days.items()}, **more)


def due(of: Ruleset, known: Facts | str | dict[str, str], id: str = "due") -> Due:  # noqa: A002
    found = Case(of, known if isinstance(known, Facts) else facts(known)).due(id)
    assert found is not None
    return found


def last(of: Ruleset, known: Facts | str | dict[str, str], id: str = "due") -> str:  # noqa: A002
    found = due(of, known, id)
    assert found.day is not None
    return found.day.isoformat()
