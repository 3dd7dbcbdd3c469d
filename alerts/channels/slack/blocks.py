"""A message in Block Kit, within its limits (docs.slack.dev: 50 blocks, 3,000 characters of text
in a section, 150 in a header)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alerts import links
from alerts.facts import Fact, Touched
from alerts.message import Message, Section
from alerts.models import Delivery

MOST_BLOCKS = 50
SECTION_TEXT = 3000
HEADER_TEXT = 150
PER_SECTION = 2
SHOWN = (MOST_BLOCKS - 5) // PER_SECTION
"""Warnings, notices or tasks that fit beside header, sample mark, lead, remainder and footer."""

Block = dict[str, Any]


def escape(text: str) -> str:
    """Slack's three control characters; without them no text can be a link or an @channel."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fallback(message: Message) -> str:
    """What notifications show."""
    return escape(message.subject)


def blocks(message: Message) -> list[Block]:
    shown = message.sections[:SHOWN]
    left = len(message.sections) - len(shown)
    built = [_header(message.subject)]
    if message.sample:
        built.append(_context(f":warning: *{escape(message.sample_note)}*"))
    built.append(_section(escape(message.lead)))
    for section in shown:
        built += [{"type": "divider"}, _section(_shown(section))]
    if left:
        built.append(_section(_link(links.site("/"), _more(message.kind, left))))
    built.append(_context(escape(message.sent)))
    return built


def _more(kind: str, left: int) -> str:
    if kind == Delivery.Kind.SIGHTINGS:
        return ngettext("%(count)d more notice", "%(count)d more notices", left) % {"count": left}
    if kind == Delivery.Kind.REMINDERS:
        return ngettext("%(count)d more task", "%(count)d more tasks", left) % {"count": left}
    return ngettext("%(count)d more warning", "%(count)d more warnings", left) % {"count": left}


def _shown(section: Section) -> str:
    mark = f" · *{escape(_('Sample data'))}*" if section.sample else ""
    level = f"*{escape(section.level_label)}*" if section.level_label else ""
    said = " · ".join(each for each in (level, escape(section.summary)) if each)
    lines = [
        f"{section.sign} {said}{mark}",
        f"*{_link(section.url, section.title)}*",
        *_facts(section.facts),
    ]
    for base in section.touched:
        lines += _base(base)
    if section.original:
        lines.append(_link(section.original, _("Original")))
    return _clip(lines)


def _base(base: Touched) -> list[str]:
    reasons = [f"• {escape(reason)}" for reason in base.reasons]
    why = f"_{escape(base.why)}_"
    return [f"*{_link(base.url, base.base)}*", *_facts(base.facts), *reasons, why]


def _facts(facts: Iterable[Fact]) -> list[str]:
    return [
        escape(_("%(label)s: %(value)s") % {"label": fact.label, "value": fact.value})
        for fact in facts
    ]


def _link(url: str, label: str) -> str:
    # `url` is ours or went through `plain.web_address`, which encodes what would end the link.
    return f"<{url.replace('&', '&amp;')}|{escape(label)}>"


def _clip(lines: list[str]) -> str:
    """Whole lines only: cut inside, a link or an escape would break."""
    kept: list[str] = []
    room = SECTION_TEXT - 2
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            return "\n".join([*kept, "…"])
        kept.append(line)
    return "\n".join(kept)


def _header(text: str) -> Block:
    short = text if len(text) <= HEADER_TEXT else text[: HEADER_TEXT - 1] + "…"
    return {"type": "header", "text": {"type": "plain_text", "text": short, "emoji": False}}


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def _context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}
