"""What is written down of the house's own work, without what would let somebody in or name them.

Addresses of pages, errors of a database, answers of a receiver: any of them may quote a key, a
link's secret or a mail address, so every line goes through here, whoever wrote it.
"""

import logging
import re
from typing import Any

HIDDEN = "***"

_WORDS = (
    "password|passwd|passphrase|secret|token|api[-_]?key|key|sessionid|session|csrf\\w*|"
    "authorization|cookie|signature|code"
)
_PATTERNS = (
    # https://user:password@host
    (re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"), HIDDEN),
    # a key for programs, a sealed text, a bearer
    (re.compile(r"\bfh_[0-9a-f]{9}_[\w-]+|\bgAAAAA[\w=-]+|\bxox[a-z]-[\w-]+"), HIDDEN),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]+"), rf"\1 {HIDDEN}"),
    # key=value, "key": "value"
    (
        re.compile(
            rf"(?i)\b((?:\w+[-_])?(?:{_WORDS}))(['\"]?\s*[=:]\s*)(?!\s)"
            r"(?:'[^']*'|\"[^\"]*\"|[^\s'\"&,;)}\]]+)"
        ),
        rf"\1\2{HIDDEN}",
    ),
    # a part of a path that is a secret: long, and mixed as words are not; names of bundles are kept
    (
        re.compile(
            r"(?<=/)(?![a-z0-9-]+-\d{8}T\d{6}Z)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{20,}"
        ),
        HIDDEN,
    ),
    # mail addresses, mobile numbers
    (re.compile(r"[\w.%+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+"), HIDDEN),
    (re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"), HIDDEN),
)


def scrubbed(text: str) -> str:
    """The text without secrets and without what reaches a person."""
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


class Scrubbing(logging.Filter):
    """Of handlers: loggers pass theirs on to nobody."""

    _plain = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = scrubbed(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = self._plain.formatException(record.exc_info)
        if record.exc_text:
            # Every formatter takes this instead of making its own.
            record.exc_text = scrubbed(record.exc_text)
        return True


def settings(level: str) -> dict[str, Any]:
    """For `settings.LOGGING`: all to the standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"scrubbing": {"()": "config.logs.Scrubbing"}},
        "formatters": {"line": {"format": "%(asctime)s %(name)s %(levelname)s %(message)s"}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "filters": ["scrubbing"],
                "formatter": "line",
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        # Django brings handlers of its own, which know no filter of ours.
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
        },
    }
