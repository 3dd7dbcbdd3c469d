"""A person."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person. `username` is the mail address, folded to lower case, by which they sign in.

    `is_analyst` sees all public material and what the bases export; `is_operator` runs the machine.
    Neither sees a firm's data by it.
    """

    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=7, default="zh-hans")
    time_zone = models.CharField(max_length=64, default="Asia/Shanghai")
    is_analyst = models.BooleanField(default=False)
    is_operator = models.BooleanField(default=False)
    sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name or self.username
