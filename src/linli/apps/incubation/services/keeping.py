"""What the verbs of incubation share: who may, words that say something, the last moment of a term, telling."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.incubation.models import MonthSheet
from linli.apps.incubation.queries import speakers
from linli.apps.organizations.models import Organization
from linli.kernel import deadlines
from linli.kernel.audit import in_chinese
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.notices import notify
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of

NOT_YOURS = _("You may not do this here. Ask whoever is responsible for this place.")
MONTH_TOLD, EXIT_TOLD, STARS_TOLD = "incubation.month", "incubation.exit", "incubation.stars"


def require(predicate: Callable[..., bool], actor: Actor | None, about: object) -> None:
    """Refuse an actor for whom ``predicate`` does not hold about the record. Raises NotAllowed."""
    if not predicate(actor, about):
        raise NotAllowed(NOT_YOURS)


def said(text: str, field: str, sentence: str | Promise) -> str:
    """``text`` without edges; refuses an empty one with ``sentence``."""
    text = text.strip()
    if not text:
        raise Refusal(sentence, field=field)
    return text


def last_moment(setting: str, street: UUID | None, at: datetime) -> datetime:
    """When the office closes on the last working day of a term."""
    days = int(value_of(setting, street=street, at=at))
    return deadlines.add_working_days(at, days, street=street)


def day_of(moment: datetime | None) -> str:
    """The day of a moment, as it is told."""
    return timezone.localtime(moment).date().isoformat() if moment else ""


def month_word(month: date) -> str:
    """How a month is told."""
    return f"{month.year}年{month.month}月"


def tell(organization: Organization, row: Any, sentence: str | Promise, words: dict[str, Any], **more: Any) -> None:
    """Tell whoever speaks for the organization; ``more``: kind, actor, at."""
    kind = more.pop("kind", MONTH_TOLD if isinstance(row, MonthSheet) else EXIT_TOLD)
    text = in_chinese(sentence) % words
    notify(speakers(organization), kind=kind, text=text, ref=ref_of(row), **more)
