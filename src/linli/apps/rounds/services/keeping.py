"""What the verbs of rounds share: who may, one writer at a time, text that says something."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.models import EDITABLE, Proposal
from linli.apps.rounds.permissions import speaks_for_it, writes_proposal
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope import Actor

NOT_YOURS = _("You may not do this here. Ask whoever is responsible for this place.")


class Overtaken(Conflict):
    """Somebody saved first; nothing was changed."""


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


def user_key(actor: Actor | None) -> Any:
    """The account of whoever acts, for a column that points at accounts; None for the clock."""
    return getattr(actor, "pk", None)


def write_on(
    proposal: Proposal, *, seen: int | None, actor: Actor | None, at: datetime | None = None, **columns: Any
) -> bool:
    """Take the proposal's next version for a change of it, inside the verb's transaction; True for an agency's change.

    Only its writers, only while it is being written. An agency's change waits for the proposers' word. Raises
    NotAllowed, Overtaken when somebody saved since version ``seen`` (None: whatever stands).
    """
    require(writes_proposal, actor, proposal)
    agency = actor is not None and not speaks_for_it(actor, proposal)
    if agency:
        columns["confirm_edit"] = True
    rows = Proposal.objects.filter(pk=proposal.pk, state__in=EDITABLE)
    if not rows.exists():
        raise Conflict(_("This proposal was handed in. Take it back, or wait until it is sent back for more."))
    rows = rows if seen is None else rows.filter(version=seen)
    if not rows.update(version=F("version") + 1, changed_at=at or timezone.now(), **columns):
        raise Overtaken(_("Somebody else saved this while you were writing. Load the page again."))
    return agency
