"""How long each kind of record is kept: declared with the source of the rule."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.kernel import settings


@dataclass(frozen=True)
class Retention:
    """Records of ``kind`` are kept ``days`` days (None: for ever) because of ``source`` (rule) of ``grade``.

    ``setting`` names a setting that gives the days instead. ``remove(before)`` removes what ended before a moment
    and returns how many rows; None where nothing ever is removed, or where ``carried_out`` says who else does it.
    ``since`` says in plain words from when the days count.
    """

    kind: str
    days: int | None
    source: str
    grade: str = "K"
    title: str | Promise = ""
    since: str | Promise = ""
    setting: str = ""
    remove: Callable[[datetime], int] | None = None
    carried_out: str | Promise = ""

    def term(self) -> int | None:
        """The days that hold now: the setting's, else the declared ones."""
        return int(settings.value_of(self.setting)) if self.setting else self.days

    def ends(self, made_at: datetime) -> datetime | None:
        """When a record made at ``made_at`` is to go; None when never."""
        days = self.term()
        return None if days is None else made_at + timedelta(days=days)

    def words(self) -> str:
        """The term in plain words."""
        days = self.term()
        if days is None:
            return _("for ever")
        if days >= 365 and days % 365 == 0:
            return ngettext("%(count)d year", "%(count)d years", days // 365) % {"count": days // 365}
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


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
