"""The original of a photo, for the auditor, with a reason that stays on record."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.files.keeping import open_bytes
from linli.kernel.files.models import Photo
from linli.kernel.files.photos.taking import context_of
from linli.kernel.files.photos.telling import subject_of
from linli.kernel.refs import hidden_among
from linli.kernel.scope import Role, holds
from linli.kernel.scope.actors import Actor
from linli.kernel.seals import KeysMissing, Unreadable, parcel_key, unlock

SHORTEST_REASON = 4
audits = holds(Role.AUDITOR)


def may_open_original(photo: Photo, *, actor: Actor | None) -> bool:
    """Whether ``actor`` audits the place or organization of the record the photo belongs to, and no wall is before."""
    return bool(audits(actor, subject_of(photo.owner))) and not hidden_among([photo.owner], actor=actor)


def open_original(photo: Photo, *, reason: str, actor: Actor | None) -> bytes:
    """The bytes as they were uploaded, with time, place and camera; their hash is compared first.

    Raises NotAllowed (no auditor there), Refusal (no reason, the original does not open or is not the one that came).
    """
    subject = subject_of(photo.owner)
    if not may_open_original(photo, actor=actor):
        raise NotAllowed(_("Only the auditor opens the original of a photo."))
    why = " ".join(reason.split())
    if len(why) < SHORTEST_REASON:
        raise Refusal(_("Say in a few words why you need the original."), code="no-reason", field="reason")
    with transaction.atomic():
        facts = {"name": photo.name, "sha256": photo.original_sha256, "reason": why}
        record("files.photo.open_original", subject, actor=actor, facts=facts)
        with open_bytes(photo.sealed_key) as file:
            sealed = file.read()
        try:
            _key_id, key = parcel_key(f"photo:{photo.pk}", key_id=photo.sealed_with)
            raw = unlock(sealed, key=key, context=context_of(photo))
        except (Unreadable, KeysMissing) as error:
            raise _not_the_one() from error
        if hashlib.sha256(raw).hexdigest() != photo.original_sha256:
            raise _not_the_one()
    return raw


def _not_the_one() -> Refusal:
    return Refusal(
        _("The sealed original cannot be opened, or is no longer what was uploaded. Tell the administrator."),
        code="original-damaged",
    )
