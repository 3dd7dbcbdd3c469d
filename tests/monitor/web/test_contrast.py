"""The palette of the sheet: text is readable in both schemes (WCAG 2.2, 1.4.3: 4.5 to 1)."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

PAIRS = [
    *((ink, ground) for ink in ("ink", "soft", "link") for ground in ("ground", "card", "tint")),
    *((f"{level}-ink", level) for level in ("red", "orange", "yellow", "blue", "watch")),
    ("bar-ink", "bar"),
    ("bar-soft", "bar"),
    ("mark-ink", "mark"),
    ("note-ink", "note"),
    ("good", "card"),
    ("bad", "card"),
    ("card", "link"),  # the main button
]


def _sheet() -> str:
    return Path(finders.find("web/fenghuo.css")).read_text()


def _schemes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r":root \{(.*?)\n *\}", _sheet(), re.DOTALL)
    light, dark = (dict(re.findall(r"--([a-z-]+): (#\w{6});", block)) for block in blocks[:2])
    return {"light": light, "dark": light | dark}


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_contrast(scheme: str, ink: str, ground: str) -> None:
    colours = _schemes()[scheme]
    one, other = sorted((_luminance(colours[ink]), _luminance(colours[ground])))
    assert (other + 0.05) / (one + 0.05) >= 4.5


def test_no_colour_stands_outside_the_palette() -> None:
    """But for print, black on white, and the borders of form fields."""
    rules = _sheet()
    rules = rules[rules.index("*, *::before") : rules.index("@media print")]
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", rules)) <= {"#8592a1"}
