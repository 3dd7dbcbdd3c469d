"""No template holds what the content security policy forbids, or lets a text through unescaped."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(
    path
    for folder in ("monitor", "alerts")
    for path in (ROOT / folder).rglob("templates/**/*.html")
    # Mails are read by mail programs, which know no style sheet beside them.
    if "email" not in path.parts and "letters" not in path.parts
)
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE),
    "an inline handler": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "a script or picture from elsewhere": re.compile(
        r"\bsrc\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE
    ),
    "an address that is a script": re.compile(r"javascript:", re.IGNORECASE),
    "htmx that evaluates": re.compile(r"\bhx-(?:on|vals\s*=\s*[\"']js:)", re.IGNORECASE),
    "a text that is not escaped": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
}


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 30


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_template_holds_what_the_policy_forbids(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(source)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_form_that_posts_carries_its_token(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    # Unsubscribing is proven by its address, which mail programs post to without a cookie.
    if path.name == "unsubscribe.html":
        return
    for form in re.findall(r"<form\b.*?</form>", source, re.DOTALL | re.IGNORECASE):
        if re.search(r"method\s*=\s*[\"']?post", form, re.IGNORECASE):
            assert "{% csrf_token %}" in form


@pytest.mark.parametrize("folder", ["monitor", "alerts", "config"])
def test_no_code_calls_a_text_safe(folder: str) -> None:
    calls = re.compile(r"\bmark_safe\(|\bSafeString\(|\bcsrf_exempt\b")
    found = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / folder).rglob("*.py"))
        if calls.search(path.read_text(encoding="utf-8"))
    ]
    assert set(found) <= SAFE, set(found) - SAFE


SAFE = {
    # pictures of our own drawing: every text in them is escaped by the one who draws
    "monitor/web/charts.py",
    "monitor/web/views/second_factor.py",
    # literals only, beside what `format_html` escapes
    "monitor/web/text.py",
    "monitor/web/templatetags/fenghuo.py",
    # one-click unsubscribing of mail programs (RFC 8058)
    "alerts/views.py",
    # asks for the token itself, once it knows that whoever sends a file may
    "monitor/web/uploading.py",
}
