"""The people who run the machine. The first one is made on the command line: nobody is there yet
who could invite."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet

from monitor.accounts.addresses import folded
from monitor.accounts.models import User


class ThereIsOneError(Exception):
    """Somebody runs the machine already."""


def make(address: str, *, another: bool) -> User:
    """Whoever has this address runs the machine from now on; without a password if they are new.

    Raises `ThereIsOneError` unless `another` is meant, ValidationError of the address.
    """
    if not another and operators().exists():
        raise ThereIsOneError
    account = folded(address)
    validate_email(account)
    user, _ = User.objects.get_or_create(username=account, defaults={"email": account})
    if user.sample or not user.is_active:
        raise ValidationError(f"{account}: a sample person, or somebody who was let go")
    user.is_operator = True
    if not user.password:
        user.set_unusable_password()
    user.save()
    return user


def operators() -> QuerySet[User]:
    return User.objects.filter(is_operator=True, is_active=True, sample=False)
