"""The inbox of a place: what its scanner sent, until staff attach it to a record or throw it away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.audit import register_action
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.files.keeping import forget, keep, measured, opened
from linli.kernel.files.media import PDF, content_type_of
from linli.kernel.files.models import InboxScan, ScanState, StoredFile
from linli.kernel.files.naming import clean_name
from linli.kernel.files.scans.binding import PAGES, bind, pages_in
from linli.kernel.refs import Ref, new_key, resolve
from linli.kernel.scope import Role, holds
from linli.kernel.scope.actors import Actor

KIND = "files.scan"
FILERS = (Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.STREET_OFFICER, Role.FINANCE_OFFICER)
files_papers = holds(*FILERS)

NAME, WHERE = _("file"), _("record")
register_action("files.scan.file_in", _("took a scan in"), words={"name": NAME, "pages": _("pages")})
register_action("files.scan.attach", _("filed a scan with a record"), words={"name": NAME, "record": WHERE})
register_action("files.scan.discard", _("discarded a scan"), words={"name": NAME})


def visible_to(rows: QuerySet[InboxScan], actor: Any) -> QuerySet[InboxScan]:
    """Cut ``rows`` to the places whose papers the actor files."""
    return rows.none() if actor is None else rows.filter(place_id__in=actor.reach(*FILERS).places)


def waiting(actor: Actor) -> QuerySet[InboxScan]:
    """What waits in the inboxes of the actor's places, the oldest first, with the files joined."""
    rows = visible_to(InboxScan.objects.filter(state=ScanState.WAITING), actor)
    return rows.select_related("file").order_by("came_at", "id")


@dataclass(frozen=True)
class Tray:
    """Where scans of a place wait: the place, its name, its street (whose audit chain is written)."""

    place: UUID
    name: str
    street: UUID | None = None


def file_in(
    upload: IO[bytes] | File[Any],
    *,
    tray: Tray,
    folder: str,
    name: str,
    actor: Actor | None,
    at: datetime | None = None,
) -> tuple[InboxScan, bool]:
    """(the row of a scanned file, whether it is new): the same bytes never come twice to one place.

    Raises Refusal for what is no picture or PDF, damaged or locked; then nothing is left over.
    """
    _size, digest = measured(upload)
    known = InboxScan.objects.filter(place_id=tray.place, sha256=digest).first()
    if known is not None:
        return known, False
    pages = pages_in(upload, name=name)
    row = InboxScan(
        pk=new_key(), place_id=tray.place, place_name=tray.name, street_id=tray.street, folder=folder[:200],
        name=clean_name(name, content_type_of(upload)), sha256=digest, pages=pages, came_at=at or timezone.now(),
    )  # fmt: skip
    stored = keep(upload, accept=PAGES, owner=Ref(KIND, row.pk), actor=actor, name=name, at=at)
    row.file = stored
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            record("files.scan.file_in", row, actor=actor, facts={"name": row.name, "pages": pages}, at=at)
    except IntegrityError:
        forget(stored.pk)
        return InboxScan.objects.get(place_id=tray.place, sha256=digest), False
    return row, True


def attach(
    rows: Sequence[InboxScan], *, owner: Ref, title: str, actor: Actor, at: datetime | None = None
) -> StoredFile:
    """File scans with a record: one PDF goes over as it is, everything else is bound to one PDF in the order given.

    The caller has asked whether the record takes papers of ``actor``. Raises NotAllowed, Refusal, Conflict.
    """
    found = resolve([owner], actor=actor).get(owner)
    if found is None:
        raise Refusal(_("There is no such record, or it is not open to you."), code="no-record", field="record")
    _check(rows, actor)
    when = at or timezone.now()
    with transaction.atomic():
        one = rows[0].file if len(rows) == 1 else None
        settled = {"owner_kind": owner.kind, "owner_id": owner.id}
        if one is not None and one.content_type == PDF:
            _settle(rows, ScanState.ATTACHED, actor, when, **settled)
            StoredFile.objects.filter(pk=one.pk).update(owner_kind=owner.kind, owner_id=owner.id)
            stored = StoredFile.objects.get(pk=one.pk)
        else:
            parts = [opened(row.file) for row in rows if row.file is not None]
            try:
                stored = bind(parts, owner=owner, title=title or rows[0].name.rpartition(".")[0], actor=actor, at=at)
            finally:
                for part in parts:
                    part.close()
            _settle(rows, ScanState.ATTACHED, actor, when, file=None, **settled)
            _forget_files(rows)
        for row in rows:
            facts = {"name": row.name, "record": found.label}
            record("files.scan.attach", row, actor=actor, facts=facts, at=at)
    return stored


def discard(rows: Sequence[InboxScan], *, actor: Actor, at: datetime | None = None) -> None:
    """Throw scans away, bytes and all. Raises NotAllowed, Refusal, Conflict."""
    _check(rows, actor)
    with transaction.atomic():
        _settle(rows, ScanState.DISCARDED, actor, at or timezone.now(), file=None)
        _forget_files(rows)
        for row in rows:
            record("files.scan.discard", row, actor=actor, facts={"name": row.name}, at=at)


def _check(rows: Sequence[InboxScan], actor: Actor) -> None:
    if not rows:
        raise Refusal(_("Choose at least one scan."), code="no-scans", field="scans")
    if not all(files_papers(actor, row) for row in rows):
        raise NotAllowed(_("Only those who file the papers of this place do this."))


def _settle(rows: Sequence[InboxScan], state: ScanState, actor: Actor, at: datetime, **columns: Any) -> None:
    still = InboxScan.objects.filter(pk__in=[row.pk for row in rows], state=ScanState.WAITING)
    done = still.update(state=state, settled_by_id=actor.actor_id, settled_at=at, **columns)
    if done != len(rows):
        raise Conflict(_("Somebody has dealt with these scans in the meantime. Reload the page."))


def _forget_files(rows: Sequence[InboxScan]) -> None:
    for row in rows:
        if row.file_id is not None:
            forget(row.file_id)
