"""The chain: one head a street (and one for the installation), one row a verb. No row is ever deleted."""

from django.db import models

from linli.kernel.refs.record import Record

INSTALLATION = "installation"


class ChainHead(models.Model):
    """The end of a chain. Taken by UPDATE, so that rows are numbered without gaps and one after the other."""

    chain = models.CharField(primary_key=True, max_length=80)
    length = models.BigIntegerField(default=0)
    link = models.CharField(max_length=32, default="")
    previous = models.CharField(max_length=32, default="")

    def __str__(self) -> str:
        return f"{self.chain} ({self.length})"


class AuditRow(Record):
    """One verb. ``mac`` covers every column and the links of this row and the one before it.

    ``facts`` is JSON, or sealed under ``sealed_by`` (a key that dies with the retention period).
    """

    chain = models.CharField(max_length=80)
    number = models.BigIntegerField()
    at = models.DateTimeField()
    action = models.CharField(max_length=120)
    kind = models.CharField(max_length=80, blank=True)
    ref_id = models.UUIDField(null=True)
    actor_id = models.UUIDField(null=True)
    facts = models.TextField(blank=True)
    sealed_by = models.CharField(max_length=120, blank=True)
    link = models.CharField(max_length=32)
    key_id = models.CharField(max_length=40)
    mac = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="audit_number_once_a_chain")]
        indexes = [
            models.Index(fields=["ref_id", "kind", "at"], name="audit_by_record"),
            models.Index(fields=["at"], name="audit_by_time"),
            models.Index(fields=["actor_id", "at"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.number} {self.action}"


class Forwarded(models.Model):
    """How far a chain went to the collector outside: everything up to ``number``. One round at a time holds it."""

    chain = models.CharField(primary_key=True, max_length=80)
    number = models.BigIntegerField(default=0)
    holder = models.CharField(max_length=32, blank=True, default="")
    held_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.chain} ({self.number})"
