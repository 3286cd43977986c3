"""Keys that belong to somebody or to a period, so that they can be destroyed on their own."""

from django.db import models

from linli.kernel.refs.record import Record


class OwnedKey(Record):
    """One data key of one owner ("person:<id>", "audit:<chain>:2026-11"), wrapped by the keyring.

    Destroying it blanks ``wrapped``: everything sealed under it becomes unreadable, also from rows kept for ever.
    """

    owner = models.CharField(max_length=120, unique=True)
    wrapped = models.TextField(blank=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wrapped="", destroyed_at__isnull=False)
                | (~models.Q(wrapped="") & models.Q(destroyed_at__isnull=True)),
                name="seals_key_is_there_or_destroyed",
            )
        ]

    def __str__(self) -> str:
        return self.owner
