"""What the verbs of ordering share: who may, words that say something, the first day of a month, the next number."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering.models import OrderRun
from linli.apps.places.models import Place
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.money import next_number
from linli.kernel.scope import Actor

NOT_YOURS = _("You may not do this here. Ask whoever is responsible for this place.")


def require(predicate: Callable[..., bool], actor: Actor | None, about: object) -> None:
    """Refuse an actor for whom ``predicate`` does not hold about the record. Raises NotAllowed."""
    if not predicate(actor, about):
        raise NotAllowed(NOT_YOURS)


def said(text: str, field: str, sentence: str | Promise, *, most: int) -> str:
    """``text`` on one line, without edges; refuses an empty or too long one."""
    text = " ".join(text.split())
    if not text:
        raise Refusal(sentence, field=field)
    if len(text) > most:
        raise Refusal(_("Write at most %(most)d characters.") % {"most": most}, field=field)
    return text


def month_of(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def number_of(street: Place, at: datetime) -> tuple[int, int, str]:
    """Year, serial and number of the next order of a street; inside the verb's transaction."""
    year = timezone.localdate(at).year
    serial = next_number(OrderRun, street=street, year=year)
    return year, serial, f"D{year}-{serial:05d}"


def who(actor: Actor | None) -> UUID | None:
    """Id of whoever acts; None for the clock and for a resident without account."""
    return actor.actor_id if actor is not None else None
