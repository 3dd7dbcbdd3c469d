"""Captures, notices, the measures they are about, and the product claims made of them."""

from django.db import models

from monitor.jobs.rooms import ready_index, state_field


class Bundle(models.Model):
    """What a crawler brought, as one folder under `settings.FENGHUO_BUNDLES`."""

    name = models.CharField(max_length=200, unique=True)
    source = models.CharField(max_length=64)
    arrived_at = models.DateTimeField()
    items = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.name


class Part(models.Model):
    """A run of lines of a bundle's items: what the read room takes in within one transaction."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="parts")
    first_line = models.PositiveIntegerField()
    offset = models.PositiveBigIntegerField()
    """Of its first byte in `items.jsonl`."""
    lines = models.PositiveIntegerField()
    read_state = state_field()

    class Meta:
        indexes = [ready_index("part_read_ready", "read_state")]

    def __str__(self) -> str:
        return f"{self.bundle} from line {self.first_line}"


class Capture(models.Model):
    """Bytes as fetched, never changed: where they lie, and their fingerprint."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="captures")
    url = models.TextField()
    fetched_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    content_type = models.CharField(max_length=200)
    length = models.PositiveBigIntegerField()
    warc = models.TextField()
    offset = models.PositiveBigIntegerField()


class Rejection(models.Model):
    """A row that could not be read: where it stands, why, and the row itself."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="rejections")
    place = models.TextField()
    reason = models.TextField()
    raw = models.TextField()


class Measure(models.Model):
    """What notices are about: a case against one origin, a regulation and its addenda, a recall."""

    kind = models.CharField(max_length=24)
    jurisdiction = models.CharField(max_length=4)
    authority = models.TextField()
    origin = models.CharField(max_length=4, null=True)
    """Whose goods; null: any origin."""
    title = models.TextField()
    first_published = models.DateField()
    last_published = models.DateField()
    sample = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["kind", "jurisdiction"])]

    def __str__(self) -> str:
        return self.title


class MeasureKey(models.Model):
    """A name under which a measure is known: a case number, a symbol, a product in normal form."""

    key = models.CharField(max_length=300, unique=True)
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="keys")


class Notice(models.Model):
    """One published document, normalised."""

    source = models.CharField(max_length=64)
    number = models.CharField(max_length=200)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.TextField()
    abstract = models.TextField(blank=True)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=2)
    published = models.DateField(db_index=True)
    url = models.TextField()
    authority = models.TextField()
    jurisdiction = models.CharField(max_length=4)
    kinds = models.JSONField()
    proceeding = models.CharField(max_length=32, null=True)
    event = models.CharField(max_length=20)
    also = models.JSONField(default=list)
    outcome = models.CharField(max_length=12, null=True)
    origins = models.JSONField(default=list)
    product = models.TextField(blank=True)
    item = models.JSONField()
    """The `bundles.NoticeItem` without title, abstract and body, and without what is empty."""
    fingerprint = models.CharField(max_length=64)
    """SHA-256 of the item, so that a second sight of the same document changes nothing."""
    capture = models.ForeignKey(Capture, on_delete=models.SET_NULL, null=True)
    sample = models.BooleanField(default=False)
    first_seen = models.DateTimeField()
    last_changed = models.DateTimeField()

    classify_state = state_field()
    index_state = state_field()
    assess_state = state_field()
    watch_state = state_field()
    """With the room in which sentinels look at it (`alerts.sentinels`)."""

    measures = models.ManyToManyField(Measure, through="Entry", related_name="notices")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="notice_number")]
        indexes = [
            ready_index("notice_classify_ready", "classify_state"),
            ready_index("notice_index_ready", "index_state"),
            ready_index("notice_assess_ready", "assess_state"),
            ready_index("notice_watch_ready", "watch_state"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.number}"


class NoticeVersion(models.Model):
    """What a notice said before its publisher changed it."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveSmallIntegerField()
    item = models.JSONField()
    seen_until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "version"], name="notice_version")]


class Entry(models.Model):
    """A notice in the life of a measure: its timeline.

    `change` says what of it people act on: `event`, `deadline`, `scope`; empty where the notice
    repeats or corrects without consequence. Only an entry with a change may warn, and each opens
    an occasion of its own.
    """

    class Change(models.TextChoices):
        EVENT = "event"
        DEADLINE = "deadline"
        SCOPE = "scope"

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="entries")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="entries")
    occasion = models.CharField(max_length=80)
    """Names what happened within the measure, e.g. `administrative_review/final/2024-05-13`; two
    notices that report the same thing share it."""
    change = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "measure"], name="entry_notice_measure")
        ]
        indexes = [models.Index(fields=["measure", "occasion"])]


class ProductClaim(models.Model):
    """(notice, HS code, probability, evidence, who confirmed)."""

    class Verdict(models.TextChoices):
        CONFIRMED = "confirmed"
        REJECTED = "rejected"

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="claims")
    code = models.CharField(max_length=6)
    """HS2022: two, four or six digits."""
    probability = models.FloatField()
    evidence = models.JSONField()
    """[{"kind": "person" | "printed" | "measure" | "ics" | "text", …}], strongest first.

    `measure`: another notice of the measure prints the code, or a person confirmed it there:
    `notice` (its source and number), `id` (its primary key), `codes` as printed there, `confirmed`.
    """
    model = models.CharField(max_length=60)
    """Name and version of what claimed it."""
    verdict = models.CharField(max_length=9, choices=Verdict, null=True)
    judged_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "code"], name="claim_code")]
        indexes = [models.Index(fields=["code"])]
