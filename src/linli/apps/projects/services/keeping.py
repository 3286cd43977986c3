"""What the verbs of projects share: who may, texts that say something, days that fit, the next number."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.apps.projects.models import UNDER_WAY, Project, SerialRun
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.money import next_number
from linli.kernel.scope import Actor

NOT_YOURS = _("You may not do this here. Ask whoever is responsible for this place.")


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


def require_under_way(project: Project) -> None:
    """Refuse what is in closing review, concluded or broken off. Raises Conflict."""
    if project.state not in UNDER_WAY:
        sentence = _("This project is “%(state)s”. Nothing more is entered for its work.")
        raise Conflict(sentence % {"state": project.get_state_display()})


def has_come(day: date, at: datetime | None, field: str) -> None:
    """Refuse a day to come: records hold facts."""
    if day > timezone.localdate(at):
        raise Refusal(_("This day lies ahead. Enter it once it has come."), field=field)


def once_each(names: Iterable[str], field: str, sentence: str | Promise) -> None:
    """Refuse a name given twice."""
    given = list(names)
    if len(set(given)) != len(given):
        raise Refusal(sentence, field=field)


def number_of(street: Place, year: int) -> tuple[int, str]:
    """The next serial of street and year, and the number people read; inside the verb's transaction."""
    serial = next_number(SerialRun, street=street, year=year)
    return serial, f"{street.name}-{year}-{serial:03d}"


def user_key(actor: Actor | None) -> Any:
    """The account of whoever acts, for a column that points at accounts; None for the clock."""
    return getattr(actor, "pk", None)
