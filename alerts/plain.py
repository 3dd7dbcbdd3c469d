"""Other people's words, made safe to stand in a subject, a feed or a link."""

import re
from urllib.parse import quote, urlsplit

# Controls break headers and XML; directional overrides turn "exe.fdp" into what looks like
# "pdf.exe"; lone surrogates and non-characters cannot be encoded.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_URL_SAFE = "!#$%&'()*+,/:;=?@[]~"


def line(text: str, at_most: int | None = None) -> str:
    """One line without controls, shortened to `at_most` characters."""
    one = " ".join(_UNFIT.sub(" ", text).split())
    return one if at_most is None or len(one) <= at_most else one[: at_most - 1].rstrip() + "…"


def web_address(url: str) -> str:
    """The URL where it is http(s), with quotes, angle brackets, pipes and spaces encoded; else
    nothing: `javascript:` and the like must not become a link."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return ""
    return quote(line(url), safe=_URL_SAFE)
