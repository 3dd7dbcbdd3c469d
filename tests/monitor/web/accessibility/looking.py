"""What a page that is open in a browser has against it: by axe-core, and by rules of our own."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

DESK, PHONE = 1280, 390
"""Widths in CSS pixels."""
ACCEPTED: dict[str, str] = {}
"""Rules of axe whose moderate findings are lived with, each with the reason; a serious or critical
one never is."""
OPTIONS = {
    "resultTypes": ["violations"],
    "preload": False,  # style sheets would be fetched anew, for a rule that has no findings here
    # WCAG 2.2 AA, 2.5.8; axe leaves it to whoever asks.
    "rules": {"target-size": {"enabled": True}},
}
DARK = {"resultTypes": ["violations"], "preload": False, "runOnly": ["color-contrast"]}
_BUILT = Path(__file__).with_name("built.js").read_text(encoding="utf-8")
_STRUCTURE = Path(__file__).with_name("structure.js").read_text(encoding="utf-8")
_RUN = "async options => JSON.stringify((await axe.run(document, options)).violations)"
_TO_THE_TOP = """() => {
  const page = document.documentElement;
  page.tabIndex = -1;
  page.focus();
  page.removeAttribute("tabindex");
}"""
"""Where Tab begins, also of a page that gives the focus to a field."""
_TO_THE_SKIP = """() => {
  const link = document.querySelector(".skip");
  link?.focus();
  return link !== null;
}"""
"""Not by the driver's own selectors, which it would have to bring to every page first."""
_FOCUS = Path(__file__).with_name("focus.js").read_text(encoding="utf-8")


@dataclass
class Looks:
    """Looks at pages one after the other. `where`: by what was found, the places where it was.

    The rules of our own are asked of every page. Axe, which takes its time, is asked wherever an
    element stands that did not stand under the same ancestors on a page that it has seen already,
    in the same language and width: the same page for somebody else is not asked about twice.
    """

    where: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    seen: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    pages: int = 0
    by_axe: int = 0

    def look(self, page: Page, place: str, language: str) -> None:
        """At desk and phone, with all that can be unfolded unfolded; once by the keyboard.

        First in the width that the page has: another one takes the browser its time.
        """
        for width in sorted((DESK, PHONE), key=lambda width: width != _width(page)):
            if width != _width(page):
                page.set_viewport_size({"width": width, "height": 900})
            self.pages += 1
            self._found(f"{place} {width}", page.evaluate(_STRUCTURE, {"language": language}))
            if self._is_other(page, f"{language} {width}"):
                self.by_axe += 1
                self._found(f"{place} {width}", _axe(page, OPTIONS))
                if language == "en":
                    self._found(f"{place} {width}", _in_the_dark(page))
        self._found(f"{place} keys", _by_keyboard(page))

    def _is_other(self, page: Page, kind: str) -> bool:
        built = set(page.evaluate(_BUILT).split())
        is_other = not built <= self.seen[kind]
        self.seen[kind] |= built
        return is_other

    def _found(self, place: str, found: Iterable[str]) -> None:
        for each in found:
            self.where[each].append(place)

    def __str__(self) -> str:
        lines = []
        for what, places in sorted(self.where.items()):
            more = f" and {len(places) - 3} more" if len(places) > 3 else ""
            lines.append(f"{what}\n    at {', '.join(places[:3])}{more}")
        return "\n".join(lines)


def _width(page: Page) -> int:
    return page.viewport_size["width"] if page.viewport_size else 0


def _in_the_dark(page: Page) -> Iterator[str]:
    page.emulate_media(color_scheme="dark")
    for found in _axe(page, DARK):
        yield f"dark: {found}"
    page.emulate_media(color_scheme="light")


def _by_keyboard(page: Page) -> Iterator[str]:
    """Tab shows the link that skips to the content, Enter follows it; whatever can have the focus
    shows that it has it."""
    page.evaluate(_TO_THE_TOP)
    page.keyboard.press("Tab")
    yield from page.evaluate(_FOCUS)
    if not page.evaluate(_TO_THE_SKIP):
        return
    page.keyboard.press("Enter")
    if page.evaluate("document.activeElement.id") != "main":
        yield "the link that skips to the content does not lead there"


def _axe(page: Page, options: dict[str, Any]) -> Iterator[str]:
    """The script of axe is evaluated by the debugger, which the page's content policy does not
    bind: the page stays under the policy that readers get it with."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    for violation in json.loads(page.evaluate(_RUN, options)):
        yield from _told(violation)


def _told(violation: dict[str, Any]) -> Iterator[str]:
    for node in violation["nodes"]:
        impact = node["impact"] or violation["impact"]
        if impact == "minor" or (impact == "moderate" and violation["id"] in ACCEPTED):
            continue
        why = "; ".join(check["message"] for kind in ("any", "all", "none") for check in node[kind])
        yield f"{violation['id']} ({impact}): {node['html'][:160]}\n    {why[:240]}"
