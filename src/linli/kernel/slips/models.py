"""One table: the hash of a code, what it is for, and whether it was used."""

import uuid

from django.db import models
from django.db.models import Q

from linli.kernel.refs import random_key


class Slip(models.Model):
    """A code that was issued. The code itself is kept nowhere.

    A secret slip belongs to no record and keeps no time of its use; keys are random, so that they tell nothing
    of the order either.
    """

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=random_key, editable=False)
    fingerprint = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=80)
    is_secret = models.BooleanField(default=False)
    ref_kind = models.CharField(max_length=80, blank=True)
    ref_id = models.UUIDField(null=True)
    expires = models.DateTimeField()
    is_used = models.BooleanField(default=False)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["purpose", "is_used"], name="slips_by_purpose")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_secret=False) | Q(ref_kind="", ref_id__isnull=True, used_at__isnull=True),
                name="slips_secret_joins_nobody",
            ),
            models.CheckConstraint(
                condition=Q(is_used=True) | Q(used_at__isnull=True), name="slips_unused_has_no_time"
            ),
        ]

    def __str__(self) -> str:
        return self.purpose
