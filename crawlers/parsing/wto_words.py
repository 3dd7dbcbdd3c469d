"""What became of a notified measure, by the words of an addendum: ordered rules, as data.

The phrases are those of the boxes of the addendum form (G/TBT/35/Rev.2, annex 2) and of the free
text beside them, in English and as the Chinese enquiry points translate them.
"""

import re
from datetime import date
from typing import NamedTuple

from bundles.items import PrintedDate
from bundles.words import DateKind, Event
from crawlers.parsing import day_words


class Rule(NamedTuple):
    event: Event
    words: re.Pattern[str]


def _rules(*rules: tuple[Event, str]) -> tuple[Rule, ...]:
    return tuple(Rule(event, re.compile(words, re.IGNORECASE)) for event, words in rules)


_APPLICATION = r"(?:entry into force|implementation|application|compliance|enforcement|effective)"
EVENTS = {
    "en": _rules(
        (
            Event.WITHDRAWN,
            (
                r"withdrawn|withdrawal of|\brevoked|revocation of|\brepealed|rescinded"
                r"|no longer (?:be )?(?:pursued|proceed)"
            ),
        ),
        (
            Event.IN_FORCE,
            (
                r"entered into force|\benters? into force|came into force|comes? into force"
                r"|is in force|took effect|takes? effect|effective (?:as of|from|on|date)"
            ),
        ),
        (
            Event.ADOPTED,
            (
                r"(?<!not yet )(?<!to be )(?<!will be )(?<!not been )"
                r"(?:adopted|promulgated|gazetted|enacted|published)(?! for (?:public )?comment)"
                r"|text of (?:the )?final measure|final (?:rule|regulation|text) (?:is|has|was|of)"
            ),
        ),
        (
            Event.PROPOSED,
            (
                r"content or scope.{0,60}changed|(?:amended|revised|new|second) draft"
                r"|draft (?:has been|was) (?:amended|revised)"
            ),
        ),
        (
            Event.DELAYED,
            (
                rf"(?:postpon|delay|defer)\w*.{{0,60}}{_APPLICATION}"
                rf"|{_APPLICATION}.{{0,60}}(?:postponed|delayed|deferred|extended|suspended)"
                r"|exten(?:d|ds|ded|sion|ding) (?:of )?(?:the )?(?:transition|grace|compliance)"
            ),
        ),
        (
            Event.COMMENT_EXTENDED,
            (
                r"(?:period|deadline|date|time limit) for (?:submitting )?comments.{0,60}"
                r"(?:changed|extended|re-?opened|postponed)"
                r"|comment(?:ing)? (?:period|deadline).{0,60}"
                r"(?:changed|extended|re-?opened|postponed)"
                r"|(?:extend|extension|re-?open)\w*.{0,60}comment"
            ),
        ),
        (Event.GUIDANCE, r"guidance|guidelines? (?:for|on)|interpretati?ve|frequently asked"),
        (Event.CORRECTED, r"corrigendum|correction (?:of|to)|corrected"),
    ),
    "zh": _rules(
        (Event.WITHDRAWN, r"撤销|撤回|废止|终止制定"),
        (Event.IN_FORCE, r"(?:已|现已|正式)(?:开始)?(?:生效|实施)|生效|起实施|开始实施|施行"),
        (
            Event.ADOPTED,
            r"(?:获|已|正式|审议)通过|通过(?:了|并)|最终文本|(?<!拟)(?:正式)?(?:发布|公布|批准|颁布)",
        ),
        (Event.PROPOSED, r"(?:内容|范围).{0,12}(?:变更|修改|改变)|修订草案.{0,8}(?:修改|更新)"),
        (
            Event.DELAYED,
            (
                r"(?:推迟|延迟|延期|暂缓)(?:(?!评议).){0,12}(?:生效|实施|执行)"
                r"|(?:生效|实施)(?:日期)?.{0,8}(?:推迟|延迟|延期)|延长过渡期"
            ),
        ),
        (
            Event.COMMENT_EXTENDED,
            r"(?:延长|重新开放|推迟|延期).{0,8}评议|评议(?:期|截止).{0,12}(?:延长|延期|推迟|变更)",
        ),
        (Event.GUIDANCE, r"指南|指导(?:文件|意见)|解释(?:性|说明)"),
        (Event.CORRECTED, r"勘误|更正"),
    ),
}

_BINDS = r"(?:into force|effective|(?:takes?|took) effect|implementation|application)"
_DATES = tuple(
    (kind, re.compile(words.replace("DATE", f"(?P<date>{day_words.DATE})"), re.IGNORECASE))
    for kind, words in (
        (DateKind.COMMENTS_DUE, r"comments?\b[^.;。]{0,80}?DATE"),
        (DateKind.COMMENTS_DUE, r"评议[^。；]{0,20}?DATE"),
        (DateKind.IN_FORCE, rf"{_BINDS}[^.;。]{{0,60}}?DATE"),
        (DateKind.IN_FORCE, r"(?:生效|实施)[^。；\d]{0,12}DATE"),
        (DateKind.IN_FORCE, r"DATE\s?起?(?:正式)?(?:生效|实施|施行)"),
        (
            DateKind.ADOPTION,
            r"(?:adopted|promulgated|published|gazetted|enacted)[^.;。]{0,60}?DATE",
        ),
        (DateKind.ADOPTION, r"DATE\s?(?:正式)?(?:通过|发布|公布|批准|颁布)"),
        (
            DateKind.COMPLIANCE,
            r"(?:comply|compliance|transition|transitional|grace)[^.;。]{0,60}?DATE",
        ),
        (DateKind.COMPLIANCE, r"过渡期[^。；]{0,12}DATE"),
    )
)


def events(text: str, published: date, dates: list[PrintedDate], language: str) -> list[Event]:
    """What the words say became of the measure, what changes most first; empty: nothing known.

    An entry into force that is still to come makes the measure adopted, not in force.
    """
    said = [rule.event for rule in EVENTS[language] if rule.words.search(text)]
    coming = [d for d in dates if d.kind == DateKind.IN_FORCE and d.date > published]
    if coming and Event.IN_FORCE in said:
        said = [Event.ADOPTED if event == Event.IN_FORCE else event for event in said]
    if Event.COMMENT_EXTENDED in said and Event.DELAYED in said and not _is_delayed(text, language):
        said.remove(Event.DELAYED)
    return list(dict.fromkeys(said))


def dates(text: str) -> list[PrintedDate]:
    """The dates of running text whose words say what they are the dates of."""
    found = {}
    for kind, words in _DATES:
        for match in words.finditer(text):
            day = day_words.read(match["date"])
            if day and (kind, day) not in found:
                found[kind, day] = PrintedDate(kind=kind, date=day, printed=match[0])
    return list(found.values())


def _is_delayed(text: str, language: str) -> bool:
    """Whether something but the comment period was put off."""
    rules = {rule.event: rule.words for rule in EVENTS[language]}
    rest = rules[Event.COMMENT_EXTENDED].sub(" ", text)
    return rules[Event.DELAYED].search(rest) is not None
