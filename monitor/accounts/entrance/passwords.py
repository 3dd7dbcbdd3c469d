"""What a password has to be, beside long and unlike its owner's name."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from zxcvbn import matching, scoring

from monitor.accounts.models import User

ENOUGH = 10**10
"""Guesses by somebody who knows which passwords people choose, and the lists of those that were
stolen: where zxcvbn begins to call a password very unguessable (its score 4 of 4)."""
LOOKED_AT = 72
"""Characters: the time that it takes grows with the square of the length."""
CHOSEN = Path(__file__).with_name("chosen.toml")

Ranked = Mapping[str, int]
"""By word how many are guessed up to it."""


class GuessabilityValidator:
    """Refuses what is guessed early: passwords of the packaged lists, and what people make of them
    (`Password1234!`, a walk over the keyboard, a name with a year, `woaini1314520`)."""

    @sensitive_variables("password")
    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError."""
        own = [user.username, *user.username.split("@"), user.name] if user else []
        if guesses(password, own) < ENOUGH:
            raise ValidationError(
                _(
                    "This is among the passwords that are guessed first. Take several words that "
                    "do not belong together, or let a password manager make one."
                ),
                code="guessable",
            )

    def get_help_text(self) -> str:
        return _("It is not one that is known from stolen lists or easily guessed.")


@sensitive_variables("password")
def guesses(password: str, own: list[str]) -> float:
    """How many it takes: of the cheapest way to put the password together from what zxcvbn finds
    in it, the product of how often each part has to be guessed, in any order of the parts.

    `own`: words that belong to the person. Not by `zxcvbn()` itself, which adds 10,000 guesses to
    the power of the parts: a name, a sign and a year would be enough by that alone. Nor does it
    keep one person's words from a request beside it.
    """
    looked_at = password[:LOOKED_AT]
    mine = matching.build_ranked_dict([word.lower() for word in own])
    known = {**matching.RANKED_DICTIONARIES, **chosen(), "user_inputs": mine}
    found = matching.omnimatch(looked_at, known)
    best = scoring.most_guessable_match_sequence(looked_at, found, _exclude_additive=True)
    return float(best["guesses"])


@cache
def chosen() -> Mapping[str, Ranked]:
    """The lists of `chosen.toml`, by their names."""
    lists = tomllib.loads(CHOSEN.read_text(encoding="utf-8"))
    return {name: _ranked(words.split()) for name, words in lists.items()}


def _ranked(words: list[str]) -> Ranked:
    return {word: place for place, word in enumerate(dict.fromkeys(words), start=1)}
