"""A person."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models

from monitor.accounts.walls.recorded import Recorded, RecordedQuerySet


class People(UserManager["User"]):
    """Django's own, whose changes of many are told of too."""

    use_in_migrations = False

    def get_queryset(self) -> RecordedQuerySet["User"]:
        return RecordedQuerySet(self.model, using=self._db)


class User(Recorded, AbstractUser):
    """A person. `username` is the mail address, folded to lower case, by which they sign in.

    `is_analyst` sees all public material and what the bases export; `is_operator` runs the machine.
    Neither sees a firm's data by it.
    """

    withheld = frozenset({"password", "name", "first_name", "last_name"})
    passing = frozenset({"last_login", "email"})
    """`email` is `username` again."""

    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=7, default="zh-hans")
    time_zone = models.CharField(max_length=64, default="Asia/Shanghai")
    is_analyst = models.BooleanField(default=False)
    is_operator = models.BooleanField(default=False)
    sample = models.BooleanField(default=False)

    objects: ClassVar[People] = People()

    class Meta(AbstractUser.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.name or self.username

    def about(self) -> "User":
        return self
