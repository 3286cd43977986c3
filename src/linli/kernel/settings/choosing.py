"""Choosing a value: check, write a new row, audit."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel import audit
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.scope.actors import Actor, Anchor, holds_everywhere
from linli.kernel.scope.roles import Role
from linli.kernel.settings.declaring import Declared, Level, declared_named
from linli.kernel.settings.looking import look, stored
from linli.kernel.settings.models import ChosenValue

audit.register_action(
    "settings.value.choose",
    _("chose a setting"),
    keep=audit.Keep.FOR_EVER,
    words={
        "title": _("setting"),
        "before": _("before"),
        "after": _("after"),
        "reason": _("reason"),
        "document": _("document that allows it"),
        "ends_on": _("its end"),
    },
)

SHORTEST_DOCUMENT = 6
LONGEST = timedelta(days=366)
"""For longer than this a switch is not turned on at once."""
CHOOSERS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECTION_HEAD, Role.LEADER})


def _may_choose(actor: Actor | None, street: UUID | None) -> bool:
    """The whole house: its system administrator. A street: whoever administers or leads it."""
    if actor is None:
        return True
    if street is None:
        return holds_everywhere(actor, Role.SYSTEM_ADMINISTRATOR)
    anchor = Anchor(place=street)
    return anchor in actor.holds_at(CHOOSERS, [anchor])


def _allowed(item: Declared, value: Any, document: str, ends_on: date | None, day: date) -> dict[str, Any]:
    """What a switch that asks for a document keeps of it; nothing for all others, and where it is turned off."""
    if not item.by_document or value is not True:
        return {}
    if len(document) < SHORTEST_DOCUMENT or not any(sign.isdigit() for sign in document):
        raise Refusal(
            _("“%(title)s” stays off unless a document allows it. Enter the document's number.")
            % {"title": item.title},
            field="document",
        )
    if ends_on is None or not day <= ends_on <= day + LONGEST:
        raise Refusal(
            _("Enter the last day for which the document allows it: from today on, at most a year ahead."),
            field="ends_on",
        )
    return {"document": document, "ends_on": ends_on}


@transaction.atomic
def choose(
    name: str,
    value: Any,
    *,
    actor: Actor | None,
    street: UUID | None = None,
    record: UUID | None = None,
    reason: str = "",
    document: str = "",
    ends_on: date | None = None,
    at: datetime | None = None,
) -> ChosenValue:
    """Choose ``value`` from ``at`` on, for the installation, a street, or one record of a street.

    Raises NotAllowed for others than the system administrator, section head or leader; Refusal for a value
    outside the declared limits or at a level the declaration does not allow, and for a switch that is turned on
    without the number of the document that allows it and its end (``ends_on``, the last day it counts).
    """
    item = declared_named(name)
    level = Level.RECORD if record else Level.STREET if street else Level.INSTALLATION
    if level > item.deepest:
        raise Refusal(_("“%(title)s” cannot be chosen at this level.") % {"title": item.title})
    if not _may_choose(actor, street):
        raise NotAllowed(_("Only the system administrator or the section head may choose this setting."))
    cleaned = item.clean(value)
    moment = at or timezone.now()
    allowed = _allowed(item, cleaned, document.strip(), ends_on, timezone.localdate(moment))
    before = look([name], street=street, record=record, at=moment)[name]
    row = ChosenValue.objects.create(
        name=name,
        level=level,
        scope_id=record or street,
        value=stored(cleaned),
        valid_from=moment,
        actor_id=actor.actor_id if actor else None,
        reason=reason,
        **allowed,
    )
    facts = {"title": item.title, "before": stored(before.value), "after": stored(cleaned), "reason": reason}
    if allowed:
        facts |= {"document": allowed["document"], "ends_on": f"{allowed['ends_on']:%Y-%m-%d}"}
    chain = f"street:{street}" if street else ""
    audit.record("settings.value.choose", None, actor=actor, facts=facts, at=moment, chain=chain)
    return row
