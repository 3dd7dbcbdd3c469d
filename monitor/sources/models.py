"""What the sources did. What they are is data: config/sources/<id>.toml, read by registry.py."""

from django.db import models


class SourceRun(models.Model):
    """One crawl (or back-fill) of one source."""

    class Outcome(models.TextChoices):
        RUNNING = "running"
        OK = "ok"
        EMPTY = "empty"  # nothing from a source that always has something: broken, not quiet
        FAILED = "failed"

    source = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.RUNNING)
    captures = models.PositiveIntegerField(default=0)
    items = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    newest = models.DateField(null=True)
    """The date of the newest notice that it brought."""
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["source", "-started_at"])]
