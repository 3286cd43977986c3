"""How long each kind of record is kept, declared with the source of the rule."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Retention:
    """Records of ``kind`` are kept ``days`` days (None: for ever) because of ``source`` (rule and grade)."""

    kind: str
    days: int | None
    source: str

    def ends(self, made_at: datetime) -> datetime | None:
        """When a record made at ``made_at`` is to go; None when never."""
        return None if self.days is None else made_at + timedelta(days=self.days)


_by_kind: dict[str, Retention] = {}


def retain(retention: Retention) -> Retention:
    """Declare. A second declaration for a kind, a term of no days or one without a source fails at start."""
    if retention.kind in _by_kind:
        message = f"the retention of {retention.kind!r} is declared twice"
        raise ImproperlyConfigured(message)
    if not retention.source or (retention.days is not None and retention.days < 1):
        message = f"the retention of {retention.kind!r} needs a source and at least one day"
        raise ImproperlyConfigured(message)
    _by_kind[retention.kind] = retention
    return retention


def retention_of(kind: str) -> Retention | None:
    """What was declared for a kind, or None."""
    return _by_kind.get(kind)


def retentions() -> tuple[Retention, ...]:
    return tuple(_by_kind.values())
