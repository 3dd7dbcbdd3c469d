"""Who signs in. Roles and walls come with their own issue; the table must exist from the start,
because Django cannot change its user model afterwards."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A person."""
