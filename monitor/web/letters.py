"""Answers after which letters are sent."""

from collections.abc import Sequence

from django.http import HttpResponseRedirect

from monitor.accounts.letters import Letter


class Posted(HttpResponseRedirect):
    """A redirect that sends letters when it has gone out: how long the mail server takes, and
    whether there was anything to send, is not to be told from how long the answer took."""

    def __init__(self, to: str, letters: Sequence[Letter]) -> None:
        super().__init__(to)
        self._letters = letters

    def close(self) -> None:
        super().close()
        for letter in self._letters:
            letter.send()
