"""What the verbs of needs share: who may, texts that say something, the next number, whoever acts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Need, NeedRun
from linli.apps.needs.services.likeness import keep_likeness
from linli.apps.places.models import Place
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.money import next_number
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor
from linli.kernel.search import index, remove

STALE = _("Somebody else has just changed this need. Load the page again to see it.")
NOT_YOURS = _("You may not do this here. Ask whoever is responsible for this place.")


def require(predicate: Callable[..., bool], actor: Actor | None, about: object) -> None:
    """Refuse an actor for whom ``predicate`` does not hold about the record. Raises NotAllowed."""
    if not predicate(actor, about):
        raise NotAllowed(NOT_YOURS)


def said(text: str, field: str, sentence: str | Promise, *, most: int = 600) -> str:
    """``text`` without edges; refuses an empty one with ``sentence``, and one longer than ``most``."""
    text = text.strip()
    if not text:
        raise Refusal(sentence, field=field)
    if len(text) > most:
        raise Refusal(_("At most %(most)d characters.") % {"most": most}, field=field, code="too-long")
    return text


def number_of(street: Place, year: int) -> tuple[int, str]:
    """The next serial of street and year, and the number people read; inside the verb's transaction."""
    serial = next_number(NeedRun, street=street, year=year)
    return serial, f"{year}-{serial:05d}"


def who(actor: Actor | None) -> UUID | None:
    """Id of whoever acts; None for the clock, a resident without account, an interface."""
    return actor.actor_id if actor is not None else None


def moment(at: datetime | None) -> datetime:
    """``at``, or now; refuses what lies ahead. Raises Refusal."""
    now = timezone.now()
    if at is not None and at > now.replace(year=now.year + 1):
        raise Refusal(_("This day lies ahead. Enter it once it has come."), field="at")
    return at or now


def touch(need: Need, **columns: Any) -> None:
    """Write ``columns`` unless somebody wrote since the need was read. Raises Conflict."""
    rows = Need.objects.filter(pk=need.pk, version=need.version, state=need.state)
    if not rows.update(version=need.version + 1, **columns):
        raise Conflict(STALE, code="stale")
    need.version += 1
    for name, value in columns.items():
        setattr(need, name, value)


def keep_findable(need: Need) -> None:
    """What is sensitive, withdrawn or behind a wall is in no search and like nothing; all else is."""
    if need.sensitivity or need.about_kind or need.state == "withdrawn":
        remove(ref_of(need))
    else:
        index(need)
    keep_likeness(need)
