"""Chosen values: rows that are added, never changed; the newest valid one at the most specific level counts."""

from django.db import models

from linli.kernel.refs.record import Record


class ChosenValue(Record):
    """One choice. ``scope_id`` is the street or the record it is for (null: the installation).

    A switch that asks for a document counts up to and with ``ends_on``; afterwards it is off.
    """

    name = models.CharField(max_length=120)
    level = models.PositiveSmallIntegerField()
    scope_id = models.UUIDField(null=True)
    value = models.JSONField()
    valid_from = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    copied = models.BooleanField(default=False)
    document = models.CharField(max_length=80, blank=True, default="")
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level=0, scope_id__isnull=True) | models.Q(level__gt=0, scope_id__isnull=False),
                name="settings_scope_fits_level",
            ),
            models.CheckConstraint(
                condition=models.Q(document="", ends_on__isnull=True)
                | (~models.Q(document="") & models.Q(ends_on__isnull=False)),
                name="settings_document_has_its_end",
            ),
        ]
        indexes = [models.Index(fields=["name", "scope_id", "-valid_from"], name="settings_newest")]

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"
