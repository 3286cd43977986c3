"""``record``: the audit row and the subscribers' jobs, three queries at most."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import models, transaction
from django.utils.translation import override

from linli.kernel import audit
from linli.kernel.audit.facts import DATA_LANGUAGE
from linli.kernel.audit.models import AuditRow
from linli.kernel.events.delivery import deliver
from linli.kernel.events.hearing import condition_of, subscribers
from linli.kernel.jobs.backend import row_for
from linli.kernel.jobs.queueing import queue
from linli.kernel.refs import Ref
from linli.kernel.scope.actors import Actor


def _told(value: Any) -> Any:
    """Facts for subscribers carry no personal values: those are read from the records themselves."""
    if isinstance(value, audit.Personal):
        return None
    if isinstance(value, audit.Change):
        return _told(value.after)
    if isinstance(value, Mapping):
        return {str(key): _told(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_told(item) for item in value]
    with override(DATA_LANGUAGE):
        return value if value is None or isinstance(value, bool | int) else str(value)


def record(
    action: str,
    subject: models.Model | Ref | None,
    *,
    actor: Actor | None,
    facts: Mapping[str, Any] | None = None,
    at: datetime | None = None,
    chain: str = "",
) -> AuditRow:
    """Write the audit row of ``action`` and queue one job per subscriber, all in the caller's transaction.

    Raises what :func:`linli.kernel.audit.record` raises. When the transaction rolls back, nothing was said.
    """
    with transaction.atomic(savepoint=False):
        row = audit.record(action, subject, actor=actor, facts=facts, at=at, chain=chain)
        told = {
            "row": str(row.pk),
            "action": action,
            "ref": f"{row.kind}:{row.ref_id}" if row.ref_id else "",
            "actor_id": str(row.actor_id) if row.actor_id else "",
            "at": row.at.isoformat(),
            "facts": _told(dict(facts or {})),
        }
        keys = {path: f"event:{row.pk}:{sha256(path.encode()).hexdigest()[:16]}" for path in subscribers(action)}
        queue([(row_for(deliver, (path, told), key=key), condition_of(path)) for path, key in sorted(keys.items())])
    return row
