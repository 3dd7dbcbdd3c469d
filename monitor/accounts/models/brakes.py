"""How often somebody has failed to come in."""

from django.db import models
from django.db.models import Q

from monitor.accounts.walls.actor import Actor
from monitor.accounts.walls.door import WalledQuerySet


class Brake(models.Model):
    """Attempts that failed, of one sort and by one mark: `monitor.accounts.entrance.braking` says
    which and how long the next one has to wait."""

    key = models.CharField(max_length=80, unique=True)
    """The sort, and the SHA-256 of what is counted: people mistake fields, and type their password
    where the address belongs."""
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    objects = WalledQuerySet.as_manager()

    @staticmethod
    def seen_by(actor: Actor) -> Q | None:  # noqa: ARG004 - the same for everybody
        return None
