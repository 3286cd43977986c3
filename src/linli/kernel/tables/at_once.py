"""An import read, checked and taken over at once in this process: for the command line, without a job worker."""

from typing import IO, Any

from django.core.files.base import File
from django.db import transaction

from linli.kernel import events
from linli.kernel.errors import Refusal
from linli.kernel.scope.actors import Actor
from linli.kernel.tables import importing, staging
from linli.kernel.tables.models import Doubt, Import, ImportState


def take_in(
    upload: IO[bytes] | File[Any], *, sheet: str, actor: Actor, name: str = "", only_look: bool = False
) -> Import:
    """The import as it ended: done, or still in preview where it was only looked at, nothing is to be written, or
    rows may be doubles. Raises NotAllowed, Refusal for a file that cannot be read or rows that cannot be written.
    """
    batch = importing.kept(upload, sheet, actor, name=name, at=None)
    staging.read(batch.pk)
    batch.refresh_from_db()
    if batch.state != ImportState.PREVIEW:
        raise Refusal(batch.reason)
    if only_look or not batch.to_write or batch.rows.filter(doubt=Doubt.OPEN).exists():
        return batch
    with transaction.atomic():
        Import.objects.filter(pk=batch.pk, state=ImportState.PREVIEW).update(state=ImportState.COMMITTING)
        events.record("tables.import.confirm", batch, actor=actor, facts=importing.facts_of(batch))
    done = importing.commit(batch.pk)
    batch.refresh_from_db()
    if not done:
        raise Refusal(batch.reason)
    return batch
