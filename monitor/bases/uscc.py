"""统一社会信用代码, the unified social credit code (GB 32100-2015).

Eighteen characters: registering authority (1), kind of organisation (1), administrative division
(6), organisation code (9, GB 11714-1997, the last of them its check character), check character.
"""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""No I, O, S, V, Z: they are taken for 1, 0, 5, U, 2."""

_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = [pow(3, place, 31) for place in range(17)]
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def check_character(first17: str) -> str:
    """The eighteenth character. KeyError where a character is not of the alphabet."""
    total = sum(weight * _VALUE[each] for weight, each in zip(_WEIGHTS, first17, strict=True))
    return ALPHABET[-total % 31]


def organisation_check(first8: str) -> str:
    """The ninth character of an organisation code (GB 11714): digits and all 26 letters count."""
    total = sum(w * int(c, 36) for w, c in zip(_ORGANISATION_WEIGHTS, first8, strict=True))
    return "0123456789X0"[(11 - total % 11)]


def fault(code: str) -> str | None:
    """Why it is no such code (`uscc_length`, `uscc_character`, `uscc_check`); None if it is."""
    if len(code) != 18:
        return "uscc_length"
    if not set(code) <= set(ALPHABET):
        return "uscc_character"
    return None if check_character(code[:17]) == code[17] else "uscc_check"
