"""Where a base's Atom feed stands.

It is served by `alerts`, which nobody may import: its address is a contract, not a name.
"""

from django.utils.translation import get_language

from monitor.bases.models import Base


def feed(base: Base) -> str:
    """The feed in the reader's language."""
    return f"/feeds/bases/{base.code}.atom?lang={get_language()}"
