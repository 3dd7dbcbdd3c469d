"""Whom a password or a session lets in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from monitor.accounts.models import User


class PeopleBackend(ModelBackend):
    """Django's; and sample people are let in, and stay in, only where there are any."""

    def user_can_authenticate(self, user: Any) -> bool:
        if isinstance(user, User) and user.sample and not settings.FENGHUO_SAMPLE_PEOPLE:
            return False
        return super().user_can_authenticate(user)
