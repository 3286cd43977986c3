"""What people write to us: one verb to write, one reading for the administrators; nothing to change or delete."""

from django.db import transaction
from django.db.models import QuerySet

from linli.kernel.scope import Role
from linli.kernel.scope.actors import Actor, holds_everywhere
from linli.kernel.seals import open_sealed, seal
from linli.kernel.ui.models import Feedback

READERS = (Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)
"""Neither is anybody's line manager."""


def _context(row: Feedback) -> str:
    return f"ui.feedback.contact:{row.pk}"


@transaction.atomic
def write(*, kind: str, text: str, contact: str = "", path: str = "") -> Feedback:
    """Keep one comment or complaint. Nobody asks who writes, so there is no actor."""
    row = Feedback(kind=kind, text=text, path=path[:500])
    if contact:
        row.contact_sealed = seal(contact, context=_context(row))
    row.save(force_insert=True)
    return row


def visible_to(actor: Actor | None) -> QuerySet[Feedback]:
    """All of it for the security and the audit administrator; nothing for anybody else."""
    if holds_everywhere(actor, *READERS):
        return Feedback.objects.all()
    return Feedback.objects.none()


def contact_of(row: Feedback) -> str:
    """How the writer wishes to be answered, or ""."""
    return open_sealed(row.contact_sealed, context=_context(row)) if row.contact_sealed else ""
