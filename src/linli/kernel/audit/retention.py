"""Forgetting: after the retention period the key of a month is destroyed; its rows stay and still verify."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from linli.kernel.audit.models import AuditRow, ChainHead
from linli.kernel.seals import destroy_key

LEAST_DAYS = 180
"""网络安全法 Art. 21(3): logs are kept at least six months."""


def seal_away(*, days: int, at: datetime | None = None) -> list[str]:
    """Destroy the keys of months that ended more than ``days`` (≥ 180) ago. Returns the names of the keys.

    Rows about money and decisions are never under such a key. Raises ValueError for fewer than 180 days.
    """
    if days < LEAST_DAYS:
        message = f"audit rows are kept at least {LEAST_DAYS} days"
        raise ValueError(message)
    limit = timezone.localtime((at or timezone.now()) - timedelta(days=days))
    destroyed: list[str] = []
    for chain in ChainHead.objects.order_by("chain").values_list("chain", flat=True):
        owners = (
            AuditRow.objects.filter(chain=chain, at__lt=limit)
            .exclude(sealed_by="")
            .order_by("sealed_by")
            .values_list("sealed_by", flat=True)
            .distinct()
        )
        for owner in owners:
            if owner.rsplit(":", 1)[1] >= f"{limit:%Y-%m}":
                continue
            with transaction.atomic():
                if destroy_key(owner):
                    destroyed.append(owner)
    return destroyed
