"""A rule of the legal calendar as a person reads it, in the active language."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from monitor.deadlines.rules import Period, Rule, Ruleset
from monitor.deadlines.wording import described, sourced
from monitor.notices.headline import is_chinese


def whom(word: str) -> str:
    return {
        "exporter": pgettext("deadline", "exporter"),
        "importer": pgettext("deadline", "importer"),
        "party": pgettext("deadline", "any party"),
        "chamber": pgettext("deadline", "chamber"),
        "petitioner": pgettext("deadline", "petitioner"),
        "authority": pgettext("deadline", "authority"),
    }[word]


def told(rule: Rule, ruleset: Ruleset) -> Iterator[str]:
    """Its lines: what, for whom, how it is counted, where that stands and was read."""
    named = rule.zh if is_chinese() else rule.en
    yield f"{rule.id}  {named} ({whom(rule.whom.value)})"
    if rule.version:
        decider = _event(ruleset, ruleset.decider(rule))
        yield _("  holds %(version)s, by the day of: %(event)s") % {
            "version": rule.version,
            "event": decider,
        }
    yield from _period("", rule, ruleset)
    if rule.put_off:
        yield from _period(_("postponed: "), rule.put_off, ruleset)
    for other in rule.later_of:
        yield from _period(_("or, if later: "), other, ruleset)
    for other in rule.earlier_of:
        yield from _period(_("or, if earlier: "), other, ruleset)
    note = rule.note_zh if is_chinese() else rule.note_en
    if note:
        yield f"  {note}"


def _period(before: str, period: Period, ruleset: Ruleset) -> Iterator[str]:
    counted = described(period, _event(ruleset, period.start))
    yield f"  {before}{counted} ({sourced(period)})"
    yield f"  {period.citation}"
    yield _("  read: %(document)s") % {"document": period.read}


def _event(ruleset: Ruleset, event: str) -> str:
    found = ruleset.events[event]
    return found.zh if is_chinese() else found.en
