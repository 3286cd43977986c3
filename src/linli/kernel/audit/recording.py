"""Writing one row of the chain, inside the transaction of the verb: two queries."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone

from linli.kernel.audit import facts as facts_text
from linli.kernel.audit.actions import Keep, action_named
from linli.kernel.audit.models import INSTALLATION, AuditRow, ChainHead
from linli.kernel.audit.periods import seal_for_period
from linli.kernel.refs import Ref, kind_of, ref_of
from linli.kernel.scope.actors import Actor, anchor_of
from linli.kernel.scope.sources import Door, source_of
from linli.kernel.seals import sign

FROM = "$from"
"""The door a verb came through: ``{"door", "name", "address", "device"}``."""
FOR = "$for"
"""Whose post was acted in, sealed with that person's key."""

TAKE = (
    "UPDATE audit_chainhead SET length = length + 1, previous = link, link = %s "
    "WHERE chain = %s RETURNING length, previous"
)


def chain_of(record: models.Model | Ref | None) -> str:
    """The chain a record's rows go to: that of its street, else the installation's."""
    if record is None or isinstance(record, Ref):
        return INSTALLATION
    street = kind_of(record).street(record)
    return f"street:{street}" if street else INSTALLATION


def take(chain: str, link: str) -> tuple[int, str]:
    """Advance the head of ``chain`` to ``link``; returns the new row's number and the link before it."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [link, chain])
        found = cursor.fetchone()
        if found is None:
            ChainHead.objects.bulk_create([ChainHead(chain=chain)], ignore_conflicts=True)
            cursor.execute(TAKE, [link, chain])
            found = cursor.fetchone()
    return int(found[0]), str(found[1])


def covered(row: AuditRow, previous: str) -> bytes:
    """The bytes the mac stands for: every column of the row, and the link before it, one a line."""
    parts = (
        row.chain,
        row.number,
        row.at.astimezone(timezone.get_fixed_timezone(0)).isoformat(),
        row.action,
        row.kind,
        row.ref_id or "",
        row.actor_id or "",
        row.sealed_by,
        row.link,
        previous,
        row.facts,
    )
    return "\n".join(str(part) for part in parts).encode("utf-8")


def _came_from(actor: Actor | None, keep: Keep) -> dict[str, Any]:
    """The door the verb came through. Address, device and names go with the period; for ever stays the door alone,

    and which token it was, sealed with the key of whom it acts for.
    """
    source = source_of(actor)
    if source is None:
        return {}
    if keep is Keep.RETENTION:
        return {FROM: {name: value for name, value in vars(source).items() if value}}
    told: dict[str, Any] = {"door": source.door}
    if source.door is Door.API and actor is not None:
        told["name"] = facts_text.Personal(actor.actor_id, str(source.name))
    return {FROM: told}


def _acted_for(actor: Actor | None, subject: models.Model | Ref | None) -> dict[str, Any]:
    """Who is away and in whose post the actor did this, sealed with that person's key; {} where it was his own."""
    acts_for = getattr(actor, "acts_for", None)
    if acts_for is None or subject is None or isinstance(subject, Ref):
        return {}
    found: tuple[UUID, str] | None = acts_for(anchor_of(subject))
    return {} if found is None else {FOR: facts_text.Personal(*found)}


def record(
    action: str,
    subject: models.Model | Ref | None,
    *,
    actor: Actor | None,
    facts: Mapping[str, Any] | None = None,
    at: datetime | None = None,
    chain: str = "",
) -> AuditRow:
    """Write the row of a registered ``action`` on ``subject``. Must run inside the verb's transaction.

    ``facts`` are plain data (:class:`Personal` for what is personal); ``actor=None`` is the clock.
    Raises ImproperlyConfigured for an unknown action, TypeError for facts that are not plain data.
    """
    known = action_named(action)
    when = at or timezone.now()
    chain = chain or chain_of(subject)
    ref = subject if isinstance(subject, Ref) else ref_of(subject) if subject is not None else None
    said = dict(facts or {})
    said |= _came_from(actor, known.keep) | _acted_for(actor, subject)
    text = facts_text.written(said)
    sealed_by = ""
    if known.keep is Keep.RETENTION:
        sealed_by, text = seal_for_period(chain, when, text)
    with transaction.atomic(savepoint=False):
        link = secrets.token_hex(16)
        number, previous = take(chain, link)
        row = AuditRow(
            chain=chain,
            number=number,
            at=when,
            action=action,
            kind=ref.kind if ref else "",
            ref_id=ref.id if ref else None,
            actor_id=actor.actor_id if actor is not None else None,
            facts=text,
            sealed_by=sealed_by,
            link=link,
        )
        row.key_id, row.mac = sign(covered(row, previous), purpose="audit")
        row.save(force_insert=True)
    return row
