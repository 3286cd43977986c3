"""Choosing a value: check, write a new row, audit."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel import audit
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.scope.actors import Actor, Anchor, holds_everywhere
from linli.kernel.scope.roles import Role
from linli.kernel.settings.declaring import Level, declared_named
from linli.kernel.settings.looking import look, stored
from linli.kernel.settings.models import ChosenValue

audit.register_action(
    "settings.value.choose",
    _("chose a setting"),
    keep=audit.Keep.FOR_EVER,
    words={"title": _("setting"), "before": _("before"), "after": _("after"), "reason": _("reason")},
)

CHOOSERS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECTION_HEAD, Role.LEADER})


def _may_choose(actor: Actor | None, street: UUID | None) -> bool:
    """The whole house: its system administrator. A street: whoever administers or leads it."""
    if actor is None:
        return True
    if street is None:
        return holds_everywhere(actor, Role.SYSTEM_ADMINISTRATOR)
    anchor = Anchor(place=street)
    return anchor in actor.holds_at(CHOOSERS, [anchor])


@transaction.atomic
def choose(
    name: str,
    value: Any,
    *,
    actor: Actor | None,
    street: UUID | None = None,
    record: UUID | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> ChosenValue:
    """Choose ``value`` from ``at`` on, for the installation, a street, or one record of a street.

    Raises NotAllowed for others than the system administrator, section head or leader; Refusal for a value
    outside the declared limits or at a level the declaration does not allow.
    """
    item = declared_named(name)
    level = Level.RECORD if record else Level.STREET if street else Level.INSTALLATION
    if level > item.deepest:
        raise Refusal(_("“%(title)s” cannot be chosen at this level.") % {"title": item.title})
    if not _may_choose(actor, street):
        raise NotAllowed(_("Only the system administrator or the section head may choose this setting."))
    cleaned = item.clean(value)
    moment = at or timezone.now()
    before = look([name], street=street, record=record, at=moment)[name]
    row = ChosenValue.objects.create(
        name=name,
        level=level,
        scope_id=record or street,
        value=stored(cleaned),
        valid_from=moment,
        actor_id=actor.actor_id if actor else None,
        reason=reason,
    )
    facts = {"title": item.title, "before": stored(before.value), "after": stored(cleaned), "reason": reason}
    chain = f"street:{street}" if street else ""
    audit.record("settings.value.choose", None, actor=actor, facts=facts, at=moment, chain=chain)
    return row
