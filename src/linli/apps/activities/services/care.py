"""Notes of health or hardship: kept apart and sealed, for the community's own staff (F14)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.models import CareNote, Signup
from linli.apps.activities.permissions import reads_care
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

NOT_CARER = _("Only the community's own staff note or read this.")


def note_care(signup: Signup, *, text: str, actor: Actor, at: datetime | None = None) -> CareNote | None:
    """Write down what must be known so that somebody is well looked after; "" takes the note away.

    It stands in no list, no export, no search and no record of verbs. Raises NotAllowed.
    """
    when = at or timezone.now()
    row = CareNote.objects.filter(signup=signup).first() or CareNote(signup=signup)
    if not reads_care(actor, row):
        raise NotAllowed(NOT_CARER)
    if len(text) > 400:
        raise Refusal(_("Keep it short: at most 400 characters."), field="text")
    with transaction.atomic():
        record("activities.signup.note_care", signup.occurrence, actor=actor, at=when)
        if not text.strip():
            CareNote.objects.filter(pk=row.pk).delete()
            return None
        row.text, row.noted_at = text.strip(), when
        row.save()
    return row
