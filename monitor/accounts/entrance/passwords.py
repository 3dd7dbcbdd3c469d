"""What a password has to be, beside long and unlike its owner's name."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from zxcvbn import zxcvbn

from monitor.accounts.models import User

ENOUGH = 3
"""Of zxcvbn's scores, 0 to 4: more than 10⁸ guesses by somebody who knows which passwords people
choose, and the lists of those that were stolen."""
LOOKED_AT = 72
"""Characters: the time that it takes grows with the square of the length."""


class GuessabilityValidator:
    """Refuses what is guessed early: passwords of the packaged lists, and what people make of them
    (`Password1234!`, a walk over the keyboard, a name with a year)."""

    @sensitive_variables("password")
    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError."""
        own = [user.username, *user.username.split("@"), user.name] if user else []
        if zxcvbn(password[:LOOKED_AT], user_inputs=own)["score"] < ENOUGH:
            raise ValidationError(
                _(
                    "This is among the passwords that are guessed first. Take several words that "
                    "do not belong together, or let a password manager make one."
                ),
                code="guessable",
            )

    def get_help_text(self) -> str:
        return _("It is not one that is known from stolen lists or easily guessed.")
