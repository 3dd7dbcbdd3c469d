"""Why somebody who comes by their organisation's provider is not let in."""

from enum import StrEnum


class Why(StrEnum):
    NOWHERE = "nowhere"
    """No organisation has the code that they gave."""
    UNANSWERED = "unanswered"
    """The provider cannot be reached, or not by us."""
    UNCLEAR = "unclear"
    """It answers, but not as OpenID Connect says."""
    DENIED = "denied"
    """It did not let them in itself."""
    STRAY = "stray"
    """They come back from nowhere: too late, from another browser, a second time."""
    FORGED = "forged"
    """What it is said to have said is not proven to be of it, for us and for this sign-in."""
    NO_MAIL = "no_mail"
    """It does not say that it has verified their mail address."""
    OUTSIDE = "outside"
    """Their address is of no domain that it vouches for."""
    UNKNOWN = "unknown"
    """Nobody here whom it may let in."""
    TOO_MANY = "too_many"


class Refused(Exception):
    """`said`: for the log, so that an operator can help; it holds no secret. `mail`: the address
    that the provider vouches for, where it came so far."""

    def __init__(self, why: Why, said: str = "", mail: str = "") -> None:
        super().__init__(f"{why}: {said}" if said else why.value)
        self.why = why
        self.mail = mail
