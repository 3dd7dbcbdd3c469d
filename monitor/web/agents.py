"""What a browser says it is, in short."""

import re

from django.utils.translation import gettext as _

BROWSERS = (
    # The first that is named: each claims to be those after it as well.
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("QQBrowser", "QQ Browser"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def described(agent: str) -> str:
    """`Chrome 142, Windows`; what cannot be told is left out."""
    system = next((name for word, name in SYSTEMS if word in agent), None)
    known = [part for part in (_browser(agent), system) if part]
    return ", ".join(known) or _("unknown device")


def _browser(agent: str) -> str | None:
    for word, name in BROWSERS:
        if word in agent:
            version = re.search(rf"(?:{word}\w*|Version)/(\d+)", agent)
            return f"{name} {version.group(1)}" if version else name
    return None
