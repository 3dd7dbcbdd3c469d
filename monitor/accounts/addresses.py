"""Mail addresses, as people are known by them."""

import unicodedata


def folded(address: str) -> str:
    """The form in which an address is kept and compared: lower case, of compatible characters the
    plain ones. That the part before the @ may tell cases apart (RFC 5321) no provider relies on."""
    return unicodedata.normalize("NFKC", address).strip().casefold()
