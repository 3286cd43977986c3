"""The verbs of an import: start, confirm, cancel, again; each settles races by compare-and-set."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import IO, Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.files.base import File
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from linli.kernel import audit, events
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.files import SHEETS, StoredFile, forget, keep
from linli.kernel.refs import Ref, new_key
from linli.kernel.scope.actors import Actor
from linli.kernel.scope.sources import Door, Source, coming_through
from linli.kernel.tables import storing
from linli.kernel.tables.models import Change, Doubt, Import, ImportState
from linli.kernel.tables.offers import require_allowed, sheet_named
from linli.kernel.tables.staging import clear

KEPT = timedelta(days=30)
"""Staged rows may hold personal data: they are forgotten a month after the import ended, or was left alone."""
Then = Callable[[Import], Any] | None
WORDS: dict[str, Any] = {
    "sheet": _("table"),
    "file": _("file"),
    "new": _("new"),
    "changed": _("changed"),
    "bad": _("left out"),
}

audit.register_action("tables.import.start", _("uploaded a table"), words=WORDS)
audit.register_action("tables.import.confirm", _("confirmed an import"), words=WORDS)
audit.register_action("tables.import.take_over", _("took over the rows of an import"), words=WORDS)
audit.register_action("tables.import.cancel", _("cancelled an import"), words=WORDS)


def facts_of(batch: Import) -> dict[str, Any]:
    """What is put on record of an import."""
    return {
        "sheet": sheet_named(batch.sheet).title,
        "file": batch.file_name,
        "new": batch.new,
        "changed": batch.changed,
        "bad": batch.bad,
    }


def start(
    upload: IO[bytes] | File[Any], *, sheet: str, actor: Actor, name: str = "", at: datetime | None = None
) -> Import:
    """Keep the upload and enqueue its reading. Raises NotAllowed, Refusal (type, size, damage)."""
    from linli.kernel.tables.jobs import read_import

    return kept(upload, sheet, actor, name=name, at=at, then=lambda batch: read_import.enqueue(str(batch.pk)))


def kept(
    upload: IO[bytes] | File[Any], sheet: str, actor: Actor, *, name: str, at: datetime | None, then: Then = None
) -> Import:
    """The upload on record as an import nobody read yet; ``then`` runs in its transaction. Raises as :func:`start`."""
    require_allowed(sheet, actor)
    batch_id = new_key()
    stored = keep(upload, accept=SHEETS, owner=Ref("tables.import", batch_id), actor=actor, name=name, at=at)
    try:
        with transaction.atomic():
            batch = Import.objects.create(
                pk=batch_id,
                sheet=sheet,
                file_id=stored.pk,
                file_name=stored.name,
                uploader_id=actor.actor_id,
                language=translation.get_language() or "zh-hans",
                made_at=at or timezone.now(),
            )
            events.record("tables.import.start", batch, actor=actor, facts=facts_of(batch))
            if then is not None:
                then(batch)
    except BaseException:
        forget(stored.pk)
        raise
    return batch


def _require_own(batch: Import, actor: Actor) -> None:
    if batch.uploader_id != actor.actor_id:
        raise NotAllowed(_("Only who uploaded the file may do this."))


@transaction.atomic
def confirm(batch: Import, *, actor: Actor) -> None:
    """Let a job take the good rows over. Raises NotAllowed, Conflict (no longer in preview), Refusal (no rows)."""
    from linli.kernel.tables.jobs import commit_import

    _require_own(batch, actor)
    require_allowed(batch.sheet, actor)
    moved = Import.objects.filter(pk=batch.pk, state=ImportState.PREVIEW).update(state=ImportState.COMMITTING)
    batch.refresh_from_db()
    if not moved:
        raise Conflict(_("The import is %(state)s; nothing was done.") % {"state": batch.get_state_display()})
    if batch.rows.filter(doubt=Doubt.OPEN).exists():
        raise Refusal(
            _("Some rows may be doubles. Say of each whether it is the same or another one, then take over."),
            code="doubts-open",
        )
    if not batch.to_write:
        raise Refusal(_("There is nothing to take over: no row is new or changed."), code="nothing-to-do")
    events.record("tables.import.confirm", batch, actor=actor, facts=facts_of(batch))
    commit_import.enqueue(str(batch.pk))


def commit(import_id: UUID) -> bool:
    """Take the good rows over in one short transaction; True when it was done now.

    Run twice, or killed in between, it is done once: state and rows change together. Rows that break a rule of
    the database send the import back to the preview with a sentence, and nothing is written.
    """
    batch = Import.objects.get(pk=import_id)
    actor: Any = get_user_model().objects.get(pk=batch.uploader_id)
    waiting = Import.objects.filter(pk=import_id, state=ImportState.COMMITTING)
    with translation.override(batch.language):
        try:
            with transaction.atomic():
                if not waiting.update(state=ImportState.DONE, ended_at=timezone.now(), reason=""):
                    return False
                with coming_through(Source(Door.IMPORT, batch.file_name)):
                    storing.write(sheet_named(batch.sheet), batch, actor=actor)
                    events.record("tables.import.take_over", batch, actor=actor, facts=facts_of(batch))
        except Refusal as no:
            waiting.update(state=ImportState.PREVIEW, reason=str(no))
            return False
        except (IntegrityError, DataError):
            sentence = _("Rows break a rule of the database; none was taken over. Read the file again.")
            waiting.update(state=ImportState.PREVIEW, reason=str(sentence))
            return False
    clear(batch, only=[Change.NEW, Change.CHANGED, Change.SAME])
    return True


def cancel(batch: Import, *, actor: Actor) -> None:
    """Give an import up before it is taken over; what was read is forgotten. Raises NotAllowed, Conflict."""
    from linli.kernel.tables.jobs import clear_import

    _require_own(batch, actor)
    open_states = [ImportState.UPLOADED, ImportState.READING, ImportState.PREVIEW]
    with transaction.atomic():
        moved = Import.objects.filter(pk=batch.pk, state__in=open_states).update(
            state=ImportState.CANCELLED, ended_at=timezone.now()
        )
        batch.refresh_from_db()
        if not moved:
            raise Conflict(_("The import is %(state)s; nothing was done.") % {"state": batch.get_state_display()})
        events.record("tables.import.cancel", batch, actor=actor, facts=facts_of(batch))
        clear_import.enqueue(str(batch.pk))


def again(batch: Import, *, actor: Actor) -> None:
    """Enqueue the reading once more: after a worker was lost, or because the data changed since.

    An attempt that still runs stops by itself. Raises NotAllowed, Conflict.
    """
    from linli.kernel.tables.jobs import commit_import, read_import

    _require_own(batch, actor)
    require_allowed(batch.sheet, actor)
    readable = [ImportState.UPLOADED, ImportState.READING, ImportState.PREVIEW]
    with transaction.atomic():
        same = Import.objects.filter(pk=batch.pk)
        if same.filter(state__in=readable).update(state=ImportState.UPLOADED, turn=None, read=0, reason=""):
            read_import.enqueue(str(batch.pk))
        elif same.filter(state=ImportState.COMMITTING).exists():
            commit_import.enqueue(str(batch.pk))
        else:
            batch.refresh_from_db()
            raise Conflict(_("The import is %(state)s; nothing was done.") % {"state": batch.get_state_display()})
    batch.refresh_from_db()


def forget_old(*, at: datetime | None = None) -> int:
    """Forget rows and files of imports that ended, or were left alone, more than 30 days ago; returns how many."""
    limit = (at or timezone.now()) - KEPT
    idle = [ImportState.UPLOADED, ImportState.READING, ImportState.PREVIEW]
    Import.objects.filter(state__in=idle, made_at__lt=limit).update(state=ImportState.CANCELLED, ended_at=limit)
    ended = [ImportState.DONE, ImportState.FAILED, ImportState.CANCELLED]
    old = Import.objects.filter(state__in=ended, ended_at__lte=limit, file_id__in=StoredFile.objects.values("pk"))
    count = 0
    for batch in old.order_by("id"):
        clear(batch)
        count += forget(batch.file_id)
    return count
