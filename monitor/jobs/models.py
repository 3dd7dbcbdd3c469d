"""What the corridor knows of its own work: who holds the clock, what ran, what failed."""

from django.db import models


class Lease(models.Model):
    """The right to do something alone: the scheduler that holds `clock` walks the corridor."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=200)
    expires_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField()


class JobRun(models.Model):
    """One run of one scheduled job or room."""

    job = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["job", "-started_at"])]


class RoomFailure(models.Model):
    """A row that a room could not work on; it waits in state `failed` until someone retries."""

    room = models.CharField(max_length=20)
    row = models.BigIntegerField()
    label = models.CharField(max_length=300)
    error = models.TextField()
    failed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["room", "row"])]
