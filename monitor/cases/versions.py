"""Rulesets as they were when dates were computed by them, and as they are now."""

import hashlib
import json
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from monitor.cases.models import RulesVersion
from monitor.deadlines.authority import Authority
from monitor.deadlines.library import Library
from monitor.deadlines.rules import Procedure, Rule, Ruleset


class Rules:
    """The library, and the versions of its rulesets that cases go by. What is asked twice is read
    once."""

    def __init__(self, library: Library, now: datetime) -> None:
        self.library = library
        self._now = now
        self._by_name = {ruleset.name: ruleset for ruleset in library.rulesets}
        self._current: dict[str, RulesVersion] = {}

    def named(self, name: str) -> Ruleset | None:
        """None: the deployer has taken it away."""
        return self._by_name.get(name)

    def current(self, ruleset: Ruleset) -> RulesVersion:
        """Its version as it is now; kept when it is met first."""
        if ruleset.name not in self._current:
            text = content(ruleset)
            self._current[ruleset.name], _ = RulesVersion.objects.get_or_create(
                name=ruleset.name,
                fingerprint=_digest(text),
                defaults={"content": json.loads(text), "since": self._now},
            )
        return self._current[ruleset.name]

    def ruleset(self, version: RulesVersion) -> Ruleset:
        """As it was in that version."""
        now = self.named(version.name)
        if now is not None and _digest(content(now)) == version.fingerprint:
            return now
        return _rebuilt(version.name, json.dumps(version.content))


@cache
def content(ruleset: Ruleset) -> str:
    """All that its files say, as JSON."""
    tables = {
        "authority": _plain(ruleset.authority),
        "procedure": _plain(ruleset.file),
    }
    return json.dumps(tables, ensure_ascii=False, sort_keys=True)


@cache
def fingerprint(ruleset: Ruleset, rule: str, version: str) -> str:
    """SHA-256 of one version of a rule, as its file has it."""
    found = next(each for each in ruleset.versions[rule] if each.version == version)
    return _of_rule(found)


def library_mark(library: Library) -> str:
    """Changes with whatever any file says."""
    return _library_mark(library.rulesets)


@lru_cache(4)
def _library_mark(rulesets: tuple[Ruleset, ...]) -> str:
    return _digest("".join(content(ruleset) for ruleset in rulesets))


@lru_cache(64)
def _rebuilt(name: str, text: str) -> Ruleset:
    tables = json.loads(text)
    return Ruleset(
        Authority.model_validate(tables["authority"]),
        name.partition("/")[2],
        Procedure.model_validate(tables["procedure"]),
    )


def _of_rule(rule: Rule) -> str:
    return _digest(json.dumps(_plain(rule), ensure_ascii=False, sort_keys=True))


def _plain(table: Authority | Procedure | Rule) -> dict[str, Any]:
    return table.model_dump(mode="json", by_alias=True, exclude_none=True)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
