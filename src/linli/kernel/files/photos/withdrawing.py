"""A photo that is no longer to be shown, and one that is to be gone altogether."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.files.keeping import forget as forget_file
from linli.kernel.files.keeping import remove_bytes
from linli.kernel.files.models import Photo
from linli.kernel.files.photos.telling import subject_of
from linli.kernel.scope.actors import Actor


def withdraw(photo: Photo, *, reason: str, actor: Actor | None) -> Photo:
    """Show the photo to nobody any more; the sealed original stays for the auditor. Raises Refusal, Conflict."""
    why = " ".join(reason.split())[:200]
    if not why:
        raise Refusal(_("Say why the photo is withdrawn."), code="no-reason", field="reason")
    with transaction.atomic():
        now = timezone.now()
        rows = Photo.objects.filter(pk=photo.pk, withdrawn_at__isnull=True)
        if rows.update(withdrawn_at=now, withdrawn_why=why) != 1:
            raise Conflict(_("The photo was withdrawn already."))
        facts = {"name": photo.name, "reason": why}
        record("files.photo.withdraw", subject_of(photo.owner), actor=actor, facts=facts)
    photo.withdrawn_at, photo.withdrawn_why = now, why
    return photo


def forget(photo: Photo, *, actor: Actor | None) -> None:
    """Erase a photo with its copies and its original, where somebody has a right to it; its hash stays on record."""
    with transaction.atomic():
        facts = {"name": photo.name, "sha256": photo.original_sha256}
        record("files.photo.forget", subject_of(photo.owner), actor=actor, facts=facts)
        Photo.objects.filter(pk=photo.pk).delete()
        forget_file(photo.stored_id)
        forget_file(photo.small_id)
        transaction.on_commit(lambda: remove_bytes(photo.sealed_key))
