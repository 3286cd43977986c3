"""What people write to us: one verb to write, one reading for the administrators; nothing to change or delete."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from linli.kernel.errors import Refusal
from linli.kernel.privacy import ADDRESS, PHONE, fingerprints, is_frozen
from linli.kernel.scope import Role
from linli.kernel.scope.actors import Actor, holds_everywhere
from linli.kernel.seals import open_sealed, seal
from linli.kernel.ui.models import Feedback

PART = "ui.feedback"
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
        row.contact_print = prints_of(contact)[0]
    row.save(force_insert=True)
    return row


def visible_to(actor: Actor | None) -> QuerySet[Feedback]:
    """All of it for the security and the audit administrator; nothing for anybody else."""
    if holds_everywhere(actor, *READERS):
        return Feedback.objects.all()
    return Feedback.objects.none()


def contact_of(row: Feedback) -> str:
    """How the writer wishes to be answered, or ""."""
    if not row.contact_sealed or is_frozen(PART, row.pk):
        return ""
    return open_sealed(row.contact_sealed, context=_context(row))


def prints_of(contact: str) -> tuple[str, ...]:
    """The keyed hashes under which a telephone number or an address may stand."""
    try:
        return fingerprints(PHONE, contact)
    except Refusal:
        return fingerprints(ADDRESS, contact.lower())


def left_under(contacts: Iterable[str]) -> QuerySet[Feedback]:
    """What was written by somebody who left one of these contacts."""
    prints = [one for contact in contacts if contact for one in prints_of(contact)]
    return Feedback.objects.filter(contact_print__in=prints) if prints else Feedback.objects.none()


@transaction.atomic
def forget_contacts(rows: QuerySet[Feedback]) -> int:
    """Take the contacts off; the texts stay, nameless, because nobody may make a complaint disappear."""
    with_contact: QuerySet[Feedback] = (
        QuerySet(Feedback).filter(pk__in=rows.order_by().values("pk")).exclude(contact_sealed="")
    )
    return with_contact.update(contact_sealed="", contact_print="")
